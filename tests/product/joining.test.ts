import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account, AccountChanged, SessionList } from '#shared/contract/account'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { ALLOWANCE, fileAllowance } from './allowance'
import { boundBefore, type County, newcomer, openCounty, type Person } from './county'

const DALIANG = '341821105200'
const BIRTH = '1970-03-04'

let county: County

beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const accountOf = async (person: Person) => (await person.send<Account>('GET', '/api/account')).body

let born = 0
/** A confirmed person, and a second WeChat account of the same person that is only logged in. */
async function twoAccounts() {
  const name = `周两${'甲乙丙丁戊己庚辛'.charAt(born)}`
  born += 1
  const first = await newcomer(county, { name, birth: BIRTH, villageCode: DALIANG, level: 3 })
  const { body } = await county.door<{ id: string }>('POST', 'people', {
    name,
    birth: BIRTH,
    villageCode: DALIANG,
    sameAs: first.personId,
  })
  const second = await county.logIn(body.id)
  const code = async (purpose: string) =>
    (await county.door<{ code: string }>('POST', 'login-codes', { person: body.id, purpose })).body.code
  return {
    owner: first.person,
    second,
    giveSecondPhone: async () =>
      second.send('POST', '/api/account/phone', { body: { code: await code('phone') } }),
    type: () => second.send('POST', '/api/account/identity', { body: { name, idNumber: first.idNumber } }),
    join: async (key?: string) => {
      await second.send('POST', '/api/account/identity', { body: { name, idNumber: first.idNumber } })
      const sending = { body: { code: await code('real-name') }, ...(key ? { key } : {}) }
      return second.send<AccountChanged>('POST', '/api/account/identity-confirmation', sending)
    },
  }
}

/** The registry knows a confirmed account as the member that it, or another of the same person's, was bound as. */
async function bind(person: Person, staffId: string, confirmed = person) {
  await rows(sql`update staff set id_number_index = p.id_number_index from profiles p
    where p.id = ${(await accountOf(confirmed)).id}::uuid and p.real_name_level = 3 and staff.id = ${staffId}`)
  await boundBefore(county, person, staffId)
}

test('a member of staff who confirms who they are on a second account stays a member of staff, on both', async () => {
  const { owner, second, join } = await twoAccounts()
  await bind(second, 'zhao-min', owner)
  expect((await second.send('GET', '/api/work/cases')).status).toBe(200)
  const joined = await join()
  expect(joined.status, JSON.stringify(joined.body)).toBe(200)
  for (const phone of [second, owner]) {
    expect((await phone.send('GET', '/api/work/cases')).status).toBe(200)
    expect((await accountOf(phone)).staffId).toBe('zhao-min')
  }
})

test('of two work identities the owner’s stays, and the one that goes is named in the answer and in the audit', async () => {
  const { owner, second, join } = await twoAccounts()
  await bind(owner, 'sun-zhiyuan')
  await bind(second, 'wang-lixin', owner)
  const joined = await join()
  expect(joined).toMatchObject({ status: 200, body: { unboundStaffId: 'wang-lixin' } })
  for (const phone of [second, owner]) expect((await accountOf(phone)).staffId).toBe('sun-zhiyuan')
  expect(await rows(sql`select id from profiles where staff_id = 'wang-lixin'`)).toEqual([])
  expect(
    await rows(
      sql`select id from audit_entries where action = 'account.unbind-staff' and subject = 'staff:wang-lixin'`,
    ),
  ).toHaveLength(1)
  // Whoever it was may be invited again; until then nobody counts on them.
  expect(await rows(sql`select active, awaited from staff where id = 'wang-lixin'`)).toEqual([
    { active: false, awaited: true },
  ])
  const { person } = await newcomer(county, { name: '王立', birth: BIRTH, villageCode: DALIANG, level: 1 })
  await bind(person, 'wang-lixin')
})

