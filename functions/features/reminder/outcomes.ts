import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../platform/db/commit'
import { IS_NOT_DONE, rungToday } from '../../platform/db/parts/reminders'
import type { Database } from '../../platform/ports/database'
import { ridersGoOn, type Verdict } from './verdicts'

/** What a worker writes under its lease. */
export interface Held {
  readonly database: Database
  readonly token: string
  readonly now: Instant
}

/** An attempt to be begun. */
export interface Send {
  readonly id: string
  readonly recipient: string
  /** Reminders that it tells besides. */
  readonly riders: readonly string[]
  readonly deliveryId: string
  readonly channel: string
  readonly attempt: number
  readonly templateId: string
  /** Null of a short message. */
  readonly openid: string | null
  readonly spends: boolean
  /** How often their phone has rung today as far as this worker knows. */
  readonly rung: number
}

/** `met`: another worker is just telling the person something, or has since. */
type Beginning = 'begun' | 'no-consent' | 'met'

const SENDS =
  sql.raw(`w(nth int, id uuid, recipient text, riders jsonb, "deliveryId" uuid, channel text, attempt int, "templateId" text,
  openid text, spends boolean, rung int)`)

/**
 * Begins a wave: marks the moment from which a crash may repeat a message, and spends the consents that are needed, no more
 * than there are, the first ones first. Answers of each that is still this worker's what became of it. Of two workers who hold
 * something for one person at the same time the one that came first tells it, and the other one waits. What somebody else has locked at this moment is waited for where it is one alone: of two who wait for each other
 * with several one would fail.
 */
export async function beginSending(held: Held, sends: readonly Send[]) {
  const begun = await begin(held, sends, sends.length === 1)
  const missing = sends.filter(({ id }) => sends.length > 1 && !begun.has(id))
  for (const send of missing)
    for (const [id, beginning] of await begin(held, [send], true)) begun.set(id, beginning)
  return begun
}

async function begin({ database, token, now }: Held, sends: readonly Send[], waits: boolean) {
  const rows = sends.map((send, nth) => ({ nth, ...send }))
  const begun = await commitBySystem<readonly { readonly id: string; readonly beginning: Beginning }[]>(
    database,
    {
      now,
      parts: [
        sql`wanted as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${SENDS})`,
        sql`own as (select r.id, r.recipient from reminders r where r.id = any(array(select id from wanted))
          and r.lease_token = ${token}::uuid and ${IS_NOT_DONE} for update ${sql.raw(waits ? '' : 'skip locked')})`,
        sql`mine as (select own.id from own join wanted w on w.id = own.id
          where w.rung = (select count(*) from ${rungToday(sql`own.recipient`, now)})
            and (select count(*) from (select 1 from reminders o where o.recipient = own.recipient and o.leased_until > ${now}::timestamptz
              and o.lease_token < ${token}::uuid and coalesce(o.sent_at, o.failed_at, o.dropped_at) is null limit 1) earlier) = 0)`,
        sql`wanting as (select w.*, row_number() over (partition by w.openid, w."templateId" order by w.nth) as place
          from wanted w join mine on mine.id = w.id where w.spends)`,
        sql`credit as (select c.openid, c.template_id, c.credits, c.updated_at from consent_credits c
          where (c.openid, c.template_id) in (select openid, "templateId" from wanting)
          order by c.openid, c.template_id for update)`,
        sql`spending as (select w.*, greatest(${now}::timestamptz, c.updated_at + interval '1 millisecond') as at
          from wanting w join credit c on c.openid = w.openid and c.template_id = w."templateId" where w.place <= c.credits)`,
        sql`spent as (update consent_credits c set credits = c.credits - s.count, updated_at = s.at, version = c.version + 1
          from (select openid, "templateId", count(*)::int as count, max(at) as at from spending group by 1, 2) s
          where c.openid = s.openid and c.template_id = s."templateId")`,
        sql`booked as (insert into consent_entries (key, openid, template_id, kind, at, delivery_id)
          select 'spent:' || "deliveryId", openid, "templateId", 'spent', at, "deliveryId" from spending)`,
        // Whoever was sending it has lost its lease, and with it their outcome.
        sql`given_up as (update deliveries d set outcome = 'unknown', ended_at = ${now}::timestamptz
          from mine where d.reminder_id = mine.id and d.outcome is null)`,
        sql`begun as (insert into deliveries (id, reminder_id, recipient, channel, attempt, template_id, openid, begun_at, spent_consent)
          select w."deliveryId", w.id, w.recipient, w.channel, w.attempt, w."templateId", w.openid, ${now}::timestamptz, w.spends
          from wanted w join mine on mine.id = w.id
          where not w.spends or exists (select 1 from spending s where s.id = w.id) returning reminder_id as id)`,
        sql`marked as (update reminders r set may_be_out = true, put_off = false, merged_into = null, channel = w.channel
          from begun join wanted w on w.id = begun.id where r.id = begun.id)`,
        // From now on it goes with its push, also where it had been put off.
        sql`rider as (select e.id::uuid as id, w.id as push, w.channel from begun join wanted w on w.id = begun.id
          cross join lateral jsonb_array_elements_text(w.riders) as e(id))`,
        sql`joined as (update reminders r set may_be_out = true, put_off = false, merged_into = rider.push, channel = rider.channel,
            available_at = least(r.available_at, ${now}::timestamptz) from rider
          where r.id = rider.id and r.id = any(array(select id from rider)) and r.lease_token = ${token}::uuid and ${IS_NOT_DONE})`,
      ],
      answer: sql`(select coalesce(json_agg(json_build_object('id', own.id,
        'beginning', case when exists (select 1 from begun where begun.id = own.id) then 'begun'
          when exists (select 1 from mine where mine.id = own.id) then 'no-consent' else 'met' end)), '[]'::json) from own)`,
    },
  )
  return new Map(begun.map(({ id, beginning }) => [id, beginning]))
}

