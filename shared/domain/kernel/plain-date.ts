/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`; sorts and compares as text. */
export type PlainDate = string & { readonly brand: 'PlainDate' }

/** An instant as ISO 8601 in UTC with milliseconds, `2026-11-24T01:42:00.000Z`. */
export type Instant = string & { readonly brand: 'Instant' }

const DAY_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const monthLength = (year: number, month: number) =>
  month === 2 && isLeap(year) ? 29 : (DAY_LENGTHS[month - 1] ?? 0)
const pad = (value: number, length: number) => String(value).padStart(length, '0')

/** Days since 1970-01-01 of a proleptic Gregorian day (the algorithm of Howard Hinnant's `days_from_civil`). */
const toDayNumber = (year: number, month: number, day: number) => {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * 146097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719468
  )
}

const fromDayNumber = (dayNumber: number): PlainDate => {
  const shifted = dayNumber + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as PlainDate
}

/** The day after the last that can be written is of the year 10000. */
export const yearOf = (date: PlainDate) => Number(date.slice(0, -6))
export const monthOf = (date: PlainDate) => Number(date.slice(5, 7))
export const dayOf = (date: PlainDate) => Number(date.slice(8, 10))
const dayNumberOf = (date: PlainDate) => toDayNumber(yearOf(date), monthOf(date), dayOf(date))

/** Reads `YYYY-MM-DD`; undefined when it is no day of the Gregorian calendar. */
export function findPlainDate(text: string): PlainDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const valid = month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month)
  return valid ? (text as PlainDate) : undefined
}

/** Reads a day that the code itself wrote; a wrong one is a defect, hence the exception. */
export function plainDate(text: string): PlainDate {
  const date = findPlainDate(text)
  if (!date) throw new RangeError(`${text} is no day`)
  return date
}

/** `days` calendar days later (earlier when negative). */
export const addDays = (date: PlainDate, days: number): PlainDate =>
  // Clocks walk day by day, and every month has so many.
  days === 1 && dayOf(date) < 28
    ? (`${date.slice(0, 8)}${pad(dayOf(date) + 1, 2)}` as PlainDate)
    : fromDayNumber(dayNumberOf(date) + days)

/** The same day of a later month, or the last of that month where it has none (民法典 第202条). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const count = monthOf(date) - 1 + months
  const [year, month] = [yearOf(date) + Math.floor(count / 12), (count % 12) + 1]
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(Math.min(dayOf(date), monthLength(year, month)), 2)}` as PlainDate
}

/** Calendar days from `start` to `end`, negative when `end` comes first. */
export const daysBetween = (start: PlainDate, end: PlainDate) => dayNumberOf(end) - dayNumberOf(start)

/** 0 = Monday … 6 = Sunday. */
export const weekdayOf = (date: PlainDate) => (((dayNumberOf(date) + 3) % 7) + 7) % 7

export const earlierOf = (left: PlainDate, right: PlainDate) => (left < right ? left : right)
export const laterOf = (left: PlainDate, right: PlainDate) => (left > right ? left : right)

const MINUTES_A_DAY = 1440
const SHANGHAI_MINUTES = 480
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

/** Minutes since midnight of its day in UTC, 480 later: from 1440 on it is the next day in Shanghai. */
const shanghaiMinutes = (instant: Instant) => {
  if (!INSTANT.test(instant)) throw new RangeError(`${instant} is no instant in UTC`)
  return Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16)) + SHANGHAI_MINUTES
}

/** The day in Asia/Shanghai on which the instant falls. China has had the one offset of +8 h since 1991. */
export const dayIn = (instant: Instant): PlainDate => {
  const inUtc = instant.slice(0, 10) as PlainDate
  return shanghaiMinutes(instant) < MINUTES_A_DAY ? inUtc : addDays(inUtc, 1)
}

/** Minutes since midnight in Asia/Shanghai, 0 to 1439. */
export const minuteOfDayIn = (instant: Instant) => shanghaiMinutes(instant) % MINUTES_A_DAY

/** The instant at which `minuteOfDay` of `date` begins in Asia/Shanghai. */
export function instantAt(date: PlainDate, minuteOfDay: number): Instant {
  const minutes = dayNumberOf(date) * MINUTES_A_DAY + minuteOfDay - SHANGHAI_MINUTES
  const day = Math.floor(minutes / MINUTES_A_DAY)
  const rest = minutes - day * MINUTES_A_DAY
  return `${fromDayNumber(day)}T${pad(Math.floor(rest / 60), 2)}:${pad(rest % 60, 2)}:00.000Z` as Instant
}

/** The day on which somebody turns `age`; born on 29 February, on 1 March of common years. */
export function birthdayAt(birth: PlainDate, age: number): PlainDate {
  const year = pad(yearOf(birth) + age, 4)
  return findPlainDate(`${year}${birth.slice(4)}`) ?? plainDate(`${year}-03-01`)
}

/** Full years of age on a day; somebody born on 29 February is a year older on 1 March of common years. */
export function ageOn(birth: PlainDate, on: PlainDate) {
  const years = yearOf(on) - yearOf(birth)
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Of a minute of the day: `8:30`. */
export const clockWords = (minute: number) =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
