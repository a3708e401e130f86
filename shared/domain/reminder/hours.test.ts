import { describe, expect, test } from 'vitest'
import { instantAt, plainDate } from '../kernel/plain-date'
import type { DutyHours } from '../organization/staff'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { goodHour, type Listener, lastDutyFor } from './hours'

const at = (day: string, hour: number, minute = 0) => instantAt(plainDate(day), hour * 60 + minute)
const hour = (listener: Listener, now: ReturnType<typeof at>) => goodHour(listener, now, CALENDAR_2026)

const CLERK = { partTime: false, dutyHours: [], leave: [] }
const weekdays = (period: string): DutyHours => ({
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  periods: [period],
})
const EVENINGS: DutyHours = { days: ['mon', 'tue', 'wed', 'thu'], periods: ['18:30-20:30'] }
const agent = (...dutyHours: readonly DutyHours[]) => ({ partTime: true, dutyHours, leave: [] })
const away = (from: string, to: string) => [{ from: plainDate(from), to: plainDate(to), substituteId: null }]

describe('a resident is disturbed on any day, and never at night', () => {
  test.each([
    ['by day', at('2026-11-24', 9, 42), at('2026-11-24', 9, 42)],
    ['from eight on', at('2026-11-24', 8), at('2026-11-24', 8)],
    ['until ten', at('2026-11-24', 21, 59), at('2026-11-24', 21, 59)],
    ['not at ten', at('2026-11-24', 22), at('2026-11-25', 8)],
    ['late in the evening', at('2026-11-24', 23, 10), at('2026-11-25', 8)],
    ['after midnight', at('2026-11-25', 0, 5), at('2026-11-25', 8)],
    ['a minute before', at('2026-11-25', 7, 59), at('2026-11-25', 8)],
    ['on a Sunday', at('2026-11-29', 12), at('2026-11-29', 12)],
    ['in a holiday', at('2026-10-02', 22, 30), at('2026-10-03', 8)],
  ])('%s', (_when, now, good) => {
    expect(hour({ night: null }, now)).toBe(good)
  })
})

describe('staff are disturbed while the offices are open', () => {
  test.each([
    ['open', at('2026-11-24', 9, 42), at('2026-11-24', 9, 42)],
    ['in the minute it opens', at('2026-11-24', 8, 30), at('2026-11-24', 8, 30)],
    ['in the minute it closes', at('2026-11-24', 17, 30), at('2026-11-24', 17, 30)],
    ['before it opens', at('2026-11-24', 0, 5), at('2026-11-24', 8, 30)],
    ['after it closed', at('2026-11-24', 17, 31), at('2026-11-25', 8, 30)],
    ['on Friday evening', at('2026-11-27', 17, 40), at('2026-11-30', 8, 30)],
    ['on Saturday night', at('2026-11-28', 0, 5), at('2026-11-30', 8, 30)],
    ['in a holiday', at('2026-10-02', 12), at('2026-10-08', 8, 30)],
    ['on a Saturday that is worked', at('2026-10-10', 9), at('2026-10-10', 9)],
    ['in a year without a calendar', at('2027-01-01', 12), at('2027-01-04', 8, 30)],
  ])('%s', (_when, now, good) => {
    expect(hour(CLERK, now)).toBe(good)
    // Whatever hours of their own somebody has who works all day.
    expect(hour({ ...CLERK, dutyHours: [weekdays('14:30-17:30')] }, now)).toBe(good)
  })

  test('but on no day of their leave', () => {
    const clerk = {
      ...CLERK,
      leave: [...away('2026-11-24', '2026-11-25'), ...away('2026-11-27', '2026-11-30')],
    }
    expect(hour(clerk, at('2026-11-24', 8, 30))).toBe(at('2026-11-26', 8, 30))
    expect(hour(clerk, at('2026-11-26', 17, 31))).toBe(at('2026-12-01', 8, 30))
    const long = {
      ...CLERK,
      leave: [...away('2026-11-20', '2026-12-31'), ...away('2026-11-24', '8026-11-25')],
    }
    const began = performance.now()
    expect(hour(long, at('2026-11-23', 9))).toBe(at('8026-11-26', 8, 30))
    expect(performance.now() - began).toBeLessThan(50)
  })
})

