import { CLOSING_MINUTE } from '../kernel/office-hours'
import {
  addDays,
  dayIn,
  type Instant,
  instantAt,
  laterOf,
  minuteOfDayIn,
  type PlainDate,
  weekdayOf,
} from '../kernel/plain-date'
import { type DutyHours, type Leave, WEEKDAYS } from './staff'

/** A stretch of time: from a minute of a day to 17:30 of a day, when what is due on it is due; in Asia/Shanghai. */
export interface Span {
  readonly from: { readonly day: PlainDate /** Since midnight, 0 to 1439. */; readonly minute: number }
  /** Included. */
  readonly until: PlainDate
}

export interface Duty {
  readonly dutyHours: readonly DutyHours[]
  readonly leave: readonly Leave[]
}

const MINUTES_AN_HOUR = 60
/** The minutes at which `HH:MM-HH:MM` begins and ends. */
const startOf = (period: string) => Number(period.slice(0, 2)) * MINUTES_AN_HOUR + Number(period.slice(3, 5))
const endOf = (period: string) => Number(period.slice(6, 8)) * MINUTES_AN_HOUR + Number(period.slice(9, 11))

/** `HH:MM-HH:MM` as minutes since midnight. */
export const minutesOf = (period: string) => [startOf(period), endOf(period)] as const

export const isOnLeave = (leave: readonly Leave[], day: PlainDate) =>
  leave.some(({ from, to }) => from <= day && day <= to)

export const servesOn = (hours: readonly DutyHours[], day: PlainDate) =>
  hours.filter(({ days }) => days.some((each) => each === WEEKDAYS[weekdayOf(day)]))

/** Hours that name a unit serve that unit only. */
export const servingAt = ({ dutyHours }: Pick<Duty, 'dutyHours'>, unitId: string) =>
  dutyHours.filter((hours) => hours.unitId === undefined || hours.unitId === unitId)

/** Days looked ahead: hours repeat by the week, and whoever is away for two months is not waited for. */
export const LONGEST_LOOK = 62

/**
 * True when somebody is on duty for at least a minute of the span: hours are closed on days off and on leave. `isWorkingDay` answers for every day, provisionally where no calendar is published.
 */
export function hasDutyHoursBetween(
  { dutyHours, leave }: Duty,
  unitId: string,
  { from, until }: Span,
  isWorkingDay: (day: PlainDate) => boolean,
): boolean {
  const serving = servingAt({ dutyHours }, unitId)
  for (let ahead = 0; ahead <= LONGEST_LOOK; ahead += 1) {
    const day = addDays(from.day, ahead)
    if (day > until) return false
    if (!isWorkingDay(day) || isOnLeave(leave, day)) continue
    const earliest = ahead === 0 ? from.minute : 0
    const latest = day === until ? CLOSING_MINUTE : Number.POSITIVE_INFINITY
    const open = servesOn(serving, day).some(({ periods }) =>
      periods.some((period) => endOf(period) > earliest && startOf(period) < latest),
    )
    if (open) return true
  }
  return false
}

/** True when somebody is on leave on every working day of the span; one without any is no absence. */
export function isAwayBetween(
  { leave }: Pick<Duty, 'leave'>,
  { from, until }: Span,
  isWorkingDay: (day: PlainDate) => boolean,
): boolean {
  let away = false
  for (let ahead = 0; ahead <= LONGEST_LOOK; ahead += 1) {
    const day = addDays(from.day, ahead)
    if (day > until) return away
    if (!isWorkingDay(day)) continue
    if (!isOnLeave(leave, day)) return false
    away = true
  }
  return away
}

/** A day or two off leaves nobody without somebody. */
const LONG_LEAVE_DAYS = 14

/** Until when leave has to last for a member not to be counted on, where what waits has no day. */
export const longLeaveUntil = (today: PlainDate): PlainDate => addDays(today, LONG_LEAVE_DAYS)

/** The last day of a span that ends when a step is due: what is late, or has no date, is due today. */
const lastDayOf = (today: PlainDate, dueOn: PlainDate | null) => laterOf(today, dueOn ?? today)

/** From a moment until what is due on a day. */
export function spanUntil(from: Instant, dueOn: PlainDate | null): Span {
  const day = dayIn(from)
  return { from: { day, minute: minuteOfDayIn(from) }, until: lastDayOf(day, dueOn) }
}

/**
 * When somebody is next on duty: `now` itself while they are, else the beginning of their next hours; null where none come
 * within two months. Hours as in `hasDutyHoursBetween`.
 */
export function nextDutyAt(
  { dutyHours, leave }: Duty,
  now: Instant,
  isWorkingDay: (day: PlainDate) => boolean,
): Instant | null {
  const minute = minuteOfDayIn(now)
  for (let ahead = 0; ahead <= LONGEST_LOOK; ahead += 1) {
    const day = addDays(dayIn(now), ahead)
    if (!isWorkingDay(day) || isOnLeave(leave, day)) continue
    const periods = servesOn(dutyHours, day)
      .flatMap((hours) => hours.periods.map(minutesOf))
      .filter(([, end]) => ahead > 0 || end > minute)
    if (periods.length === 0) continue
    const start = Math.min(...periods.map(([from]) => from))
    return ahead === 0 && start <= minute ? now : instantAt(day, start)
  }
  return null
}
