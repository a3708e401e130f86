import { nearestDue } from '#shared/domain/case/clock/clocks'
import { provisionalDueOfCase } from '#shared/domain/case/clock/provisional-due'
import { dueOfTask } from '#shared/domain/case/clock/row-due'
import type { Pool } from '#shared/domain/case/context'
import { awaitedAt, awaitedServices } from '#shared/domain/case/delivery/delivery-clock'
import type { CaseEvent } from '#shared/domain/case/events'
import { type Settling, settleDue, settlingsOf } from '#shared/domain/case/revocation/settling'
import { stepOf } from '#shared/domain/case/route'
import {
  type CaseState,
  openCorrection,
  openParts,
  type StepPart,
  type StepRun,
  type StepTarget,
} from '#shared/domain/case/state'
import { leadersOfCase, ledShare } from '#shared/domain/case/step/leading'
import { isBarred, leavesIt, ownAmongStaff, type WhoseCase } from '#shared/domain/case/whose/barred'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isAwayBetween, spanUntil } from '#shared/domain/organization/duty'
import { holderPools } from '#shared/domain/organization/pools'
import { isAmongPools, type StaffMember } from '#shared/domain/organization/registry'
import type { StaffRole } from '#shared/domain/organization/staff'
import type { Step } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../../service-item'
import type { CaseTask } from '../task'
import { approvalsFor } from './asked-rows'
import { keptLine, type StaffedCase } from './task-line'

/** Whose work it is goes by no document. */
type Staffed = Omit<StaffedCase, 'documents'>

const barredFrom =
  (whose: WhoseCase) =>
  ({ id }: StaffMember) =>
    isBarred(whose, id)

/** The pools that a share of a step belongs to, from the moment it opens until it is due. */
function poolsFor(
  staffed: Staffed,
  step: Pick<Step, 'role'>,
  unitId: string,
  openedAt: Instant,
  dueOn: PlainDate | null,
) {
  const { reference } = staffed
  const { pools, unstaffed, lastResort } = holderPools(reference, {
    role: step.role,
    isBarred: barredFrom(staffed),
    isOwn: ({ id }) => ownAmongStaff(staffed).includes(id),
    unitId,
    span: spanUntil(openedAt, dueOn),
    isWorkingDay: provisionalWorkingDay(reference.calendar),
  })
  return {
    pools: pools.map(({ role, unitId: unit }): Pool => ({ role: role as StaffRole, unitId: unit })),
    unstaffed,
    lastResort: lastResort === true,
  }
}

/**
 * Who in a share's pools must leave it to others by what the case itself says: whoever disowned it, and whoever leaves it,
 * but for those of the pool that is left at last.
 */
function declaredAt(staffed: Staffed, run: StepRun, part: StepPart, dueOn: PlainDate | null) {
  const { reference, state, now, item } = staffed
  const disowners = ownAmongStaff({ state, ownStaff: [] })
  const declared = leavesIt(state)
  const found =
    declared.length === 0 ? undefined : poolsFor(staffed, stepOf(item, run.key), part.unitId, now, dueOn)
  const isLeft = (pool: Pool) => found?.lastResort === true && isAmongPools(found.pools, pool)
  return (pool: Pool) =>
    reference
      .holders(pool.role, pool.unitId)
      .map(({ id }) => id)
      .filter((id) => disowners.includes(id) || (!isLeft(pool) && declared.includes(id)))
      .sort()
}

function queueOf(state: CaseState, run: StepRun, part: StepPart): CaseTask['queue'] {
  const asked = openCorrection(state)
  if (asked && asked.stepKey === run.key && asked.unitId === part.unitId) return 'waits-for-applicant'
  return part.suspendedAt === null ? 'to-do' : 'paused'
}

/** What stood before, and whether the share comes to others now. */
interface Before {
  readonly held: readonly CaseTask[]
  readonly isHandedOver: boolean
}

/** The rows of whoever is to end a disowned joint case: nobody is asked to allow anything there. */
const ledRows = (held: readonly CaseTask[], { stepKey, unitId }: StepTarget) =>
  held.filter((task) => task.approval && task.stepKey === stepKey && task.partUnitId === unitId)

/** The rows of a share that are its holders' own. */
export const heldAt = (held: readonly CaseTask[], { stepKey, unitId }: StepTarget) =>
  held.filter((task) => !task.approval && task.stepKey === stepKey && task.partUnitId === unitId)

