import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Duty } from '#shared/domain/organization/duty'
import { deliveryStatus } from '#shared/domain/reminder/delivery'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import type { Database } from '../../platform/ports/database'
import type { Log } from '../../platform/ports/log'
import type { OutgoingReminder, SendOutcome } from '../../platform/ports/wechat'
import { sealBody } from './body'
import { createDrain, type DrainDeps } from './drain'
import { type ReminderRow, reminderJson } from './rows'
import { createWechatEventReceiver, type PushedTo, type ReminderPush } from './wechat-events'

const APPID = 'wx-test'
const START = '2026-11-24T01:42:00.000Z'

/** Before whatever WeChat pushes in a test. */
const LONG_AGO = '1970-01-01T00:00:00.000Z'

/** So many consents, as a book that begins with them has them. */
const openingOf = (openid: string, templateId: string, credits: number, at: string) =>
  sql`with opened as (insert into consent_entries (key, openid, template_id, kind, at, credits)
      values (${`opening:${openid}:${templateId}`}, ${openid}, ${templateId}, 'opening', ${at}::timestamptz, ${credits}::int))
    insert into consent_credits (openid, template_id, credits, reset_at, updated_at)
      values (${openid}, ${templateId}, ${credits}::int, ${at}::timestamptz, ${at}::timestamptz)`

/** A send of it was begun and has no outcome: the idempotency window. */
export const UNDER_WAY = sql`select distinct d.reminder_id as id from deliveries d join reminders r on r.id = d.reminder_id
  where d.outcome is null and r.sent_at is null`

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

interface PlannedRow {
  readonly recipient: string
  readonly channel?: 'subscribe' | 'relation' | 'template' | 'inbox'
  readonly templateId?: string
  readonly urgent?: boolean
  /** Of a resident what is of another kind is told by itself. */
  readonly kind?: string
  readonly caseId?: string
}

interface StoredReminder {
  readonly id: string
  readonly channel: string
  readonly because: string | null
  readonly attempts: number
  readonly sent: boolean
  readonly delivered: boolean
  readonly failed: boolean
  readonly wechatMessageId: string | null
}

/** A WeChat of its own, which a test tells what to answer. */
function createFakeWechat() {
  const received: OutgoingReminder[] = []
  const script: ((message: OutgoingReminder) => SendOutcome | Promise<SendOutcome>)[] = []
  return {
    received,
    /** What it answers to the next messages, in order; afterwards it takes everything. */
    script,
    sendReminder: async (message: OutgoingReminder): Promise<SendOutcome> => {
      const answer = script.shift()
      if (answer) return answer(message)
      received.push(message)
      return { kind: 'sent', messageId: `m-${received.length}-${message.id}` }
    },
  }
}

