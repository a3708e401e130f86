import { describe, expect, test } from 'vitest'
import { addDays, instantAt, type PlainDate, plainDate, weekdayOf } from '../kernel/plain-date'
import { hasDutyHoursBetween, isAwayBetween, nextDutyAt, spanUntil } from './duty'
import { type DutyHours, WEEKDAYS } from './staff'

const weekdays = (day: PlainDate) => weekdayOf(day) < 5
const TUESDAY = plainDate('2026-11-24')
const [THURSDAY, FRIDAY] = [addDays(TUESDAY, 2), addDays(TUESDAY, 3)]
const [SUNDAY, NEXT_MONDAY] = [addDays(TUESDAY, 5), addDays(TUESDAY, 6)]
const leave = (from: PlainDate, to: PlainDate) => [{ from, to, substituteId: null }]
const hours = (...periods: string[]): readonly DutyHours[] => [{ days: [...WEEKDAYS], periods }]
const span = (day: PlainDate, minute: number, until: PlainDate) => ({ from: { day, minute }, until })

describe('somebody who keeps hours', () => {
  const serves = (periods: string, minute: number, until = TUESDAY) =>
    hasDutyHoursBetween(
      { dutyHours: hours(periods), leave: [] },
      'any',
      span(TUESDAY, minute, until),
      weekdays,
    )

  test('is there for their last minute, and not when they are over', () => {
    expect(serves('08:30-09:00', 8 * 60 + 59)).toBe(true)
    expect(serves('08:30-09:00', 9 * 60)).toBe(false)
  })

  test('comes too late on the last day from half past five on', () => {
    expect(serves('17:29-18:00', 9 * 60)).toBe(true)
    expect(serves('17:30-18:00', 9 * 60)).toBe(false)
    expect(serves('17:30-18:00', 9 * 60, addDays(TUESDAY, 1))).toBe(true)
  })

  test('is waited for 62 days, and no longer', () => {
    const until = plainDate('2027-06-30')
    const since = (ahead: number) => (day: PlainDate) => day >= addDays(TUESDAY, ahead)
    const person = { dutyHours: hours('09:00-10:00'), leave: [] }
    for (const [ahead, isWaitedFor] of [
      [62, true],
      [63, false],
    ] as const) {
      expect(hasDutyHoursBetween(person, 'any', span(TUESDAY, 0, until), since(ahead))).toBe(isWaitedFor)
      expect(nextDutyAt(person, instantAt(TUESDAY, 0), since(ahead))).toBe(
        isWaitedFor ? instantAt(addDays(TUESDAY, ahead), 9 * 60) : null,
      )
    }
  })

  test('comes first with the first of the day’s hours, in whatever order they are written', () => {
    const person = { dutyHours: hours('14:30-17:30', '08:30-11:30'), leave: [] }
    expect(nextDutyAt(person, instantAt(TUESDAY, 0), weekdays)).toBe(instantAt(TUESDAY, 8 * 60 + 30))
  })
})

describe('somebody on leave', () => {
  const isAway = (of: ReturnType<typeof leave>, until: PlainDate, from = THURSDAY) =>
    isAwayBetween({ leave: of }, span(from, 0, until), weekdays)

  test('is away while no working day is left, whatever the weekend', () => {
    expect(isAway(leave(THURSDAY, FRIDAY), FRIDAY)).toBe(true)
    expect(isAway(leave(THURSDAY, FRIDAY), SUNDAY)).toBe(true)
    expect(isAway(leave(THURSDAY, FRIDAY), NEXT_MONDAY)).toBe(false)
    expect(isAway(leave(FRIDAY, SUNDAY), FRIDAY)).toBe(false)
  })

  test('is not away over days off alone', () => {
    expect(isAway(leave(THURSDAY, NEXT_MONDAY), SUNDAY, addDays(FRIDAY, 1))).toBe(false)
  })

  test('is away for good who does not come back within 62 days', () => {
    const until = plainDate('2027-06-30')
    // 25 January 2027 is the 62nd day, a Monday.
    expect(isAway(leave(TUESDAY, plainDate('2027-01-24')), until, TUESDAY)).toBe(false)
    expect(isAway(leave(TUESDAY, plainDate('2027-01-25')), until, TUESDAY)).toBe(true)
  })
})

test('what is late, or has no date, is due today', () => {
  const from = instantAt(TUESDAY, 600)
  expect(spanUntil(from, null)).toEqual(span(TUESDAY, 600, TUESDAY))
  expect(spanUntil(from, plainDate('2026-11-20'))).toEqual(span(TUESDAY, 600, TUESDAY))
  expect(spanUntil(from, FRIDAY)).toEqual(span(TUESDAY, 600, FRIDAY))
})
