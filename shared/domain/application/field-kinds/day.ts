import {
  addDays,
  dayOf,
  daysBetween,
  findPlainDate,
  monthOf,
  type PlainDate,
  plainDate,
  weekdayOf,
  yearOf,
} from '../../kernel/plain-date'
import type { DateRange, Slot } from '../answers'
import { type Check, type FieldOf, isBlank, ownValue, readObject, readText } from './check'

const RELATIVE = /^today(?:([+-]\d+)d)?$/

/** The day that a rule of a field means (`today-365d`, `2000-01-01`) for a form filled in on `today`. */
export function dayOfRule(rule: string, today: PlainDate): PlainDate {
  const match = RELATIVE.exec(rule)
  return match ? addDays(today, Number(match[1] ?? 0)) : plainDate(rule)
}

/** `2026年11月24日` */
export const dayInWords = (date: PlainDate) => `${yearOf(date)}年${monthOf(date)}月${dayOf(date)}日`

interface Days {
  readonly earliest: PlainDate
  readonly latest: PlainDate
}

function checkDay(raw: unknown, { earliest, latest }: Days, check: Check): PlainDate | undefined {
  const text = readText(raw, check)
  if (text === undefined) return undefined
  const date = findPlainDate(text)
  if (!date) return check.fault('field.no-day', '没有这一天，重新选一次')
  if (date < earliest) return check.fault('field.too-early', `最早选 ${dayInWords(earliest)}`)
  if (date > latest) return check.fault('field.too-late', `最晚选 ${dayInWords(latest)}`)
  return date
}

const daysOf = (field: { readonly min: string; readonly max: string }, { context }: Check): Days => ({
  earliest: dayOfRule(field.min, context.today),
  latest: dayOfRule(field.max, context.today),
})

export const checkDate = (field: FieldOf<'date'>, raw: unknown, check: Check) =>
  checkDay(raw, daysOf(field, check), check)

function checkPart(range: Readonly<Record<string, unknown>>, key: string, days: Days, check: Check) {
  const raw = ownValue(range, key)
  const place = check.at(key)
  return isBlank(raw) ? place.fault('field.required', '这一天还没选') : checkDay(raw, days, place)
}

export function checkDateRange(
  field: FieldOf<'daterange'>,
  raw: unknown,
  check: Check,
): DateRange | undefined {
  const range = readObject(raw, ['from', 'to'], check)
  if (!range) return undefined
  const days = daysOf(field, check)
  const from = checkPart(range, 'from', days, check)
  const to = checkPart(range, 'to', days, check)
  if (from === undefined || to === undefined) return undefined
  if (to < from) return check.at('to').fault('field.ends-before-start', '结束的那天比开始的早，换一天')
  const length = daysBetween(from, to) + 1
  if (length > field.maxDays) {
    return check.fault(
      'field.too-long',
      `多 ${length - field.maxDays} 天。最多 ${field.maxDays} 天，现在 ${length} 天`,
    )
  }
  return { from, to }
}

export function checkSlot(field: FieldOf<'slot'>, raw: unknown, check: Check): Slot | undefined {
  const slot = readObject(raw, ['date', 'half'], check)
  if (!slot) return undefined
  const { today, isWorkingDay } = check.context
  const days = { earliest: addDays(today, field.minDaysAhead), latest: addDays(today, field.maxDaysAhead) }
  const date = checkPart(slot, 'date', days, check)
  const half = checkHalf(field, ownValue(slot, 'half'), check.at('half'))
  if (date === undefined) return undefined
  // A year without a calendar: weekdays are the best that can be offered.
  if (!(isWorkingDay(date) ?? weekdayOf(date) < 5)) {
    return check.at('date').fault('field.not-a-working-day', '这天休息，选一个工作日')
  }
  return half === undefined ? undefined : { date, half }
}

function checkHalf(field: FieldOf<'slot'>, raw: unknown, check: Check) {
  if (isBlank(raw)) return check.fault('field.required', `还没选${field.options.join('或')}`)
  const half = readText(raw, check)
  if (half === undefined) return undefined
  return field.options.includes(half)
    ? half
    : check.fault('field.not-an-option', `选${field.options.join('或')}`)
}
