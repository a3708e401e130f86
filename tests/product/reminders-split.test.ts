import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliveryStatus } from '#shared/domain/reminder/delivery'
import { type ReminderRow, reminderJson } from '../../functions/features/reminder/rows'
import { createWechatEventReceiver } from '../../functions/features/reminder/wechat-events'
import { migrate } from '../../functions/platform/adapters/migrate'
import type { Database } from '../../functions/platform/ports/database'
import { openBareDatabase } from '../empty-database'

// What an outbox held before its sends had a table of their own: each row means afterwards what it meant.

let database: Database
const folder = mkdtempSync(join(tmpdir(), 'before-the-split-'))
beforeAll(async () => {
  database = await openBareDatabase()
  cpSync('drizzle', folder, { recursive: true })
  const path = join(folder, 'meta/_journal.json')
  const journal: { entries: readonly { tag: string }[] } = JSON.parse(readFileSync(path, 'utf8'))
  const split = journal.entries.findIndex(({ tag }) => tag === '0036_split-reminders')
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, split) }))
  await migrate(database.db, folder)
  await database.rows(OLD)
  await migrate(database.db, 'drizzle')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.close()
})

const PERSON = '01936b1e-0000-7000-8000-0000000000aa'
const OF_PERSON = `profile:${PERSON}`
const AT = '2026-11-24T01:42:00.000Z'
const LATER = '2026-11-24T01:50:00.000Z'

const USUAL = {
  id: '',
  event_id: '01936b1e-0000-7000-8000-000000000001',
  recipient: OF_PERSON,
  urgent: false,
  template_id: 'YX-CASE-PROGRESS',
  body_sealed: 'x',
  channel: 'subscribe',
  created_at: AT,
  available_at: AT,
  attempts: 0,
  unknown_sends: 0,
}
const gone = { sending_at: AT, sent_at: LATER, attempts: 1 }
const kept = { channel: 'inbox', sent_at: LATER, delivered_at: LATER }

/** By kind, which is its name. */
const ROWS: Readonly<Record<string, object>> = {
  waiting: {},
  sent: { ...gone, wechat_message_id: 'm-1' },
  delivered: { ...gone, wechat_message_id: 'm-2', delivered_at: LATER },
  'not delivered': { ...gone, wechat_message_id: 'm-3', failed_at: LATER },
  'under way': { sending_at: AT, attempts: 1, lease_token: PERSON, leased_until: LATER },
  'unknown once': { sending_at: AT, attempts: 1, template_id: 'YX-CASE-RESULT' },
  'unknown twice': {
    sending_at: AT,
    attempts: 2,
    unknown_sends: 1,
    recipient: 'staff:a',
    channel: 'relation',
  },
  'unknown, then put off': {
    attempts: 2,
    unknown_sends: 1,
    error_code: 45011,
    recipient: 'staff:a',
    channel: 'relation',
  },
  'given up': { sending_at: AT, sent_at: LATER, attempts: 3, unknown_sends: 2, because: 'outcome-unknown' },
  'put off': { attempts: 2, error_code: 45009 },
  rejected: { sending_at: AT, failed_at: LATER, attempts: 1, because: 'rejected', error_code: 47003 },
  unreadable: { failed_at: LATER, because: 'unreadable' },
  quiet: { ...kept, because: 'quiet' },
  refused: { ...kept, because: 'no-consent', attempts: 1 },
  undeliverable: { ...kept, because: 'undeliverable', attempts: 8, error_code: 45011 },
  dropped: { dropped_at: LATER },
}
const rowsOfOld = Object.entries(ROWS).map(([kind, own], at) => ({
  ...USUAL,
  ...own,
  kind,
  id: `01936b1e-0000-7000-8000-${String(at + 1).padStart(12, '0')}`,
}))
const OLD = sql`with people as (insert into profiles (id, real_name_level, created_at, demo)
    values (${PERSON}::uuid, 2, ${AT}::timestamptz, true)),
  identities as (insert into wechat_identities (id, appid, openid, profile_id, created_at)
    values (gen_random_uuid(), 'wx-test', 'o-person', ${PERSON}::uuid, ${AT}::timestamptz)),
  credits as (insert into consent_credits (openid, template_id, credits, updated_at)
    values ('o-person', 'YX-CASE-PROGRESS', 3, ${AT}::timestamptz)),
  pushes as (insert into received_pushes (key, received_at)
    values ('consent:o-person:1795484500:YX-CASE-PROGRESS', ${AT}::timestamptz), ('receipt:m-9:success', ${AT}::timestamptz))
  insert into reminders select * from jsonb_populate_recordset(null::reminders, ${JSON.stringify(rowsOfOld)}::jsonb)`

