import { addDays, dayIn, type PlainDate, yearOf } from '../../kernel/plain-date'
import { countDays, type Due, isWorkingDay, type WorkingCalendar } from '../../time-limit/calendar'
import { type ClockDue, dueOf, type LegalClock } from '../../time-limit/clock'
import type { CaseState } from '../state'
import type { BrokenPromise } from './promise-state'

/** Of the promise that runs now: a new receipt starts another one. */
export const brokenPromise = (state: Pick<CaseState, 'broken' | 'completeAt'>): BrokenPromise | null =>
  state.broken && state.completeAt !== null && state.completeAt <= state.broken.at ? state.broken : null

/** Nothing is waited for any more: it broke once more, and no day was named since. */
export const isGivenUp = ({ again, anew }: BrokenPromise) =>
  again !== undefined && (anew?.at ?? '') <= again.at

/**
 * Whoever was refused waits for no new day: where 办结 counts toward the promise it is found broken once, and they are told; no day
 * is named in its place, and that none was named breaks nothing.
 */
export const isPromiseOver = ({ decision }: Pick<CaseState, 'decision'>) => decision?.kind === 'refused'

function workingDayFrom(calendar: WorkingCalendar, day: PlainDate): Due {
  const works = isWorkingDay(calendar, day)
  if (works === undefined) return { kind: 'calendar-missing', year: yearOf(day) }
  return works ? { kind: 'on', on: day } : workingDayFrom(calendar, addDays(day, 1))
}

/**
 * The day that was promised in place of the broken one, as it stands now; null where none was, and without a `promise` that
 * runs. It is the day that was named, or the next working day where a changed calendar has made it a day off, and it moves by
 * what stops the promise (ADR 0089).
 */
export function newDay(
  state: Pick<CaseState, 'broken' | 'completeAt'>,
  promise: LegalClock | null,
  calendar: WorkingCalendar,
): ClockDue | null {
  const anew = brokenPromise(state)?.anew
  if (!anew || !promise) return null
  const named = workingDayFrom(calendar, anew.dueOn)
  if (named.kind !== 'on') return named
  const from = dayIn(anew.at)
  return dueOf(
    {
      startedAt: anew.at,
      days: countDays((day) => isWorkingDay(calendar, day) === true, from, named.on),
      unit: 'working',
      pauses: promise.pauses.filter(({ until }) => until === null || until > from),
    },
    calendar,
  )
}
