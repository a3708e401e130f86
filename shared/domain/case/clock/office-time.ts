import { CLOSING_MINUTE, OPENING_MINUTE } from '../../kernel/office-hours'
import { addDays, dayIn, type Instant, minuteOfDayIn, type PlainDate } from '../../kernel/plain-date'
import { provisionalWorkingDay, type WorkingCalendar } from '../../time-limit/calendar'

/** The first working day after a day; of a year without a calendar the weekdays count. */
export function workingDayAfter(day: PlainDate, calendar: WorkingCalendar): PlainDate {
  const works = provisionalWorkingDay(calendar)
  let next = addDays(day, 1)
  while (!works(next)) next = addDays(next, 1)
  return next
}

/** The offices are open: what a day that is over has brought about is told then, and not at night. */
export function isOfficeOpen(now: Instant, calendar: WorkingCalendar): boolean {
  const minute = minuteOfDayIn(now)
  return provisionalWorkingDay(calendar)(dayIn(now)) && minute >= OPENING_MINUTE && minute <= CLOSING_MINUTE
}