test('a work identity that has ended gives way to one that holds', async () => {
  const { owner, second, join } = await twoAccounts()
  await bind(owner, 'li-wanqing')
  await rows(sql`update staff set active = false where id = 'li-wanqing'`)
  await bind(second, 'zhao-xiaoyan', owner)
  expect(await join()).toMatchObject({ status: 200, body: { unboundStaffId: 'li-wanqing' } })
  expect((await accountOf(owner)).staffId).toBe('zhao-xiaoyan')
})

test('what one said, gave and was given on the second account is there after joining', async () => {
  const { owner, second, giveSecondPhone, join } = await twoAccounts()
  await giveSecondPhone()
  await second.send('POST', '/api/account', { body: { villageCode: DALIANG, elderMode: true } })
  await second.send('POST', '/api/reminder-settings', {
    body: {
      kinds: [{ kind: 'progress', on: false }],
      ways: [{ way: 'wechat', on: false }],
      night: { from: '19:00', until: '10:00' },
    },
  })
  await owner.send('POST', '/api/reminder-settings', {
    body: { kinds: [{ kind: 'money', on: false }], night: { from: '20:00', until: '08:00' } },
  })
  const uploadId = await second.upload()
  const [before, ownerId] = [(await accountOf(second)).id, (await accountOf(owner)).id]
  await rows(sql`update profiles set phone_sealed = null, phone_index = null, village_code = null
    where id = ${ownerId}::uuid`)
  const [firm] = await rows<{ id: string }>(sql`select id from enterprises order by id limit 1`)
  await rows(
    sql`insert into enterprise_agents (enterprise_id, profile_id) values (${firm?.id}, ${before}::uuid)`,
  )
  await rows(sql`insert into ratings (case_id, level, reasons, rated_by, rated_at)
    values (${before}::uuid, 1, '{}', ${before}::uuid, now())`)
  const phone = (await accountOf(second)).phoneMasked
  expect(phone).not.toBeNull()
  const elder = await newcomer(county, {
    name: '周老',
    birth: ALLOWANCE.born,
    villageCode: DALIANG,
    level: 3,
  })
  const taken = await fileAllowance(elder.person, '周老', elder.idNumber)
  await rows(sql`update cases set owner_id = ${before}::uuid where id = ${taken.id}::uuid`)

  expect((await join()).status).toBe(200)
  expect(await accountOf(owner)).toMatchObject({
    id: ownerId,
    phoneMasked: phone,
    villageCode: DALIANG,
    elderMode: true,
  })
  const { kinds, ways, night } = (await owner.send<ReminderSettings>('GET', '/api/reminder-settings')).body
  expect(kinds.filter(({ on }) => !on).map(({ kind }) => kind)).toEqual(['progress', 'money'])
  expect(ways).toEqual([{ way: 'wechat', on: false, to: null }])
  // Their own night, where each account had one.
  expect(night).toEqual({ from: '20:00', until: '08:00' })
  const named = await rows<{ place: string; profile: string }>(sql`
    select 'upload' as place, owner_id::text as profile from uploads where id = ${uploadId}::uuid
    union all select 'owned', owner_id::text from cases where id = ${taken.id}::uuid
    union all select 'power', profile_id::text from enterprise_agents where enterprise_id = ${firm?.id}
      and profile_id in (${before}::uuid, ${ownerId}::uuid)
    union all select 'rating', rated_by::text from ratings where case_id = ${before}::uuid
    union all select 'activity', profile_id::text from activity_days where profile_id in (${before}::uuid, ${ownerId}::uuid)
    order by place`)
  expect(named).toEqual(
    ['activity', 'owned', 'power', 'rating', 'upload'].map((place) => ({ place, profile: ownerId })),
  )
})

test('what the owner has said stands', async () => {
  const { owner, second, giveSecondPhone, join } = await twoAccounts()
  await giveSecondPhone()
  await owner.send('POST', '/api/account', { body: { villageCode: DALIANG } })
  const other = (
    await rows<{ id: string }>(
      sql`select id from units where kind = 'village' and id <> ${DALIANG} order by id limit 1`,
    )
  )[0]?.id
  await second.send('POST', '/api/account', { body: { villageCode: other } })
  const { phoneMasked } = await accountOf(owner)
  await join()
  expect(await accountOf(second)).toMatchObject({ phoneMasked, villageCode: DALIANG })
})

