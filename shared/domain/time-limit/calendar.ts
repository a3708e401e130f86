import { addDays, type PlainDate, weekdayOf, yearOf } from '../kernel/plain-date'

/** `working`: 工作日 (行政许可法 第82条); `calendar`: 自然日. */
export type DayUnit = 'working' | 'calendar'

/** A year's days off and make-up working days, as the State Council's office publishes them. */
export interface CalendarYear {
  readonly offDays: ReadonlySet<string>
  readonly workDays: ReadonlySet<string>
}

/** The years that are published; any other year has no answer. */
export type WorkingCalendar = ReadonlyMap<number, CalendarYear>

/** A day that was worked out, or the year whose calendar is wanting. Never a guess. */
export type Due =
  | { readonly kind: 'on'; readonly on: PlainDate }
  | { readonly kind: 'calendar-missing'; readonly year: number }

const isWeekend = (date: PlainDate) => weekdayOf(date) >= 5

/** Worked out once for a year: clocks walk over the same days again and again. */
const worked = new WeakMap<CalendarYear, ReadonlySet<string>>()

function workedIn(year: CalendarYear, number: number): ReadonlySet<string> {
  const known = worked.get(year)
  if (known) return known
  const days = new Set(year.workDays)
  const end = `${number}-12-31`
  for (let day = `${number}-01-01` as PlainDate; day <= end; day = addDays(day, 1))
    if (!isWeekend(day) && !year.offDays.has(day)) days.add(day)
  worked.set(year, days)
  return days
}

/** Undefined when the year has no calendar. 行政许可法 第82条: working days, without statutory holidays. */
export function isWorkingDay(calendar: WorkingCalendar, date: PlainDate): boolean | undefined {
  const number = yearOf(date)
  const year = calendar.get(number)
  return year && workedIn(year, number).has(date)
}

/** Why a day off is one; what the notice of the year gives is so also where it falls on a weekend. */
export const isOfHoliday = (calendar: WorkingCalendar, dayOff: PlainDate) =>
  calendar.get(yearOf(dayOff))?.offDays.has(dayOff) === true

/**
 * Days off whatever the notice of the year shifts around them, without their year: 全国年节及纪念日放假办法 第2条, the second of
 * May from 2025 on (国务院令第795号); the other holidays go by the moon and the sun.
 */
export const alwaysOff = (year: number): readonly string[] => [
  '01-01',
  '05-01',
  ...(year >= 2025 ? ['05-02'] : []),
  '10-01',
  '10-02',
  '10-03',
]

/** Knows weekends only where the year has no calendar: orders queues and counts what is late already; makes nobody late. */
export const provisionalWorkingDay = (calendar: WorkingCalendar) => (date: PlainDate) =>
  isWorkingDay(calendar, date) ?? !(isWeekend(date) || alwaysOff(yearOf(date)).includes(date.slice(5)))

/** The days after `start` up to and including `end` that count. */
export function countDays(counts: (date: PlainDate) => boolean, start: PlainDate, end: PlainDate): number {
  let count = 0
  for (let day = addDays(start, 1); day <= end; day = addDays(day, 1)) count += Number(counts(day))
  return count
}

const missing = (date: PlainDate): Due => ({ kind: 'calendar-missing', year: yearOf(date) })

/** The `days`-th working day after `start`; the start day is not counted. `days` >= 1. */
export function addWorkingDays(calendar: WorkingCalendar, start: PlainDate, days: number): Due {
  let day = start
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    const working = isWorkingDay(calendar, day)
    if (working === undefined) return missing(day)
    if (working) left -= 1
  }
  return { kind: 'on', on: day }
}

/** The `days`-th working day before `end`. */
export function subtractWorkingDays(calendar: WorkingCalendar, end: PlainDate, days: number): Due {
  let day = end
  for (let left = days; left > 0; ) {
    day = addDays(day, -1)
    const working = isWorkingDay(calendar, day)
    if (working === undefined) return missing(day)
    if (working) left -= 1
  }
  return { kind: 'on', on: day }
}
