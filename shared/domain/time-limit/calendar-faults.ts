import { type PlainDate, plainDate, weekdayOf, yearOf } from '../kernel/plain-date'
import { type CalendarYear, isWorkingDay } from './calendar'

/** Off in every year: 全国年节及纪念日放假办法 第2条; the other holidays go by the moon and the sun. */
const ALWAYS_OFF = ['01-01', '05-01', '10-01', '10-02', '10-03']

export type CalendarFault =
  | { readonly list: 'offDays' | 'workDays'; readonly at: number; readonly fault: 'other-year' | 'twice' }
  /** Made up for is only what falls on a weekend: any other day is worked anyway. */
  | { readonly list: 'workDays'; readonly at: number; readonly fault: 'no-weekend' }
  | { readonly list: 'offDays'; readonly day: PlainDate; readonly fault: 'worked' }

/** What is wrong with the days of a year that somebody typed; none where it can be a calendar. */
export function calendarFaults(
  number: number,
  days: { readonly offDays: readonly PlainDate[]; readonly workDays: readonly PlainDate[] },
): readonly CalendarFault[] {
  const { offDays, workDays } = days
  const seen = new Set<string>()
  const faultsOf = (list: 'offDays' | 'workDays') =>
    days[list].flatMap((day, at): CalendarFault[] => {
      const isTwice = seen.has(day)
      seen.add(day)
      if (yearOf(day) !== number) return [{ list, at, fault: 'other-year' }]
      if (isTwice) return [{ list, at, fault: 'twice' }]
      return list === 'workDays' && weekdayOf(day) < 5 ? [{ list, at, fault: 'no-weekend' }] : []
    })
  const year: CalendarYear = { offDays: new Set(offDays), workDays: new Set(workDays) }
  const worked = ALWAYS_OFF.map((day) => plainDate(`${number}-${day}`))
    .filter((day) => isWorkingDay(new Map([[number, year]]), day))
    .map((day): CalendarFault => ({ list: 'offDays', day, fault: 'worked' }))
  return [...faultsOf('offDays'), ...faultsOf('workDays'), ...worked]
}
