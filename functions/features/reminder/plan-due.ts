import { sql } from 'drizzle-orm'
import { isBefore } from '#shared/domain/case/clock/clocks'
import { limitsOf } from '#shared/domain/case/clock/task-light'
import type { Settles } from '#shared/domain/case/revocation/settling'
import { awayUntil, type ToldShare, toldOf } from '#shared/domain/case/step/told-of'
import { addDays, dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'
import { dueMessage, isUrgentLight, LAST_DUTY, type UrgentLight } from '#shared/domain/reminder/due-message'
import { lastDutyFor } from '#shared/domain/reminder/hours'
import { addWorkingDays } from '#shared/domain/time-limit/calendar'
import { lightOf, soonDays } from '#shared/domain/time-limit/light'
import { commitBySystem } from '../../platform/db/commit'
import { ownStaffJson } from '../../platform/db/parts/barred-staff'
import { listOf, remindersPart } from '../../platform/db/parts/reminders'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { failWith, togetherOrApart, workedOut } from '../../platform/one-by-one'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'
import {
  type CaseRow,
  type CaseTask,
  findCaseRows,
  lineOfTask,
  TASK_IS_LINED,
  TASK_LINE_HEAD,
  type TaskLine,
} from '../case'
import type { Reference, ReferenceSource } from '../service-item'
import { sealBody } from './body'

export interface PlanDueDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly cipher: Cipher
  readonly reference: Pick<ReferenceSource, 'current'>
}

interface OpenTask extends ToldShare {
  readonly caseId: string
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly ownStaff: readonly string[]
  readonly approval: boolean
  /** The rows of its share in all of its pools, where it was given to somebody. */
  readonly held: readonly ToldShare[]
  readonly dueOn: PlainDate
  readonly remindedFor: string | null
  readonly caseNumber: string
  readonly eventId: string
  /** With the last event everybody was told that the promise is broken: that the task is late says the same once more. */
  readonly toldLate: boolean
  /** A `TaskLine` as JSON. */
  readonly line: CaseTask['line']
  /** The case itself, where no line tells of it as it stands. */
  readonly unlined: CaseRow | null
}

type StoredTask = Omit<OpenTask, 'unlined'> & { readonly isLined: boolean }

/** What was planned; `more`: the batch was full. */
export interface DuePlan {
  readonly tasks: number
  readonly reminders: number
  readonly more: boolean
}

const BATCH = 500

/**
 * Reminds the staff of open tasks that run out: once at “soon”, once on the last day, once when it is over; and part-timers who
 * are on duty no more until then, in their last hours before. Running it again plans nothing new; two workers at once plan
 * each task once.
 */
export function createPlanDueReminders(deps: PlanDueDeps): () => Promise<DuePlan> {
  return async () => {
    const now = deps.clock.now()
    const reference = await deps.reference.current()
    const horizons = horizonsOf(reference, dayIn(now))
    const lastDuties = lastDutiesOf(reference, dayIn(now))
    const failures: unknown[] = []
    let total: DuePlan = { tasks: 0, reminders: 0, more: true }
    for (let after: OpenTask | undefined; total.more; ) {
      const tasks = await findOpenTasks(deps.database, { today: dayIn(now), horizons, lastDuties, after })
      const due = workedOut(
        tasks,
        (task) => {
          const lit = withLight(reference, task, now)
          if (lit === undefined) return []
          const messages = remindersFor(deps, reference, lit, now)
          return lit.light === null && messages.length === 0 ? [] : [{ ...lit, messages }]
        },
        failures,
      )
      const reminders = await togetherOrApart(due, (some) => plan(deps, some, now), failures)
      after = tasks.at(-1)
      total = {
        tasks: total.tasks + due.length,
        reminders: total.reminders + reminders,
        more: tasks.length === BATCH,
      }
    }
    failWith(failures, 'reminded of')
    return total
  }
}

/** A task of a limit of so many days that ends after `until` is not soon; null where the calendar does not reach so far. */
interface Horizon {
  readonly days: number
  readonly until: PlainDate | null
}

/** Of each limit of the catalogue, the longest last: it does for a task of which nobody knows by what limit it ends. */
const horizonsOf = ({ calendar, items }: Reference, today: PlainDate): readonly Horizon[] =>
  limitsOf(items).map((days) => {
    // The days off before the next working day count no day more.
    const beyond = addWorkingDays(calendar, today, soonDays(days) + 1)
    return { days, until: beyond.kind === 'on' ? addDays(beyond.on, -1) : null }
  })

/** Of a pool of part-timers: what is due until then has no later hours of one of them. */
interface LastDuty {
  readonly role: string
  readonly unitId: string
  readonly until: PlainDate
}

