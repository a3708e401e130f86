import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import {
  type Audience,
  MESSAGE_KINDS,
  type MessageKind,
  type Rule,
  ruleOf,
  WORKS,
  type Work,
} from '#shared/domain/reminder/message-kinds'
import { isAccountOf } from '../../platform/db/parts/owner-account'
import { hasFailed } from '../../platform/db/parts/reminders'
import { hasSame, IS_MET, isSaidToHaveDied, isUndone } from '../../platform/db/parts/stored-state'

// The rules of `MESSAGE_KINDS` in SQL, of all that a worker claims at once; the functions of `shared/domain/reminder/overtaken.ts` say the same
// of one.

const KINDS = Object.keys(MESSAGE_KINDS) as readonly MessageKind[]
const listOf = (words: readonly string[]) => sql.raw(words.map((word) => `'${word}'`).join(', '))
const kindsOf = (audience: Audience, which: (rule: Rule) => boolean) =>
  listOf(
    KINDS.filter((kind) => {
      const rule = ruleOf(kind, audience)
      return rule !== undefined && which(rule)
    }),
  )

const endingsOf = (audience: Audience) =>
  Object.fromEntries(
    KINDS.flatMap((kind) => {
      const endings = ruleOf(kind, audience)?.untrueAfter ?? 'never'
      return endings === 'never' ? [] : [[kind, endings]]
    }),
  )
const ENDINGS = JSON.stringify({ applicant: endingsOf('applicant'), staff: endingsOf('staff') })

const IS_DUE = sql.raw(`starts_with(c.kind, 'due-')`)
const IS_STAFFS = sql.raw(`c.recipient like 'staff:%'`)
const STAFF = sql.raw(`substr(c.recipient, 7)`)

/** Whoever it was given to can have it: in one of its pools, nobody's relative, and at work that day (`toldOf`). */
const isAnothers = (today: string) => sql`(t.assignee_id <> ${STAFF} and exists (select 1 from case_tasks o
    join staff_roles h on h.role = o.role and h.unit_id = o.unit_id and h.staff_id = t.assignee_id
    join staff a on a.id = h.staff_id and a.active
  where o.case_id = t.case_id and o.step_key = t.step_key and o.part_unit_id = t.part_unit_id
    and t.assignee_id <> all(o.barred) and not exists (select 1 from jsonb_array_elements(a.leave) l
      where ${today}::text between l->>'from' and l->>'to')))`

const ROWS = { share: 'not t.approval', asked: 't.approval', either: 'true' } as const

function rowsOf(work: Work, today: string): SQL {
  const { rests, rows, alone } = WORKS[work]
  const which = sql.raw(`${rests ? 'true' : "t.queue = 'to-do'"} and ${ROWS[rows]}`)
  return alone ? sql`${which} and not coalesce(${isAnothers(today)}, false)` : which
}

/** The shares of the case that are theirs, of the work that the message calls to. */
const theirShares = (
  today: string,
) => sql`(select count(distinct (t.step_key, t.part_unit_id)) from case_tasks t
  where t.case_id = c.case_id and ${STAFF} <> all(t.barred)
    and exists (select 1 from staff_roles s where s.role = t.role and s.unit_id = t.unit_id and s.staff_id = ${STAFF})
    and case ${sql.join(
      (Object.keys(WORKS) as Work[]).map(
        (work) =>
          sql`when c.kind in (${kindsOf('staff', ({ callsTo }) => callsTo === work)}) then ${rowsOf(work, today)}`,
      ),
      sql` `,
    )} else false end)`

/** Messages to the same person that came after it, by the events of its case: whoever has thousands of messages has few of one case. */
const later = (which: SQL) => sql`exists (select 1 from case_events b
    join case_events a on a.case_id = b.case_id and a.sequence >= b.sequence
    join reminders l on l.event_id = a.id and l.recipient = c.recipient
  where b.id = c.event_id and b.case_id = c.case_id and l.id > c.id and l.created_at >= c.created_at
    and l.dropped_at is null and ${which})`

/** The same of what tells of another case: by this case and the kind. */
const laterOfOther = (which: SQL) => sql`exists (select 1 from reminders l
  where l.recipient = c.recipient and l.case_id = c.case_id and l.id > c.id and l.created_at >= c.created_at
    and l.dropped_at is null and ${which})`

/** Of several shares nobody knows which one a message of their days is of. */
const isWorkGone = (today: string) => sql`case ${theirShares(today)} when 0 then true
  when 1 then ${IS_DUE} and ${later(sql`starts_with(l.kind, 'due-')`)} else false end`

const IS_OWNERS = isAccountOf(sql`case when not ${IS_STAFFS} then substr(c.recipient, 9)::uuid end`)

const AUDIENCE = sql`case when ${IS_STAFFS} then 'staff' else 'applicant' end`
const IS_CASE_OWNERS = sql`exists (select 1 from cases k where k.id = c.case_id and ${IS_OWNERS})`

