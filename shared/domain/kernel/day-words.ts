import { dayOf, monthOf, type PlainDate, yearOf } from './plain-date'

/** How a day is said to people: `12月8日`, with the year when it is another one than today's. */
export const dayWords = (day: PlainDate, today: PlainDate) => {
  const words = `${monthOf(day)}月${dayOf(day)}日`
  return yearOf(day) === yearOf(today) ? words : `${yearOf(day)}年${words}`
}

/** `2026年12月` */
export const fullMonth = (day: PlainDate) => `${yearOf(day)}年${monthOf(day)}月`

/** As a document has it, and WeChat's `date`: `2026年12月8日`. */
export const fullDay = (day: PlainDate) => `${fullMonth(day)}${dayOf(day)}日`
