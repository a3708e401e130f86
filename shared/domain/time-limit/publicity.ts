import { addDays, type PlainDate } from '../kernel/plain-date'
import { addWorkingDays, type DayUnit, type WorkingCalendar, workingDayFrom } from './calendar'

/**
 * The first day on which a publicity may be closed. It is never shortened by an unpublished calendar:
 * N calendar days then close on the day after the last, N working days after 2N + 10 calendar days.
 */
export function closableFrom(
  publishedOn: PlainDate,
  publicity: { readonly days: number; readonly unit: DayUnit },
  calendar: WorkingCalendar,
): PlainDate {
  if (publicity.unit === 'working') {
    const last = addWorkingDays(calendar, publishedOn, publicity.days)
    return addDays(last.kind === 'on' ? last.on : addDays(publishedOn, 2 * publicity.days + 10), 1)
  }
  const end = addDays(publishedOn, publicity.days)
  const last = workingDayFrom(calendar, end)
  return addDays(last.kind === 'on' ? last.on : end, 1)
}
