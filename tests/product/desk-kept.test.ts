import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { AskingDesk, DeskCode, DeskLogin, EnrolledFactor } from '#shared/contract/desk-session'
import { run as dropFactor } from '../../functions/commands/drop-factor'
import { boundBefore, type County, newcomer, openCounty, type Person, registerAs } from './county'

// What is kept of desks and authenticators, for how long, and who has it after accounts have become one.

const DALIANG = '341821105200'
const BIRTH = '1970-03-04'
const PIN = '270391'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
beforeEach(() => rows(sql`delete from desk_logins`))

const now = async () => Date.parse((await county.door<{ now: string }>('GET', 'clock')).body.now)
const pass = async (seconds: number) =>
  county.door('POST', 'clock', { set: new Date((await now()) + seconds * 1000).toISOString() })

const show = async () =>
  (await county.visitor.send<DeskCode>('POST', '/api/desk-sessions', { body: {} })).body
const answer = (person: Person, body: object) =>
  person.send<AskingDesk>('POST', '/api/desk-sessions/confirmation', { body })
const letIn = async (person: Person) => {
  const shown = await show()
  await answer(person, { code: shown.code, answer: 'confirmed', pin: PIN })
  return (await county.visitor.send<DeskLogin>('GET', `/api/desk-sessions/${shown.id}`)).body.token ?? ''
}
const asDesk = async (token: string, path: string, body?: object) => {
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': randomUUID(),
  }
  const posted = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`${county.url}${path}`, { headers, ...posted })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as { code?: string } }
}
const accountOf = async (person: Person) => (await person.send<Account>('GET', '/api/account')).body
/** What gives the codes of the moment. */
const enrol = async (person: Person) => {
  const { secret } = (await person.send<EnrolledFactor>('POST', '/api/account/second-factor')).body
  const totp = new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) })
  const code = totp.generate({ timestamp: await now() })
  const confirmed = await person.send('POST', '/api/account/second-factor/confirmation', { body: { code } })
  expect(confirmed.status).toBe(204)
  return async () => totp.generate({ timestamp: await now() })
}

test('a code is good for 120 seconds, not for 119', async () => {
  const before = await now()
  const { expiresAt } = await show()
  expect(Date.parse(expiresAt) - before).toBeGreaterThanOrEqual(120_000)
  expect(Date.parse(expiresAt) - (await now())).toBeLessThanOrEqual(120_000)
})

test('of two codes that are good at the same moment the digits differ', async () => {
  const { ids } = county.services
  const drawn = ids.secret.bind(ids)
  const CODE_BYTES = 18
  let alike = 2
  const secret = vi.spyOn(ids, 'secret').mockImplementation((bytes) => {
    if (bytes !== CODE_BYTES || alike === 0) return drawn(bytes)
    alike -= 1
    return 'the-same-code-is-drawn-twice'
  })
  const [first, second] = [await show(), await show()]
  secret.mockRestore()
  expect(alike).toBe(0)
  expect([first, second].map(({ digits }) => digits)).toEqual([
    expect.stringMatching(/^\d{8}$/),
    expect.stringMatching(/^\d{8}$/),
  ])
  expect(second.digits).not.toBe(first.digits)
})

test('when one was let in on another network is not when one was let in here', async () => {
  const clerk = await county.as('zhao-min')
  await letIn(clerk)
  expect((await answer(clerk, { code: (await show()).code })).body.lastAt).not.toBeNull()
  await rows(sql`update sessions set network_digest = 'another' where kind = 'desk'`)
  expect((await answer(clerk, { code: (await show()).code })).body.lastAt).toBeNull()
})

test('codes go a day after they were good', async () => {
  await show()
  const removeExpired = () => county.app.jobs['remove-expired']()
  const kept = async () => (await rows(sql`select 1 from desk_logins`)).length
  await pass(23 * 3600)
  await removeExpired()
  expect(await kept()).toBe(1)
  await pass(2 * 3600)
  await removeExpired()
  expect(await kept()).toBe(0)
})

