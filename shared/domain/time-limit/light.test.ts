import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from './calendar-fixture'
import type { ClockDue } from './clock'
import { lightOf } from './light'

const due = (on: string): ClockDue => ({ kind: 'on', on: plainDate(on) })
const light = (given: ClockDue, today: string, limitDays = 10) =>
  lightOf(given, limitDays, plainDate(today), CALENDAR_2026)

test.each([
  ['2026-12-08', '2026-11-24', { kind: 'calm', daysLeft: 10 }],
  ['2026-12-08', '2026-12-02', { kind: 'calm', daysLeft: 4 }],
  ['2026-12-08', '2026-12-03', { kind: 'soon', daysLeft: 3 }],
  ['2026-12-08', '2026-12-07', { kind: 'soon', daysLeft: 1 }],
  ['2026-12-08', '2026-12-08', { kind: 'today' }],
  ['2026-12-08', '2026-12-09', { kind: 'late', daysLate: 1 }],
  ['2026-12-04', '2026-12-05', { kind: 'late', daysLate: 1 }],
  ['2026-12-04', '2026-12-08', { kind: 'late', daysLate: 2 }],
  ['2026-09-30', '2026-10-08', { kind: 'late', daysLate: 1 }],
])('due on %s, on %s', (on, today, expected) => {
  expect(light(due(on), today)).toEqual(expected)
})

test.each([
  ['2026-12-11', '2026-12-31', 14],
  ['2026-12-11', '2027-01-01', 14],
  ['2026-12-11', '2027-01-04', 15],
])('a year without calendar makes nothing less late: due on %s, on %s', (on, today, daysLate) => {
  expect(light(due(on), today)).toEqual({ kind: 'late', daysLate })
})

test('one day of a short limit is soon', () => {
  expect(light(due('2026-11-25'), '2026-11-24', 1)).toEqual({ kind: 'soon', daysLeft: 1 })
})

test('what stands still or is unknown makes nobody late', () => {
  expect(light({ kind: 'paused', since: plainDate('2026-11-24') }, '2026-12-31')).toEqual({
    kind: 'paused',
    since: '2026-11-24',
  })
  expect(light({ kind: 'calendar-missing', year: 2027 }, '2026-12-31')).toEqual({
    kind: 'unknown',
    year: 2027,
  })
})
