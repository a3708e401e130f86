import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SessionList } from '#shared/contract/account'
import type { Consents } from '#shared/contract/reminder'
import { type County, newcomer, openCounty, type Person } from './county'

// What changes nothing is written nowhere; what one may have of a thing has an end.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const someone = (name: string, level: 0 | 2) =>
  newcomer(county, { name, birth: '1980-02-01', villageCode: DALIANG, level })
const rowVersion = async (table: 'profiles' | 'consent_credits', id: string) => {
  const { database } = county.services
  const found =
    table === 'profiles'
      ? sql`select xmin::text as at from profiles where id = ${id}::uuid`
      : sql`select k.xmin::text as at from consent_credits k join wechat_identities w on w.openid = k.openid
          where w.profile_id = ${id}::uuid`
  return (await database.rows<{ at: string }>(found)).map(({ at }) => at)
}
const actionsOf = async (profileId: string) =>
  (
    await county.services.database.rows<{ action: string }>(
      sql`select action from audit_entries where subject = ${`profile:${profileId}`} order by id`,
    )
  ).map(({ action }) => action)
const idOf = async (person: Person) => (await person.send<{ id: string }>('GET', '/api/account')).body.id

test('an account that is asked to be as it is stays unwritten, and its audit knows of nothing', async () => {
  const { person } = await someone('荀照旧', 0)
  const id = await idOf(person)
  const ask = (body: object) => person.send('POST', '/api/account', { body })
  expect((await ask({ villageCode: DALIANG, elderMode: true })).body).toEqual({ id, realNameLevel: 0 })
  const before = [await rowVersion('profiles', id), await actionsOf(id)]
  expect(before[1]).toEqual(['account.change'])
  for (const same of [
    {},
    { elderMode: true },
    { villageCode: DALIANG },
    { villageCode: DALIANG, elderMode: true },
  ])
    expect(await ask(same)).toMatchObject({ status: 200, body: { id, realNameLevel: 0 } })
  expect([await rowVersion('profiles', id), await actionsOf(id)]).toEqual(before)
  expect(await ask({ villageCode: '341821000000' })).toMatchObject({
    body: { code: 'account.village-unknown' },
  })
  expect((await ask({ villageCode: null })).status).toBe(200)
  expect((await person.send('GET', '/api/account')).body).toMatchObject({
    villageCode: null,
    elderMode: true,
  })
  expect(await actionsOf(id)).toEqual(['account.change', 'account.change'])
})

test('the name and number that stand there already are typed once', async () => {
  const { person, idNumber } = await someone('荀同号', 2)
  const id = await idOf(person)
  const before = [await rowVersion('profiles', id), await actionsOf(id)]
  const type = (more: object) =>
    person.send('POST', '/api/account/identity', { body: { name: '荀同号', idNumber, ...more } })
  expect(await type({})).toMatchObject({ status: 200, body: { id, realNameLevel: 2 } })
  expect([await rowVersion('profiles', id), await actionsOf(id)]).toEqual(before)
  const consents = [{ purpose: 'sensitive', version: '1' }]
  for (const time of [1, 2]) expect((await type({ consents })).status, String(time)).toBe(200)
  expect((await actionsOf(id)).length - (before[1]?.length ?? 0)).toBe(1)
  expect((await type({ name: '荀改名' })).status).toBe(200)
  expect((await actionsOf(id)).length - (before[1]?.length ?? 0)).toBe(2)
})

test('a reminder that was refused is refused once', async () => {
  const { person } = await someone('荀不要', 0)
  const id = await idOf(person)
  const { items } = (await person.send<Consents>('GET', '/api/consents')).body
  const choices = [{ templateId: items[0]?.templateId ?? '', choice: 'reject' }]
  const refuse = async () => {
    const answer = await person.send<Consents>('POST', '/api/consents', { body: { choices } })
    expect(answer.status).toBe(200)
    expect(answer.body.items.filter(({ refused }) => refused)).toMatchObject(
      choices.slice(0, 1).map(({ templateId }) => ({ templateId })),
    )
    expect((await person.send<Consents>('GET', '/api/consents')).body.items[0]).toMatchObject({
      refused: true,
    })
  }
  await refuse()
  const before = await rowVersion('consent_credits', id)
  expect(before).toHaveLength(1)
  await county.door('POST', 'clock', { advanceHours: 0.1 })
  await refuse()
  expect(await rowVersion('consent_credits', id)).toEqual(before)
})

test('of an account fifty sessions are open: one more ends the one that was used the longest ago', async () => {
  const { person, personId } = await someone('荀多机', 0)
  const other = await county.logIn('li-jianguo')
  const isOpen = async (each: Person) => (await each.send('GET', '/api/account')).status === 200
  const second = await county.logIn(personId)
  await county.door('POST', 'clock', { advanceHours: 1.1 })
  // It is used, and noted to be.
  expect(await isOpen(person)).toBe(true)
  for (let phones = 3; phones <= 50; phones += 1) await county.logIn(personId)
  const listed = async () => (await person.send<SessionList>('GET', '/api/sessions')).body.sessions.length
  expect(await listed()).toBe(50)
  const newest = await county.logIn(personId)
  expect([await isOpen(newest), await isOpen(person), await isOpen(second)]).toEqual([true, true, false])
  expect(await listed()).toBe(50)
  expect(await isOpen(other)).toBe(true)
}, 60_000)

test('a member of staff is invited ten times a day, by whomever', async () => {
  const admin = await county.as('he-jing')
  const invite = (staffId: string, key?: string) =>
    admin.send('POST', '/api/invitations', { body: { staffId }, ...(key ? { key } : {}) })
  const first = await invite('li-kai', 'invite-li-kai')
  for (let time = 2; time <= 10; time += 1) expect((await invite('li-kai')).status).toBe(201)
  const braked = await invite('li-kai')
  expect(braked).toMatchObject({
    status: 429,
    body: {
      code: 'request.rate-limited',
      title: '今天给这个人的邀请太多了',
      detail: '今天给这个人发了 10 次邀请，明天才能再发；最后发的那个 7 天里还能用',
    },
  })
  expect(braked.headers.get('Content-Type')).toContain('application/problem+json')
  expect(Number(braked.headers.get('Retry-After'))).toBeGreaterThan(0)
  // Whoever sends the first again is answered again, and another member is another.
  expect(await invite('li-kai', 'invite-li-kai')).toMatchObject({
    status: 201,
    body: { ...Object(first.body), link: expect.stringMatching(/\/sandbox\/links\/\S+$/) },
  })
  expect((await invite('qian-li')).status).toBe(201)
  await county.door('POST', 'clock', { advanceHours: 24 })
  expect((await invite('li-kai')).status).toBe(201)
})
