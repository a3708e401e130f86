import { type SQL, sql } from 'drizzle-orm'
import { UNDO_SECONDS } from '#shared/domain/case/undo'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { FAILED } from '#shared/domain/reminder/delivery'
import { instantText } from './instant'

// Parts of statements about the outbox.

/** The queue is not done with it, and it is wanted. */
export const IS_OPEN = sql.raw('sent_at is null and failed_at is null and dropped_at is null')

/**
 * The same of the rows of one person, in words that the index of what is due does not match: for the planner next to nothing waits,
 * and it would walk all that does while WeChat is away.
 */
export const IS_STILL_OPEN = sql.raw('coalesce(sent_at, failed_at, dropped_at) is null')

/** And of the row `r` that is known by its id, in words that no index matches. */
export const IS_NOT_DONE = sql.raw('num_nonnulls(r.sent_at, r.failed_at, r.dropped_at) = 0')

/**
 * And no send of it has begun: nobody can have it yet. Of rows that are known by something else, in such words too.
 */
export const IS_WAITING = sql.raw(
  'coalesce(sent_at, sending_at, failed_at, dropped_at) is null and not may_be_out',
)

/** The attempt `d` went out, is under way, or nobody knows. */
export const IS_OUT = sql.raw(`coalesce(d.outcome, 'unknown') in ('sent', 'unknown')`)

/**
 * The attempts `d` of today that went out, or may have, to a recipient. As a range of both: of the day alone the planner would go
 * through everybody's.
 */
export const rungToday = (recipient: SQL, now: Instant): SQL => sql`deliveries d
  where (d.recipient, d.begun_at) >= (${recipient}, ${instantAt(dayIn(now), 0)}::timestamptz)
    and (d.recipient, d.begun_at) <= (${recipient}, 'infinity'::timestamptz) and ${IS_OUT}`

/** The attempt `d` went out or may have, and only its receipt will tell by which id WeChat knows it: the words of an index. */
export const AWAITS_RECEIPT = sql.raw(
  `d.channel = 'subscribe' and d.message_id is null and coalesce(d.outcome, 'unknown') in ('unknown', 'sent')`,
)

/** It went out lately, or may have: it counts towards what WeChat lets the county send in a day, yesterday's included. */
export const isCounted = (now: Instant): SQL =>
  sql`exists (select 1 from deliveries d where d.reminder_id = r.id
    and d.begun_at >= ${now}::timestamptz - interval '2 days' and ${IS_OUT})`

/** It will never go out: WeChat takes none like it, or its text does not open; or WeChat had it and says that it did not arrive. */
export const hasFailed = (alias: 'r' | 'l'): SQL => {
  const row = sql.raw(alias)
  return sql`(coalesce(${row}.because, '') in (${FAILURES})
    or exists (select 1 from deliveries f where f.reminder_id = coalesce(${row}.merged_into, ${row}.id) and f.failed_at is not null))`
}
const FAILURES = sql.raw(FAILED.map((reason) => `'${reason}'`).join(', '))

/**
 * The attempts `d` at the reminder `r`: its own, or of a push that told it too those until the queue was done with it. That push
 * may have been sent again without it.
 */
export const ATTEMPTS_OF = sql.raw(`d.reminder_id = coalesce(r.merged_into, r.id)
  and (r.merged_into is null or r.sent_at is null or d.begun_at <= r.sent_at)`)

/** How those of them arrived that went out or may have, as JSON. */
export const RECEIPTS = sql`(select coalesce(json_agg(json_build_object(
    'deliveredAt', ${instantText('d.delivered_at')}, 'failedAt', ${instantText('d.failed_at')})), '[]'::json)
  from deliveries d where ${ATTEMPTS_OF} and ${IS_OUT})`

/** It tells of its event, and not that a day of the case draws near, which the last event merely stands for. */
export const IS_OF_ACT = sql.raw(`not starts_with(r.kind, 'due-')`)

/**
 * Whoever a reminder `alias` is for may read it: what is told of an act that can still be taken back waits for that, in every
 * list and number. A push that a limit or WeChat has put off waits alone.
 */
export const isTold = (alias: 'r' | 'm', now: Instant): SQL =>
  sql`not (${sql.raw(alias)}.available_at > ${now}::timestamptz
    and ${sql.raw(alias)}.available_at = ${sql.raw(alias)}.created_at + make_interval(secs => ${UNDO_SECONDS}::int))`

/** It tells a member of staff of work that is theirs, or asks them to allow something. */
export const IS_OF_WORK = sql.raw(`(r.recipient like 'staff:%' and r.kind in ('task', 'lead', 'approval'))`)

/** The rows `r` of a list of reminders, each with its columns; `more` before them are the caller's own. */
export const reminderColumns = (more: readonly string[] = []) =>
  sql.raw(
    `r(${[
      ...more,
      'id uuid',
      '"eventId" uuid',
      '"caseId" uuid',
      'kind text',
      'recipient text',
      'urgent boolean',
      '"templateId" text',
      '"bodySealed" text',
      'channel text',
      '"availableAt" timestamptz',
    ].join(', ')})`,
  )

/** Any list of reminders as the rows `r`. */
export const listOf = (rows: readonly object[], more: readonly string[] = []) =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${reminderColumns(more)}`

/** Whoever has closed their account is told nothing any more. */
const isClosed = (recipient: SQL): SQL => sql`exists (select 1 from profiles x where x.closed_at is not null
      and x.id = case when ${recipient} like 'profile:%' then substr(${recipient}, 9)::uuid end)`

interface Rows {
  /** What has the rows `r`. */
  readonly from: SQL
  readonly where?: SQL
  /** Where it is not the row's own. */
  readonly recipient?: SQL
}

/** The part `name` that puts reminders into the outbox and has the ids of those that were not in it: event, recipient and kind make one. */
export const remindersPart = (
  name: string,
  { from, where = sql`true`, recipient = sql.raw('r.recipient') }: Rows,
  now: Instant,
): SQL =>
  sql`${sql.raw(name)} as (insert into reminders (id, event_id, case_id, kind, recipient, urgent, template_id, body_sealed,
      channel, created_at, available_at)
    select r.id, r."eventId", r."caseId", r.kind, ${recipient}, r.urgent, r."templateId", r."bodySealed", r.channel,
      ${now}::timestamptz, r."availableAt"
    from ${from} where ${where} and not ${isClosed(recipient)}
    on conflict (event_id, recipient, kind) do nothing returning id)`
