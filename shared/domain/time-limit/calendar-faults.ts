import { type PlainDate, plainDate, weekdayOf, yearOf } from '../kernel/plain-date'
import { alwaysOff, type CalendarYear, isWorkingDay } from './calendar'

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
  const worked = alwaysOff(number)
    .map((day) => plainDate(`${number}-${day}`))
    .filter((day) => isWorkingDay(new Map([[number, year]]), day))
    .map((day): CalendarFault => ({ list: 'offDays', day, fault: 'worked' }))
  return [...faultsOf('offDays'), ...faultsOf('workDays'), ...worked]
}

/** Between which days each holiday lies that goes by the moon or the sun, without their year. */
const MOVING_HOLIDAYS = [
  ['春节', '01-20', '02-24'],
  ['清明', '04-03', '04-07'],
  ['端午', '05-26', '06-28'],
  ['中秋', '09-05', '10-09'],
] as const
export type MovingHoliday = (typeof MOVING_HOLIDAYS)[number][0]

/**
 * The other holidays of 全国年节及纪念日放假办法 第2条 of which no day off is told, however their days fall this year; those of the
 * fixed ones tell of no other.
 */
export function holidaysUntold(number: number, offDays: readonly string[]): readonly MovingHoliday[] {
  const moving = offDays.map((day) => day.slice(5)).filter((day) => !alwaysOff(number).includes(day))
  return MOVING_HOLIDAYS.filter(([, from, to]) => !moving.some((day) => day >= from && day <= to)).map(
    ([name]) => name,
  )
}
