import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publishedCalendar } from '../../../tests/published-calendar'
import { instantAt, type PlainDate, plainDate } from '../kernel/plain-date'
import { type ClockDue, dueOf, explainDays, type LegalClock } from './clock'

// Counts by a list of all days written down once, and shares nothing with the clock but the files of the years.

const CALENDAR = publishedCalendar()
const [FIRST, LAST] = [Date.UTC(2013, 0, 1), Date.UTC(2029, 11, 31)]
const DAY = 86_400_000
/** Half past five. */
const CLOSING = 17 * 60 + 30

interface Written {
  readonly on: string
  readonly year: number
  /** Undefined in a year without a calendar. */
  readonly works: boolean | undefined
}

const DAYS: readonly Written[] = Array.from({ length: (LAST - FIRST) / DAY + 1 }, (_, ahead) => {
  const date = new Date(FIRST + ahead * DAY)
  const on = date.toISOString().slice(0, 10)
  const known = CALENDAR.get(date.getUTCFullYear())
  const isWeekend = [0, 6].includes(date.getUTCDay())
  const works = known && (known.workDays.has(on) || !(known.offDays.has(on) || isWeekend))
  return { on, year: date.getUTCFullYear(), works }
})
const indexOf = (on: string) => (Date.parse(on) - FIRST) / DAY

type Stopped = LegalClock['pauses']

const stops = (pauses: Stopped, within: (from: string, until: string) => boolean) =>
  pauses.some(({ from, until }) => from !== until && within(from, until ?? ''))
/** Not taken from the limit at all, or of a stop that began on it. */
const isFree = (on: string, pauses: Stopped) => !stops(pauses, (from, until) => from < on && on <= until)
/** Nobody stopped on it or before: the rest of a day that was cut short is still to come. */
const isWhole = (on: string, pauses: Stopped) => !stops(pauses, (from, until) => from <= on && on <= until)

/** The working day on which a limit of 0 days ends, or the year that nobody knows. */
function endOfNoDays({ pauses }: LegalClock, start: string, isOver: boolean): readonly string[] | number {
  const isStopped = (on: string) => pauses.some(({ from, until }) => from <= on && on < (until ?? ''))
  const found = DAYS.slice(indexOf(start)).find(
    ({ on, works }) => works === undefined || (works && !isStopped(on) && !(isOver && on === start)),
  )
  if (!found) throw new Error('the list of days is too short')
  return found.works ? [found.on] : found.year
}

/** The days of a limit, the last of them its date; or the year that nobody knows. */
function counted({ days, unit, pauses }: LegalClock, start: string): readonly string[] | number {
  const taken: string[] = []
  for (const { on, year, works } of DAYS.slice(indexOf(start) + 1)) {
    if (works === undefined) return year
    const isLast = taken.length === days - 1
    const counts = works || (unit === 'calendar' && !isLast)
    if (counts && (isLast ? isWhole : isFree)(on, pauses)) taken.push(on)
    if (taken.length === days) return taken
  }
  throw new Error('the list of days is too short')
}

const day = (from: string, until: string) =>
  fc.integer({ min: indexOf(from), max: indexOf(until) }).map((at) => plainDate(DAYS[at]?.on ?? ''))
const pause = fc
  .tuple(day('2014-12-01', '2026-12-31'), fc.integer({ min: 0, max: 60 }))
  .map(([from, length]) => ({ from, until: plainDate(DAYS[indexOf(from) + length]?.on ?? '') }))
const unit = fc.constantFrom('working' as const, 'calendar' as const)
const minute = fc.integer({ min: 0, max: 1439 })
/** Stops that meet the limit, as well as some that do not. */
const stopped = (start: PlainDate) =>
  fc.array(
    fc.oneof(
      pause,
      fc.tuple(fc.integer({ min: -5, max: 80 }), fc.integer({ min: 0, max: 30 })).map(([after, length]) => {
        const at = indexOf(start) + after
        return { from: plainDate(DAYS[at]?.on ?? ''), until: plainDate(DAYS[at + length]?.on ?? '') }
      }),
    ),
    { maxLength: 3 },
  )

const told = (clock: LegalClock, due: ClockDue) =>
  due.kind === 'on'
    ? explainDays(clock, CALENDAR, due.on)
        .filter(({ number }) => number !== null)
        .map(({ on }) => on)
    : []

function expectAgreement(clock: LegalClock, start: string, at: number) {
  const expected = clock.days === 0 ? endOfNoDays(clock, start, at > CLOSING) : counted(clock, start)
  const due = dueOf(clock, CALENDAR)
  if (typeof expected === 'number') {
    expect(due).toEqual({ kind: 'calendar-missing', year: expected })
    return
  }
  expect(due).toEqual({ kind: 'on', on: expected.at(-1) })
  expect(told(clock, due)).toEqual(clock.days === 0 ? [] : expected)
}

test.each([
  ['from any day that is known', '2015-01-01', '2026-12-31', 400],
  ['into a year that is not', '2026-10-01', '2027-02-01', 120],
  ['out of a year that is not', '2014-11-01', '2015-01-05', 400],
])('the clock counts as whoever counts day by day: %s', (_, from, until, longest) => {
  const limit = day(from, until).chain((start) =>
    fc.record({
      start: fc.constant(start),
      at: minute,
      days: fc.integer({ min: 0, max: longest }),
      unit,
      pauses: fc.oneof(fc.constant([]), stopped(start)),
    }),
  )
  fc.assert(
    fc.property(limit, ({ start, at, ...rest }) =>
      expectAgreement({ startedAt: instantAt(start, at), ...rest }, start, at),
    ),
    { numRuns: 1500 },
  )
})

test('every day of the years that are known is the first of a limit of any short length', () => {
  for (const { on, works } of DAYS) {
    if (works === undefined) continue
    for (const days of [0, 1, 2, 5, 10])
      for (const each of ['working', 'calendar'] as const)
        expectAgreement({ startedAt: instantAt(on as PlainDate, 600), days, unit: each, pauses: [] }, on, 600)
  }
})
