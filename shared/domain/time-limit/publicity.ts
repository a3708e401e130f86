import { addDays, type PlainDate } from '../kernel/plain-date'
import { addWorkingDays, type DayUnit, provisionalWorkingDay, type WorkingCalendar } from './calendar'

/** `lastOn`: until when anybody may object; `closableOn`: the first working day after it, on which the organ may close. */
export interface PublicityDays {
  readonly lastOn: PlainDate
  readonly closableOn: PlainDate
}

/**
 * The two days of a publicity; the last of N calendar days is a working one (民法典 第203条). It is never shortened by an
 * unpublished calendar: weekends alone stand in for it, and N working days then end after 2N + 10 calendar days. Nor by a
 * changed one: `told` is the last day as the notice has it.
 */
export function publicityDays(
  publishedOn: PlainDate,
  { days, unit }: { readonly days: number; readonly unit: DayUnit },
  calendar: WorkingCalendar,
  told: PlainDate | null = null,
): PublicityDays {
  const works = provisionalWorkingDay(calendar)
  const workingFrom = (day: PlainDate): PlainDate => (works(day) ? day : workingFrom(addDays(day, 1)))
  const counted = unit === 'working' ? addWorkingDays(calendar, publishedOn, days) : null
  const longest = addDays(publishedOn, 2 * days + 10)
  const byRule =
    counted === null ? workingFrom(addDays(publishedOn, days)) : counted.kind === 'on' ? counted.on : longest
  const lastOn = told !== null && told > byRule ? told : byRule
  return { lastOn, closableOn: workingFrom(addDays(lastOn, 1)) }
}
