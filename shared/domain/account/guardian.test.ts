import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, plainDate } from '../kernel/plain-date'
import { guardianUntil, isUnderFourteen } from './guardian'

test.each([
  ['2012-11-28', '2026-11-27', true],
  ['2012-11-27', '2026-11-27', false],
  ['2012-11-26', '2026-11-27', false],
  // 2026 has no 29 February.
  ['2012-02-29', '2026-02-28', true],
  ['2012-02-29', '2026-03-01', false],
  ['1944-05-06', '2026-11-27', false],
])('born on %s, on %s under fourteen: %s', (birth, today, is) => {
  expect(isUnderFourteen(plainDate(birth), plainDate(today))).toBe(is)
})

test('a guardian is needed until the day before the fourteenth birthday, and on no later day', () => {
  const days = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(plainDate('1950-01-01'), days))
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 5_200 }), (birth, age) => {
      const today = addDays(birth, age)
      const until = guardianUntil(birth, today)
      expect(until === null).toBe(!isUnderFourteen(birth, today))
      if (until === null) return
      expect(isUnderFourteen(birth, addDays(until, -1))).toBe(true)
      expect(isUnderFourteen(birth, until)).toBe(false)
    }),
  )
})