const IS_UNTRUE = sql`exists (select 1
  from jsonb_array_elements(${ENDINGS}::jsonb -> ${AUDIENCE} -> c.kind) u
    join case_events b on b.id = c.event_id and b.case_id = c.case_id
    join case_events a on a.case_id = b.case_id and a.sequence > b.sequence and a.type = u->>'type'
  where ${IS_MET} and (not u ? 'own' or a.actor = c.recipient)
    and not ${isUndone('a')} and not exists (select 1 from case_events w
      where w.case_id = a.case_id and w.sequence > a.sequence and w.type = u->>'until' and not ${isUndone('w')})
    and (not u ? 'ofOwner' or ${IS_CASE_OWNERS}))`

/** Of what another case of theirs has: `OWNER_DIED` of `MESSAGE_KINDS` knows the events of this one. */
const IS_OF_THE_DEAD = sql`exists (select 1 from cases k where k.id = c.case_id and ${IS_OWNERS} and ${isSaidToHaveDied('k')})`

const OTHERWISE = KINDS.flatMap((kind) => {
  const { saidOtherwise: said, ofOther = false } = ruleOf(kind, 'staff') ?? {}
  return said ? [{ kind, by: said.kind, same: JSON.stringify(said.same ?? []), ofOther }] : []
})
/** A later message takes it back. */
const IS_SAID_OTHERWISE = sql`exists (select 1 from (values ${sql.join(
  OTHERWISE.map(
    ({ kind, by, same, ofOther }) => sql`(${kind}::text, ${by}::text, ${same}::jsonb, ${ofOther}::boolean)`,
  ),
  sql`, `,
)}) as o(kind, by, same, of_other) where o.kind = c.kind and case when o.of_other then ${laterOfOther(sql`l.kind = o.by`)}
    else ${later(sql`l.kind = o.by and ${hasSame('o.same')}`)} end)`

const FOLLOWED = KINDS.flatMap((kind) =>
  (['applicant', 'staff'] as const).flatMap((audience) => {
    const { follows: of = [], ofOther = false } = ruleOf(kind, audience) ?? {}
    return of.map((follows) => ({ kind, follows, ofOther }))
  }),
)
const followed = (which: boolean) =>
  sql`(values ${sql.join(
    FOLLOWED.filter(({ ofOther }) => ofOther === which).map(
      ({ kind, follows }) => sql`(${kind}::text, ${follows}::text)`,
    ),
    sql`, `,
  )}) as f(kind, follows)`
/** What had ended the message `l`, of the event `b`, before what `e` tells; of who does not own the case. */
const WAS_OVER = sql`exists (select 1 from jsonb_array_elements(${ENDINGS}::jsonb -> ${AUDIENCE} -> l.kind) u
  join case_events a on a.case_id = b.case_id and a.sequence > b.sequence and a.sequence < e.sequence and a.type = u->>'type'
  where not u ? 'ofOwner' and ${IS_MET} and not ${isUndone('a')})`
/** One that it takes back rang, or may have. */
const HAS_RUNG_HERE = sql`exists (select 1 from ${followed(false)} join case_events e on e.id = c.event_id
    join case_events b on b.case_id = c.case_id
    join reminders l on l.event_id = b.id and l.recipient = c.recipient and l.kind = f.follows
  where f.kind = c.kind and l.id < c.id and l.channel <> 'inbox' and (l.sent_at is not null or l.may_be_out)
    and not ${WAS_OVER})`
/** The same of what tells of another case: it was not taken back since. */
const HAS_RUNG_OF_OTHER = sql`exists (select 1 from ${followed(true)}
    join reminders l on l.recipient = c.recipient and l.case_id = c.case_id and l.kind = f.follows
  where f.kind = c.kind and l.id < c.id and l.channel <> 'inbox' and (l.sent_at is not null or l.may_be_out)
    and not exists (select 1 from reminders t where t.recipient = c.recipient and t.case_id = c.case_id and t.kind = c.kind
      and t.id > l.id and t.id < c.id))`
const HAS_RUNG = sql`case when c.kind in (${kindsOf('staff', ({ ofOther }) => ofOther === true)}) then ${HAS_RUNG_OF_OTHER}
  else ${HAS_RUNG_HERE} end`

/** Whether the claimed row `c` tells of what is so no more, or a later one tells it. */
export const isOvertaken = (now: Instant) => sql`case when c.case_id is null then false
  when coalesce(${IS_UNTRUE}, false) then true
  when not ${IS_STAFFS} and ${IS_OF_THE_DEAD} then true
  when ${IS_STAFFS} then c.kind in (${kindsOf('staff', ({ callsTo }) => callsTo !== undefined)}) and ${isWorkGone(dayIn(now))}
    or c.kind in (${kindsOf('staff', ({ saidOtherwise }) => saidOtherwise !== undefined)}) and ${IS_SAID_OTHERWISE}
    or c.kind in (${kindsOf('staff', ({ follows }) => follows !== undefined)}) and not ${HAS_RUNG}
  else c.kind in (${kindsOf('applicant', (rule) => rule.calm === true)}) and ${later(sql`l.channel = c.channel
      and l.template_id = c.template_id and not ${hasFailed('l')}`)}
    or c.kind in (${kindsOf('applicant', ({ follows }) => follows !== undefined)}) and not ${IS_CASE_OWNERS} and not ${HAS_RUNG} end`
