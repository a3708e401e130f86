import { CLOSING_MINUTE, OPENING_MINUTE } from '../kernel/office-hours'
import { addDays, dayIn, type Instant, instantAt, minuteOfDayIn, type PlainDate } from '../kernel/plain-date'
import { type Duty, isOnLeave, LONGEST_LOOK, minutesOf, servesOn, servingAt } from '../organization/duty'
import { provisionalWorkingDay, type WorkingCalendar } from '../time-limit/calendar'

/** From 22:00 to 8:00 nobody is disturbed, whoever they are. Minutes since midnight in Asia/Shanghai. */
const MORNING_MINUTE = 8 * 60
const NIGHT_MINUTE = 22 * 60

/** When a resident's night may begin and end, as `HH:MM`: it has the county's in it. */
export const NIGHT_BEGINS = ['22:00', '21:00', '20:00', '19:00'] as const
export const NIGHT_ENDS = ['08:00', '09:00', '10:00'] as const
export interface Night {
  readonly from: (typeof NIGHT_BEGINS)[number]
  readonly until: (typeof NIGHT_ENDS)[number]
}
export const COUNTY_NIGHT: Night = { from: '22:00', until: '08:00' }

export interface Resident {
  /** Null: the county's. */
  readonly night: Night | null
}
export interface Colleague extends Duty {
  readonly partTime: boolean
}
/** In their own name, for themselves or for a firm; or at their work. */
export type Listener = Resident | Colleague

const isAtWork = (listener: Listener): listener is Colleague => 'partTime' in listener

/** Of a day; the end is not in it. */
type Period = readonly [from: number, until: number]

/** What their night leaves of a day. */
const dayOf = ({ night }: Resident): Period => {
  const { from, until } = night ?? COUNTY_NIGHT
  return minutesOf(`${until}-${from}`)
}
/** Whoever closes at 17:30 is there in that minute. */
const OFFICE: Period = [OPENING_MINUTE, CLOSING_MINUTE + 1]

const declaredOn = ({ dutyHours }: Duty, day: PlainDate): readonly Period[] =>
  servesOn(dutyHours, day)
    .flatMap(({ periods }) => periods.map(minutesOf))
    .map(([from, until]): Period => [Math.max(from, MORNING_MINUTE), Math.min(until, NIGHT_MINUTE)])
    .filter(([from, until]) => from < until)
    .sort(([one], [other]) => one - other)

const A_MONDAY = '2026-11-23' as PlainDate
const WORKING_DAYS_A_WEEK = 5

/** Hours of Sundays or of the night alone never come: whoever declared no others is reached as the offices are. */
const keepsHours = (colleague: Colleague) =>
  colleague.partTime &&
  Array.from({ length: WORKING_DAYS_A_WEEK }, (_, ahead) => addDays(A_MONDAY, ahead)).some(
    (day) => declaredOn(colleague, day).length > 0,
  )

function hoursOf(listener: Listener, calendar: WorkingCalendar): (day: PlainDate) => readonly Period[] {
  if (!isAtWork(listener)) {
    const day = dayOf(listener)
    return () => [day]
  }
  const works = provisionalWorkingDay(calendar)
  const declares = keepsHours(listener)
  return (day) => {
    if (!works(day) || isOnLeave(listener.leave, day)) return []
    return declares ? declaredOn(listener, day) : [OFFICE]
  }
}

/** Those of one day, `[from, until)` in minutes since midnight; of who is away or off none. */
export const hoursOn = (listener: Listener, day: PlainDate, calendar: WorkingCalendar) =>
  hoursOf(listener, calendar)(day)

/** The last day of the leave that a day is of, which may be years: no day of it need be looked at. */
const backOn = (listener: Listener, day: PlainDate) =>
  isAtWork(listener)
    ? listener.leave.reduce((last, { from, to }) => (from <= last && last < to ? to : last), day)
    : day

/**
 * From when on a message may disturb somebody: `now` itself in their hours, else the beginning of the next. Residents and firms from
 * 8:00 to 22:00 on any day, or for as long as their own night leaves; staff while the offices are open, and part-timers in the hours that they declared, but on no leave.
 */
export function goodHour(listener: Listener, now: Instant, calendar: WorkingCalendar): Instant {
  const hours = hoursOf(listener, calendar)
  const minute = minuteOfDayIn(now)
  const today = hours(dayIn(now)).filter(([, until]) => until > minute)
  if (today.some(([from]) => from <= minute)) return now
  let day = dayIn(now)
  let [next] = today
  while (next === undefined) {
    day = addDays(backOn(listener, day), 1)
    next = hours(day)[0]
  }
  return instantAt(day, next[0])
}

/** Until when whoever is at work may be disturbed on that day, in minutes since midnight; null of whoever is not. */
export function closesAt(listener: Listener, now: Instant, calendar: WorkingCalendar): number | null {
  if (!isAtWork(listener)) return null
  const today = hoursOf(listener, calendar)(dayIn(now))
  const [, until = CLOSING_MINUTE] = today[today.length - 1] ?? OFFICE
  return until === OFFICE[1] ? CLOSING_MINUTE : until
}

/**
 * The last day of those that are due before a part-timer is on duty for a unit again in time: today's hours are the last in which
 * what is due until then can still be done. Null where none is, or today has none of theirs.
 */
export function lastDutyFor(
  colleague: Colleague,
  unitId: string,
  today: PlainDate,
  calendar: WorkingCalendar,
): PlainDate | null {
  const there = { ...colleague, dutyHours: servingAt(colleague, unitId) }
  if (!keepsHours(there)) return null
  const hours = hoursOf(there, calendar)
  if (hours(today).length === 0) return null
  for (let ahead = 1; ahead <= LONGEST_LOOK; ahead += 1) {
    const day = addDays(today, ahead)
    const [next] = hours(day)
    if (next) return next[0] >= CLOSING_MINUTE ? day : ahead === 1 ? null : addDays(day, -1)
  }
  return addDays(today, LONGEST_LOOK)
}

/** By the next morning their leave and their hours may be others: whoever sleeps longer is asked again. */
export function orNextMorning(at: Instant, now: Instant): Instant {
  const morning = instantAt(addDays(dayIn(now), 1), MORNING_MINUTE)
  if (at > morning) return morning
  return at
}
