import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

/** A profile `p` of the member of staff `s`: bound to them, or confirmed with the number that the registry has of them. */
const OF_MEMBER = sql`(p.staff_id = s.id or (p.real_name_level = 3 and p.joined_into is null
  and p.id_number_index = s.id_number_index))`

/**
 * 回避 (公务员法 第76条, 行政许可法 第34条): pairs `(staff_id, case_id)` of who must not handle a case because it is their own: by
 * the registry's number or a confirmed one (a typed one only while nothing better is known), by a power of the firm that
 * has not ended, by having filed it on their own phone or taken it over. Always as it stands now. `cases`: a relation with
 * the columns of `cases` that are named here; `narrowed` names `s.id` or `k`.
 */
const pairs = (today: PlainDate, cases: SQL, narrowed: SQL) => sql`
  select s.id as staff_id, k.id as case_id from staff s join ${cases} k on k.applicant_index = s.id_number_index
    where ${narrowed}
  union all select s.id, k.id from staff s join profiles p on p.staff_id = s.id
    join ${cases} k on k.applicant_index = p.id_number_index
    where (p.real_name_level = 3 or s.id_number_index is null) and ${narrowed}
  union all select s.id, k.id from staff s join profiles p on ${OF_MEMBER}
    join enterprise_agents a on a.profile_id = p.id and (a.until is null or a.until >= ${today}::date)
    join enterprises e on e.id = a.enterprise_id join ${cases} k on k.applicant_index = e.credit_code_index
    where ${narrowed}
  union all select s.id, k.id from staff s join profiles p on ${OF_MEMBER} join ${cases} k on k.filed_by = p.id
    where coalesce(k.channel, 'mini') = 'mini' and ${narrowed}
  union all select s.id, k.id from staff s join profiles p on ${OF_MEMBER} join ${cases} k on k.owner_id = p.id
    where ${narrowed}`

/** The members of staff whose own the case `c` of the statement is, as JSON. */
export const ownStaffJson = (
  today: PlainDate,
) => sql`(select coalesce(json_agg(distinct b.staff_id), '[]'::json) from (
  ${pairs(today, sql`(select c.id, c.applicant_index, c.filed_by, c.owner_id, c.channel)`, sql`true`)}) b)`

/** The cases that are a member's own. */
export const ownCases = (today: PlainDate, staffId: SQL) =>
  sql`select b.case_id from (${pairs(today, sql`cases`, sql`s.id = ${staffId}`)}) b`

/** The cases that are some member's own. */
export const anyMembersCases = (today: PlainDate) =>
  sql`select b.case_id from (${pairs(today, sql`cases`, sql`true`)}) b`
