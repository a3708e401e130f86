import type { Pool } from '#shared/domain/case/context'
import type { CaseEvent } from '#shared/domain/case/events'
import { stepOf } from '#shared/domain/case/route'
import { openParts, type StepPart, type StepRun, type StepTarget } from '#shared/domain/case/state'
import type { Approver } from '#shared/domain/case/step/approval-state'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { isAwayBetween, spanUntil } from '#shared/domain/organization/duty'
import { isAmongPools, type StaffMember, samePool } from '#shared/domain/organization/registry'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { CaseTask } from '../task'
import {
  barredFrom,
  declaredAt,
  dueOfPart,
  heldAt,
  isDecided,
  leadAt,
  ledRows,
  othersThan,
  poolsOfPart,
  type Staffed,
} from './share-pools'
import { standInsAt } from './signers'

/** A share that others are to have beside whoever holds it: as its event tells it. */
type HandOver = Omit<Extract<CaseEvent, { type: 'handed-over' }>, 'type' | 'at'>

/** Whoever of those who held a share is away may be named where none of them is kept from the case itself. */
function handOver(
  staffed: Staffed,
  target: StepTarget,
  { from, pools }: { readonly from: readonly CaseTask[]; readonly pools: readonly Pool[] },
  dueOn: PlainDate | null,
): HandOver {
  const { reference } = staffed
  const members = from.flatMap(({ role, unitId }) => reference.holders(role, unitId))
  const isLeftOut = ({ id }: StaffMember) =>
    from.every(
      ({ role, unitId, barred }) =>
        barred.includes(id) || !reference.holders(role, unitId).some((each) => each.id === id),
    )
  const away = members.filter((member) => !isLeftOut(member) && isAwayUntil(staffed, dueOn)(member))
  const added = pools
    .filter((pool) => !isAmongPools(from, pool))
    .map(({ role, unitId }) => ({ role, unitId }))
  return {
    ...target,
    takers: added,
    ...(members.some(barredFrom(staffed)) ? {} : { away: [...new Set(away.map(({ id }) => id))].sort() }),
  }
}

/** A share that stands with whoever stood in for its own unit comes to those whose it is, once somebody of them is there. */
function comeBack(
  staffed: Staffed,
  target: StepTarget,
  before: readonly CaseTask[],
  pools: readonly Pool[],
): readonly HandOver[] {
  const { takers = [] } = handOver(staffed, target, { from: before, pools }, null)
  return takers.length > 0 ? [{ ...target, takers, back: true as const }] : []
}

const isAwayUntil = ({ reference, now }: Staffed, dueOn: PlainDate | null) => {
  const [span, isWorkingDay] = [spanUntil(now, dueOn), provisionalWorkingDay(reference.calendar)]
  return (member: StaffMember) => isAwayBetween(member, span, isWorkingDay)
}

/** Whether somebody of rows of a share can take it until it is due. */
function takenUntil(staffed: Staffed, dueOn: PlainDate | null) {
  const { reference } = staffed
  const isAway = isAwayUntil(staffed, dueOn)
  const isThere = (member: StaffMember) => !barredFrom(staffed)(member) && !isAway(member)
  return (rows: readonly CaseTask[]) =>
    rows.some(({ role, unitId, barred }) =>
      reference.holders(role, unitId).some((member) => !barred.includes(member.id) && isThere(member)),
    )
}

const sortedKey = (pool: Pool, others: readonly string[]) =>
  [pool.role, pool.unitId, ...[...new Set(others)].sort()].join('|')

/** A decision goes to who decides it today, and from who does no more. */
function decisionHandOver(
  staffed: Staffed,
  run: StepRun,
  part: StepPart,
  held: readonly CaseTask[],
): readonly HandOver[] {
  const target = { stepKey: run.key, unitId: part.unitId }
  const before = heldAt(held, target)
  const dueOn = dueOfPart(staffed, run, part)
  const { pools, unstaffed } = poolsOfPart(staffed, run, part, { held, isHandedOver: true }, dueOn)
  const declared = declaredAt(staffed, run, part, dueOn)
  const others = othersThan(staffed, run, part)
  const wanted = pools.map((pool) => sortedKey(pool, [...declared(pool), ...others(pool)])).sort()
  const stands = before.map((row) => sortedKey(row, row.barred)).sort()
  const isMarked = before.some((task) => task.unstaffed)
  if (wanted.join() === stands.join() && unstaffed === isMarked) return []
  const standIns = standInsAt(staffed, target)
  const takers = pools.flatMap((pool): readonly Approver[] => {
    const named = standIns.filter((each) => samePool(each, pool))
    return named.map(({ staffId, inPlaceOf }) => ({ ...pool, staffId, inPlaceOf }))
  })
  const event = handOver(staffed, target, { from: before, pools }, dueOn)
  if (takers.length > 0) return [{ ...event, takers }]
  const own = { role: stepOf(staffed.item, run.key).role, unitId: part.unitId }
  return unstaffed ? [event] : [{ ...target, takers: [own], back: true as const }]
}

/** A share that its holders have, at its own unit or in its place. */
function heldHandOver(
  staffed: Staffed,
  run: StepRun,
  part: StepPart,
  held: readonly CaseTask[],
): readonly HandOver[] {
  if (isDecided(staffed, run, part)) return decisionHandOver(staffed, run, part, held)
  const target = { stepKey: run.key, unitId: part.unitId }
  const before = heldAt(held, target)
  const isMarked = before.some((task) => task.unstaffed)
  const dueOn = dueOfPart(staffed, run, part)
  const isTaken = takenUntil(staffed, dueOn)(before)
  if (isTaken && !isMarked) return []
  const { pools, unstaffed } = poolsOfPart(staffed, run, part, { held, isHandedOver: true }, dueOn)
  if (isTaken) return unstaffed ? [] : comeBack(staffed, target, before, pools)
  const isNew = pools.length > before.length || (unstaffed && !isMarked)
  return isNew ? [handOver(staffed, target, { from: before, pools }, dueOn)] : []
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
      ? [handOver(staffed, target, { from: led, pools: lead.pools }, dueOfPart(staffed, run, part))]
      : []
  })
}
