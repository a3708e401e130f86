import { sql } from 'drizzle-orm'
import { endOfDay } from '#shared/domain/kernel/limit'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { leftFilings } from '../../../platform/db/parts/left-filings'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import { ProblemError } from '../../../platform/http/problem'

const MOST_PENDING = 10

/** Under a number that is not the confirmed filer's own, and by no power. */
const IS_FOR_OTHERS = sql`(c.applicant_index is distinct from p.id_number_index
  and c.state->>'confirmedBy' is distinct from 'power')`

/**
 * Part of the filing statement: who is not confirmed has so many cases at most that were filed today or are pending; who is,
 * so many filed today for others, and for themselves or by a power as many as there are. One that was withdrawn today counts,
 * also where its account was closed since; one of yesterday does not. Staff, who type for others, have as many as there are.
 * Of several sent in one moment a few more may pass.
 */
export const pendingDemand = (now: Instant) => ({
  holds: sql`(select p.staff_id is not null
      or p.real_name_level = 3 and not exists (select 1 from filers s where not s.confirmed) or (select count(*) from (
      select 1 from cases c where c.filed_by = p.profile_id and case when p.real_name_level = 3
          then ${IS_FOR_OTHERS} and c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz
          else c.ended_at is null or c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz end
      union all select 1 from ${leftFilings(sql`p.profile_id`)} l join cases c on c.id = l.case_id
        where c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz and (p.real_name_level < 3 or ${IS_FOR_OTHERS})
      limit ${rowsAtMost(MOST_PENDING)}) counted) < ${MOST_PENDING}::int from principal p)`,
  code: 'request.rate-limited' as const,
})

/** What the demand's refusal means, in words; whatever else was thrown stays as it is. */
export const pendingWords = (cause: unknown, now: Instant) =>
  cause instanceof ProblemError && cause.code === 'request.rate-limited'
    ? new ProblemError(cause.code, {
        title: '申请的件数到了',
        detail: `今天申请的和还没办完的加起来有 ${MOST_PENDING} 件了。今天撤回、办完的明天就不算了，还在办的等办完再申请；核过身份，给自己办不限件数，一天能替别人申请 ${MOST_PENDING} 件；窗口也能帮你办`,
        retryAfterSeconds: Math.ceil((Date.parse(endOfDay(dayIn(now))) - Date.parse(now)) / 1000),
      })
    : cause
