import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { isConfirmedAccount, isPowerHeld } from './held'

// 回避 (公务员法 第76条, 行政许可法 第34条): who must not handle a case because it is their own: by the registry's number or
// the account's, typed or confirmed (who is barred too much harms nobody: the pool goes on), by a power of the firm that
// has not ended, by having filed it on their own phone or taken it over. Always as it stands now. Asked from both ends,
// each by an index: from a case, of which every row of a list is one, and from the members.

const isMini = (of: string) => sql.raw(`coalesce(${of}.channel, 'mini') = 'mini'`)
const IS_CONFIRMED = isConfirmedAccount('p')

/** The members of staff whose own the case `c` of the statement is, as JSON. */
export const ownStaffJson = (today: PlainDate) => sql`(select coalesce(json_agg(b.id), '[]'::json) from (
  select s.id from staff s where s.id_number_index = c.applicant_index
  union select s.id from profiles p join staff s on s.id = p.staff_id
    where p.id_number_index = c.applicant_index
  union select m.id from (
      select c.filed_by as id where ${isMini('c')} union all select c.owner_id
      union all select a.profile_id from enterprises e join enterprise_agents a on a.enterprise_id = e.id
        where e.credit_code_index = c.applicant_index and ${isPowerHeld(today)}
    ) h join profiles p on p.id = h.id
    cross join lateral (
      select s.id from staff s where s.id = p.staff_id
      union all select s.id from staff s where ${IS_CONFIRMED} and s.id_number_index = p.id_number_index
    ) m) b)`

// Of each member by an index: for all members at once the planner would read every account and every case, the ended ones too.
const profiles = (theirs: SQL) =>
  sql`(select p.id, p.id_number_index from profiles p where ${theirs} offset 0)`
const openCases = (theirs: SQL) =>
  sql`(select k.id from cases k where ${theirs} and k.ended_at is null offset 0)`

/**
 * Pairs `(staff_id, case_id)` of the members that `narrowed` leaves, which names `s.id`; of open cases, since no other has
 * work: who types for others has filed more of them than anybody else.
 */
const pairs = (today: PlainDate, narrowed: SQL) => sql`
  with m as materialized (
    select s.id as staff_id, p.id as profile_id from staff s cross join lateral ${profiles(sql`p.staff_id = s.id`)} p where ${narrowed}
    union select s.id, p.id from staff s
      cross join lateral ${profiles(sql`p.id_number_index = s.id_number_index and ${IS_CONFIRMED}`)} p where ${narrowed}
  ), theirs as materialized (
    select s.id as staff_id, s.id_number_index as index from staff s where ${narrowed}
    union select s.id, p.id_number_index from staff s cross join lateral ${profiles(sql`p.staff_id = s.id`)} p
      where p.id_number_index is not null and ${narrowed}
    union select m.staff_id, e.credit_code_index from m
      join enterprise_agents a on a.profile_id = m.profile_id and ${isPowerHeld(today)} join enterprises e on e.id = a.enterprise_id
  )
  select t.staff_id, k.id as case_id from theirs t cross join lateral ${openCases(sql`k.applicant_index = t.index`)} k
  union all select m.staff_id, k.id from m cross join lateral ${openCases(sql`k.filed_by = m.profile_id and ${isMini('k')}`)} k
  union all select m.staff_id, k.id from m cross join lateral ${openCases(sql`k.owner_id = m.profile_id`)} k`

/** Pairs `(staff_id, case_id)`: the open cases that are the own of each of these members, all at once. */
export const casesOfEach = (today: PlainDate, staffIds: SQL) =>
  sql`select b.staff_id, b.case_id from (${pairs(today, sql`s.id in (${staffIds})`)}) b`

/** The open cases that are a member's own. */
export const ownCases = (today: PlainDate, staffId: SQL) =>
  sql`select b.case_id from (${pairs(today, sql`s.id = ${staffId}`)}) b`

/** The open cases that are some member's own. */
export const anyMembersCases = (today: PlainDate) => sql`select b.case_id from (${pairs(today, sql`true`)}) b`

/**
 * Tasks that a member leaves to others though they may hold the pool, by their key: few rows, so that the others are counted
 * by their index alone.
 */
export const leftTasks = (staffId: SQL) => sql`select t.case_id, t.step_key, t.part_unit_id, t.role, t.unit_id
  from case_tasks t where cardinality(t.barred) > 0 and t.barred @> array[${staffId}]`
