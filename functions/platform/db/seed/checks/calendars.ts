import chineseDays from 'chinese-days'
import { addDays, type PlainDate, plainDate, yearOf } from '#shared/domain/kernel/plain-date'
import { isWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Pack } from '../pack-schema'
import { type Check, checkUnique, type Lookups } from './lookups'

type Year = Pack['calendars'][number]

/** The package knows a year when it names a holiday in it; of a year to come it knows weekends only. */
const isPublished = (year: number) =>
  chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0

/** Whether one works on a day, and in words why: the holiday for which it is off or made up for. */
function published(day: PlainDate) {
  const { work, name } = chineseDays.getDayDetail(day)
  // `Spring Festival,春节,4` where a notice speaks of the day, else its weekday in English.
  const [, holiday] = name.split(',')
  if (work) return { work, words: holiday ? `应当上班：${holiday}调休` : '应当上班' }
  return { work, words: holiday ? `应当放假：${holiday}` : '应当休息：周末' }
}

function checkAgainstPublished(check: Check, { year, offDays, workDays }: Year) {
  if (!isPublished(year)) return
  const ours = new Map([[year, { offDays: new Set<string>(offDays), workDays: new Set<string>(workDays) }]])
  for (let day = plainDate(`${year}-01-01`); yearOf(day) === year; day = addDays(day, 1)) {
    const { work, words } = published(day)
    check(isWorkingDay(ours, day) === work, '', `${day} ${words}（chinese-days）`)
  }
}

const sorted = (days: readonly PlainDate[]) =>
  days.every((day, at) => at === 0 || (days[at - 1] ?? '') <= day)

export function checkCalendars(lookups: Lookups) {
  for (const calendar of lookups.pack.calendars) {
    const check = lookups.in(`calendars/${calendar.year}.json`)
    for (const name of ['offDays', 'workDays'] as const) {
      calendar[name].forEach((day, at) => {
        check(yearOf(day) === calendar.year, `/${name}/${at}`, `不在 ${calendar.year} 年里`)
      })
      check(sorted(calendar[name]), `/${name}`, '没有按日子先后排')
    }
    checkUnique(check, [...calendar.offDays, ...calendar.workDays], (at) =>
      at < calendar.offDays.length ? `/offDays/${at}` : `/workDays/${at - calendar.offDays.length}`,
    )
    checkAgainstPublished(check, calendar)
  }
}
