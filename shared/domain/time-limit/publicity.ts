import { addDays, type PlainDate } from '../kernel/plain-date'
import { addWorkingDays, type DayUnit, type WorkingCalendar, workingDayFrom } from './calendar'

/** `lastOn`: until when anybody may object; `closableOn`: the first working day after it, on which the organ may close. */
export interface PublicityDays {
  readonly lastOn: PlainDate
  readonly closableOn: PlainDate
}

/**
 * The two days of a publicity. It is never shortened by an unpublished calendar: N calendar days then end with the
 * last of them, N working days after 2N + 10 calendar days, and it may be closed on the day after.
 */
export function publicityDays(
  publishedOn: PlainDate,
  { days, unit }: { readonly days: number; readonly unit: DayUnit },
  calendar: WorkingCalendar,
): PublicityDays {
  const end =
    unit === 'working'
      ? addWorkingDays(calendar, publishedOn, days)
      : workingDayFrom(calendar, addDays(publishedOn, days))
  const longest = addDays(publishedOn, unit === 'working' ? 2 * days + 10 : days)
  const lastOn = end.kind === 'on' ? end.on : longest
  const next = workingDayFrom(calendar, addDays(lastOn, 1))
  return { lastOn, closableOn: next.kind === 'on' ? next.on : addDays(lastOn, 1) }
}