/**
 * The pools of a share. It keeps those it was opened with: nobody loses a case because the clock moved on. Others come
 * beside them when it is handed over.
 */
function poolsOfPart(
  staffed: Staffed,
  run: StepRun,
  part: StepPart,
  { held, isHandedOver }: Before,
  dueOn: PlainDate | null,
) {
  const step = stepOf(staffed.item, run.key)
  const before = heldAt(held, { stepKey: run.key, unitId: part.unitId })
  if (before.length === 0) return poolsFor(staffed, step, part.unitId, part.openedAt ?? staffed.now, dueOn)
  const known = before.map(({ role, unitId }): Pool => ({ role, unitId }))
  if (!isHandedOver) return { pools: known, unstaffed: before.some((task) => task.unstaffed) }
  const now = poolsFor(staffed, step, part.unitId, staffed.now, dueOn)
  const added = now.pools.filter((pool) => !isAmongPools(known, pool))
  return { pools: [...known, ...added], unstaffed: now.unstaffed }
}

function dueOfPart({ item, state, reference }: Staffed, run: StepRun, part: StepPart) {
  const { due } = nearestDue(item, state, run, part, reference.calendar)
  return due.kind === 'on' ? due.on : null
}

/** A share that others are to have beside whoever holds it: as its event tells it. */
type HandOver = Omit<Extract<CaseEvent, { type: 'handed-over' }>, 'type' | 'at'>

/** Whoever held a share may be named as away where none of them is kept from the case itself. */
function handOver(
  staffed: Staffed,
  target: StepTarget,
  { from, pools }: { readonly from: readonly Pool[]; readonly pools: readonly Pool[] },
): HandOver {
  const { reference } = staffed
  const members = from.flatMap(({ role, unitId }) => reference.holders(role, unitId))
  const added = pools
    .filter((pool) => !isAmongPools(from, pool))
    .map(({ role, unitId }) => ({ role, unitId }))
  return {
    ...target,
    takers: added,
    ...(members.some(barredFrom(staffed)) ? {} : { away: [...new Set(members.map(({ id }) => id))].sort() }),
  }
}

/** A share that stands with whoever stood in for its own unit comes to those whose it is, once somebody of them is there. */
function comeBack(
  staffed: Staffed,
  target: StepTarget,
  before: readonly CaseTask[],
  pools: readonly Pool[],
): readonly HandOver[] {
  const { takers = [] } = handOver(staffed, target, { from: before, pools })
  return takers.length > 0 ? [{ ...target, takers, back: true as const }] : []
}

/** Whether somebody of rows of a share can take it until it is due. */
function takenUntil(staffed: Staffed, dueOn: PlainDate | null) {
  const { reference, now } = staffed
  const span = spanUntil(now, dueOn)
  const isWorkingDay = provisionalWorkingDay(reference.calendar)
  const isThere = (member: StaffMember) =>
    !barredFrom(staffed)(member) && !isAwayBetween(member, span, isWorkingDay)
  return (rows: readonly CaseTask[]) =>
    rows.some(({ role, unitId }) => reference.holders(role, unitId).some(isThere))
}

/** A share that its holders have, at its own unit or in its place. */
function heldHandOver(
  staffed: Staffed,
  run: StepRun,
  part: StepPart,
  held: readonly CaseTask[],
): readonly HandOver[] {
  const target = { stepKey: run.key, unitId: part.unitId }
  const before = heldAt(held, target)
  const isMarked = before.some((task) => task.unstaffed)
  const dueOn = dueOfPart(staffed, run, part)
  const isTaken = takenUntil(staffed, dueOn)(before)
  if (isTaken && !isMarked) return []
  const { pools, unstaffed } = poolsOfPart(staffed, run, part, { held, isHandedOver: true }, dueOn)
  if (isTaken) return unstaffed ? [] : comeBack(staffed, target, before, pools)
  const isNew = pools.length > before.length || (unstaffed && !isMarked)
  return isNew ? [handOver(staffed, target, { from: before, pools })] : []
}

/**
 * Shares that nobody who holds them can take until they are due, though somebody else could; and those whose own unit had
 * nobody, and has somebody again.
 */
