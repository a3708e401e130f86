import { CLOSING_MINUTE } from '../kernel/office-hours'
import { addDays, dayIn, type Instant, minuteOfDayIn, type PlainDate, yearOf } from '../kernel/plain-date'
import { type DayUnit, type Due, isWorkingDay, provisionalWorkingDay, type WorkingCalendar } from './calendar'

/**
 * From the day it was stopped, which counts unless the limit would end on it, to the day it went on; the day after the
 * latter counts again.
 */
export interface Pause {
  readonly from: PlainDate
  readonly until: PlainDate | null
  /** The hour of `until`, by which a limit of 0 days is judged; an organ that goes on by itself does so in office hours. */
  readonly goesOnAt?: Instant | null
  /** The hour of `from`, where that is anybody's: stopped when the office had closed, it takes nothing of that day. */
  readonly stoppedAt?: Instant
  /** There was nobody to work for: a day that ended so is no last day, though it was begun otherwise. */
  readonly isNobodys?: boolean
}

/** A legal clock: everything its date is worked out from. */
export interface LegalClock {
  readonly startedAt: Instant
  readonly days: number
  readonly unit: DayUnit
  readonly pauses: readonly Pause[]
}

export type ClockDue = Due | { readonly kind: 'paused'; readonly since: PlainDate }

/** A day between start and end of a clock and what became of it; only counted days have a number. */
export interface CountedDay {
  readonly on: PlainDate
  /** The how-manieth day of the limit; null for days that are not counted. */
  readonly number: number | null
  readonly because: 'counted' | 'day-off' | 'paused'
}

/** Stopped and gone on with within one day, it counts; not where nobody was there again before the office closed. */
const isOfOneDay = ({ from, until, goesOnAt, isNobodys, ...pause }: Pause) =>
  from === until &&
  (beganAfterClosing(pause) || !(isNobodys === true && goesOnAt != null && !inOfficeHours(goesOnAt)))

const beganAfterClosing = ({ stoppedAt }: Pick<Pause, 'stoppedAt'>) =>
  stoppedAt !== undefined && !inOfficeHours(stoppedAt)

/** Who is stopped on the last day has the rest of it still to come: it is not `last` then. */
const isPaused = (pauses: readonly Pause[], day: PlainDate, last: boolean) =>
  pauses.some(
    (pause) =>
      !isOfOneDay(pause) &&
      (last && !beganAfterClosing(pause) ? day >= pause.from : day > pause.from) &&
      (pause.until === null || day <= pause.until),
  )

const openPause = (pauses: readonly Pause[]) => pauses.find((pause) => pause.until === null)

/**
 * The last day of a limit. The start day is not counted (county's decision, as 民法典 第201条 for periods in days);
 * 0 days end with the office hours of the day, for what arrives by 17:30 on a working day, else of the next one, and
 * what was stopped arrives when it goes on;
 * a limit in calendar days whose end is no working day moves on to the next (民法典 第203条). Every day of it, counted or
 * not, is of a year with a calendar.
 */
export function dueOf(clock: LegalClock, calendar: WorkingCalendar): ClockDue {
  const open = openPause(clock.pauses)
  if (open) return { kind: 'paused', since: open.from }
  return lastDayOf(clock, (day) => isWorkingDay(calendar, day))
}

const lastDayOf = (clock: LegalClock, working: Working) =>
  clock.days === 0 ? endOfSameDay(clock, working) : walk(clock, working)

/** Every day of a limit in calendar days counts but the last, which must be a working day. */
const everyDayCounts = (clock: LegalClock, left: number) => clock.unit === 'calendar' && left > 1

type Working = (day: PlainDate) => boolean | undefined

const missing = (day: PlainDate): Due => ({ kind: 'calendar-missing', year: yearOf(day) })

/** The working day with whose office hours 0 days end, for what arrives on `day`. */
function openDay(day: PlainDate, inTime: boolean, working: Working): Due {
  const works = working(day)
  if (works === undefined) return missing(day)
  return works && inTime ? { kind: 'on', on: day } : openDay(addDays(day, 1), true, working)
}

const inOfficeHours = (at: Instant) => minuteOfDayIn(at) <= CLOSING_MINUTE

/** As text that sorts; without an hour it is of the day's work. */
const beginning = ({ from, stoppedAt }: Pause) => from + (stoppedAt ?? '')

function endOfSameDay({ startedAt, pauses }: LegalClock, working: Working): Due {
  const inOrder = [...pauses].sort((left, right) => (beginning(left) < beginning(right) ? -1 : 1))
  return inOrder.reduce<Due>(
    (due, { from, until, goesOnAt, ...pause }) =>
      due.kind === 'on' &&
      (beganAfterClosing(pause) ? from < due.on : from <= due.on) &&
      until !== null &&
      until >= due.on
        ? openDay(until, goesOnAt == null || inOfficeHours(goesOnAt), working)
        : due,
    openDay(dayIn(startedAt), inOfficeHours(startedAt), working),
  )
}

function walk(clock: LegalClock, working: Working): Due {
  let day = dayIn(clock.startedAt)
  for (let left = clock.days; left > 0; ) {
    day = addDays(day, 1)
    const works = working(day)
    if (works === undefined) return missing(day)
    const counts = works || everyDayCounts(clock, left)
    if (counts && !isPaused(clock.pauses, day, left === 1)) left -= 1
  }
  return { kind: 'on', on: day }
}

/** A date for sorting only, where weekends stand in for calendars that are not published. */
export function provisionalDueOf(clock: LegalClock, calendar: WorkingCalendar, today: PlainDate): PlainDate {
  const closed = clock.pauses.map((pause) => ({ ...pause, until: pause.until ?? today }))
  const due = lastDayOf({ ...clock, pauses: closed }, provisionalWorkingDay(calendar))
  return due.kind === 'on' ? due.on : today
}

/**
 * Each day from the first after the start to `end`, for the explanation a page shows: as many are counted as the limit
 * has days, the last of them being its date; a limit of 0 days counts none. Unknown years end the list.
 */
export function explainDays(clock: LegalClock, calendar: WorkingCalendar, end: PlainDate): CountedDay[] {
  const days: CountedDay[] = []
  let number = 0
  for (let day = addDays(dayIn(clock.startedAt), 1); day <= end; day = addDays(day, 1)) {
    const works = isWorkingDay(calendar, day)
    if (works === undefined) return days
    const counts = works || everyDayCounts(clock, clock.days - number)
    // The day of a limit of 0 days is the date itself: told is only what lay between.
    if (clock.days === 0 && day === end) return days
    if (!counts) days.push({ on: day, number: null, because: 'day-off' })
    else if (isPaused(clock.pauses, day, number + 1 === clock.days))
      days.push({ on: day, number: null, because: 'paused' })
    else if (number < clock.days) days.push({ on: day, number: ++number, because: 'counted' })
  }
  return days
}

/** True when an act on `day` came after the last day of the limit; false while the date is unknown. */
export const isLate = (due: ClockDue, day: PlainDate) => due.kind === 'on' && day > due.on
