import type { PlainDate } from '../kernel/plain-date'
import { countDays, provisionalWorkingDay, type WorkingCalendar } from './calendar'
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
const LIGHT_SOON_AT = 0.3

/** How many working days before its last one a limit of `limitDays` working days is soon. */
export const soonDays = (limitDays: number) => Math.max(1, Math.floor(limitDays * LIGHT_SOON_AT))

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
  // A year without calendar counts by weekdays: what is late stays so.
  const isWorking = provisionalWorkingDay(calendar)
  if (due.on < today) return { kind: 'late', daysLate: Math.max(1, countDays(isWorking, due.on, today)) }
  const daysLeft = countDays(isWorking, today, due.on)
  return { kind: daysLeft <= soonDays(limitDays) ? 'soon' : 'calm', daysLeft }
}
