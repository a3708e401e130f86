import { sql } from 'drizzle-orm'
import { endOfDay } from '#shared/domain/kernel/limit'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { leftFilings } from '../../../platform/db/parts/left-filings'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import { ProblemError } from '../../../platform/http/problem'

const MOST_PENDING = 10

/**
 * Part of the filing statement: who is not confirmed has so many cases at most that were filed today or are pending. One
 * that was withdrawn today counts, also where its account was closed since; one of yesterday does not. Staff, who type for others, and the confirmed have as many
 * as there are. Of several sent in one moment a few more may pass.
 */
export const pendingDemand = (now: Instant) => ({
  holds: sql`(select p.real_name_level = 3 or p.staff_id is not null or (select count(*) from (
      select 1 from cases c where c.filed_by = p.profile_id
        and (c.ended_at is null or c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz)
      union all select 1 from ${leftFilings(sql`p.profile_id`)} l join cases c on c.id = l.case_id
        where c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz
      limit ${rowsAtMost(MOST_PENDING)}) counted) < ${MOST_PENDING}::int from principal p)`,
  code: 'request.rate-limited' as const,
})

/** What the demand's refusal means, in words; whatever else was thrown stays as it is. */
export const pendingWords = (cause: unknown, now: Instant) =>
  cause instanceof ProblemError && cause.code === 'request.rate-limited'
    ? new ProblemError(cause.code, {
        title: '申请的件数到了',
        detail: `今天申请的和还没办完的加起来有 ${MOST_PENDING} 件了。今天撤回、办完的明天就不算了，还在办的等办完再申请；核过身份就不限件数，窗口也能帮你办`,
        retryAfterSeconds: Math.ceil((Date.parse(endOfDay(dayIn(now))) - Date.parse(now)) / 1000),
      })
    : cause
