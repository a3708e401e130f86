import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayIn, type Instant, minuteOfDayIn, plainDate, weekdayOf } from '../kernel/plain-date'
import { type DutyHours, type Leave, WEEKDAYS } from '../organization/staff'
import type { WorkingCalendar } from '../time-limit/calendar'
import { goodHour, type Listener, NIGHT_BEGINS, NIGHT_ENDS, type Resident } from './hours'

const START = plainDate('2026-11-02')
const day = fc.integer({ min: 0, max: 120 }).map((ahead) => addDays(START, ahead))
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const period = fc
  .tuple(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 400 }))
  .map(([from, length]) => `${clock(from)}-${clock(Math.min(from + length, 1439))}`)
const dutyHours: fc.Arbitrary<DutyHours> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  periods: fc.array(period, { minLength: 1, maxLength: 3 }),
})
const leave: fc.Arbitrary<Leave> = fc
  .tuple(day, fc.integer({ min: 0, max: 90 }))
  .map(([from, length]) => ({ from, to: addDays(from, length), substituteId: null }))
const listener: fc.Arbitrary<Listener> = fc.oneof(
  fc.record({
    night: fc.option(
      fc.record({ from: fc.constantFrom(...NIGHT_BEGINS), until: fc.constantFrom(...NIGHT_ENDS) }),
    ),
  }),
  fc.record({
    partTime: fc.boolean(),
    dutyHours: fc.array(dutyHours, { maxLength: 3 }),
    leave: fc.array(leave, { maxLength: 3 }),
  }),
)
/** A year that is published, with any days off and any worked; or none. */
const calendar: fc.Arbitrary<WorkingCalendar> = fc
  .tuple(fc.boolean(), fc.array(day, { maxLength: 30 }), fc.array(day, { maxLength: 10 }))
  .map(([isPublished, off, worked]) => {
    const offDays = new Set<string>(off)
    const workDays = new Set<string>(worked.filter((each) => !offDays.has(each)))
    return new Map(isPublished ? [[2026, { offDays, workDays }]] : [])
  })
const instant = fc
  .date({ min: new Date('2026-11-01T00:00:00Z'), max: new Date('2027-03-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString() as Instant)

const isDay = ({ night }: Resident, at: string) => night === null || (night.until <= at && at < night.from)

/** By the minute, from the declaration as it is written: slow and plain. */
function isGood(who: Listener, at: Instant, known: WorkingCalendar): boolean {
  const [date, minute] = [dayIn(at), minuteOfDayIn(at)]
  if (minute < 480 || minute >= 1320) return false
  if (!('partTime' in who)) return isDay(who, clock(minute))
  if (who.leave.some(({ from, to }) => from <= date && date <= to)) return false
  const year = known.get(Number(date.slice(0, 4)))
  const isOff = weekdayOf(date) >= 5 || (!year && ['01-01', '05-01', '10-01'].includes(date.slice(5)))
  if (!(year ? year.workDays.has(date) || (!isOff && !year.offDays.has(date)) : !isOff)) return false
  const within = (hours: readonly DutyHours[]) =>
    hours.some(({ periods }) =>
      periods.some((each) => each.slice(0, 5) <= clock(minute) && clock(minute) < each.slice(6)),
    )
  const weekly = who.dutyHours.filter(({ days }) => days.some((each) => each !== 'sat' && each !== 'sun'))
  const isKept = weekly.some(({ periods }) =>
    periods.some((each) => each.slice(0, 5) < '22:00' && each.slice(6) > '08:00'),
  )
  if (!who.partTime || !isKept) return minute >= 510 && minute <= 1050
  return within(who.dutyHours.filter(({ days }) => days.some((each) => each === WEEKDAYS[weekdayOf(date)])))
}

test('is never before now, always in somebody’s hours, now in them, and the same when asked again', () => {
  fc.assert(
    fc.property(listener, instant, calendar, (who, now, known) => {
      const good = goodHour(who, now, known)
      expect(good >= now).toBe(true)
      expect(isGood(who, good, known)).toBe(true)
      expect(good === now).toBe(isGood(who, now, known))
      expect(goodHour(who, good, known)).toBe(good)
    }),
    { numRuns: 500 },
  )
})

test('is the first: no minute before it would have done', () => {
  fc.assert(
    fc.property(
      listener,
      instant,
      calendar,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (who, now, known, share) => {
        const good = goodHour(who, now, known)
        const [from, until] = [Date.parse(now), Date.parse(good)]
        const between = new Date(Math.floor(from + (until - from) * share)).toISOString() as Instant
        if (between < good) expect(isGood(who, between, known)).toBe(false)
      },
    ),
    { numRuns: 1500 },
  )
})