/** The key under which a receipt is kept that came before the answer to the call; each account counts its own ids. */
export const receiptKey = (channel: string, messageId: string, outcome: 'success' | 'failed') =>
  `${channel === 'template' ? 'template-receipt' : 'receipt'}:${messageId}:${outcome}`

const TOLD =
  sql.raw(`t(id uuid, ends boolean, channel text, because text, "availableAt" timestamptz, "mayBeOut" boolean, "putOff" boolean,
  "deliveryId" uuid, outcome text, "messageId" text, code int, "givesBack" boolean, "ridersGoOn" boolean, "successKey" text, "failureKey" text)`)

const keysOf = ({ attempt }: Verdict) =>
  // Of a short message nobody reports.
  attempt?.messageId && attempt.by !== 'sms'
    ? {
        successKey: receiptKey(attempt.by, attempt.messageId, 'success'),
        failureKey: receiptKey(attempt.by, attempt.messageId, 'failed'),
      }
    : {}

/**
 * Writes what became of reminders, of the attempts at them and of their consents, as far as the lease still is this worker's.
 * What WeChat has is not sent again, whoever holds the lease by now. Answers of which it was written. What somebody else has
 * locked at this moment is waited for where it is one alone, as in `beginSending`.
 */
export async function settle(held: Held, verdicts: readonly Verdict[]): Promise<ReadonlySet<string>> {
  if (verdicts.length === 0) return new Set()
  const written = await write(held, verdicts, verdicts.length === 1)
  const missing = verdicts.filter(({ id, attempt }) => attempt === null && !written.has(id))
  if (verdicts.length > 1)
    for (const verdict of missing) for (const id of await write(held, [verdict], true)) written.add(id)
  return written
}

