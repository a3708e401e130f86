import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Database } from '../ports/database'
import { isCounted } from './parts/reminders'

export interface ExpiredRows {
  /** Answers kept for replays. */
  readonly answers: number
  readonly sessions: number
  readonly pushes: number
  /** Of closed accounts, of which nothing but their number was left. */
  readonly messages: number
}

/**
 * Removes what only a while was needed: answers and codes of desks after a day, counted pushes after a week, ended sessions after thirty days;
 * the messages of closed accounts once they count no more.
 */
export async function removeExpiredRows({ rows }: Database, at: Instant): Promise<ExpiredRows> {
  const now = sql`${at}::timestamptz`
  const [row] = await rows<ExpiredRows>(sql`with answers as (
      delete from idempotency_keys where created_at < ${now} - interval '24 hours' returning 1
    ), ended as (
      delete from sessions where least(expires_at, revoked_at) < ${now} - interval '30 days' returning 1
    ), codes as (delete from desk_logins where expires_at < ${now} - interval '24 hours'
    ), pushes as (delete from received_pushes where received_at < ${now} - interval '7 days' returning 1
    ), messages as (delete from reminders r using profiles p
        where p.closed_at > ${now} - interval '30 days' and r.recipient = 'profile:' || p.id
          and not ${isCounted(at)} returning 1)
    select (select count(*)::int from answers) as answers, (select count(*)::int from ended) as sessions,
      (select count(*)::int from pushes) as pushes, (select count(*)::int from messages) as messages`)
  return row ?? { answers: 0, sessions: 0, pushes: 0, messages: 0 }
}
