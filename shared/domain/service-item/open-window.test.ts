import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, plainDate } from '../kernel/plain-date'
import { openWindowState } from './open-window'

const state = (from: string, to: string, today: string) => openWindowState({ from, to }, plainDate(today))

test('an item without a window is always open', () => {
  expect(openWindowState(null, plainDate('2026-11-24'))).toEqual({ open: true, until: null })
})

test.each([
  ['2026-06-30', { open: false, opensOn: '2026-07-01' }],
  ['2026-07-01', { open: true, until: '2026-08-15' }],
  ['2026-08-15', { open: true, until: '2026-08-15' }],
  ['2026-08-16', { open: false, opensOn: '2027-07-01' }],
])('school enrolment on %s', (today, expected) => {
  expect(state('07-01', '08-15', today)).toEqual(expected)
})

test.each([
  ['2026-11-30', { open: false, opensOn: '2026-12-01' }],
  ['2026-12-31', { open: true, until: '2027-02-28' }],
  ['2027-02-28', { open: true, until: '2027-02-28' }],
  ['2027-03-01', { open: false, opensOn: '2027-12-01' }],
])('a window over the turn of the year on %s', (today, expected) => {
  expect(state('12-01', '02-28', today)).toEqual(expected)
})

const monthDay = fc
  .integer({ min: 0, max: 365 })
  .map((days) => addDays(plainDate('2028-01-01'), days).slice(5))

test('the day named is the first on which it is open again', () => {
  fc.assert(
    fc.property(monthDay, monthDay, fc.integer({ min: 0, max: 1500 }), (from, to, ahead) => {
      const today = addDays(plainDate('2026-01-01'), ahead)
      const found = state(from, to, today)
      if (found.open) {
        expect(found.until && found.until >= today).toBe(true)
        return
      }
      expect(found.opensOn > today).toBe(true)
      expect(state(from, to, found.opensOn).open).toBe(true)
      expect(state(from, to, addDays(found.opensOn, -1)).open).toBe(false)
    }),
  )
})