describe('a part-timer is disturbed in the hours declared', () => {
  test.each([
    ['in the morning', at('2026-11-24', 9, 47), at('2026-11-24', 18, 30)],
    ['in them', at('2026-11-24', 19), at('2026-11-24', 19)],
    ['when they end', at('2026-11-24', 20, 30), at('2026-11-25', 18, 30)],
    ['on a day without', at('2026-11-27', 19), at('2026-11-30', 18, 30)],
    ['in a holiday', at('2026-10-01', 19), at('2026-10-08', 18, 30)],
    [
      'on a Saturday that is worked, for which they declared none',
      at('2026-10-10', 19),
      at('2026-10-12', 18, 30),
    ],
  ])('%s', (_when, now, good) => {
    expect(hour(agent(EVENINGS), now)).toBe(good)
  })

  test('on leave, in the first of them afterwards', () => {
    const wang = { ...agent(EVENINGS), leave: away('2026-11-26', '2026-11-27') }
    expect(hour(wang, at('2026-11-26', 18, 30))).toBe(at('2026-11-30', 18, 30))
  })

  test('of several units, in those of each', () => {
    const both = agent(
      { days: ['tue'], periods: ['18:30-20:30'], unitId: 'one' },
      { days: ['tue'], periods: ['08:00-11:00'], unitId: 'other' },
    )
    expect(hour(both, at('2026-11-24', 7))).toBe(at('2026-11-24', 8))
    expect(hour(both, at('2026-11-24', 11))).toBe(at('2026-11-24', 18, 30))
  })

  test('at night in none', () => {
    expect(hour(agent(weekdays('06:00-23:30')), at('2026-11-24', 7))).toBe(at('2026-11-24', 8))
    expect(hour(agent(weekdays('06:00-23:30')), at('2026-11-24', 22))).toBe(at('2026-11-25', 8))
  })

  test.each([
    ['none', []],
    ['Sundays', [{ days: ['sun'], periods: ['09:00-11:00'] }]],
    ['nights', [weekdays('22:00-23:30')]],
  ] as const)('and as the offices are where these never come: %s', (_which, dutyHours) => {
    expect(hour(agent(...dutyHours), at('2026-11-29', 10))).toBe(at('2026-11-30', 8, 30))
  })
})

describe('the last hours of a part-timer before something is due', () => {
  const UNIT = 'v1'
  const FRIDAYS: DutyHours = { days: ['fri'], periods: ['14:30-17:00'] }
  test.each([
    [
      'each evening: what is due tomorrow is done tonight',
      [weekdays('18:30-20:30')],
      '2026-11-24',
      '2026-11-25',
    ],
    ['on Friday evening: what is due on Monday', [weekdays('18:30-20:30')], '2026-11-27', '2026-11-30'],
    ['each morning: what is due tomorrow has its own hours', [weekdays('08:30-11:30')], '2026-11-24', null],
    ['of a week: what is due until the day before', [FRIDAYS], '2026-11-27', '2026-12-03'],
    ['no duty today: it was told before', [FRIDAYS], '2026-11-26', null],
    [
      'of two units each by its own hours',
      [
        { ...FRIDAYS, unitId: UNIT },
        { ...weekdays('18:30-20:30'), unitId: 'v2' },
      ],
      '2026-11-27',
      '2026-12-03',
    ],
  ])('%s', (_what, hours, today, until) => {
    expect(lastDutyFor(agent(...hours), UNIT, plainDate(today), CALENDAR_2026)).toBe(until)
  })

  test('leave takes hours away, of today and of the days to come', () => {
    const evenings = agent(weekdays('18:30-20:30'))
    const on = (leave: ReturnType<typeof away>) =>
      lastDutyFor({ ...evenings, leave }, UNIT, plainDate('2026-11-24'), CALENDAR_2026)
    expect(on(away('2026-11-24', '2026-11-24'))).toBe(null)
    expect(on(away('2026-11-25', '2026-11-26'))).toBe('2026-11-27')
  })

  test('whoever is there with the offices has no last hours', () => {
    expect(lastDutyFor(CLERK, UNIT, plainDate('2026-11-24'), CALENDAR_2026)).toBe(null)
    expect(lastDutyFor(agent(), UNIT, plainDate('2026-11-24'), CALENDAR_2026)).toBe(null)
  })
})
