import { addDays, dayIn, type Instant, laterOf, type PlainDate, yearOf } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { isWorkingDay, type WorkingCalendar } from '../../time-limit/calendar'
import { type ClockDue, dueOf, isLate, type LegalClock } from '../../time-limit/clock'
import type { CaseError } from '../context'
import type { CaseEvent } from '../events'
import { asIfResumed } from '../evolve-suspension'
import { type CaseState, openCorrection, openParts, type StepTarget } from '../state'
import { distinctTold, type ToldPool } from '../step/approval-state'
import { inHandAt } from '../step/in-hand'
import { isBefore, lawsDay, runningLaw, runningPromise, taskDue } from './clocks'
import { brokenPromise, isGivenUp, isPromiseOver, newDay } from './new-day'
import { isOfficeOpen, workingDayAfter } from './office-time'
import type { BrokenPromise } from './promise-state'

/**
 * What somebody who was told a day waits for now: the first promise until it breaks, then to hear of a new day, then the one
 * that was promised anew, however late it was named. Nothing more once it is broken and they were refused.
 */
function awaitedDay(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): ClockDue | null {
  const promise = runningPromise(item, state)
  const broken = brokenPromise(state)
  if (!promise || (broken && (isGivenUp(broken) || isPromiseOver(state)))) return null
  const due = dueOf(promise, calendar)
  if (broken === null) return firstOver(due, lawsDay(item, state, calendar))
  if (due.kind !== 'on') return due
  const anew = newDay(state, promise, calendar)
  if (anew) return anew
  if (broken.unnamed) return broken.byLaw ? null : lawsDay(item, state, calendar)
  return { kind: 'on', on: namedBy(promise, broken, calendar) }
}

/** Nobody can name a day while it stands still. */
function namedBy({ pauses }: LegalClock, { at }: Pick<BrokenPromise, 'at'>, calendar: WorkingCalendar) {
  const brokenOn = dayIn(at)
  const stoodUntil = pauses.flatMap(({ until }) => (until !== null && until > brokenOn ? [until] : []))
  return workingDayAfter(stoodUntil.reduce(laterOf, brokenOn), calendar)
}

/** By when whoever applied hears of a day in place of the broken one; null where none is to come, or while it stands still. */
export function newDayToldBy(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
): PlainDate | null {
  const promise = runningPromise(item, state)
  const broken = brokenPromise(state)
  if (!promise || !broken || isPromiseOver(state) || dueOf(promise, calendar).kind !== 'on') return null
  return broken.anew || broken.again || broken.unnamed ? null : namedBy(promise, broken, calendar)
}

/** Of the promise and the law's limit the one that is over first, as it is shown: what stops the promise alone stops no law. */
const firstOver = (promise: ClockDue, law: ClockDue | null): ClockDue =>
  law !== null && isBefore(law, promise) ? law : promise

/** The law's last day, while it is not over; null where it sets none. */
export function lawsLastDay(item: ServiceItem, state: CaseState, { now, calendar }: Days): PlainDate | null {
  const due = lawsDay(item, state, calendar)
  return due?.kind === 'on' && due.on >= dayIn(now) ? due.on : null
}

/** The first day of the offices on which a promise is found broken: its own last day is the resident's to hope for. */
export function breaksOn(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): PlainDate | null {
  const due = awaitedDay(item, state, calendar)
  if (due?.kind !== 'on') return null
  return workingDayAfter(due.on, calendar)
}

interface BreakContext {
  readonly now: Instant
  readonly calendar: WorkingCalendar
  /** Who answers for a unit's share now. */
  readonly superiorsOf: (unitId: string) => readonly ToldPool[]
  readonly supervisors: () => readonly ToldPool[]
}

/**
 * A promise whose last day is over is found broken once, once more where none was named by the next working day (`undated`), or the
 * law's last day is over where none could be (`byLaw`), and once more where the day that was promised anew is over too: in office hours,
 * for people are told of it (D9, the county's own rule). Where the law's limit runs out first it is found in its place (`byLaw`).
 * What stands still, is kept, was refused or has ended breaks nothing.
 */
export function promiseOnTime(item: ServiceItem, state: CaseState, context: BreakContext): CaseEvent[] {
  const { now, calendar } = context
  const today = dayIn(now)
  const due = isOfficeOpen(now, calendar) ? awaitedDay(item, state, calendar) : null
  if (due?.kind !== 'on' || !isLate(due, today)) return []
  const event = { type: 'promise-broken', at: now, promisedOn: due.on } as const
  const broken = brokenPromise(state)
  if (broken) {
    const why = broken.anew ? {} : broken.unnamed ? ({ byLaw: true } as const) : ({ undated: true } as const)
    return [{ ...event, ...why, told: distinctTold(context.supervisors()), again: true }]
  }
  const told = distinctTold(openParts(state).flatMap(({ part }) => context.superiorsOf(part.unitId)))
  const promise = runningPromise(item, state)
  const byLaw = promise && isBefore(due, dueOf(promise, calendar)) ? ({ byLaw: true } as const) : {}
  const unnamed = mayBeNamed(item, breakPromise(state, { ...event, ...byLaw, told }), context)
    ? {}
    : ({ unnamed: true } as const)
  return [{ ...event, ...byLaw, ...unnamed, told }]
}

