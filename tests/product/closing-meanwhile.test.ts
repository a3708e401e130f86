import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { expect, test, vi } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { Problem } from '#shared/contract/problems'
import { createEndRecords } from '../../functions/features/account'
import { askedBy, boundBefore, type Person } from './county'
import { DALIANG, openLeavers } from './leavers'

// What a person had asked for when they closed their account, and what is written only afterwards.
const { county, rows, born, accountOf, closed, secondOf } = await openLeavers()

const codeFor = async (personId: string, purpose: 'phone' | 'real-name') =>
  (await county.door<{ code: string }>('POST', 'login-codes', { person: personId, purpose })).body.code

/** Before the first statement that says so, `person` closes their account. */
async function closedBefore<Sent>(words: string, person: Person, sending: () => Promise<Sent>) {
  const database = askedBy(county)
  const { rows: asked } = database
  let isDone = false
  const between = vi
    .spyOn(database, 'rows')
    .mockImplementation(async (...given: Parameters<typeof asked>) => {
      if (!isDone && new PgDialect().sqlToQuery(given[0] as never).sql.includes(words)) {
        isDone = true
        await closed(person)
      }
      return asked.apply(database, given)
    })
  const answer = await sending()
  between.mockRestore()
  expect(isDone).toBe(true)
  return answer
}

const keptOf = async (profileId: string) => {
  const [row] = await rows(sql`select real_name_level as level, phone_sealed as phone, name_sealed as name,
      id_number_sealed as number, village_code as village, staff_id as staff, silenced, unwanted_ways as unwanted, night,
      (select count(*)::int from second_factors f where f.profile_id = p.id) as factors, jsonb_array_length(consents) as consents
    from profiles p where id = ${profileId}::uuid and closed_at is not null`)
  return row
}
const NOTHING = {
  level: 0,
  phone: null,
  name: null,
  number: null,
  village: null,
  staff: null,
  silenced: [],
  unwanted: [],
  night: null,
  factors: 0,
}

test('a number that WeChat gives after its person has left is kept by nobody', async () => {
  const { person, personId } = await born('蒯慢号', 0)
  const id = (await accountOf(person)).id
  const code = await codeFor(personId, 'phone')
  await county.door('POST', 'faults', {
    path: '/wxa/business/getuserphonenumber',
    times: 1,
    kind: 'latency',
    milliseconds: 1500,
  })
  const set = person.send<Problem>('POST', '/api/account/phone', { body: { code } })
  await new Promise((resolve) => setTimeout(resolve, 500))
  await closed(person)
  expect(await set).toMatchObject({ status: 401, body: { code: 'account.session-ended' } })
  expect(await keptOf(id)).toMatchObject(NOTHING)
})

test.each([
  ['a typed name and number', 'name_sealed = $', '/api/account/identity'],
  ['a village', 'village_code = ', '/api/account'],
  ['what no phone is to ring for', 'set silenced = ', '/api/reminder-settings'],
  ['a consent', 'set consents = ', '/api/account/consents'],
  ['a consent taken back', 'set consents = ', '/api/account/consents/withdrawal'],
])('%s that is written after its person has left is kept by nobody', async (_what, words, path) => {
  const { person, idNumber } = await born('蒯晚到', 1)
  const id = (await accountOf(person)).id
  const { body: agreements } = await person.send<{ agreements: readonly { version: string }[] }>(
    'GET',
    '/api/agreements',
  )
  const version = agreements.agreements[0]?.version
  const bodies: Readonly<Record<string, object>> = {
    '/api/account/identity': { name: '蒯晚到', idNumber },
    '/api/account': { villageCode: '341821105201', elderMode: true },
    '/api/reminder-settings': {
      kinds: [{ kind: 'money', on: false }],
      ways: [{ way: 'sms', on: false }],
      night: { from: '21:00', until: '08:00' },
    },
    '/api/account/consents': { consents: [{ purpose: 'sensitive', version }] },
    '/api/account/consents/withdrawal': { purpose: 'phone' },
  }
  const sent = await closedBefore(words, person, () =>
    person.send<Problem>('POST', path, { body: bodies[path] ?? {} }),
  )
  expect(sent).toMatchObject({ status: 401, body: { code: 'account.session-ended' } })
  expect(await keptOf(id)).toMatchObject(NOTHING)
})

