import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ReminderReason } from '#shared/domain/reminder/delivery'
import { commitBySystem } from '../../platform/db/commit'
import { IS_STILL_OPEN } from '../../platform/db/parts/reminders'
import type { Database } from '../../platform/ports/database'
import type { ClaimedReminder } from './claim'

/** One attempt at a reminder under a lease. */
export interface Attempt {
  readonly database: Database
  readonly token: string
  readonly row: ClaimedReminder
  readonly now: Instant
}

const later = (now: Instant, seconds: number) =>
  sql`${now}::timestamptz + make_interval(secs => ${seconds}::int)`

/** Writes how an attempt ended, and what becomes of the consent, if the lease still is this worker's. */
async function settle(attempt: Attempt, changes: SQL, credit: SQL | null = null): Promise<boolean> {
  const { database, row, token, now } = attempt
  return commitBySystem<boolean>(database, {
    now,
    parts: [
      sql`settled as (update reminders set ${changes}, lease_token = null, leased_until = null
        where id = ${row.id}::uuid and lease_token = ${token}::uuid returning id)`,
      ...(credit === null
        ? []
        : [
            sql`credited as (update consent_credits set ${credit}, updated_at = ${now}::timestamptz
              where openid = ${row.openid} and template_id = ${row.templateId} and exists(select 1 from settled))`,
          ]),
    ],
    answer: sql`(select to_json(exists(select 1 from settled)))`,
  })
}

/** A send that is still marked when the next one begins, or none will, has no outcome any more. */
const FORMER_UNKNOWN = sql.raw('unknown_sends + case when sending_at is null then 0 else 1 end')

/**
 * Spends a consent where one is needed and marks the moment from which a crash may repeat the message. `lost`: another
 * worker has the reminder now. `no-consent`: the last one went to another message.
 */
export async function beginSending(
  attempt: Attempt,
  spendsConsent: boolean,
): Promise<'begun' | 'no-consent' | 'lost'> {
  const { database, row, token, now } = attempt
  const { isMine, isBegun } = await commitBySystem<{ isMine: boolean; isBegun: boolean }>(database, {
    now,
    parts: [
      sql`mine as (select id from reminders where id = ${row.id}::uuid and lease_token = ${token}::uuid
        and ${IS_STILL_OPEN} for update)`,
      sql`spent as (update consent_credits set credits = credits - 1, updated_at = ${now}::timestamptz
        where ${spendsConsent}::boolean and openid = ${row.openid} and template_id = ${row.templateId} and credits > 0
          and exists(select 1 from mine) returning 1)`,
      sql`begun as (update reminders set sending_at = ${now}::timestamptz, attempts = attempts + 1,
          unknown_sends = ${FORMER_UNKNOWN}
        where id in (select id from mine) and (not ${spendsConsent}::boolean or exists(select 1 from spent)) returning 1)`,
    ],
    answer: sql`json_build_object('isMine', exists(select 1 from mine), 'isBegun', exists(select 1 from begun))`,
  })
  if (!isMine) return 'lost'
  return isBegun ? 'begun' : 'no-consent'
}

/** The key under which a receipt is kept that came before the answer to the call. */
export const receiptKey = (messageId: string, outcome: 'success' | 'failed') =>
  `receipt:${messageId}:${outcome}`

/** WeChat has it. True whoever holds the lease by now: the message is not sent again. */
export async function recordSent({ database, row, now }: Attempt, messageId: string | null) {
  const receivedAt = (outcome: 'success' | 'failed') =>
    messageId === null
      ? sql`null::timestamptz`
      : sql`(select received_at from received_pushes where key = ${receiptKey(messageId, outcome)})`
  await database.rows(sql`update reminders set sent_at = coalesce(sent_at, ${now}::timestamptz),
      wechat_message_id = ${messageId}, delivered_at = coalesce(delivered_at, ${receivedAt('success')}),
      failed_at = coalesce(failed_at, ${receivedAt('failed')}), lease_token = null, leased_until = null
    where id = ${row.id}::uuid`)
}

/** What becomes of the counted consents; `none-left`: WeChat knows of none, whatever was counted. */
export type ConsentChange = 'keep' | 'give-back' | 'none-left'

const creditChange = (change: ConsentChange): SQL | null => {
  if (change === 'keep') return null
  return change === 'give-back' ? sql`credits = credits + 1` : sql`credits = 0`
}

/** The person finds it in the app alone, which says why; this attempt began no send. */
export const moveToInbox = (attempt: Attempt, because: ReminderReason) =>
  settle(attempt, intoInbox(attempt, because, FORMER_UNKNOWN))

/** The same after a send of this attempt that surely did not go out. */
export const fallBackToInbox = (attempt: Attempt, because: ReminderReason, change: ConsentChange = 'keep') =>
  settle(attempt, intoInbox(attempt, because, sql.raw('unknown_sends')), creditChange(change))

/** What may have reached the phone is nowhere called kept back: it counts as sent, without a receipt. */
const intoInbox = ({ row, now }: Attempt, because: ReminderReason, unknownSends: SQL) =>
  row.mayHaveGone
    ? sentUnknown(now, unknownSends)
    : sql`channel = 'inbox', because = ${because}, sent_at = ${now}::timestamptz, delivered_at = ${now}::timestamptz,
        sending_at = null`

/** One of the sends that nobody knows of is the one it stands for; the others are counted beside it. */
const sentUnknown = (now: Instant, unknownSends: SQL) =>
  sql`sent_at = ${now}::timestamptz, because = 'outcome-unknown', unknown_sends = ${unknownSends} - 1`

/** It will never go out; the inbox shows it all the same. */
export const recordFailure = (
  attempt: Attempt,
  because: ReminderReason,
  code: number | null,
  change: ConsentChange,
) =>
  settle(
    attempt,
    sql`because = ${because}, error_code = ${code}::int, failed_at = ${attempt.now}::timestamptz`,
    creditChange(change),
  )

/** Surely not sent: again later, as if it had not begun. */
export const tryLater = (attempt: Attempt, seconds: number, code: number | null, change: ConsentChange) =>
  settle(
    attempt,
    sql`available_at = ${later(attempt.now, seconds)}, sending_at = null, error_code = ${code}::int`,
    creditChange(change),
  )

/** Nothing was begun: again at `at`. What a former attempt began stays marked. */
export const waitUntil = (attempt: Attempt, at: Instant) =>
  settle(attempt, sql`available_at = ${at}::timestamptz`)

/** Nobody knows: asked again after the receipt has had time to come. What it spent stays spent. */
export const askAgain = (attempt: Attempt, seconds: number) =>
  settle(attempt, sql`available_at = ${later(attempt.now, seconds)}`)

/** Nobody ever said: counts as sent without a receipt. */
export const giveUpUnknown = (attempt: Attempt) => settle(attempt, sentUnknown(attempt.now, FORMER_UNKNOWN))

/** Gives back at once what this worker claimed and did not begin: each again at its `at`. */
export async function waitAll(
  database: Database,
  token: string,
  waiting: readonly { readonly id: string; readonly at: Instant }[],
) {
  if (waiting.length === 0) return
  await database.rows(sql`update reminders r set available_at = w.at, lease_token = null, leased_until = null
    from jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) as w(id uuid, at timestamptz)
    where r.id = w.id and r.lease_token = ${token}::uuid`)
}