const lastDutiesOf = (reference: Reference, today: PlainDate): readonly LastDuty[] =>
  [...reference.staff.values()]
    .filter(({ partTime }) => partTime)
    .flatMap((member) =>
      reference.rolesOf(member.id).flatMap(({ role, unitId }) => {
        const until = lastDutyFor(member, unitId, today, reference.calendar)
        return until === null ? [] : [{ role, unitId, until }]
      }),
    )

/** Which hours were the last ones is told of a task once a day: of several part-timers each has hours of their own. */
const lastDutyMark = (today: PlainDate) => `last-duty ${today}`
const isMarked = (task: OpenTask, mark: string) => task.remindedFor?.includes(mark) === true

/** What was told of a task by now: `soon`, the last duty, or one that stands for all before it. */
function markOf(task: DueTask, today: PlainDate) {
  if (task.light !== null && task.light.kind !== 'soon') return task.light.kind
  const soon = task.light !== null || isMarked(task, 'soon') ? ['soon'] : []
  return [...soon, ...(task.lastDuty ? [lastDutyMark(today)] : [])].join(' ')
}

const HELD =
  sql.raw(`case when t.assignee_id is null then '[]'::json else (select json_agg(json_build_object('stepKey', o.step_key,
    'partUnitId', o.part_unit_id, 'role', o.role, 'unitId', o.unit_id, 'assigneeId', o.assignee_id, 'barred', o.barred))
  from case_tasks o where o.case_id = t.case_id and o.step_key = t.step_key and o.part_unit_id = t.part_unit_id) end`)

/**
 * A page of the tasks whose next light may have come: what was told of is read again on its last day and the day after, and
 * the others once they are within the horizon of their limit.
 */
async function findOpenTasks(
  database: Database,
  {
    today,
    horizons,
    lastDuties,
    after,
  }: {
    today: PlainDate
    horizons: readonly Horizon[]
    lastDuties: readonly LastDuty[]
    after: OpenTask | undefined
  },
) {
  const longest = horizons.at(-1)?.until ?? null
  // The limit is the line's, which is written with the date beside it.
  const horizon = sql`case when starts_with(t.line, ${TASK_LINE_HEAD}) then
    (select h.until from (select (t.line::jsonb->>'days')::int as days offset 0) l join horizons h on h.days = l.days) else ${longest}::date end`
  const rows =
    await database.rows<StoredTask>(sql`with horizons as materialized (select * from jsonb_to_recordset(${JSON.stringify(horizons)}::jsonb) h(days int, until date)),
      duties as materialized (select * from jsonb_to_recordset(${JSON.stringify(lastDuties)}::jsonb) d(role text, "unitId" text, until date))
    select t.case_id as "caseId", t.step_key as "stepKey", t.part_unit_id as "partUnitId",
      t.role, t.unit_id as "unitId", to_char(t.due_on, 'YYYY-MM-DD') as "dueOn", t.assignee_id as "assigneeId",
      t.barred, t.approval, ${HELD} as held, ${ownStaffJson(today)} as "ownStaff", t.reminded_for as "remindedFor", c.case_number as "caseNumber", c.service_item_id as "serviceItemId",
      c.item_version as "itemVersion", t.line, ${TASK_IS_LINED} as "isLined", e.id as "eventId",
      e.type = 'promise-broken' as "toldLate"
    from case_tasks t
    -- Of each task by itself: joined at once with the few that are left, the planner would go through all cases.
    join lateral (select * from cases where id = t.case_id offset 0) c on true
    join lateral (select id, type from case_events where case_id = c.id order by sequence desc limit 1) e on true
    where t.queue = 'to-do' and case
        when t.due_on < ${today}::date then t.reminded_for is distinct from 'late'
        when t.due_on = ${today}::date then t.reminded_for is distinct from 'today'
        when exists (select 1 from duties d where d.role = t.role and d."unitId" = t.unit_id and t.due_on <= d.until)
          and strpos(coalesce(t.reminded_for, ''), ${lastDutyMark(today)}) = 0 then true
        else not starts_with(coalesce(t.reminded_for, ''), 'soon') and t.due_on <= coalesce(${longest}::date, t.due_on)
          and t.due_on <= coalesce(${horizon}, ${longest}::date, t.due_on) end
      ${
        after === undefined
          ? sql``
          : sql`and (t.case_id, t.step_key, t.part_unit_id, t.role, t.unit_id) >
              (${after.caseId}::uuid, ${after.stepKey}::text, ${after.partUnitId}::text, ${after.role}::text, ${after.unitId}::text)`
      }
    order by t.case_id, t.step_key, t.part_unit_id, t.role, t.unit_id limit ${rowsAtMost(BATCH)}`)
  const bare = rows.filter(({ isLined }) => !isLined).map(({ caseId }) => caseId)
  const found = await findCaseRows(database, bare, today)
  return rows.map(
    ({ isLined, ...row }): OpenTask => ({
      ...row,
      unlined: isLined ? null : (found.get(row.caseId) ?? null),
    }),
  )
}

