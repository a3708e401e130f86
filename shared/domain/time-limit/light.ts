import { addDays, type PlainDate } from '../kernel/plain-date'
import { provisionalWorkingDay, type WorkingCalendar } from './calendar'
import type { ClockDue } from './clock'

/** Always shown as icon, words and colour together. */
export type Light =
  | { readonly kind: 'calm'; readonly daysLeft: number }
  | { readonly kind: 'soon'; readonly daysLeft: number }
  | { readonly kind: 'today' }
  | { readonly kind: 'late'; readonly daysLate: number }
  | { readonly kind: 'paused'; readonly since: PlainDate }
  | { readonly kind: 'unknown'; readonly year: number }

/** County's default (no national number): soon at 30 % of the time left, or one working day. */
const SOON_SHARE = 0.3

/** How many working days before its last one a limit of `limitDays` working days is soon. */
export const soonDays = (limitDays: number) => Math.max(1, Math.floor(limitDays * SOON_SHARE))

/** Working days after `start` up to and including `end`. A year without calendar counts by weekdays: what is late stays so. */
function daysBetween(start: PlainDate, end: PlainDate, calendar: WorkingCalendar): number {
  const isWorking = provisionalWorkingDay(calendar)
  let count = 0
  for (let day = addDays(start, 1); day <= end; day = addDays(day, 1)) count += Number(isWorking(day))
  return count
}

/** `limitDays` is the whole limit in working days. */
export function lightOf(
  due: ClockDue,
  limitDays: number,
  today: PlainDate,
  calendar: WorkingCalendar,
): Light {
  if (due.kind === 'paused') return { kind: 'paused', since: due.since }
  if (due.kind === 'calendar-missing') return { kind: 'unknown', year: due.year }
  if (due.on === today) return { kind: 'today' }
  if (due.on < today) return { kind: 'late', daysLate: Math.max(1, daysBetween(due.on, today, calendar)) }
  const daysLeft = daysBetween(today, due.on, calendar)
  return { kind: daysLeft <= soonDays(limitDays) ? 'soon' : 'calm', daysLeft }
}
