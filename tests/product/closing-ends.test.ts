import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { expect, test, vi } from 'vitest'
import type { DeskCode, DeskLogin } from '#shared/contract/desk-session'
import type { Problem } from '#shared/contract/problems'
import type { Inbox } from '#shared/contract/reminder'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { createEndRecords } from '../../functions/features/account'
import { createDrain } from '../../functions/features/reminder'
import { removeExpiredRows } from '../../functions/platform/db/remove-expired-rows'
import { fileAllowance } from './allowance'
import { askedBy, boundBefore, caseOf, type Person } from './county'
import { openLeavers } from './leavers'

// What ends with an account beside what is kept of it: work, desks, a second WeChat, what was on its way to it.
const { county, rows, born, accountOf, closingOf, close, secondOf } = await openLeavers()

const PIN = '270391'

const messagesOf = async (profileId: string) =>
  rows<{ body: string }>(
    sql`select body_sealed as body from reminders where recipient = ${`profile:${profileId}`}`,
  )
const titlesOf = async (person: Person) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.map(({ title }) => title)

test('whoever has work in hand hands it over first; then the post is free and the administrators hear of it', async () => {
  const elder = await born('蒯老办')
  const { id } = await fileAllowance(elder.person, '蒯老办', elder.idNumber)
  const clerk = await county.as('zhao-min')
  const admin = await county.as('he-jing')
  expect((await closingOf(clerk)).workInHand).toEqual({ count: 0, some: [] })
  await rows(sql`update case_tasks set assignee_id = 'zhao-min' where case_id = ${id}::uuid`)
  const { caseNumber } = await caseOf(elder.person, id)
  expect(await close(clerk)).toMatchObject({
    status: 409,
    body: { code: 'account.work-in-hand', detail: `手上的：${caseNumber}` },
  })
  await rows(sql`update case_tasks set assignee_id = null where case_id = ${id}::uuid`)
  expect((await closingOf(clerk)).holdings.worksHere).toBe(true)
  expect((await close(clerk)).status).toBe(200)
  expect(await rows(sql`select id from profiles where staff_id = 'zhao-min'`)).toEqual([])
  expect(await titlesOf(admin)).toContain('有同事注销了')
  const audited = await rows(sql`select id from audit_entries
    where action = 'account.unbind-staff' and subject = 'staff:zhao-min'`)
  expect(audited).toHaveLength(1)
})

test('a post that nobody else holds is work in hand as long as something waits there', async () => {
  const [alone] = await rows<{ staffId: string; role: string; unitId: string }>(sql`
    select r.staff_id as "staffId", r.role, r.unit_id as "unitId" from staff_roles r
      join staff s on s.id = r.staff_id and s.active
    where r.role = 'village-agent' and not exists (select 1 from staff_roles o
      where o.role = r.role and o.unit_id = r.unit_id and o.staff_id <> r.staff_id) order by 1 limit 1`)
  if (!alone) throw new Error('nobody is alone')
  const { person } = await born('蒯独一', 1)
  const { id: profileId } = await accountOf(person)
  await rows(sql`update profiles set staff_id = null where staff_id = ${alone.staffId}`)
  await rows(sql`update profiles set staff_id = ${alone.staffId} where id = ${profileId}::uuid`)
  const elder = await born('蒯等着')
  const { id } = await fileAllowance(elder.person, '蒯等着', elder.idNumber)
  await rows(sql`update case_tasks set role = ${alone.role}, unit_id = ${alone.unitId} where case_id = ${id}::uuid
    and (step_key, part_unit_id) = (select step_key, part_unit_id from case_tasks where case_id = ${id}::uuid limit 1)`)
  expect(await close(person)).toMatchObject({ status: 409, body: { code: 'account.work-in-hand' } })
})

