import { nearestDue } from '#shared/domain/case/clock/clocks'
import type { Pool } from '#shared/domain/case/context'
import { stepOf } from '#shared/domain/case/route'
import type { StepPart, StepRun, StepTarget } from '#shared/domain/case/state'
import { leadersOfCase, ledShare } from '#shared/domain/case/step/leading'
import { isDecidedAt } from '#shared/domain/case/step/who-may-act'
import { isBarred, leavesIt, ownAmongStaff, type WhoseCase } from '#shared/domain/case/whose/barred'
import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import { spanUntil } from '#shared/domain/organization/duty'
import { holderPools, STAND_IN_ROLES, VILLAGE_ROLE } from '#shared/domain/organization/pools'
import { isAmongPools, type StaffMember, samePool } from '#shared/domain/organization/registry'
import type { StaffRole } from '#shared/domain/organization/staff'
import type { Step } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { CaseTask } from '../task'
import { standInsAt } from './signers'
import type { StaffedCase } from './task-line'

/** Whose work it is goes by no document. */
export type Staffed = Omit<StaffedCase, 'documents'>

export const barredFrom =
  (whose: WhoseCase) =>
  ({ id }: StaffMember) =>
    isBarred(whose, id)

/** The pools that a share of a step belongs to, from the moment it opens until it is due. */
function poolsFor(
  staffed: Staffed,
  step: Pick<Step, 'role'> & Partial<Pick<Step, 'key'>>,
  unitId: string,
  openedAt: Instant,
  dueOn: PlainDate | null,
) {
  const { reference } = staffed
  const { pools, unstaffed, lastResort } = holderPools(reference, {
    role: step.role,
    decides: step.key !== undefined && isDecidedAt(staffed.item, { stepKey: step.key, unitId }),
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
export function declaredAt(staffed: Staffed, run: StepRun, part: StepPart, dueOn: PlainDate | null) {
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

/** A share that is decided in an organ's name: who stands in for its holders has it as the very person, as long as they are named. */
export const isDecided = ({ item }: Staffed, run: StepRun, part: StepPart) =>
  stepOf(item, run.key).role !== VILLAGE_ROLE && isDecidedAt(item, { stepKey: run.key, unitId: part.unitId })

/** Of a row of whoever decides in place of its holders, whom it is not for; in whose place they do is named, so that it is looked at again. */
export function othersThan(staffed: Staffed, run: StepRun, part: StepPart) {
  const target = { stepKey: run.key, unitId: part.unitId }
  const standIns = isDecided(staffed, run, part) ? standInsAt(staffed, target) : []
  return (pool: Pool): readonly string[] => {
    const named = standIns.filter((each) => samePool(each, pool))
    if (named.length === 0) return []
    const others = staffed.reference.holders(pool.role, pool.unitId).map(({ id }) => id)
    return [
      ...others.filter((id) => !named.some(({ staffId }) => staffId === id)),
      ...named.map(({ inPlaceOf }) => inPlaceOf),
    ]
  }
}

/** Somebody of the organ has stood in for a decision there, and is named no more: their office has nothing of it. */
function hasGone(staffed: Staffed, run: StepRun, part: StepPart, known: readonly Pool[]): boolean {
  if (!isDecided(staffed, run, part)) return false
  const { role } = stepOf(staffed.item, run.key)
  const standIns = standInsAt(staffed, { stepKey: run.key, unitId: part.unitId })
  return known.some(
    (pool) =>
      pool.unitId === part.unitId &&
      pool.role !== role &&
      !STAND_IN_ROLES.includes(pool.role) &&
      !standIns.some((each) => samePool(each, pool)),
  )
}

/** What stood before, and whether the share comes to others now. */
export interface Before {
  readonly held: readonly CaseTask[]
  readonly isHandedOver: boolean
}

/** The rows of whoever is to end a disowned joint case: nobody is asked to allow anything there. */
export const ledRows = (held: readonly CaseTask[], { stepKey, unitId }: StepTarget) =>
  held.filter((task) => task.approval && task.stepKey === stepKey && task.partUnitId === unitId)

/** The rows of a share that are its holders' own. */
export const heldAt = (held: readonly CaseTask[], { stepKey, unitId }: StepTarget) =>
  held.filter((task) => !task.approval && task.stepKey === stepKey && task.partUnitId === unitId)

/**
 * The pools of a share. It keeps those it was opened with: nobody loses a case because the clock moved on. Others come
 * beside them when it is handed over.
 */
export function poolsOfPart(
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
  if (!isHandedOver && !hasGone(staffed, run, part, known))
    return { pools: known, unstaffed: before.some((task) => task.unstaffed) }
  const now = poolsFor(staffed, step, part.unitId, staffed.now, dueOn)
  // Who stood in for a decision goes as who is named comes; whose it is keeps it.
  if (isDecided(staffed, run, part)) {
    const own = known.filter((pool) => pool.role === step.role && pool.unitId === part.unitId)
    return {
      pools: [...own, ...now.pools.filter((pool) => !isAmongPools(own, pool))],
      unstaffed: now.unstaffed,
    }
  }
  const added = now.pools.filter((pool) => !isAmongPools(known, pool))
  return { pools: [...known, ...added], unstaffed: now.unstaffed }
}

export function dueOfPart({ item, state, reference }: Staffed, run: StepRun, part: StepPart) {
  const { due } = nearestDue(item, state, run, part, reference.calendar)
  return due.kind === 'on' ? due.on : null
}

/**
 * The pools that have to end a disowned joint case: those of the leading unit at the share that it leads, none at any other
 * share. They stay those to which it came first; a hand-over adds pools and takes none away.
 */
export function leadAt(
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
