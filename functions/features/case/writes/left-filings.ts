import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { leftFilings } from '../../../platform/db/parts/left-filings'

/** On a phone, by whoever leaves. */
const FILED = sql`closed join whose w on w.id = closed.id join cases c on c.filed_by = w.id and c.entered_by is null`

/**
 * By which of their WeChat accounts whoever leaves is known again to the brakes of filing: what their owner has disowned, what
 * was filed today by who is not confirmed, and what they had left before. By the parts `whose` and `closed`.
 */
export const leftFilingsPart = (wechatIndexes: readonly string[], now: Instant): SQL =>
  sql`left_to_count as (insert into left_filings (wechat_index, case_id)
    select k.wechat_index, f.id from jsonb_array_elements_text(${JSON.stringify(wechatIndexes)}::jsonb) k(wechat_index),
      (select c.id from ${FILED} where c.was_disowned
        union select c.id from ${FILED} where w.real_name_level < 3
          and c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz
        union select l.case_id from closed cross join lateral ${leftFilings(sql`closed.id`)} l) f
    on conflict do nothing)`