export function sharesToHandOver(staffed: Staffed, held: readonly CaseTask[]): readonly HandOver[] {
  return openParts(staffed.state).flatMap(({ step: run, part }) => {
    const target = { stepKey: run.key, unitId: part.unitId }
    const lead = leadAt(staffed, run, part, { held, isHandedOver: true })
    // Its holders have nothing to do there.
    if (lead.pools.length === 0) return heldHandOver(staffed, run, part, held)
    const led = ledRows(held, target)
    const isTaken = takenUntil(staffed, dueOfPart(staffed, run, part))
    return lead.pools.length > led.length && !isTaken(led)
      ? [handOver(staffed, target, { from: led, pools: lead.pools })]
      : []
  })
}

function tasksOfPart(staffed: StaffedCase, run: StepRun, part: StepPart, before: Before): CaseTask[] {
  const { item, state, reference, now } = staffed
  const dueOn = dueOfPart(staffed, run, part)
  const dayOf = (pool: Pool, approval: boolean) => {
    const due = dueOfTask(item, state, { run, part }, { ...pool, approval }, reference.calendar)
    if (due.kind === 'on') return { dueOn: due.on, sortOn: due.on }
    return { dueOn: null, sortOn: provisionalDueOfCase(item, state, reference.calendar, dayIn(now)) }
  }
  const { pools, unstaffed } = poolsOfPart(staffed, run, part, before, dueOn)
  const works = part.assigneeId !== null && reference.staff.has(part.assigneeId)
  const assigneeId = works ? part.assigneeId : null
  const declared = declaredAt(staffed, run, part, dueOn)
  const lead = leadAt(staffed, run, part, before)
  const own = { queue: queueOf(state, run, part), assigneeId, openedAt: part.openedAt ?? now, unstaffed }
  const taskOf = ({ role, unitId }: Pool, more: TaskOwn): CaseTask => ({
    stepKey: run.key,
    partUnitId: part.unitId,
    role,
    unitId,
    queue: more.queue,
    assigneeId: more.assigneeId,
    ...dayOf({ role, unitId }, more.approval),
    openedAt: more.openedAt,
    unstaffed: more.unstaffed,
    barred: [...new Set([...declared({ role, unitId }), ...(more.barred ?? [])])].sort(),
    approval: more.approval,
    line: keptLine(staffed, { run, part, holders: pools, leaders: lead.pools, pool: { role, unitId } }),
  })
  return [
    // Of two pools that are one it is the leader's, who alone has something to do.
    ...pools
      .filter((pool) => !isAmongPools(lead.pools, pool))
      .map((pool) => taskOf(pool, { ...own, approval: false })),
    ...lead.pools.map((pool) =>
      taskOf(pool, { ...ASKED, openedAt: lead.openedAt, unstaffed: lead.unstaffed }),
    ),
    ...approvalsFor(staffed, run, part, pools).map(({ pool, ...more }) =>
      taskOf(pool, { ...ASKED, ...more }),
    ),
  ]
}

type TaskOwn = Pick<CaseTask, 'queue' | 'assigneeId' | 'openedAt' | 'unstaffed' | 'approval'> &
  Partial<Pick<CaseTask, 'barred'>>

/**
 * The pools that have to end a disowned joint case: those of the leading unit at the share that it leads, none at any other
 * share. They stay those to which it came first; a hand-over adds pools and takes none away.
 */
function leadAt(
  staffed: Staffed,
  run: StepRun,
  part: StepPart,
  { held, isHandedOver }: Before,
): { readonly pools: readonly Pool[]; readonly unstaffed: boolean; readonly openedAt: Instant } {
  const { item, state, now } = staffed
  const led = ledShare(item, state)
  if (led?.stepKey !== run.key || led.unitId !== part.unitId)
    return { pools: [], unstaffed: false, openedAt: now }
  const openedAt = [part.openedAt ?? now, ...state.disownments.map(({ at }) => at)].sort().slice(-1)[0] ?? now
  const before = ledRows(held, led).filter((task) => task.openedAt === openedAt)
  const known = before.map(({ role, unitId }): Pool => ({ role, unitId }))
  if (known.length > 0 && !isHandedOver)
    return { pools: known, unstaffed: before.some((task) => task.unstaffed), openedAt }
  const found = leadersOfCase(item, state).map((pool) => poolsFor(staffed, pool, pool.unitId, now, null))
  const added = found.flatMap(({ pools }) => pools).filter((pool) => !isAmongPools(known, pool))
  return { pools: [...known, ...added], unstaffed: found.some(({ unstaffed }) => unstaffed), openedAt }
}

