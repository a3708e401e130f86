import { CLOSING_MINUTE, OPENING_MINUTE } from '../kernel/office-hours'
import { addDays, dayIn, type Instant, instantAt, minuteOfDayIn } from '../kernel/plain-date'
import { provisionalWorkingDay, type WorkingCalendar } from './calendar'

/** Now while the offices are open, else when they open next: what can wait until then wakes nobody. */
export function nextOpening(now: Instant, calendar: WorkingCalendar): Instant {
  const works = provisionalWorkingDay(calendar)
  const [today, minute] = [dayIn(now), minuteOfDayIn(now)]
  if (works(today) && minute >= OPENING_MINUTE && minute <= CLOSING_MINUTE) return now
  let day = works(today) && minute < OPENING_MINUTE ? today : addDays(today, 1)
  while (!works(day)) day = addDays(day, 1)
  return instantAt(day, OPENING_MINUTE)
}