type DueTask = OpenTask & {
  /** Null where it has run out for nobody yet but whoever is on duty for the last time. */
  readonly light: UrgentLight | null
  /** Whether it is to be told in the last hours of duty before its day. */
  readonly lastDuty: boolean
  readonly serve: TaskLine['serve']
  /** Who has signed it already: it waits for others. */
  readonly signedBy: readonly string[]
  readonly settles?: Settles
}

function withLight(reference: Reference, task: OpenTask, now: Instant): DueTask | undefined {
  // A share that the case knows no more is nobody's.
  const line = lineOfTask(task, reference, now)
  if (!line) return undefined
  const today = dayIn(now)
  const light = lightOf(line.due, line.days, today, reference.calendar)
  const { beside, serve } = line
  // Of two works of one row the one that runs out first.
  const settles = line.settles ?? (beside && isBefore(beside.due, beside.own) ? beside.of : undefined)
  const isNews = isUrgentLight(light) && !isMarked(task, light.kind)
  const lastDuty = task.dueOn > today && !isMarked(task, lastDutyMark(today))
  return isNews || lastDuty
    ? {
        ...task,
        light: isNews ? light : null,
        lastDuty,
        serve,
        signedBy: line.signing?.signedBy ?? [],
        ...(settles ? { settles } : {}),
      }
    : undefined
}

/** Who holds a role at a unit and may handle the case. */
export const holdersBut =
  (reference: Reference, ownStaff: readonly string[]) => (role: StaffRole, unitId: string) =>
    reference.holders(role, unitId).filter(({ id }) => !ownStaff.includes(id))

function remindersFor(deps: PlanDueDeps, reference: Reference, task: DueTask, now: Instant) {
  // An emergency has days of its own; its name and its steps are called alike.
  const item = reference.at(task.serviceItemId, task.itemVersion)
  if (task.toldLate && task.light?.kind === 'late') return []
  const today = dayIn(now)
  const isAway = awayUntil(now, reference.calendar)
  const told = toldOf(task, task.held, { holders: holdersBut(reference, task.ownStaff), isAway })
  return told
    .filter(({ id }) => !task.signedBy.includes(id))
    .flatMap((holder) => {
      const until = task.lastDuty ? lastDutyFor(holder, task.unitId, today, reference.calendar) : null
      const light = until !== null && task.dueOn <= until ? LAST_DUTY : task.light
      if (light === null) return []
      const { title, lines, page, data, ...message } = dueMessage({ ...task, item }, task, light, today)
      const id = deps.ids.next()
      return [
        {
          ...message,
          id,
          eventId: task.eventId,
          recipient: `staff:${holder.id}`,
          bodySealed: sealBody(deps.cipher, id, { title, lines, page, data }),
          availableAt: now,
        },
      ]
    })
}

/** The marks on the tasks and the reminders in one statement; a task that another worker has marked is left out. */
async function plan(
  deps: PlanDueDeps,
  tasks: readonly (DueTask & { readonly messages: ReturnType<typeof remindersFor> })[],
  now: Instant,
): Promise<number> {
  if (tasks.length === 0) return 0
  const marks = tasks.map((task, number) => ({
    number,
    caseId: task.caseId,
    stepKey: task.stepKey,
    partUnitId: task.partUnitId,
    role: task.role,
    unitId: task.unitId,
    dueOn: task.dueOn,
    remindedFor: task.remindedFor,
    light: markOf(task, dayIn(now)),
  }))
  const rows = tasks.flatMap(({ messages, caseId }, number) =>
    messages.map((row) => ({ ...row, number, caseId })),
  )
  return commitBySystem<number>(deps.database, {
    now,
    parts: [
      sql`marks as (select * from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as m(number int, "caseId" uuid,
        "stepKey" text, "partUnitId" text, role text, "unitId" text, "dueOn" date, "remindedFor" text, light text))`,
      sql`marked as (update case_tasks t set reminded_for = m.light from marks m
        where t.case_id = m."caseId" and t.step_key = m."stepKey" and t.part_unit_id = m."partUnitId" and t.role = m.role
          and t.unit_id = m."unitId" and t.queue = 'to-do' and t.due_on = m."dueOn"
          and t.reminded_for is not distinct from m."remindedFor"
        returning m.number)`,
      remindersPart(
        'planned',
        { from: sql`${listOf(rows, ['number int'])} join marked on marked.number = r.number` },
        now,
      ),
    ],
    answer: sql`(select to_json(count(*)) from planned)`,
  })
}
