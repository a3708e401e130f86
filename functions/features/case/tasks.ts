import type { Pool } from '#shared/domain/case/actions'
import { openApprovalsAt } from '#shared/domain/case/approvals'
import { isBarred, type WhoseCase } from '#shared/domain/case/barred'
import { nearestDue, provisionalDueOfCase } from '#shared/domain/case/clocks'
import { stepOf } from '#shared/domain/case/route'
import {
  type CaseState,
  openCorrection,
  openParts,
  type StepPart,
  type StepRun,
  type StepTarget,
} from '#shared/domain/case/state'
import { dayIn, type Instant, minuteOfDayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import { lastDayOf } from '#shared/domain/organization/duty'
import { holderPools } from '#shared/domain/organization/pools'
import type { StaffMember } from '#shared/domain/organization/registry'
import type { StaffRole } from '#shared/domain/organization/staff'
import type { ServiceItem, Step } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../service-item'
import type { CaseTask } from './outbox'

interface Place {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly now: Instant
  readonly whose: Omit<WhoseCase, 'state'>
}

/** Whether a member of staff must not handle the case, by what the process knows of them. */
export const isMemberBarred = (whose: WhoseCase, { id, numberIndexes }: StaffMember) =>
  isBarred(whose, { staffId: id, profileId: null, numberIndexes })

const barredFrom =
  ({ state, whose }: Pick<Place, 'state' | 'whose'>) =>
  (member: StaffMember) =>
    isMemberBarred({ ...whose, state }, member)

/** The pools that a share of a step belongs to, from the moment it opens until it is due. */
function poolsFor(place: Place, step: Step, unitId: string, openedAt: Instant, dueOn: PlainDate | null) {
  const day = dayIn(openedAt)
  const { reference } = place
  const { pools, unstaffed } = holderPools(reference, {
    role: step.role,
    isBarred: barredFrom(place),
    unitId,
    span: { from: { day, minute: minuteOfDayIn(openedAt) }, until: lastDayOf(day, dueOn) },
    isWorkingDay: provisionalWorkingDay(reference.calendar),
  })
  return {
    pools: pools.map(({ role, unitId: unit }): Pool => ({ role: role as StaffRole, unitId: unit })),
    unstaffed,
  }
}

function queueOf(state: CaseState, run: StepRun, part: StepPart): CaseTask['queue'] {
  const asked = openCorrection(state)
  if (asked && asked.stepKey === run.key && asked.unitId === part.unitId) return 'waits-for-applicant'
  return part.suspendedAt === null ? 'to-do' : 'paused'
}

function tasksOfPart(place: Place, run: StepRun, part: StepPart, held: readonly CaseTask[]): CaseTask[] {
  const { item, state, reference, now } = place
  const step = stepOf(item, run.key)
  const { due } = nearestDue(item, state, run, part, reference.calendar)
  const dueOn = due.kind === 'on' ? due.on : null
  const sortOn = dueOn ?? provisionalDueOfCase(item, state, reference.calendar, dayIn(now))
  const openedAt = part.openedAt ?? now
  // A share keeps the pools it was opened with: nobody loses a case because the clock moved on.
  const before = held.filter(
    (task) => !task.approval && task.stepKey === run.key && task.partUnitId === part.unitId,
  )
  const { pools, unstaffed } =
    before.length > 0
      ? {
          pools: before.map(({ role, unitId }) => ({ role, unitId })),
          unstaffed: before.some((t) => t.unstaffed),
        }
      : poolsFor(place, step, part.unitId, openedAt, dueOn)
  const works = part.assigneeId !== null && reference.staff.has(part.assigneeId)
  const assigneeId = works ? part.assigneeId : null
  const own = { queue: queueOf(state, run, part), assigneeId, openedAt, unstaffed }
  const taskOf = ({ role, unitId }: Pool, more: TaskOwn): CaseTask => ({
    stepKey: run.key,
    partUnitId: part.unitId,
    role,
    unitId,
    queue: more.queue,
    assigneeId: more.assigneeId,
    dueOn,
    sortOn,
    openedAt: more.openedAt,
    unstaffed: more.unstaffed,
    barred: reference
      .holders(role, unitId)
      .filter(barredFrom(place))
      .map(({ id }) => id)
      .sort(),
    approval: more.approval,
  })
  return [
    ...pools.map((pool) => taskOf(pool, { ...own, approval: false })),
    ...approvalsFor(state, run, part, pools).map(({ pool, askedAt }) =>
      taskOf(pool, { ...ASKED, openedAt: askedAt }),
    ),
  ]
}

type TaskOwn = Pick<CaseTask, 'queue' | 'assigneeId' | 'openedAt' | 'unstaffed' | 'approval'>
const ASKED = { queue: 'to-do', assigneeId: null, unstaffed: false, approval: true } as const

/** Whoever was asked to allow something at a share has a task of their own, unless they hold the share anyway. */
function approvalsFor(state: CaseState, { key }: StepRun, { unitId }: StepPart, held: readonly Pool[]) {
  const asked = openApprovalsAt(state, { stepKey: key, unitId }).flatMap(({ approvers, askedAt }) =>
    approvers.map((pool) => ({ pool, askedAt })),
  )
  const sameAs = (left: Pool) => (right: Pool) => left.role === right.role && left.unitId === right.unitId
  return asked.filter(
    ({ pool }, at) =>
      !held.some(sameAs(pool)) && asked.findLastIndex((each) => sameAs(pool)(each.pool)) === at,
  )
}

/** Who may take a share: the members of its pools who may handle the case. */
export const holdersAt = (
  reference: Reference,
  tasks: readonly CaseTask[],
  { stepKey, unitId }: StepTarget,
): readonly StaffMember[] => {
  const held = tasks.filter(
    (task) => !task.approval && task.stepKey === stepKey && task.partUnitId === unitId,
  )
  const members = held.flatMap(({ role, unitId: unit, barred }) =>
    reference.holders(role, unit).filter(({ id }) => !barred.includes(id)),
  )
  return [...new Map(members.map((member) => [member.id, member])).values()]
}

/** The tasks that a state leaves open, given those that were open before. */
export const tasksOf = (place: Place, held: readonly CaseTask[]): readonly CaseTask[] =>
  openParts(place.state).flatMap(({ step, part }) => tasksOfPart(place, step, part, held))

/** Work comes to somebody: for the first time, anew, after the applicant or a procedure was waited for, or by name. */
const isNews = (before: CaseTask | undefined, task: CaseTask) =>
  task.queue === 'to-do' &&
  (before === undefined ||
    before.queue !== 'to-do' ||
    before.openedAt !== task.openedAt ||
    (task.assigneeId !== null && before.assigneeId !== task.assigneeId))

const keyOf = (task: CaseTask) => [task.stepKey, task.partUnitId, task.role, task.unitId].join('|')

/** What must be written for `wanted` to stand where `held` stood. */
export function taskChanges(held: readonly CaseTask[], wanted: readonly CaseTask[]) {
  const before = new Map(held.map((task) => [keyOf(task), task]))
  const after = new Set(wanted.map(keyOf))
  return {
    removed: held.filter((task) => !after.has(keyOf(task))),
    written: wanted.filter((task) => JSON.stringify(before.get(keyOf(task))) !== JSON.stringify(task)),
    opened: wanted.filter((task) => isNews(before.get(keyOf(task)), task)),
  }
}
