import type { PlainDate } from '../kernel/plain-date'
import { countWorkingDays, type WorkingCalendar } from './calendar'
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
  if (due.on < today)
    return { kind: 'late', daysLate: Math.max(1, countWorkingDays(calendar, due.on, today) ?? 1) }
  const daysLeft = countWorkingDays(calendar, today, due.on) ?? 1
  return { kind: daysLeft <= soonDays(limitDays) ? 'soon' : 'calm', daysLeft }
}
