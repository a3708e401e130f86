import { provisionalDueOfCase } from '#shared/domain/case/clock/provisional-due'
import { dueOfTask } from '#shared/domain/case/clock/row-due'
import type { Pool } from '#shared/domain/case/context'
import { awaitedAt, awaitedServices } from '#shared/domain/case/delivery/delivery-clock'
import { type Settling, settleDue, settlingsOf } from '#shared/domain/case/revocation/settling'
import {
  type CaseState,
  openCorrection,
  openParts,
  type StepPart,
  type StepRun,
  type StepTarget,
} from '#shared/domain/case/state'
import { ownAmongStaff, type WhoseCase } from '#shared/domain/case/whose/barred'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { isAmongPools, type StaffMember } from '#shared/domain/organization/registry'
import type { Reference } from '../../service-item'
import type { CaseTask, OpenedTask } from '../task'
import { approvalsFor } from './asked-rows'
import { type Before, declaredAt, dueOfPart, heldAt, leadAt, othersThan, poolsOfPart } from './share-pools'
import { keptLine, type StaffedCase } from './task-line'

function queueOf(state: CaseState, run: StepRun, part: StepPart): CaseTask['queue'] {
  const asked = openCorrection(state)
  if (asked && asked.stepKey === run.key && asked.unitId === part.unitId) return 'waits-for-applicant'
  return part.suspendedAt === null ? 'to-do' : 'paused'
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
  const others = othersThan(staffed, run, part)
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
      .map((pool) => taskOf(pool, { ...own, approval: false, barred: others(pool) })),
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

/** Who comes to a row that is for some of a pool. */
const newcomers = (before: CaseTask | undefined, task: CaseTask) =>
  (before?.barred ?? []).filter((id) => !task.barred.includes(id))

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
    opened: wanted.flatMap((task): OpenedTask[] => {
      const was = before.get(keyOf(task))
      if (isNews(was, task)) return [task]
      const onlyTo = task.queue === 'to-do' ? newcomers(was, task) : []
      return onlyTo.length > 0 ? [{ ...task, onlyTo }] : []
    }),
  }
}