test('a desk closes no account, and ends with it, as does the code that was let in and not yet fetched', async () => {
  const clerk = await county.as('sun-zhiyuan')
  const show = async () =>
    (await county.visitor.send<DeskCode>('POST', '/api/desk-sessions', { body: {} })).body
  const letIn = async () => {
    const { id, code } = await show()
    await clerk.send('POST', '/api/desk-sessions/confirmation', {
      body: { code, answer: 'confirmed', pin: PIN },
    })
    return id
  }
  const polled = async (id: string) =>
    (await county.visitor.send<DeskLogin>('GET', `/api/desk-sessions/${id}`)).body
  const { token } = await polled(await letIn())
  const atDesk = (method: string) =>
    fetch(`${county.url}/api/account/closing`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': 'from-a-desk',
      },
      ...(method === 'POST' ? { body: '{}' } : {}),
    })
  const refused = await atDesk('POST')
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([403, 'account.phone-needed'])
  const said = async (path: string, body: object) => {
    const answered = await fetch(`${county.url}/api/account/${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': `desk-${path.replace('/', '-')}`,
      },
      body: JSON.stringify(body),
    })
    return [answered.status, ((await answered.json()) as Problem).code]
  }
  const own: readonly (readonly [string, object])[] = [
    ['consents', { consents: [{ purpose: 'sensitive', version: '1' }] }],
    ['consents/withdrawal', { purpose: 'phone' }],
    ['phone', { code: 'any' }],
    ['identity', { name: '蒯别人', idNumber: '341821194403050017' }],
    ['identity-confirmation', { code: 'any' }],
  ]
  for (const [path, body] of own) expect(await said(path, body), path).toEqual([403, 'account.phone-needed'])
  const waiting = await letIn()
  expect((await close(clerk)).status).toBe(200)
  expect((await atDesk('GET')).status).toBe(401)
  expect((await polled(waiting)).token).toBeUndefined()
})

test('both WeChat accounts of one person close together', async () => {
  const first = await born('蒯两机')
  const id = await secondOf(first.personId, '蒯两机')
  const second = await county.logIn(id)
  const { id: joinedId } = await accountOf(second)
  const code = (
    await county.door<{ code: string }>('POST', 'login-codes', { person: id, purpose: 'real-name' })
  ).body.code
  await second.send('POST', '/api/account/identity', { body: { name: '蒯两机', idNumber: first.idNumber } })
  await second.send('POST', '/api/account/identity-confirmation', { body: { code } })
  expect((await closingOf(second)).holdings.wechats).toBe(2)
  expect((await close(second)).status).toBe(200)
  expect((await first.person.send('GET', '/api/account')).status).toBe(401)
  // What the joined one still had of the name goes as well.
  expect(
    await rows(
      sql`select name_sealed as name, id_number_sealed as number from profiles where id = ${joinedId}::uuid`,
    ),
  ).toEqual([{ name: null, number: null }])
})

test('a message that is claimed when its account closes is not sent, and nothing is written to it afterwards', async () => {
  const { person, personId, idNumber } = await born('蒯路上')
  const { id: profileId } = await accountOf(person)
  await county.door('POST', 'consents', { person: personId, choice: 'accept' })
  const { id } = await fileAllowance(person, '蒯路上', idNumber)
  const { version } = await caseOf(person, id)
  expect((await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })).status).toBe(200)
  await rows(sql`update reminders set channel = 'subscribe', template_id = 'YX-CASE-PROGRESS', sent_at = null,
    lease_token = null, leased_until = null,
    available_at = created_at + interval '1 hour' where recipient = ${`profile:${profileId}`}`)
  // What waits for others may be due by the hour at which this runs.
  await rows(sql`update reminders set available_at = available_at + interval '30 days'
    where recipient <> ${`profile:${profileId}`} and sent_at is null`)
  expect(await messagesOf(profileId)).not.toEqual([])
  const sent: string[] = []
  const { database, limiter, cipher, clock, ids, log, accounts } = county.services
  // Later than the server's, whose own drain would else take them first.
  const inTwoHours = new Date(Date.parse(clock.now()) + 2 * 3_600_000).toISOString() as Instant
  const drain = createDrain({
    database,
    limiter,
    cipher,
    clock: { now: () => inTwoHours },
    ids,
    log,
    appid: accounts.miniProgram.appid,
    templates: { has: () => true },
    sms: null,
    // Asked for between the claim and the sending.
    rules: async () => {
      expect((await close(person)).status).toBe(200)
      return { limits: USUAL_LIMITS, calendar: new Map() }
    },
    wechat: {
      sendReminder: async (reminder) => {
        sent.push(reminder.openid)
        return { kind: 'sent', messageId: null }
      },
    },
  })
  const report = await drain()
  expect(report.claimed).toBeGreaterThan(0)
  expect([report.sent, report.lost, sent]).toEqual([0, report.claimed, []])
  expect(await messagesOf(profileId)).toEqual([])
})

test('what still happens to a case that its owner follows is told to them alone', async () => {
  const mother = await born('蒯娘亲')
  const son = await born('蒯儿子', 3, '1980-03-05')
  const { id } = await fileAllowance(son.person, '蒯娘亲', mother.idNumber)
  const [motherId, sonId] = [(await accountOf(mother.person)).id, (await accountOf(son.person)).id]
  const mothers = async (door: string, more: object = {}) => {
    const { version } = await caseOf(mother.person, id)
    const done = await mother.person.send('POST', `/api/cases/${id}/${door}`, { body: { version, ...more } })
    expect(done.status, JSON.stringify(done.body)).toBe(200)
  }
  expect((await close(son.person)).body.code).toBe('account.cases-open')
  await mothers('additions', { answers: { mobile: '15400009999' } })
  expect(await messagesOf(sonId)).not.toEqual([])
  expect((await close(son.person)).status).toBe(200)
  const told = (await messagesOf(motherId)).length
  await mothers('withdrawal')
  expect((await messagesOf(motherId)).length).toBeGreaterThanOrEqual(told)
  expect(await messagesOf(sonId)).toEqual([])
})

test('WeChat’s news of whoever is gone are kept by nobody', async () => {
  const { person, personId } = await born('蒯没了', 1)
  const [{ openid } = { openid: '' }] = await rows<{
    openid: string
  }>(sql`select i.openid from wechat_identities i
    where i.profile_id = ${(await accountOf(person)).id}::uuid`)
  expect((await close(person)).status).toBe(200)
  await county.door('POST', 'consents', { person: personId, choice: 'accept' })
  expect(await rows(sql`select * from consent_credits where openid = ${openid}`)).toEqual([])
  expect(await rows(sql`select * from received_pushes where key like ${`%${openid}%`}`)).toEqual([])
})

test('sent twice at once it is one closing', async () => {
  const { person } = await born('蒯两下', 1)
  const { id } = await accountOf(person)
  const answers = await Promise.all([
    close(person, { key: 'closing-twice' }),
    close(person, { key: 'closing-twice' }),
  ])
  expect(answers.map(({ status }) => status)).toContain(200)
  for (const { status } of answers) expect([200, 401]).toContain(status)
  expect((await close(person, { key: 'closing-twice' })).body.code).toBe('account.session-ended')
  expect(await rows(sql`select 1 from idempotency_keys where principal = ${`profile:${id}`}`)).toEqual([])
  expect(
    await rows(
      sql`select id from audit_entries where action = 'account.close' and subject = ${`profile:${id}`}`,
    ),
  ).toHaveLength(1)
})

test('a case that is filed between the look and the writing stands in the way', async () => {
  const { person, idNumber } = await born('蒯抢着')
  const { id } = await accountOf(person)
  const database = askedBy(county)
  const { rows: asked } = database
  let done = false
  const between = vi
    .spyOn(database, 'rows')
    .mockImplementation(async (...given: Parameters<typeof asked>) => {
      const text = new PgDialect().sqlToQuery(given[0] as never).sql
      if (!done && text.includes('closed_at = ')) {
        done = true
        await fileAllowance(person, '蒯抢着', idNumber)
      }
      return asked.apply(database, given)
    })
  expect((await close(person)).body.code).toBe('account.cases-open')
  between.mockRestore()
  expect(done).toBe(true)
  expect(await rows(sql`select closed_at as closed from profiles where id = ${id}::uuid`)).toEqual([
    { closed: null },
  ])
})

test('of two who hold a post the second one stays while something waits there', async () => {
  const posts = await rows<{ role: string; unitId: string; ids: readonly string[] }>(sql`
    select r.role, r.unit_id as "unitId", json_agg(r.staff_id order by r.staff_id) as ids
    from staff_roles r join staff s on s.id = r.staff_id and s.active
    where r.role = 'village-agent' group by 1, 2 having count(*) = 1 order by 1, 2 limit 1`)
  const [post] = posts
  if (!post) throw new Error('no post')
  const [alone] = post.ids
  await rows(
    sql`insert into staff_roles (staff_id, role, unit_id, acting) values ('sun-zhiyuan', ${post.role}, ${post.unitId}, false)`,
  )
  const both = [await born('蒯同岗', 1), await born('蒯同事', 1)]
  for (const [index, staffId] of [alone, 'sun-zhiyuan'].entries()) {
    const person = both[index]?.person
    if (!person || !staffId) throw new Error('nobody')
    await boundBefore(county, person, staffId)
  }
  const elder = await born('蒯同等')
  const { id } = await fileAllowance(elder.person, '蒯同等', elder.idNumber)
  await rows(
    sql`update case_tasks set role = ${post.role}, unit_id = ${post.unitId} where case_id = ${id}::uuid`,
  )
  const [first, second] = both.map(({ person }) => person)
  if (!first || !second) throw new Error('nobody')
  expect((await close(first)).status).toBe(200)
  expect((await closingOf(second)).workInHand.count).toBeGreaterThan(0)
  expect(await close(second)).toMatchObject({ status: 409, body: { code: 'account.work-in-hand' } })
})

test('the last administrator stays until another one has come', async () => {
  const admin = await county.as('he-jing')
  expect((await closingOf(admin)).lastAdmin).toBe(true)
  expect(await close(admin)).toMatchObject({ status: 409, body: { code: 'account.last-admin' } })
  const { person } = await born('蒯接任', 1)
  await boundBefore(county, person, 'qian-li')
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select 'qian-li', role, unit_id, false from staff_roles where staff_id = 'he-jing' and role = 'admin'`)
  expect((await closingOf(admin)).lastAdmin).toBe(false)
  expect((await close(admin)).status).toBe(200)
})

