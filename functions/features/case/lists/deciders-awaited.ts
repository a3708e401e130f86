import { nearestDue } from '#shared/domain/case/clock/clocks'
import { stepOf } from '#shared/domain/case/route'
import { type CaseState, openParts } from '#shared/domain/case/state'
import { isDecidedAt } from '#shared/domain/case/step/who-may-act'
import { allBarred } from '#shared/domain/case/whose/barred'
import { addDays, dayIn, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isAwayBetween, spanUntil } from '#shared/domain/organization/duty'
import { decidersInPlace, VILLAGE_ROLE } from '#shared/domain/organization/pools'
import type { StaffMember } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../../service-item'
import type { There } from './signers'

/**
 * A share that is to be decided now, as a line keeps it. Leave and posts change without any write of the case: who is there is asked
 * at each reading.
 */
export interface ToDecide {
  readonly role: string
  readonly unitId: string
  readonly dueOn: PlainDate | null
  /** By what the case itself says; whose own it is now is asked beside it. */
  readonly barred: readonly string[]
}

export function sharesToDecide(
  item: ServiceItem,
  state: CaseState,
  calendar: Reference['calendar'],
): readonly ToDecide[] {
  if (state.decision !== null || state.endedAt !== null) return []
  const barred = allBarred({ state, ownStaff: [] })
  return openParts(state).flatMap(({ step, part }) => {
    const { role } = stepOf(item, step.key)
    const isToDecide =
      part.suspendedAt === null &&
      role !== VILLAGE_ROLE &&
      isDecidedAt(item, { stepKey: step.key, unitId: part.unitId })
    if (!isToDecide) return []
    const { due } = nearestDue(item, state, step, part, calendar)
    return [{ role, unitId: part.unitId, dueOn: due.kind === 'on' ? due.on : null, barred }]
  })
}

/** Nobody of its organ decides a share until it is due, nor anybody whom their leave names. */
export interface AwaitedDecider {
  readonly unitId: string
  /** From which day on somebody is there; null where nobody knows one. */
  readonly from: PlainDate | null
  /** Whoever holds the post leaves this case to others. */
  readonly isBarred: boolean
}

interface At {
  readonly reference: Pick<Reference, 'holders' | 'calendar' | 'rolesOf' | 'units' | 'staff'>
  readonly now: There['now']
  readonly ownStaff: readonly string[]
}

/** The first day on which a holder of the post is at work, or whom their leave names; null where none is within a year. */
function firstDayThere(
  { reference, now }: At,
  { role, unitId }: ToDecide,
  isBarred: (member: Pick<StaffMember, 'id'>) => boolean,
): PlainDate | null {
  const isWorkingDay = provisionalWorkingDay(reference.calendar)
  const holders = reference.holders(role, unitId).filter((member) => !isBarred(member))
  const isThereOn = (day: PlainDate) =>
    holders.some(({ leave }) => !leave.some(({ from, to }) => from <= day && day <= to)) ||
    decidersInPlace(reference, {
      role,
      unitId,
      isBarred,
      isWorkingDay,
      span: spanUntil(instantAt(day, 0), day),
    }).length > 0
  return daysOfChange(reference.staff.values(), dayIn(now), isWorkingDay).find(isThereOn) ?? null
}

const A_YEAR = 366

/**
 * Today, and the days of a year from it on which somebody may be there who was not the day before: a leave ends, or begins and names who
 * stands in. Each is the first working day from then on.
 */
function daysOfChange(
  staff: Iterable<Pick<StaffMember, 'leave'>>,
  today: PlainDate,
  isWorkingDay: (day: PlainDate) => boolean,
): readonly PlainDate[] {
  const last = addDays(today, A_YEAR)
  const days = new Set<PlainDate>()
  const note = (from: PlainDate) => {
    let day = from
    while (day <= last && !isWorkingDay(day)) day = addDays(day, 1)
    if (from >= today && day <= last) days.add(day)
  }
  note(today)
  for (const { leave } of staff)
    for (const { from, to } of leave) {
      note(from)
      note(addDays(to, 1))
    }
  return [...days].sort()
}

/** Of the shares that are to be decided those of which nobody is there who decides, as it stands at the moment. */
export const decidersAwaited = (shares: readonly ToDecide[], at: At): readonly AwaitedDecider[] =>
  shares.flatMap((share) => {
    const { reference, now, ownStaff } = at
    const { role, unitId, dueOn, barred } = share
    const isBarred = ({ id }: Pick<StaffMember, 'id'>) => barred.includes(id) || ownStaff.includes(id)
    const isWorkingDay = provisionalWorkingDay(reference.calendar)
    const span = spanUntil(now, dueOn)
    const holders = reference.holders(role, unitId)
    const able = holders.filter((member) => !isBarred(member))
    const isThere =
      able.some((member) => !isAwayBetween(member, span, isWorkingDay)) ||
      decidersInPlace(reference, { role, unitId, isBarred, isWorkingDay, span }).length > 0
    if (isThere) return []
    const from = firstDayThere(at, share, isBarred)
    return [{ unitId, from, isBarred: from === null && holders.length > 0 && able.length === 0 }]
  })

/** The day is still to come, and nobody decides before it is over. */
export const isDoubted = (
  day: PlainDate | null | undefined,
  awaited: readonly AwaitedDecider[],
  today: PlainDate,
): boolean =>
  day !== null && day !== undefined && day >= today && awaited.some(({ from }) => from === null || from > day)