test('each reminder means what it meant, and the sends of it are what is known of them', async () => {
  const found = await database.rows<{ row: ReminderRow; maybe: boolean; sends: readonly string[] }>(sql`
    select ${reminderJson} as row, r.may_be_out as maybe, (select coalesce(json_agg(concat_ws(' ', d.attempt, d.channel,
        coalesce(d.outcome, 'null'), d.openid, d.message_id, d.error_code, case when d.spent_consent then 'spent' end)
      order by d.attempt), '[]'::json) from deliveries d where d.reminder_id = r.id) as sends
    from reminders r order by r.id`)
  const read = found.map(({ row, maybe, sends }) => [
    row.kind,
    [deliveryStatus(row), row.because ?? '', maybe ? 'may be out' : '', ...sends].filter(Boolean).join(', '),
  ])
  expect(Object.fromEntries(read)).toEqual({
    waiting: 'queued',
    sent: 'sent, 1 subscribe sent m-1 spent',
    delivered: 'delivered, 1 subscribe sent m-2 spent',
    'not delivered': 'failed, 1 subscribe sent m-3 spent',
    'under way': 'queued, may be out, 1 subscribe null o-person spent',
    'unknown once': 'queued, may be out, 1 subscribe unknown o-person spent',
    'unknown twice': 'queued, may be out, 1 relation unknown, 2 relation unknown',
    'unknown, then put off': 'queued, may be out, 1 relation unknown, 2 relation retry 45011',
    'given up':
      'sent, outcome-unknown, 1 subscribe unknown o-person, 2 subscribe unknown o-person, 3 subscribe unknown o-person spent',
    'put off': 'queued, 2 subscribe retry 45009',
    rejected: 'failed, rejected, 1 subscribe rejected 47003',
    unreadable: 'failed, unreadable',
    quiet: 'delivered, quiet',
    refused: 'delivered, no-consent, 1 subscribe refused',
    undeliverable: 'delivered, undeliverable, 8 subscribe retry 45011',
    dropped: 'dropped',
  })
  const [days] = await database.rows<{ ended: number; begun: number }>(sql`select
    count(*) filter (where r.sent_at = ${LATER}::timestamptz)::int as ended,
    (select count(*)::int from deliveries where begun_at not in (${AT}::timestamptz, ${LATER}::timestamptz)) as begun
    from reminders r`)
  expect(days).toEqual({ ended: 9, begun: 0 })
})

test('what was counted of consents goes on, and WeChat’s repetition is not counted again', async () => {
  const receive = createWechatEventReceiver({
    database,
    clock: { now: () => LATER as never },
    appid: 'wx-test',
    templates: { nameOf: (id) => id },
  })
  const accept = (createTime: number) =>
    receive(
      {
        fromUserName: 'o-person',
        createTime,
        event: 'subscribe_msg_popup_event',
        messageId: null,
        status: null,
        list: [{ templateId: 'YX-CASE-PROGRESS', status: 'accept', messageId: null, errorCode: null }],
      },
      'mini-program',
    )
  const credits = () => database.rows(sql`select credits from consent_credits`)
  expect(await credits()).toEqual([{ credits: 3 }])
  await accept(1_795_484_500)
  expect(await credits()).toEqual([{ credits: 3 }])
  await accept(Date.parse(LATER) / 1000)
  expect(await credits()).toEqual([{ credits: 4 }])
  expect(await database.rows(sql`select key from received_pushes`)).toEqual([{ key: 'receipt:m-9:success' }])
})

test('a late receipt of what was unknown before finds it', async () => {
  const receive = createWechatEventReceiver({
    database,
    clock: { now: () => LATER as never },
    appid: 'wx-test',
    templates: { nameOf: (id) => id },
  })
  await receive(
    {
      fromUserName: 'o-person',
      createTime: 1_795_484_520,
      event: 'subscribe_msg_sent_event',
      messageId: null,
      status: null,
      list: [{ templateId: 'YX-CASE-RESULT', status: null, messageId: 'late', errorCode: '0' }],
    },
    'mini-program',
  )
  const rows = await database.rows<{ row: ReminderRow }>(
    sql`select ${reminderJson} as row from reminders r where kind = 'unknown once'`,
  )
  expect(rows.map(({ row }) => deliveryStatus(row))).toEqual(['delivered'])
})
