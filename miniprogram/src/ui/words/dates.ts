import {
  clockWords,
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

/** 11月24日起 */
export const sinceWords = (text: string) => `${shortDayWords(text)}起`

const instantOf = (text: string) => new Date(text).toISOString() as Instant

/** The day of a moment, in Asia/Shanghai. */
export const momentDay = (text: string): PlainDate => dayIn(instantOf(text))

/** `11月24日 周二 9:42`, in Asia/Shanghai. */
export function momentWords(text: string) {
  return `${dayWords(momentDay(text))} ${clockWords(minuteOfDayIn(instantOf(text)))}`
}

/** What stands in the place of a date whose year has no calendar yet. */
export const calendarWords = (year: number) => `${year}年放假安排公布后告诉你日期`
