import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { type ClockDue, dueOf } from '../../time-limit/clock'
import { datedParts } from '../delivery/delivery-clock'
import type { CaseEvent } from '../events'
import { type CaseState, openCorrection } from '../state'
import { acceptanceClock, type CaseDue, correctionDue, dueOfCase, nearestDue, statutoryClock } from './clocks'
import { brokenPromise } from './new-day'
import { toldDays, withToldDays } from './told-days'

/** The day that was told of it, also of what is only waited for until then; null where none was. */
const toldDay = (due: CaseDue | ClockDue | undefined) => {
  if (due?.kind === 'on') return due.on
  return due?.kind === 'waits-for' ? due.until : null
}

/** Of which limit a day is: `share`: of whoever holds a step. */
type DayOf = 'promised' | 'statutory' | 'correction' | 'acceptance' | 'share'

interface DatedDay {
  readonly of: DayOf
  readonly on: PlainDate | null
}

/** It is decided, kept or over: whoever applied waits for no day of it any more, and is told none. */
export const awaitsNoDay = ({ decision, promiseKeptAt, endedAt }: CaseState) =>
  decision !== null || promiseKeptAt !== null || endedAt !== null

/** The promise of a case whose day still goes by the calendar; undefined where it was kept, or the case is over. */
const dueOfRow = (item: ServiceItem, state: CaseState, calendar: WorkingCalendar) =>
  state.promiseKeptAt !== null || state.endedAt !== null ? undefined : dueOfCase(item, state, calendar)

/** The day that the row of a case has by this calendar: as it was written where no calendar moves it any more. */
export function dayOfRow(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
  written: PlainDate | null,
): PlainDate | null {
  const due = dueOfRow(item, state, calendar)
  if (due === undefined) return written
  return due.kind === 'on' ? due.on : null
}

/** Of what is decided and not handed over yet: its clerks go by the promise. */
function decidedDays(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): readonly DatedDay[] {
  const due = state.decision === null ? undefined : dueOfRow(item, state, calendar)
  return [due?.kind === 'on' ? { of: due.clock, on: due.on } : { of: 'promised', on: null }]
}

/** What the applicant is told while they wait for it. */
function ownDays(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): readonly DatedDay[] {
  const open = openCorrection(state)
  const due = awaitsNoDay(state) ? undefined : dueOfCase(item, state, calendar)
  return [
    { of: due?.kind === 'on' ? due.clock : 'promised', on: toldDay(due) },
    { of: 'correction', on: toldDay(open && correctionDue(item, state, open, calendar)) },
    { of: 'promised', on: (due?.kind === 'on' ? due.anew : undefined) ?? null },
    { of: 'statutory', on: lawTold(item, state, calendar) },
  ]
}

/**
 * The law's last day, as it was told beside the promise: until when it was prolonged (行政许可法 第42条), what the promise alone stands
 * still before, or what is left where no new day can be promised; null where nothing was told of it.
 */
export function lawTold(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): PlainDate | null {
  if (awaitsNoDay(state) || state.extension?.undated) return null
  if (state.extension === null && !isNoDayLeft(state) && !isBesideWait(item, state, calendar)) return null
  const law = statutoryClock(item, state)
  return law && toldDay(dueOf(law, calendar))
}

const isNoDayLeft = (state: CaseState) => brokenPromise(state)?.unnamed === true

const isBesideWait = (item: ServiceItem, state: CaseState, calendar: WorkingCalendar) => {
  const due = dueOfCase(item, state, calendar)
  return due.kind === 'waits-for' && due.because !== 'correction' && due.lawOn !== undefined
}

/**
 * The day to which a changed calendar moves the law's that was told; undefined where it is the one that was told. A year that is
 * taken back before all cases have moved is as it was, and some were told another day meanwhile.
 */
export function lawMoved(
  item: ServiceItem,
  state: CaseState,
  { before, now }: Calendars,
): PlainDate | undefined {
  const [was, on] = [before, now].map((calendar) => lawTold(item, state, calendar))
  const told = state.extension?.movedTo ?? was
  return told && on && told !== on ? on : undefined
}

/** Of whoever holds a share: the promise and the law's limit are among what may be nearest. */
const shareDays = (item: ServiceItem, state: CaseState, calendar: WorkingCalendar): readonly DatedDay[] =>
  datedParts(item, state).map(({ step, part }) => ({
    of: 'share',
    on: toldDay(nearestDue(item, state, step, part, calendar).due),
  }))

/** By when silence accepts. */
function silenceDays(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): readonly DatedDay[] {
  const clock = acceptanceClock(item, state)
  return [{ of: 'acceptance', on: clock ? toldDay(dueOf(clock, calendar)) : null }]
}

interface Calendars {
  readonly before: WorkingCalendar
  readonly now: WorkingCalendar
}

/**
 * Whose days of a case under way another calendar moves, where it moves any: one that its applicant was told, else what its
 * clerks go by. What had no day before does not move.
 */
export function movedDates(
  item: ServiceItem,
  state: CaseState,
  { before, now }: Calendars,
): 'own' | 'shares' {
  const after = ownDays(item, state, now)
  const isOwn = ownDays(item, state, before).some(({ on }, at) => on !== null && on !== after[at]?.on)
  return isOwn ? 'own' : 'shares'
}

/** What the case says of a year that was changed. `isOwn`: a day of the applicant's is known to be another one. */
export function datesMoved(
  item: ServiceItem,
  state: CaseState,
  calendars: Calendars,
  { at, year, isOwn }: { readonly at: Instant; readonly year: number; readonly isOwn: boolean },
): Extract<CaseEvent, { type: 'dates-moved' }> {
  const moved = isOwn ? 'own' : movedDates(item, state, calendars)
  // What hung or was asked before its day was kept was told by the calendar of then.
  const told = withToldDays(state, toldDays(item, state, calendars.before))
  const lawOn = lawMoved(item, state, calendars)
  return {
    type: 'dates-moved',
    at,
    year,
    ...(moved === 'shares' ? { sharesOnly: true as const } : {}),
    ...toldDays(item, told, calendars.now),
    ...(lawOn === undefined ? {} : { lawOn }),
  }
}

/** A day of a case under way by one calendar and by another; null where it had or has none. */
export interface DayChange {
  readonly of: DayOf
  readonly from: PlainDate | null
  readonly to: PlainDate | null
}

/** The days of a case under way that another calendar makes others, or known at last: the applicant's before those of the clerks. */
export const dayChanges = (
  item: ServiceItem,
  state: CaseState,
  { before, now }: Calendars,
): readonly DayChange[] =>
  [ownDays, decidedDays, silenceDays, shareDays].flatMap((days) => {
    const after = days(item, state, now)
    return days(item, state, before).flatMap(({ of, on: from }, at) => {
      const { of: nowOf, on: to } = after[at] ?? { of, on: null }
      return from === to ? [] : [{ of: to === null ? of : nowOf, from, to }]
    })
  })