async function write({ database, token, now }: Held, verdicts: readonly Verdict[], waits: boolean) {
  const rows = verdicts.map((verdict) => ({
    ...verdict,
    ...verdict.attempt,
    ridersGoOn: ridersGoOn(verdict),
    ...keysOf(verdict),
  }))
  const receivedAt = (key: string) =>
    sql`(select received_at from received_pushes p where p.key = t.${sql.raw(`"${key}"`)})`
  const written = await commitBySystem<readonly string[]>(database, {
    now,
    parts: [
      sql`told as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${TOLD})`,
      sql`free as (select r.id from reminders r where r.id = any(array(select id from told where outcome is null))
        and r.lease_token = ${token}::uuid for update ${sql.raw(waits ? '' : 'skip locked')})`,
      sql`mine as (update reminders r set lease_token = null, leased_until = null,
          sent_at = case when t.ends then coalesce(r.sent_at, ${now}::timestamptz) else r.sent_at end,
          channel = coalesce(t.channel, r.channel), available_at = coalesce(t."availableAt", r.available_at),
          may_be_out = coalesce(t."mayBeOut", r.may_be_out), put_off = t."putOff",
          because = case when t.outcome = 'sent' then null else coalesce(t.because, r.because) end
        from told t where r.id = t.id and r.id = any(array(select id from told)) and case when t.outcome is null then r.id in (select id from free)
          else r.lease_token = ${token}::uuid or t.outcome = 'sent' end returning r.id)`,
      // What a push told besides shares its fate; what surely did not go out is each by itself again.
      sql`riding as (update reminders r set lease_token = null, leased_until = null,
          sent_at = case when t.ends then ${now}::timestamptz end, channel = coalesce(t.channel, r.channel),
          because = case when t.outcome = 'sent' then 'merged' else coalesce(t.because, r.because) end,
          available_at = coalesce(t."availableAt", r.available_at), may_be_out = coalesce(t."mayBeOut", r.may_be_out),
          merged_into = case when coalesce(t."mayBeOut", t.channel is null) then r.merged_into end
        from told t join mine on mine.id = t.id where t.outcome is not null and not t."ridersGoOn" and r.merged_into = t.id
          and r.merged_into = any(array(select id from told)) and ${IS_NOT_DONE})`,
      sql`going_on as (update reminders r set lease_token = null, leased_until = null, may_be_out = false, merged_into = null,
          available_at = ${now}::timestamptz
        from told t join mine on mine.id = t.id where t."ridersGoOn" and r.merged_into = t.id
          and r.merged_into = any(array(select id from told)) and ${IS_NOT_DONE})`,
      sql`ended as (update deliveries d set outcome = t.outcome, ended_at = ${now}::timestamptz, error_code = t.code,
          message_id = coalesce(t."messageId", d.message_id),
          delivered_at = coalesce(d.delivered_at, ${receivedAt('successKey')}),
          failed_at = coalesce(d.failed_at, ${receivedAt('failureKey')})
        from told t join mine on mine.id = t.id where d.id = t."deliveryId" and t.outcome <> 'called-off'
          and coalesce(d.outcome, 'unknown') in ('unknown', 'sent'))`,
      sql`called_off as (delete from deliveries d using told t join mine on mine.id = t.id
        where d.id = t."deliveryId" and t.outcome = 'called-off')`,
      sql`back as (select e.openid, e.template_id, e.at, e.delivery_id from told t join mine on mine.id = t.id
        join consent_entries e on e.key = 'spent:' || t."deliveryId" where t."givesBack")`,
      sql`credit as (select c.openid, c.template_id, c.reset_at, c.updated_at from consent_credits c
        where (c.openid, c.template_id) in (select openid, template_id from back) order by c.openid, c.template_id for update)`,
      sql`returned as (update consent_credits c set credits = c.credits + b.count, version = c.version + 1,
          updated_at = greatest(${now}::timestamptz, c.updated_at)
        from (select b.openid, b.template_id, (count(*) filter (where b.at > coalesce(k.reset_at, '-infinity')))::int as count
          from back b join credit k on k.openid = b.openid and k.template_id = b.template_id group by 1, 2) b
        where c.openid = b.openid and c.template_id = b.template_id)`,
      sql`booked as (insert into consent_entries (key, openid, template_id, kind, at, delivery_id)
        select 'given-back:' || delivery_id, openid, template_id, 'given-back', ${now}::timestamptz, delivery_id from back
        on conflict do nothing)`,
    ],
    answer: sql`(select coalesce(json_agg(id), '[]'::json) from mine)`,
  })
  return new Set(written)
}
