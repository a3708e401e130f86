import { CLOSING_MINUTE, OPENING_MINUTE } from '../kernel/office-hours'
import { addDays, dayIn, type Instant, minuteOfDayIn, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { provisionalWorkingDay, type WorkingCalendar } from '../time-limit/calendar'
import { type ClockDue, dueOf, isLate } from '../time-limit/clock'
import { runningPromise } from './clocks'
import type { Pool } from './context'
import type { CaseEvent } from './events'
import { brokenPromise, newDay } from './new-day'
import { type CaseState, openParts } from './state'

/** What somebody who was told a day waits for now: the first promise until it breaks, then the one made anew. */
function awaitedDay(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): ClockDue | null {
  const promise = runningPromise(item, state)
  const broken = brokenPromise(state)
  if (!promise || broken?.again) return null
  const due = dueOf(promise, calendar)
  if (broken === null || due.kind !== 'on') return due
  return newDay(state, promise, calendar)
}

/** The first day of the offices on which a promise is found broken: its own last day is the resident's to hope for. */
export function breaksOn(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): PlainDate | null {
  const due = awaitedDay(item, state, calendar)
  if (due?.kind !== 'on') return null
  const works = provisionalWorkingDay(calendar)
  let day = addDays(due.on, 1)
  while (!works(day)) day = addDays(day, 1)
  return day
}

interface BreakContext {
  readonly now: Instant
  readonly calendar: WorkingCalendar
  /** Who answers for a unit's share: its approvers, else the county's supervisors. */
  readonly superiorsOf: (unitId: string) => readonly Pool[]
  readonly supervisors: () => readonly Pool[]
}

const distinct = (pools: readonly Pool[]): readonly Pool[] => [
  ...new Map(
    pools.map(({ role, unitId }): [string, Pool] => [`${role}:${unitId}`, { role, unitId }]),
  ).values(),
]

/**
 * A promise whose last day is over is found broken once, and once more where the day that was promised anew is over too: in
 * office hours, for people are told of it (D9, the county's own rule). What stands still, is kept or has ended breaks nothing.
 */
export function promiseOnTime(item: ServiceItem, state: CaseState, context: BreakContext): CaseEvent[] {
  const { now, calendar } = context
  const [today, minute] = [dayIn(now), minuteOfDayIn(now)]
  const isOpen =
    provisionalWorkingDay(calendar)(today) && minute >= OPENING_MINUTE && minute <= CLOSING_MINUTE
  const due = isOpen ? awaitedDay(item, state, calendar) : null
  if (due?.kind !== 'on' || !isLate(due, today)) return []
  const event = { type: 'promise-broken', at: now, promisedOn: due.on } as const
  if (brokenPromise(state)) return [{ ...event, told: distinct(context.supervisors()), again: true }]
  const told = openParts(state).flatMap(({ part }) => context.superiorsOf(part.unitId))
  return [{ ...event, told: distinct(told) }]
}

/** The state after a promise was found broken, the first time or once more; who was told before goes on seeing the case. */
export function breakPromise(
  state: CaseState,
  { at, promisedOn, told, again }: CaseEvent & { readonly type: 'promise-broken' },
): CaseState {
  const known = distinct([...(state.broken?.told ?? []), ...told])
  const before = brokenPromise(state)
  return {
    ...state,
    broken: again && before ? { ...before, told: known, again: { at } } : { at, promisedOn, told: known },
  }
}

export function promiseAnew(
  state: CaseState,
  { at, newDueOn, reasonDigest }: CaseEvent & { readonly type: 'promised-anew' },
): CaseState {
  const broken = brokenPromise(state)
  return broken ? { ...state, broken: { ...broken, anew: { at, dueOn: newDueOn, reasonDigest } } } : state
}