/** An outbox with people, a clock that tests move, and workers over it. */
export function createOutbox(
  database: Database,
  { cipher, ids, limiter }: Pick<DrainDeps, 'cipher' | 'ids' | 'limiter'>,
) {
  let now = Date.parse(START)
  const clock = { now: () => new Date(now).toISOString() as Instant }
  const wechat = createFakeWechat()
  const deps: DrainDeps = {
    database,
    wechat,
    limiter,
    rules: async () => ({ limits: USUAL_LIMITS, calendar: new Map() }),
    cipher,
    clock,
    ids,
    log: silent,
    appid: APPID,
    templates: { has: () => true },
    sms: null,
  }

  const receive = createWechatEventReceiver({
    database,
    clock,
    appid: APPID,
    templates: { nameOf: (id) => id },
  })

  return {
    deps,
    clock,
    wechat,
    /** A worker; what it is given replaces the ports of the others. */
    worker: (ports: Partial<DrainDeps> = {}) => createDrain({ ...deps, ...ports }),
    receive: (push: ReminderPush, account: PushedTo = 'mini-program') => receive(push, account),
    advance: (seconds: number) => {
      now += seconds * 1000
    },

    async resident(credits: Readonly<Record<string, number>> = {}) {
      const [profileId, openid] = [ids.next(), `o-${randomUUID()}`]
      await database.rows(sql`insert into profiles (id, real_name_level, created_at, demo)
        values (${profileId}::uuid, 2, ${START}::timestamptz, true)`)
      await this.bind(profileId, openid)
      for (const [templateId, count] of Object.entries(credits)) {
        await database.rows(openingOf(openid, templateId, count, LONG_AGO))
      }
      return { profileId, openid, recipient: `profile:${profileId}` }
    },
    async staff(partTime = false, { dutyHours = [], leave = [] }: Partial<Duty> = {}) {
      const [staffId, profileId, openid] = [`s-${randomUUID()}`, ids.next(), `o-${randomUUID()}`]
      await database.rows(sql`insert into staff (id, name, part_time, duty_hours, leave, demo)
        values (${staffId}, '王立新', ${partTime}::boolean, ${JSON.stringify(dutyHours)}::jsonb,
          ${JSON.stringify(leave)}::jsonb, true)`)
      await database.rows(sql`insert into profiles (id, real_name_level, staff_id, created_at, demo)
        values (${profileId}::uuid, 3, ${staffId}, ${START}::timestamptz, true)`)
      await this.bind(profileId, openid)
      return { staffId, profileId, openid, recipient: `staff:${staffId}` }
    },
    bind: (profileId: string, openid: string) =>
      database.rows(sql`insert into wechat_identities (id, appid, openid, unionid, profile_id, created_at)
        values (${ids.next()}::uuid, ${APPID}, ${openid}, ${`u-${openid}`}, ${profileId}::uuid, ${START}::timestamptz)`),
    /** Whoever has this openid of the mini program follows the official account, where they have another. */
    async follow(openid: string) {
      await database.rows(sql`insert into followers (openid, unionid, learnt_at)
        values (${`f-${openid}`}, ${`u-${openid}`}, ${START}::timestamptz) on conflict do nothing`)
      return `f-${openid}`
    },

    async plan({ recipient, channel = 'subscribe', templateId = 'YX-CASE-PROGRESS', ...row }: PlannedRow) {
      const id = ids.next()
      const sealed = sealBody(cipher, id, {
        title: '高龄津贴受理了',
        lines: ['最晚 12月8日 办好'],
        page: 'features/case/timeline?id=1',
        data: { thing1: '高龄津贴' },
      })
      await database.rows(sql`insert into reminders (id, event_id, case_id, kind, recipient, urgent, template_id,
          body_sealed, channel, created_at, available_at)
        values (${id}::uuid, ${ids.next()}::uuid, ${row.caseId ?? null}::uuid, ${row.kind ?? 'accepted'}, ${recipient},
          ${row.urgent ?? false}::boolean, ${templateId}, ${sealed}, ${channel}, ${clock.now()}::timestamptz,
          ${clock.now()}::timestamptz)`)
      return id
    },
    async find(id: string): Promise<StoredReminder> {
      const [row] = await database.rows<{ row: ReminderRow; attempts: number; messageId: string | null }>(
        sql`select ${reminderJson} as row,
          (select coalesce(max(d.attempt), 0) from deliveries d where d.reminder_id = r.id) as attempts,
          (select max(d.message_id) from deliveries d where d.reminder_id = r.id) as "messageId"
          from reminders r where r.id = ${id}::uuid`,
      )
      if (!row) throw new Error('no such reminder')
      const { channel, because } = row.row
      const status = deliveryStatus(row.row)
      return {
        id,
        channel,
        because,
        attempts: row.attempts,
        sent: status === 'sent' || status === 'delivered',
        delivered: status === 'delivered',
        failed: status === 'failed',
        wechatMessageId: row.messageId,
      }
    },
    async credits(openid: string, templateId = 'YX-CASE-PROGRESS') {
      const [row] = await database.rows<{ credits: number }>(
        sql`select greatest(credits, 0) as credits from consent_credits where openid = ${openid} and template_id = ${templateId}`,
      )
      return row?.credits ?? 0
    },
    queued: async () => {
      const [row] = await database.rows<{ count: number }>(sql`select count(*)::int as count from reminders
        where sent_at is null`)
      return row?.count ?? 0
    },
    underWay: async () => (await database.rows<{ id: string }>(UNDER_WAY)).map(({ id }) => id),
    clear: () => database.rows(sql`delete from reminders`),
  }
}
