import { addDays, plainDate, weekdayOf } from '#shared/domain/kernel/plain-date'
import { statutoryDays } from '#shared/domain/time-limit/moving-holidays'

/** A year with the days off that the law gives, and those on a weekend made good at its end: what a notice has at least. */
export const yearOff = (year: number) => {
  const holidays = [...new Set(statutoryDays(year).map(({ day }) => day))]
  const last = Array.from({ length: 31 }, (_, at) => addDays(plainDate(`${year}-12-31`), -at))
  const madeGood = last
    .filter((day) => weekdayOf(day) < 5)
    .slice(0, holidays.filter((day) => weekdayOf(day) >= 5).length)
  return { offDays: [...holidays, ...madeGood].sort() as string[], workDays: [] as string[] }
}