const ASKED = { queue: 'to-do', assigneeId: null, unstaffed: false, approval: true } as const

/** Who may take a share: the members of its pools who may handle the case. */
export const holdersAt = (
  reference: Reference,
  whose: WhoseCase,
  tasks: readonly CaseTask[],
  { stepKey, unitId }: StepTarget,
): readonly StaffMember[] => {
  const members = heldAt(tasks, { stepKey, unitId }).flatMap(({ role, unitId: unit, barred }) =>
    reference
      .holders(role, unit)
      .filter(({ id }) => !barred.includes(id) && !ownAmongStaff(whose).includes(id)),
  )
  return [...new Map(members.map((member) => [member.id, member])).values()]
}

/** What waits for the organ after its decision: of a step that is done, and of a case that may be over. */
const settlingTasks = (staffed: StaffedCase): readonly CaseTask[] =>
  settlingsOf(staffed.state).flatMap((settling) => tasksOfSettling(staffed, settling))

function tasksOfSettling(staffed: StaffedCase, settling: Settling): readonly CaseTask[] {
  const { state, reference, now } = staffed
  const run = state.steps.find(({ key }) => key === settling.stepKey)
  const part = run?.parts.find(({ unitId }) => unitId === settling.unitId)
  if (!run || !part) return []
  const due = settleDue(state, settling, reference.calendar)
  const dueOn = due.kind === 'on' ? due.on : null
  return settling.pools.map((pool) => ({
    ...pool,
    ...ASKED,
    unstaffed: settling.nobody === true,
    stepKey: run.key,
    partUnitId: part.unitId,
    dueOn,
    sortOn: dueOn ?? dayIn(now),
    openedAt: settling.since,
    barred: declaredAt(staffed, run, part, dueOn)(pool),
    line: keptLine(staffed, { run, part, holders: [], leaders: [], pool }),
  }))
}

/** Papers that are to be served where the step itself is over, or never came. */
const servingTasks = (staffed: StaffedCase, held: readonly CaseTask[]): readonly CaseTask[] =>
  awaitedServices(staffed.item, staffed.state).flatMap(({ of, stepKey, unitId, since }) => {
    // A share has one row: of several papers the next one comes once this is served.
    if (awaitedAt(staffed.item, staffed.state, { stepKey, unitId }) !== of) return []
    const step = staffed.state.steps.find(({ key }) => key === stepKey)
    const part = step?.parts.find((each) => each.unitId === unitId)
    const isOpen = step?.status === 'open' && part?.status === 'open'
    if (!step || !part || isOpen) return []
    const begun = held.filter(({ openedAt }) => openedAt === since)
    return tasksOfPart(
      staffed,
      step,
      { ...part, openedAt: since, assigneeId: null },
      { held: begun, isHandedOver: false },
    )
  })

/** The tasks that a state leaves open, given those that were open before, and what of it was handed over. */
export const tasksOf = (
  staffed: StaffedCase,
  held: readonly CaseTask[],
  handedOver: readonly StepTarget[] = [],
): readonly CaseTask[] => {
  const own = [...openTasks(staffed, held, handedOver), ...servingTasks(staffed, held)]
  // Whoever settles it and has the share anyway has it in their queue already.
  return [...own, ...settlingTasks(staffed).filter((task) => !own.some(isSameShare(task)))]
}

const openTasks = (
  staffed: StaffedCase,
  held: readonly CaseTask[],
  handedOver: readonly StepTarget[],
): readonly CaseTask[] =>
  openParts(staffed.state).flatMap(({ step, part }) => {
    const isHandedOver = handedOver.some(
      ({ stepKey, unitId }) => stepKey === step.key && unitId === part.unitId,
    )
    return tasksOfPart(staffed, step, part, { held, isHandedOver })
  })

/** Work comes to somebody: for the first time, anew, after the applicant or a procedure was waited for, or by name. */
const isNews = (before: CaseTask | undefined, task: CaseTask) =>
  task.queue === 'to-do' &&
  (before === undefined ||
    before.queue !== 'to-do' ||
    before.openedAt !== task.openedAt ||
    (task.assigneeId !== null && before.assigneeId !== task.assigneeId))

const keyOf = (task: CaseTask) => [task.stepKey, task.partUnitId, task.role, task.unitId].join('|')

/** The same share before the same pool. */
export const isSameShare = (task: CaseTask) => (other: CaseTask) => keyOf(other) === keyOf(task)

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
