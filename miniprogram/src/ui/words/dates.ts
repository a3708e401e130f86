import {
  dayIn,
  dayOf,
  type Instant,
  minuteOfDayIn,
  monthOf,
  type PlainDate,
  weekdayOf,
  yearOf,
} from '#shared/domain/kernel/plain-date'
import { today } from '../../platform/clock'

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']

const yearWords = (day: PlainDate) => (yearOf(day) === yearOf(today()) ? '' : `${yearOf(day)}年`)

/** `12月8日 周二`; the year only when it is another one. Days come from the wire as text. */
export function dayWords(text: string) {
  const day = text as PlainDate
  return `${yearWords(day)}${monthOf(day)}月${dayOf(day)}日 ${WEEKDAYS[weekdayOf(day)]}`
}

/** `12月8日`, where the weekday would be too much. */
export function shortDayWords(text: string) {
  const day = text as PlainDate
  return `${yearWords(day)}${monthOf(day)}月${dayOf(day)}日`
}

/** `11月24日 周二 09:42`, in Asia/Shanghai. */
export function momentWords(text: string) {
  const instant = new Date(text).toISOString() as Instant
  const minutes = minuteOfDayIn(instant)
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
  return `${dayWords(dayIn(instant))} ${clock}`
}

/** What stands in the place of a date whose year has no calendar yet. */
export const calendarWords = (year: number) => `${year}年放假安排公布后告诉你日期`