/** Whoever holds a share that waits for the applicant, or for a procedure of its own, names no day meanwhile. */
export const standsAt = (state: CaseState, { stepKey, unitId }: StepTarget) => {
  const asked = openCorrection(state)
  return (
    (asked?.stepKey === stepKey && asked.unitId === unitId) ||
    openParts(state).some(
      ({ step, part }) => step.key === stepKey && part.unitId === unitId && part.suspendedAt !== null,
    )
  )
}

/** Whether a day is left to promise, and somebody at work who may. */
const mayBeNamed = (item: ServiceItem, state: CaseState, context: Days) =>
  whyNotAnew(item, state, context) === null &&
  openParts(state).some(({ step, part }) => !standsAt(state, { stepKey: step.key, unitId: part.unitId }))

type Days = Pick<BreakContext, 'now' | 'calendar'>

/** Where several have it in hand, the last day that one of them has for its own share: the day of the whole is not before it. */
function sharesUntil(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): PlainDate | null {
  const open = inHandAt(item, state)
  if (open.length < 2) return null
  return open
    .flatMap(({ step, part }) => {
      const due = taskDue(item, state, step, part, calendar)
      return due.kind === 'on' ? [due.on] : []
    })
    .reduce<PlainDate | null>((last, on) => (last === null || on > last ? on : last), null)
}

/** Why a day may not be promised in place of the broken one; null where it may. */
export function whyNotNewDay(
  item: ServiceItem,
  state: CaseState,
  day: PlainDate,
  { now, calendar }: Days,
): CaseError | null {
  const today = dayIn(now)
  if (day <= today) return { code: 'case.new-day-past' }
  const law = runningLaw(item, asIfResumed(state, today))
  const due = law && dueOf(law, calendar)
  if (due?.kind === 'on' && due.on >= today && day > due.on) return { code: 'case.new-day-beyond-law' }
  const others = sharesUntil(item, state, calendar)
  const isWithinLaw = due?.kind !== 'on' || due.on < today || others === null || others <= due.on
  if (others !== null && day < others && isWithinLaw) return { code: 'case.new-day-before-shares' }
  const years = yearOf(day) - yearOf(today)
  const wanting = Array.from({ length: years + 1 }, (_, at) => yearOf(today) + at).find(
    (year) => !calendar.has(year),
  )
  if (wanting !== undefined) return { code: 'time-limit.calendar-missing', year: wanting }
  return isWorkingDay(calendar, day) ? null : { code: 'case.new-day-off' }
}

/** The first day after `after` that may be promised; else why there is none. */
function firstNewDay(
  item: ServiceItem,
  state: CaseState,
  after: PlainDate,
  context: Days,
): { readonly first: PlainDate; readonly wrong: null } | { readonly first: null; readonly wrong: CaseError } {
  const day = addDays(after, 1)
  const wrong = whyNotNewDay(item, state, day, context)
  if (wrong === null) return { first: day, wrong }
  const isLaterFree = wrong.code === 'case.new-day-off' || wrong.code === 'case.new-day-before-shares'
  return isLaterFree ? firstNewDay(item, state, day, context) : { first: null, wrong }
}

/**
 * Whether a new day may be named at all: once, of what is broken, not while the promise stands still, and only where a day is
 * left: none is on the law's last one, and none in a year without calendar. Whoever was refused is promised nothing more.
 */
export function whyNotAnew(item: ServiceItem, state: CaseState, context: Days): CaseError | null {
  const { calendar } = context
  const promise = runningPromise(item, state)
  const broken = brokenPromise(state)
  if (isPromiseOver(state) || state.endedAt !== null) return { code: 'case.action-not-allowed' }
  if (!promise || dueOf(promise, calendar).kind === 'paused') return { code: 'case.action-not-allowed' }
  if (broken === null) return { code: 'case.promise-runs' }
  if (broken.anew) return { code: 'case.promised-anew' }
  const { first, wrong } = firstNewDay(item, state, dayIn(context.now), context)
  return first === null ? wrong : null
}

/** A month of working days: who needs longer writes why in the law's own ways. */
const MOST_OFFERED = 22

/** The days that may be promised, the next one first; a year without calendar ends them. */
export function newDays(item: ServiceItem, state: CaseState, context: Days): readonly PlainDate[] {
  const days: PlainDate[] = []
  for (let after = dayIn(context.now); days.length < MOST_OFFERED; ) {
    const { first } = firstNewDay(item, state, after, context)
    if (first === null) return days
    days.push(first)
    after = first
  }
  return days
}

type Broken = Extract<CaseEvent, { type: 'promise-broken' }>

/** The state after a promise was found broken, the first time or once more; who was told before goes on seeing the case. */
export function breakPromise(
  state: CaseState,
  {
    at,
    promisedOn,
    told,
    again,
    unnamed,
    byLaw,
  }: Pick<Broken, 'at' | 'promisedOn' | 'told' | 'again' | 'unnamed' | 'byLaw'>,
): CaseState {
  const known = distinctTold([...(state.broken?.told ?? []), ...told])
  const before = brokenPromise(state)
  return {
    ...state,
    broken:
      again && before
        ? { ...before, told: known, again: { at } }
        : { at, promisedOn, told: known, ...(unnamed ? { unnamed } : {}), ...(byLaw ? { byLaw } : {}) },
  }
}

export function promiseAnew(
  state: CaseState,
  { at, newDueOn, reasonDigest }: CaseEvent & { readonly type: 'promised-anew' },
): CaseState {
  const broken = brokenPromise(state)
  return broken ? { ...state, broken: { ...broken, anew: { at, dueOn: newDueOn, reasonDigest } } } : state
}
