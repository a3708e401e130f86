import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { leftFilings } from '../../../platform/db/parts/left-filings'
import { IS_DISOWNED_OR_MAY_BE } from '../../../platform/db/parts/stored-state'

/** On a phone, by whoever leaves. */
const FILED = sql`closed join whose w on w.id = closed.id join cases c on c.filed_by = w.id and c.entered_by is null`

/** Filed by `w` under a number that is not theirs by WeChat: typed of another, or of themselves and never confirmed. */
const IS_OTHERS = sql`not (w.real_name_level = 3 and c.applicant_index is not distinct from w.id_number_index)`

/** Whose owner has said that it is not theirs, or may say so yet. */
export const IS_OTHERS_TO_DISOWN = sql`(${IS_OTHERS} and ${IS_DISOWNED_OR_MAY_BE})`

/**
 * By which of their WeChat accounts whoever leaves is known again to the brakes of filing: what they filed under a number not
 * theirs that its owner has disowned or may disown, what was filed today, and what they had left before. By the parts `whose` and `closed`.
 */
export const leftFilingsPart = (wechatIndexes: readonly string[], now: Instant): SQL =>
  sql`left_to_count as (insert into left_filings (wechat_index, case_id)
    select k.wechat_index, f.id from jsonb_array_elements_text(${JSON.stringify(wechatIndexes)}::jsonb) k(wechat_index),
      (select c.id from ${FILED} where ${IS_OTHERS_TO_DISOWN}
        union select c.id from ${FILED} where ${IS_OTHERS} and c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz
        union select l.case_id from closed cross join lateral ${leftFilings(sql`closed.id`)} l) f
    on conflict do nothing)`