test('a power for the same firm becomes the wider of the two, and never one that nobody gave', async () => {
  const [firm, other] = await rows<{ id: string }>(sql`select id from enterprises order by id desc limit 2`)
  const { owner, second, join } = await twoAccounts()
  const [before, ownerId] = [(await accountOf(second)).id, (await accountOf(owner)).id]
  await rows(sql`insert into enterprise_agents (enterprise_id, profile_id, item_ids, until) values
    (${firm?.id}, ${ownerId}::uuid, '{LX-034}', '2026-12-31'), (${firm?.id}, ${before}::uuid, null, null),
    (${other?.id}, ${ownerId}::uuid, '{LX-034}', '2026-12-31'), (${other?.id}, ${before}::uuid, '{LX-026}', '2027-12-31')`)
  expect((await join()).status).toBe(200)
  expect(
    await rows(sql`select enterprise_id as id, item_ids as items, until::text from enterprise_agents
      where profile_id = ${ownerId}::uuid order by enterprise_id desc`),
  ).toEqual([
    { id: firm?.id, items: null, until: null },
    { id: other?.id, items: ['LX-034'], until: '2026-12-31' },
  ])
  expect(
    await rows(sql`select subject from audit_entries where action = 'account.leave-power'
      and actor = ${`profile:${before}`}`),
  ).toEqual([{ subject: `enterprise:${other?.id}` }])
})

test('a message that both accounts got is there once, the others are all there', async () => {
  const { owner, second, join } = await twoAccounts()
  const [before, ownerId] = [(await accountOf(second)).id, (await accountOf(owner)).id]
  const message = (event: string, recipient: string) =>
    rows(sql`insert into reminders (id, event_id, kind, recipient,
    urgent, body_sealed, channel, created_at, available_at) select gen_random_uuid(), ${event}::uuid, 'accepted',
    ${`profile:${recipient}`}, false, '', 'inbox', now(), now()`)
  await message(before, before)
  await message(before, ownerId)
  await message(ownerId, before)
  expect((await join()).status).toBe(200)
  expect(
    await rows(sql`select event_id::text as event from reminders where recipient = ${`profile:${ownerId}`}
      order by event_id = ${before}::uuid`),
  ).toEqual([{ event: ownerId }, { event: before }])
  expect(await rows(sql`select id from reminders where recipient = ${`profile:${before}`}`)).toEqual([])
})

test('a request of before, sent again after joining, has its first answer; so has the joining', async () => {
  const { second, join } = await twoAccounts()
  const promise = () =>
    second.send<{ id: string }>('POST', '/api/uploads', {
      key: 'before-joining',
      body: { name: '照片.png', contentType: 'image/png', size: 10 },
    })
  const first = await promise()
  const joined = await join('the-joining')
  expect(joined.status).toBe(200)
  expect((await promise()).body.id).toBe(first.body.id)
  const { account } = { account: await accountOf(second) }
  expect(account.id).toBe(joined.body.id)
  expect(
    await rows(
      sql`select status from idempotency_keys where key = 'the-joining' and principal = ${`profile:${account.id}`}`,
    ),
  ).toEqual([{ status: 200 }])
})

test('on a new phone the owner gets in through the check; the old sessions stay listed and can be ended', async () => {
  const { owner, second, join } = await twoAccounts()
  const idOfOld = (await owner.send<SessionList>('GET', '/api/sessions')).body.sessions.find(
    ({ current }) => current,
  )?.id
  expect((await second.send<SessionList>('GET', '/api/sessions')).body.sessions).toHaveLength(1)
  expect((await join()).status).toBe(200)
  const { sessions } = (await second.send<SessionList>('GET', '/api/sessions')).body
  expect(sessions).toHaveLength(2)
  expect(sessions.map(({ id }) => id)).toContain(idOfOld)
  expect((await second.send('DELETE', `/api/sessions/${idOfOld}`)).status).toBe(204)
  expect((await owner.send('GET', '/api/account')).status).toBe(401)
  expect((await second.send('GET', '/api/account')).status).toBe(200)
})
