import type { ServiceItem } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import { type ClockDue, dueOf } from '../time-limit/clock'
import { acceptanceClock, type CaseDue, correctionDue, dueOfCase, nearestDue } from './clocks'
import { type CaseState, openCorrection, openParts } from './state'

/** The day that was told of it, also of what is only waited for until then; null where none was. */
const toldDay = (due: CaseDue | ClockDue | undefined) => {
  if (due?.kind === 'on') return due.on
  return due?.kind === 'waits-for' ? due.until : null
}

/** What the applicant is told; of a promise that was kept nothing any more. */
function ownDays(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const open = openCorrection(state)
  const isOver = state.promiseKeptAt !== null || state.endedAt !== null
  const due = isOver ? undefined : dueOfCase(item, state, calendar)
  const anew = due?.kind === 'on' ? due.anew : undefined
  return [...[due, open && correctionDue(item, state, open, calendar)].map(toldDay), anew ?? null]
}

/** Of whoever holds a share: the promise and the law's limit are among what may be nearest. */
const shareDays = (item: ServiceItem, state: CaseState, calendar: WorkingCalendar) =>
  openParts(state).map(({ step, part }) => toldDay(nearestDue(item, state, step, part, calendar).due))

/** By when silence accepts. */
function silenceDays(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const clock = acceptanceClock(item, state)
  return [clock ? toldDay(dueOf(clock, calendar)) : null]
}

type DaysOf = typeof ownDays | typeof shareDays | typeof silenceDays

/**
 * Whose days of a case under way another calendar moves, where it moves any: one that its applicant was told, else what its
 * clerks go by. What had no day before does not move.
 */
export function movedDates(
  item: ServiceItem,
  state: CaseState,
  { before, now }: { readonly before: WorkingCalendar; readonly now: WorkingCalendar },
): 'own' | 'shares' {
  const after = ownDays(item, state, now)
  const isOwn = ownDays(item, state, before).some((day, at) => day !== null && day !== after[at])
  return isOwn ? 'own' : 'shares'
}

/**
 * What another calendar would make of a case under way: whether any of its days is another one or is known at last, and of how
 * many shares of its steps.
 */
export function countMoved(
  item: ServiceItem,
  state: CaseState,
  { before, now }: { readonly before: WorkingCalendar; readonly now: WorkingCalendar },
): { readonly isMoved: boolean; readonly shares: number } {
  const differing = (days: DaysOf) => {
    const after = days(item, state, now)
    return days(item, state, before).filter((day, at) => day !== after[at]).length
  }
  const shares = differing(shareDays)
  return { isMoved: shares + differing(ownDays) + differing(silenceDays) > 0, shares }
}
