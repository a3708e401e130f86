import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { addWorkingDays, isOfHoliday, provisionalWorkingDay, subtractWorkingDays } from './calendar'
import { CALENDAR_2026 } from './calendar-fixture'

// 全国年节及纪念日放假办法 第2条; the second of May since 国务院令第795号, in force on 1 January 2025.
test.each([
  ['2024-05-01', false],
  ['2024-05-02', true],
  ['2025-05-01', false],
  ['2025-05-02', false],
  ['2025-05-05', true],
  ['2029-01-01', false],
  ['2029-01-02', true],
  ['2029-05-01', false],
  ['2029-05-02', false],
  ['2029-10-01', false],
  ['2029-10-02', false],
  ['2029-10-03', false],
  ['2029-10-04', true],
  ['2029-10-06', false],
])('before its year is published, %s is worked: %s', (day, isWorked) => {
  expect(provisionalWorkingDay(new Map())(plainDate(day))).toBe(isWorked)
})

test.each([
  ['2026-10-01', true, 'the holiday itself'],
  ['2026-10-03', true, 'a Saturday in it'],
  ['2026-11-28', false, 'any other Saturday'],
  ['2026-11-24', false, 'a Tuesday'],
  ['2027-10-01', false, 'in a year that is not published'],
])('%s is off for a holiday: %s, %s', (day, isHoliday) => {
  expect(isOfHoliday(CALENDAR_2026, plainDate(day))).toBe(isHoliday)
})

test('a year that is not published is named, before and after', () => {
  const [early, late] = [plainDate('2026-01-05'), plainDate('2026-12-30')]
  expect(subtractWorkingDays(CALENDAR_2026, early, 1)).toEqual({ kind: 'on', on: '2026-01-04' })
  expect(subtractWorkingDays(CALENDAR_2026, early, 2)).toEqual({ kind: 'calendar-missing', year: 2025 })
  expect(addWorkingDays(CALENDAR_2026, late, 1)).toEqual({ kind: 'on', on: '2026-12-31' })
  expect(addWorkingDays(CALENDAR_2026, late, 2)).toEqual({ kind: 'calendar-missing', year: 2027 })
})
