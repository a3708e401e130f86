import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/contract/account'
import { KEPT_YEARS } from '#shared/domain/account/retention'
import { TABLES_OF_PERSONS } from '../tables-of-persons'
import { fileAllowance } from './allowance'
import { act, type County, newcomer, openCounty } from './county'

// Whatever holds something of a person ends: at their closing, by night, or with the case as the archive has it.

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: SQL) => county.services.database.rows<Row>(statement)
const DALIANG = '341821105200'
const born = async (name: string) => {
  const { person, idNumber } = await newcomer(county, {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const { id: profileId } = (await person.send<Account>('GET', '/api/account')).body
  return { person, idNumber, profileId }
}

interface Of {
  readonly profileId: string
  readonly caseId: string
}

/** A row of somebody, as old as `at` says. */
type Sown = (of: Of, at: SQL) => SQL

interface End {
  /** Null where the person has one already. */
  readonly sown?: Sown
  /** What is left of theirs. */
  readonly left: (of: Of) => SQL
}

const aDay = (of: Of, at: SQL) =>
  sql`insert into activity_days (day, profile_id) values (${at}::date, ${of.profileId}::uuid) on conflict do nothing`
const ofProfile = (table: string) => (of: Of) =>
  sql`select 1 from ${sql.raw(table)} where profile_id = ${of.profileId}::uuid`
const message: Sown = (of, at) => sql`insert into reminders
  (id, event_id, kind, recipient, urgent, body_sealed, channel, created_at, available_at)
  values (gen_random_uuid(), gen_random_uuid(), 'filed', ${`profile:${of.profileId}`}, false, 'x', 'inbox', ${at}, ${at})`
const delivery: Sown = (of, at) => sql`with told as (${message(of, at)} returning id, recipient)
  insert into deliveries (id, reminder_id, recipient, channel, attempt, openid, begun_at, outcome, spent_consent)
  select gen_random_uuid(), id, recipient, 'subscribe', 1, ${`o-${of.profileId}`}, ${at}, 'sent', true from told`
const deliveries = (of: Of) => sql`select 1 from deliveries where openid = ${`o-${of.profileId}`}`
const entry: Sown = (of, at) => sql`insert into consent_entries (key, openid, template_id, kind, at)
  select gen_random_uuid()::text, openid, ${of.profileId}, 'accepted', ${at}
  from wechat_identities where profile_id = ${of.profileId}::uuid`
const entries = (of: Of) =>
  sql`select 1 from consent_entries where template_id = ${of.profileId} and kind = 'accepted'`
const messages = (of: Of) => sql`select 1 from reminders where recipient = ${`profile:${of.profileId}`}`
const power: Sown = (of, at) => sql`insert into enterprise_agents (enterprise_id, profile_id, until)
  select id, ${of.profileId}::uuid, ${at}::date from enterprises order by id limit 1 on conflict do nothing`
const answer: Sown = (
  of,
  at,
) => sql`insert into idempotency_keys (principal, route, key, body_hash, created_at)
  values (${`profile:${of.profileId}`}, 'POST /x', gen_random_uuid()::text, 'x', ${at})`
const upload: Sown = (of, at) => sql`insert into uploads
  (id, owner_id, name_sealed, content_type, size, storage_key, created_at)
  values (gen_random_uuid(), ${of.profileId}::uuid, 'x', 'image/jpeg', 1, gen_random_uuid()::text, ${at})`
const uploads = (of: Of) => sql`select 1 from uploads where owner_id = ${of.profileId}::uuid`
const code: Sown = (of, at) => sql`insert into desk_logins
  (id_hash, code_hash, digits_hash, status, device, address, network_digest, created_at, expires_at, profile_id)
  select x, x, x, 'collected', 'x', 'x', 'x', ${at}, ${at}, ${of.profileId}::uuid
  from (select gen_random_uuid()::text as x) as random`
const session: Sown = (of, at) => sql`insert into sessions
  (id, token_hash, profile_id, identity_id, device, created_at, last_seen_at, expires_at)
  select gen_random_uuid(), gen_random_uuid()::text, profile_id, id, 'x', ${at}, ${at}, ${at}
  from wechat_identities where profile_id = ${of.profileId}::uuid limit 1`

const AT_CLOSING: Readonly<Record<string, End>> = {
  activity_days: { sown: aDay, left: ofProfile('activity_days') },
  consent_credits: {
    sown: (of, at) => sql`insert into consent_credits (openid, template_id, credits, updated_at)
      select openid, ${of.profileId}, 1, ${at} from wechat_identities where profile_id = ${of.profileId}::uuid`,
    left: (of) => sql`select 1 from consent_credits where template_id = ${of.profileId}`,
  },
  consent_entries: { sown: entry, left: entries },
  // Older than the days by which it still counts.
  deliveries: { sown: (of, at) => delivery(of, sql`(${at} - interval '3 days')`), left: deliveries },
  desk_logins: { sown: code, left: ofProfile('desk_logins') },
  enterprise_agents: { sown: power, left: ofProfile('enterprise_agents') },
  followers: {
    sown: (of, at) => sql`insert into followers (openid, unionid, learnt_at)
      select ${of.profileId}, unionid, ${at} from wechat_identities where profile_id = ${of.profileId}::uuid`,
    left: (of) => sql`select 1 from followers where openid = ${of.profileId}`,
  },
  profiles: {
    left: (of) => sql`select 1 from profiles where id = ${of.profileId}::uuid
      and num_nonnulls(name_sealed, id_number_sealed, phone_sealed, id_number_index, phone_index, village_code) > 0`,
  },
  ratings: {
    sown: (of, at) => sql`insert into ratings (case_id, level, reasons, comment_sealed, rated_by, rated_at)
      values (${of.caseId}::uuid, 1, '{}', 'x', ${of.profileId}::uuid, ${at})`,
    left: (of) =>
      sql`select 1 from ratings where rated_by = ${of.profileId}::uuid and comment_sealed is not null`,
  },
  reminders: { sown: message, left: messages },
  second_factors: {
    sown: (of) => sql`insert into second_factors (profile_id, id, secret_sealed)
      values (${of.profileId}::uuid, gen_random_uuid(), 'x')`,
    left: ofProfile('second_factors'),
  },
  sessions: { left: ofProfile('sessions') },
  uploads: { sown: upload, left: (of) => sql`${uploads(of)} and case_id is null` },
  wechat_identities: { left: ofProfile('wechat_identities') },
}

/** By night, and after how many days. */
const BY_NIGHT: Readonly<Record<string, End & { readonly days: number }>> = {
  activity_days: { days: 366 * KEPT_YEARS.activity, sown: aDay, left: ofProfile('activity_days') },
  audit_entries: {
    days: 366 * KEPT_YEARS.log,
    sown: (of, at) => sql`insert into audit_entries (id, at, actor, action, subject)
      values (gen_random_uuid(), ${at}, 'system:test', 'test.test', ${`test:${of.profileId}`})`,
    left: (of) => sql`select 1 from audit_entries where subject = ${`test:${of.profileId}`}`,
  },
  case_looks: {
    days: 366 * KEPT_YEARS.log,
    sown: (of, at) => sql`insert into case_looks (id, case_id, staff_id, reason_digest, until)
      values (gen_random_uuid(), ${of.caseId}::uuid, 'nobody', 'x', ${at})`,
    left: (of) => sql`select 1 from case_looks where case_id = ${of.caseId}::uuid`,
  },
  consent_entries: { days: 366 * KEPT_YEARS.messages, sown: entry, left: entries },
  deliveries: { days: 366 * KEPT_YEARS.messages, sown: delivery, left: deliveries },
  desk_logins: { days: 2, sown: code, left: ofProfile('desk_logins') },
  enterprise_agents: { days: 366 * KEPT_YEARS.powers, sown: power, left: ofProfile('enterprise_agents') },
  idempotency_keys: {
    days: 2,
    sown: answer,
    left: (of) =>
      sql`select 1 from idempotency_keys where principal = ${`profile:${of.profileId}`} and route = 'POST /x'`,
  },
  missed_items: {
    days: 366 * KEPT_YEARS.missed,
    sown: (
      of,
      at,
    ) => sql`insert into missed_items (case_id, sequence, kind, name, unit_id, staff_id, service_item_id,
        item_version, asked_at)
      values (${of.caseId}::uuid, 9, 'material', 'x', 'x', 'nobody', 'LX-005', 1, ${at})`,
    left: (of) => sql`select 1 from missed_items where case_id = ${of.caseId}::uuid`,
  },
  notice_objections: {
    days: 366 * KEPT_YEARS.objectors,
    sown: (
      of,
      at,
    ) => sql`insert into notice_objections (id, case_id, document_id, step_key, unit_id, takers, words_sealed,
        contact_sealed, leaves_phone, intent_key, body_hash, raised_at)
      values (gen_random_uuid(), ${of.caseId}::uuid, gen_random_uuid(), 'x', 'x', '{}', 'x', 'x', true,
        gen_random_uuid()::text, 'x', ${at})`,
    left: (of) =>
      sql`select 1 from notice_objections where case_id = ${of.caseId}::uuid and contact_sealed is not null`,
  },
  reminders: {
    days: 366 * KEPT_YEARS.messages,
    sown: message,
    left: (of) => sql`${messages(of)} and case_id is null`,
  },
  sessions: { days: 31, sown: session, left: (of) => sql`${ofProfile('sessions')(of)} and device = 'x'` },
  uploads: { days: 8, sown: upload, left: (of) => sql`${uploads(of)} and case_id is null` },
}

/** Neither with an account nor by a number of days, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  cases: 'the file, as the archive has it: 档案法 第14条',
  case_events: 'of the file',
  case_tasks: 'goes when its step is done',
  case_texts: 'of the file',
  certificates: 'of the file',
  documents: 'of the file',
  credentials: 'papers of the county’s register, which has them without any account',
  left_filings: 'ends with its day, or with the file of what was disowned: closing-brakes.test.ts',
  closing_reasons: 'nobody’s by its row, and ends after its year: closing-reasons.test.ts',
  staff: 'officials in their office, as the county lists them',
}

test('each table that holds something of a person ends it, at closing or by night, or says why not', () => {
  const told = [...new Set([AT_CLOSING, BY_NIGHT, OTHERWISE].flatMap((each) => Object.keys(each)))].sort()
  expect(TABLES_OF_PERSONS).toEqual(told)
})

const at = (days: number) =>
  sql`(${county.services.clock.now()}::timestamptz - make_interval(days => ${days}::int))`
const endedCaseOf = async (name: string) => {
  const { person, idNumber, profileId } = await born(name)
  const { id: caseId } = await fileAllowance(person, name, idNumber)
  const declined = await act(await county.as('zhao-min'), caseId, 'decline', {
    reason: '材料不在受理范围',
  })
  expect(declined.status, JSON.stringify(declined.body)).toBe(200)
  return { person, profileId, caseId }
}

test('an account takes along what is its person’s', async () => {
  const { person, ...of } = await endedCaseOf('冉带走')
  // What went out to a phone stays for two days more.
  await rows(sql`update reminders set channel = 'inbox' where recipient = ${`profile:${of.profileId}`}`)
  for (const { sown } of Object.values(AT_CLOSING)) if (sown) await rows(sown(of, at(0)))
  const left = async () => {
    const found: string[] = []
    for (const [table, end] of Object.entries(AT_CLOSING))
      if ((await rows(end.left(of))).length > 0) found.push(table)
    return found
  }
  expect(await left()).toEqual(Object.keys(AT_CLOSING))
  const closed = await person.send('POST', '/api/account/closing', { body: {} })
  expect(closed.status, JSON.stringify(closed.body)).toBe(200)
  expect(await left()).toEqual([])
})

/** Of whom one has what is old and one what is not, in every table. */
let two: readonly [Of, Of] | undefined
async function both() {
  two ??= [await endedCaseOf('冉旧人'), await endedCaseOf('冉新人')]
  return two
}

test.each(Object.entries(BY_NIGHT))(
  '%s: by night what has been kept long enough goes, and nothing else',
  async (_table, end) => {
    const [old, young] = await both()
    const { sown, left, days } = end
    if (!sown) throw new Error('nothing to remove')
    const others = (await rows(left(old))).length
    await rows(sown(old, at(days)))
    await rows(sown(young, at(days <= 2 ? 0 : Math.floor((days * 4) / 5))))
    const [before, kept] = [(await rows(left(old))).length, (await rows(left(young))).length]
    expect(before).toBe(others + 1)
    expect(kept).toBeGreaterThan(0)
    await county.app.jobs['remove-expired']()
    expect((await rows(left(old))).length).toBe(others)
    expect((await rows(left(young))).length).toBe(kept)
  },
)

test('what tells of a case stays as long from its end on: a message, and the power it went by', async () => {
  const name = '冉还办'
  const { person, idNumber, profileId } = await born(name)
  const { id: caseId } = await fileAllowance(person, name, idNumber)
  const old = sql`${at(366)} - interval '30 days'`
  await rows(sql`update reminders set created_at = ${old} where case_id = ${caseId}::uuid`)
  await rows(power({ profileId, caseId }, sql`(${old})`))
  await rows(sql`update cases set applicant_index = (select credit_code_index from enterprises order by id limit 1)
    where id = ${caseId}::uuid`)
  const left = () =>
    rows<{ messages: number; powers: number }>(sql`select
      (select count(*)::int from reminders where case_id = ${caseId}::uuid) as messages,
      (select count(*)::int from enterprise_agents where profile_id = ${profileId}::uuid) as powers`)
  const [before] = await left()
  expect(before?.messages).toBeGreaterThan(0)
  await county.app.jobs['remove-expired']()
  expect(await left()).toEqual([before])
  const endedBefore = (days: number) =>
    rows(sql`update cases set ended_at = ${at(days)} where id = ${caseId}::uuid`)
  await endedBefore(360)
  await county.app.jobs['remove-expired']()
  expect(await left()).toEqual([before])
  await endedBefore(367)
  await county.app.jobs['remove-expired']()
  expect(await left()).toEqual([{ messages: 0, powers: 0 }])
})
