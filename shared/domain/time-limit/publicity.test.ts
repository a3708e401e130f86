import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, plainDate } from '../kernel/plain-date'
import { countDays, isWorkingDay } from './calendar'
import { CALENDAR_2026 } from './calendar-fixture'
import { publicityDays } from './publicity'

const closable = (publishedOn: string, days: number, unit: 'working' | 'calendar') =>
  publicityDays(plainDate(publishedOn), { days, unit }, CALENDAR_2026).closableOn

describe('with the calendar', () => {
  test.each([
    ['2026-11-24', 7, 'calendar', '2026-12-02'],
    ['2026-11-24', 5, 'calendar', '2026-12-01'],
    ['2026-09-24', 7, 'calendar', '2026-10-09'],
    ['2026-11-24', 5, 'working', '2026-12-02'],
    ['2026-09-30', 5, 'working', '2026-10-14'],
  ] as const)('%s, %i %s days: closed from %s', (publishedOn, days, unit, expected) => {
    expect(closable(publishedOn, days, unit)).toBe(expected)
  })
})

test.each([
  ['2026-11-24', 10, 'calendar', '2026-12-04', '2026-12-07'],
  ['2026-11-24', 8, 'calendar', '2026-12-02', '2026-12-03'],
  ['2026-11-24', 5, 'calendar', '2026-11-30', '2026-12-01'],
  ['2026-09-18', 1, 'working', '2026-09-20', '2026-09-21'],
  ['2026-11-23', 4, 'working', '2026-11-27', '2026-11-30'],
] as const)(
  '%s, %i %s days: the last day is %s, closed on the working day after, %s',
  (publishedOn, days, unit, lastOn, closableOn) => {
    expect(publicityDays(plainDate(publishedOn), { days, unit }, CALENDAR_2026)).toEqual({
      lastOn,
      closableOn,
    })
  },
)

describe('where a year without a calendar is reached', () => {
  test.each([
    ['2026-12-28', 7, 'calendar', '2027-01-05'],
    // Friday, 1 January is the last day as far as anybody knows: nobody closes on a Saturday.
    ['2026-12-30', 2, 'calendar', '2027-01-05'],
    ['2026-12-28', 5, 'calendar', '2027-01-05'],
    ['2026-12-28', 5, 'working', '2027-01-18'],
    ['2026-12-31', 1, 'working', '2027-01-13'],
  ] as const)('%s, %i %s days: closed from %s', (publishedOn, days, unit, expected) => {
    expect(closable(publishedOn, days, unit)).toBe(expected)
  })
})

test('is never shorter than its days, however the unpublished year falls out', () => {
  const day = fc.integer({ min: 0, max: 364 }).map((ahead) => addDays(plainDate('2026-01-01'), ahead))
  const holidays = fc.uniqueArray(
    fc.integer({ min: 0, max: 20 }).map((ahead) => addDays(plainDate('2027-01-01'), ahead)),
    { maxLength: 7 },
  )
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 15 }), holidays, (publishedOn, days, off) => {
      const full = new Map([
        ...CALENDAR_2026,
        [2027, { offDays: new Set<string>(off), workDays: new Set<string>() }],
      ])
      const calendar = publicityDays(publishedOn, { days, unit: 'calendar' }, CALENDAR_2026).closableOn
      expect(calendar > addDays(publishedOn, days)).toBe(true)
      const working = publicityDays(publishedOn, { days, unit: 'working' }, CALENDAR_2026).lastOn
      expect(
        countDays((date) => isWorkingDay(full, date) === true, publishedOn, working),
      ).toBeGreaterThanOrEqual(days)
    }),
  )
})

test.each([
  ['2026-12-02', '2026-12-02', '2026-12-03', 'as it is by the rule'],
  ['2026-12-04', '2026-12-04', '2026-12-07', 'later: the notice holds'],
  ['2026-11-30', '2026-12-02', '2026-12-03', 'earlier: nobody’s days are cut short'],
])('the notice told %s: the last day is %s, closed on %s (%s)', (told, lastOn, closableOn) => {
  expect(
    publicityDays(plainDate('2026-11-24'), { days: 8, unit: 'calendar' }, CALENDAR_2026, plainDate(told)),
  ).toEqual({ lastOn, closableOn })
})