test('what outlives an account ends: messages as a number after two days, what was agreed to after three years', async () => {
  const { person } = await born('蒯三年', 1)
  const { id } = await accountOf(person)
  await rows(sql`update profiles set consents = '[{"purpose":"phone","version":"9","at":"2026-11-24T01:00:00.000Z"}]'::jsonb
    where id = ${id}::uuid`)
  await rows(sql`with told as (insert into reminders (id, event_id, kind, recipient, urgent, body_sealed, channel, created_at,
      available_at, sent_at)
    select gen_random_uuid(), gen_random_uuid(), 'filed', ${`profile:${id}`}, false, 'sealed', 'subscribe', at, at, at
    from (select ${county.services.clock.now()}::timestamptz as at) t returning id, recipient, sent_at)
    insert into deliveries (id, reminder_id, recipient, channel, attempt, openid, message_id, begun_at, outcome, spent_consent)
    select gen_random_uuid(), id, recipient, 'subscribe', 1, 'theirs', 'theirs', sent_at, 'sent', true from told`)
  expect((await close(person)).status).toBe(200)
  expect(await messagesOf(id)).toEqual([{ body: '' }])
  const sends = () =>
    rows(sql`select d.openid, d.message_id from deliveries d join reminders r on r.id = d.reminder_id
      where r.recipient = ${`profile:${id}`}`)
  expect(await sends()).toEqual([{ openid: null, message_id: null }])
  const now = county.services.clock.now()
  const after = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString() as typeof now
  const consentsAt = async (days: number) => {
    const clock = { now: () => after(days) }
    await removeExpiredRows(county.services.database, clock.now())
    await createEndRecords({ database: county.services.database, clock })()
    return rows<{ consents: readonly object[] }>(sql`select consents from profiles where id = ${id}::uuid`)
  }
  expect(await consentsAt(1)).toEqual([{ consents: [expect.objectContaining({ purpose: 'phone' })] }])
  expect(await messagesOf(id)).toHaveLength(1)
  await consentsAt(3)
  expect(await messagesOf(id)).toEqual([])
  expect(await sends()).toEqual([])
  expect((await consentsAt(3 * 365))[0]?.consents).toHaveLength(1)
  expect((await consentsAt(3 * 366 + 1))[0]?.consents).toEqual([])
})