test('where accounts become one a desk of the one that goes is ended, and its authenticator goes on being asked for', async () => {
  const first = await newcomer(county, { name: '周两门', birth: BIRTH, villageCode: DALIANG, level: 3 })
  const sameAs = { name: '周两门', birth: BIRTH, villageCode: DALIANG, sameAs: first.personId }
  const { id } = (await county.door<{ id: string }>('POST', 'people', sameAs)).body
  const second = await county.logIn(id)
  await rows(sql`update staff set id_number_index = p.id_number_index from profiles p
    where p.id = ${(await accountOf(first.person)).id}::uuid and staff.id = 'zhao-min'`)
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select 'zhao-min', 'admin', unit_id, false from staff_roles where staff_id = 'he-jing' and role = 'admin'`)
  await boundBefore(county, second, 'zhao-min')
  await enrol(second)
  const token = await letIn(second)
  expect((await asDesk(token, '/api/account')).status).toBe(200)
  await second.send('POST', '/api/account/identity', { body: { name: '周两门', idNumber: first.idNumber } })
  const { code } = (
    await county.door<{ code: string }>('POST', 'login-codes', { person: id, purpose: 'real-name' })
  ).body
  const joined = await second.send('POST', '/api/account/identity-confirmation', { body: { code } })
  expect(joined.status).toBe(200)
  expect((await asDesk(token, '/api/account')).body.code).toBe('account.session-ended')
  expect(await accountOf(first.person)).toMatchObject({ staffId: 'zhao-min', secondFactor: true })
})

test('an authenticator that was removed opens nothing beside the new one, and a desk at which it was shown asks again', async () => {
  const admin = await county.as('he-jing')
  const former = await enrol(admin)
  const token = await letIn(admin)
  const shows = async (code: string) =>
    (await asDesk(token, '/api/desk-sessions/current/second-factor', { code })).status
  const invites = async () => (await asDesk(token, '/api/invitations', { staffId: 'qian-li' })).status
  expect(await invites()).toBe(403)
  await pass(30)
  expect(await shows(await former())).toBe(204)
  expect(await invites()).toBe(201)
  await pass(30)
  const removed = await admin.send('POST', '/api/account/second-factor/removal', {
    body: { code: await former() },
  })
  expect(removed.status).toBe(204)
  await pass(30)
  const current = await enrol(admin)
  expect(await invites()).toBe(403)
  await pass(30)
  const [old, fresh] = [await former(), await current()]
  expect(old).not.toBe(fresh)
  const wrong = async () =>
    (
      await rows(sql`select 1 from audit_entries where action = 'account.wrong-factor'
      and subject = ${`profile:${(await accountOf(admin)).id}`}`)
    ).length
  const before = await wrong()
  expect(await shows(old)).toBe(422)
  expect((await wrong()) - before).toBe(1)
  const [noted] = await rows<{ noted: string }>(
    sql`select a::text as noted from audit_entries a where action = 'account.wrong-factor' order by id desc limit 1`,
  )
  expect(noted?.noted).not.toContain(old)
  expect(await shows(fresh)).toBe(204)
  expect(await invites()).toBe(201)
  await rows(sql`delete from second_factors`)
})

test('what ends a phone is done on a phone: a desk ends desks alone', async () => {
  const person = await county.as('wang-lixin')
  const [token, other] = [await letIn(person), await letIn(person)]
  const listed = await person.send<{ sessions: { id: string; kind: string; lastSeenAt: string }[] }>(
    'GET',
    '/api/sessions',
  )
  const idOf = (which: 'phone' | 'desk') => listed.body.sessions.find(({ kind }) => kind === which)?.id ?? ''
  const ends = async (id: string) => {
    const headers = { Authorization: `Bearer ${token}` }
    return (await fetch(`${county.url}/api/sessions/${id}`, { method: 'DELETE', headers })).status
  }
  expect(await ends(idOf('phone'))).toBe(403)
  expect((await person.send('GET', '/api/sessions')).status).toBe(200)
  expect(await ends(idOf('desk'))).toBe(204)
  const opens = [token, other].map(async (each) => (await asDesk(each, '/api/account')).status)
  expect((await Promise.all(opens)).sort()).toEqual([200, 401])
})

test('where another account takes a work identity over, the desks of who had it end', async () => {
  const staff = await county.as('sun-zhiyuan')
  const token = await letIn(staff)
  expect((await asDesk(token, '/api/work/cases')).status).toBe(200)
  const next = await newcomer(county, { name: '周接班', birth: BIRTH, villageCode: DALIANG, level: 3 })
  await registerAs(county, next.person, 'sun-zhiyuan')
  const admin = await county.as('he-jing')
  const { body } = await admin.send<{ token: string }>('POST', '/api/invitations', {
    body: { staffId: 'sun-zhiyuan' },
  })
  const redeemed = await next.person.send('POST', '/api/invitations/redemption', {
    body: { token: body.token },
  })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
  expect((await asDesk(token, '/api/account')).body.code).toBe('account.session-ended')
  // Nor does it come back with the work identity.
  await rows(sql`update profiles set staff_id = null where staff_id = 'sun-zhiyuan'`)
  await rows(
    sql`update profiles set staff_id = 'sun-zhiyuan' where id = ${(await accountOf(staff)).id}::uuid`,
  )
  expect((await asDesk(token, '/api/account')).body.code).toBe('account.session-ended')
})

test('the operator lets go of an authenticator that is lost, and the audit says so', async () => {
  const admin = await county.as('he-jing')
  await enrol(admin)
  const lines: string[] = []
  const drop = () =>
    dropFactor({ services: county.services, words: ['he-jing'], print: (line) => lines.push(line) })
  expect(await drop()).toBe(0)
  expect((await accountOf(admin)).secondFactor).toBe(false)
  expect(await drop()).toBe(0)
  expect(lines).toEqual([expect.stringContaining('解绑了'), expect.stringContaining('没有绑过')])
  const told = await rows<{ actor: string }>(
    sql`select actor from audit_entries where action = 'account.drop-factor' and subject = 'staff:he-jing'`,
  )
  expect(told).toEqual([{ actor: 'system:command' }])
})
