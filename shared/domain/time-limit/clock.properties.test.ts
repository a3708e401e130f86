import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayIn, instantAt, type PlainDate, plainDate, weekdayOf, yearOf } from '../kernel/plain-date'
import {
  addWorkingDays,
  countDays,
  isWorkingDay,
  subtractWorkingDays,
  type WorkingCalendar,
} from './calendar'
import { CALENDAR_2026 } from './calendar-fixture'
import { dueOf, explainDays, type LegalClock, provisionalDueOf } from './clock'

const NEW_YEAR = plainDate('2026-01-01')
const day = fc.integer({ min: 0, max: 364 }).map((ahead) => addDays(NEW_YEAR, ahead))
const calendar: fc.Arbitrary<WorkingCalendar> = fc.oneof(
  fc.constant(CALENDAR_2026),
  fc
    .record({ off: fc.uniqueArray(day, { maxLength: 60 }), work: fc.uniqueArray(day, { maxLength: 20 }) })
    .map(
      ({ off, work }) =>
        new Map([[2026, { offDays: new Set<string>(off), workDays: new Set<string>(work) }]]),
    ),
)
const workingIn = (days: WorkingCalendar) => (date: PlainDate) => isWorkingDay(days, date) === true
const pause = fc
  .tuple(day, fc.integer({ min: 0, max: 30 }))
  .map(([from, length]) => ({ from, until: addDays(from, length) }))
const unit = fc.constantFrom('working' as const, 'calendar' as const)
const clock = fc.record({
  startedAt: fc
    .tuple(day, fc.integer({ min: 0, max: 1439 }))
    .map(([date, minute]) => instantAt(date, minute)),
  days: fc.integer({ min: 0, max: 60 }),
  unit,
  pauses: fc.array(pause, { maxLength: 3 }),
})
const openClock = fc.tuple(clock, fc.option(day, { nil: null })).map(
  ([given, since]): LegalClock => ({
    ...given,
    pauses: since === null ? given.pauses : [...given.pauses, { from: since, until: null }],
  }),
)
const without = (given: LegalClock): LegalClock => ({ ...given, pauses: [] })

describe('the last day of a limit', () => {
  test('is a working day after the start, or the first year without a calendar is named', () => {
    fc.assert(
      fc.property(clock, calendar, (given, days) => {
        const due = dueOf(given, days)
        if (due.kind !== 'on') {
          expect(due).toEqual({ kind: 'calendar-missing', year: 2027 })
          return
        }
        expect(isWorkingDay(days, due.on)).toBe(true)
        expect(due.on >= dayIn(given.startedAt)).toBe(true)
        if (given.days > 0) expect(due.on > dayIn(given.startedAt)).toBe(true)
      }),
    )
  })

  test('never comes earlier for more days', () => {
    fc.assert(
      fc.property(clock, calendar, (given, days) => {
        const [shorter, longer] = [given, { ...given, days: given.days + 1 }].map((each) => dueOf(each, days))
        if (longer?.kind === 'on') expect(shorter).toMatchObject({ kind: 'on' })
        if (shorter?.kind === 'on' && longer?.kind === 'on' && given.days > 0) {
          expect(longer.on >= shorter.on).toBe(true)
        }
      }),
    )
  })

  test('does not depend on the hour of the start, unless the limit is 0 days', () => {
    fc.assert(
      fc.property(clock, fc.integer({ min: 0, max: 1439 }), calendar, (given, minute, days) => {
        fc.pre(given.days > 0)
        const moved = { ...given, startedAt: instantAt(dayIn(given.startedAt), minute) }
        expect(dueOf(moved, days)).toEqual(dueOf(given, days))
      }),
    )
  })

  test('has as many working days before it as the limit, and exactly the paused ones more', () => {
    fc.assert(
      fc.property(clock, calendar, (given, days) => {
        fc.pre(given.days > 0 && given.unit === 'working')
        const due = dueOf(given, days)
        if (due.kind !== 'on') return
        const start = dayIn(given.startedAt)
        const passed = countDays(workingIn(days), start, due.on)
        const stood = explainDays(given, days, due.on).filter(({ because }) => because === 'paused')
        expect(passed - stood.length).toBe(given.days)
        expect(stood.every(({ on }) => isWorkingDay(days, on))).toBe(true)
        expect(dueOf({ ...without(given), days: passed }, days)).toEqual(due)
      }),
    )
  })

  test('with an open pause is no date', () => {
    fc.assert(
      fc.property(clock, day, calendar, (given, since, days) => {
        const stopped = { ...given, pauses: [...given.pauses, { from: since, until: null }] }
        expect(dueOf(stopped, days)).toEqual({ kind: 'paused', since })
      }),
    )
  })
})

test('an explanation counts as many days as the limit has, without a gap, up to its date', () => {
  fc.assert(
    fc.property(clock, calendar, (given, days) => {
      const due = dueOf(given, days)
      if (due.kind !== 'on') return
      const told = explainDays(given, days, due.on)
      const numbers = told.flatMap(({ number }) => number ?? [])
      expect(numbers).toEqual(Array.from({ length: given.days }, (_, index) => index + 1))
      if (given.days > 0) expect(told.at(-1)).toMatchObject({ on: due.on, because: 'counted' })
      expect(told.every(({ number, because }) => (number === null) === (because !== 'counted'))).toBe(true)
    }),
  )
})

test('a provisional date is always there, and the true one wherever that is known', () => {
  fc.assert(
    fc.property(openClock, calendar, day, (given, days, today) => {
      const provisional = provisionalDueOf(given, days, today)
      const start = dayIn(given.startedAt)
      expect(given.days > 0 ? provisional > start : provisional >= start).toBe(true)
      const due = dueOf(given, days)
      if (due.kind === 'on') expect(provisional).toBe(due.on)
      if (yearOf(provisional) > 2026) expect(weekdayOf(provisional)).toBeLessThan(5)
    }),
  )
})

test('working days forth and back meet', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 60 }), calendar, (start, count, days) => {
      const end = addWorkingDays(days, start, count)
      if (end.kind !== 'on') {
        expect(end.year).toBe(2027)
        return
      }
      expect(countDays(workingIn(days), start, end.on)).toBe(count)
      const first = addWorkingDays(days, start, 1)
      expect(subtractWorkingDays(days, end.on, count - 1)).toEqual(count === 1 ? end : first)
    }),
  )
})