test('an authenticator that is set up after its person has left is kept by nobody', async () => {
  const { person } = await born('蒯验证', 1)
  await boundBefore(county, person, 'sun-zhiyuan')
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select 'sun-zhiyuan', role, unit_id, false from staff_roles where staff_id = 'he-jing' and role = 'admin'`)
  const id = (await accountOf(person)).id
  const sent = await closedBefore('insert into second_factors', person, () =>
    person.send<Problem>('POST', '/api/account/second-factor', { body: {} }),
  )
  expect([sent.status, sent.body.code]).toEqual([401, 'account.session-ended'])
  expect(await keptOf(id)).toMatchObject(NOTHING)
})

test('a confirmation that WeChat gives after its person has left is kept by nobody, and told as what it is', async () => {
  const { person, personId } = await born('蒯晚核', 2)
  const id = (await accountOf(person)).id
  const code = await codeFor(personId, 'real-name')
  const sent = await closedBefore('set real_name_level = 3', person, () =>
    person.send<Problem>('POST', '/api/account/identity-confirmation', { body: { code } }),
  )
  expect([sent.status, sent.body.code]).toEqual([401, 'account.session-ended'])
  expect(await keptOf(id)).toMatchObject(NOTHING)
})

test('a second WeChat is not joined into an account that has been closed; tried again it stands for itself', async () => {
  const first = await born('蒯并了')
  const id = await secondOf(first.personId, '蒯并了')
  const second = await county.logIn(id)
  const secondId = (await accountOf(second)).id
  await second.send('POST', '/api/account/identity', { body: { name: '蒯并了', idNumber: first.idNumber } })
  const confirm = async () =>
    second.send<Problem>('POST', '/api/account/identity-confirmation', {
      body: { code: await codeFor(id, 'real-name') },
    })
  const joined = await closedBefore('set joined_into = ', first.person, confirm)
  expect(joined).toMatchObject({ status: 409, body: { code: 'request.still-running' } })
  expect((await confirm()).status).toBe(200)
  expect(await second.send<Account>('GET', '/api/account')).toMatchObject({
    body: { id: secondId, realNameLevel: 3 },
  })
})

test('whatever still leads to a closed account, logging in leads to a new one', async () => {
  const { person, personId } = await born('蒯旧门', 1)
  const id = (await accountOf(person)).id
  const [bound] = await rows<{ appid: string; openid: string }>(
    sql`select appid, openid from wechat_identities where profile_id = ${id}::uuid`,
  )
  await closed(person)
  await rows(sql`insert into wechat_identities (id, appid, openid, profile_id, created_at)
    values (gen_random_uuid(), ${bound?.appid}, ${bound?.openid}, ${id}::uuid, now())`)
  const anew = await county.logIn(personId)
  expect((await accountOf(anew)).id).not.toBe(id)
  expect((await anew.send('GET', '/api/account')).status).toBe(200)
  expect(await rows(sql`select 1 from sessions where profile_id = ${id}::uuid`)).toEqual([])
  expect(await rows(sql`select 1 from wechat_identities where profile_id = ${id}::uuid`)).toEqual([])
})

test('what a closed account has all the same goes at night', async () => {
  const { person } = await born('蒯夜里', 1)
  const id = (await accountOf(person)).id
  await closed(person)
  await rows(sql`update profiles set phone_sealed = 'sealed', phone_index = 'index', name_sealed = 'sealed',
    real_name_level = 2, village_code = ${DALIANG} where id = ${id}::uuid`)
  await rows(
    sql`insert into second_factors (profile_id, id, secret_sealed) values (${id}::uuid, gen_random_uuid(), 'sealed')`,
  )
  const { database, clock } = county.services
  await createEndRecords({ database, clock })()
  expect(await keptOf(id)).toMatchObject(NOTHING)
})
