import { type SQL, sql } from 'drizzle-orm'
import { CALLS_TO, CALM, UNTRUE_AFTER } from '#shared/domain/reminder/overtaken'

const listOf = (words: readonly string[]) => sql.raw(words.map((word) => `'${word}'`).join(', '))
const kindsOf = (...to: readonly string[]) =>
  listOf(Object.entries(CALLS_TO).flatMap(([kind, work]) => (to.includes(work) ? [kind] : [])))

const IS_DUE = sql.raw(`starts_with(c.kind, 'due-')`)
const STAFF = sql.raw(`substr(c.recipient, 7)`)

/** Whoever it was given to can have it: in one of its pools, and nobody's relative. What runs out is told to colleagues of whoever is away. */
const IS_ANOTHERS = sql`(not ${IS_DUE} and t.assignee_id <> ${STAFF} and exists (select 1 from case_tasks o
    join staff_roles h on h.role = o.role and h.unit_id = o.unit_id and h.staff_id = t.assignee_id
  where o.case_id = t.case_id and o.step_key = t.step_key and o.part_unit_id = t.part_unit_id
    and t.assignee_id <> all(o.barred)))`

/** The shares of the case that are theirs to work on now. */
const THEIR_SHARES = sql`(select count(distinct (t.step_key, t.part_unit_id)) from case_tasks t
  where t.case_id = c.case_id and t.queue = 'to-do' and ${STAFF} <> all(t.barred)
    and case when c.kind in (${kindsOf('share')}) then not t.approval
      when c.kind in (${kindsOf('approval')}) then t.approval else true end
    and exists (select 1 from staff_roles s where s.role = t.role and s.unit_id = t.unit_id and s.staff_id = ${STAFF})
    and not coalesce(${IS_ANOTHERS}, false))`

/** Messages to the same person that came after it, by the events of its case: whoever has thousands of messages has few of one case. */
const later = (which: SQL) => sql`exists (select 1 from case_events b
    join case_events a on a.case_id = b.case_id and a.sequence >= b.sequence
    join reminders l on l.event_id = a.id and l.recipient = c.recipient
  where b.id = c.event_id and b.case_id = c.case_id and l.id > c.id and l.created_at >= c.created_at
    and l.dropped_at is null and ${which})`

/** Of several shares nobody knows which one a message of their days is of. */
const IS_WORK_GONE = sql`case ${THEIR_SHARES} when 0 then true
  when 1 then ${IS_DUE} and ${later(sql`starts_with(l.kind, 'due-')`)} else false end`

const IS_UNTRUE = sql`exists (select 1 from case_events b
    join case_events a on a.case_id = b.case_id and a.sequence > b.sequence
  where b.id = c.event_id and b.case_id = c.case_id
    and ${JSON.stringify(UNTRUE_AFTER)}::jsonb -> c.kind @> to_jsonb(a.type))`

/** Whom it was for has died since, as was recorded and not taken back: no phone of the dead rings. */
const HAS_DIED = sql`exists (select 1 from case_events b
    join case_events a on a.case_id = b.case_id and a.sequence > b.sequence and a.type = 'applicant-death-recorded'
  where b.id = c.event_id and b.case_id = c.case_id and not exists (select 1 from case_events w
    where w.case_id = a.case_id and w.sequence > a.sequence and w.type = 'death-record-withdrawn'))`

/** Whether the claimed row `c` tells of what is so no more, or a later one tells it. */
export const IS_OVERTAKEN = sql`case when c.case_id is null then false
  when c.recipient like 'staff:%' then c.kind in (${kindsOf('share', 'approval', 'any')}) and ${IS_WORK_GONE}
  else ${HAS_DIED} or coalesce(${IS_UNTRUE}, false) or c.kind in (${listOf(CALM)}) and ${later(sql`l.channel = c.channel
    and l.template_id = c.template_id and l.failed_at is null`)} end`
