import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { instantAt, type PlainDate, plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from './calendar-fixture'
import { dueOf, explainDays, isLate, type LegalClock, type Pause } from './clock'

const clock = (
  start: string,
  days: number,
  more: Partial<LegalClock> & { minute?: number } = {},
): LegalClock => ({
  startedAt: instantAt(plainDate(start), more.minute ?? 9 * 60 + 42),
  days,
  unit: more.unit ?? 'working',
  pauses: more.pauses ?? [],
})
const pause = (from: string, until: string | null): Pause => ({
  from: plainDate(from),
  until: until === null ? null : plainDate(until),
})
const due = (given: LegalClock) => dueOf(given, CALENDAR_2026)
const on = (day: string) => ({ kind: 'on', on: day })
const missing = (year: number) => ({ kind: 'calendar-missing', year })
const answer = (expected: string | number) =>
  typeof expected === 'string' ? on(expected) : missing(expected)

test('the calendar of these tests is the one of the county pack', () => {
  const url = new URL('../../../drizzle/packs/langxi/calendars/2026.json', import.meta.url)
  const { offDays, workDays } = JSON.parse(readFileSync(url, 'utf8')) as Record<string, string[]>
  expect(CALENDAR_2026.get(2026)).toEqual({ offDays: new Set(offDays), workDays: new Set(workDays) })
})

test.each<[string, number, string | number]>([
  ['2026-11-24', 10, '2026-12-08'],
  ['2026-11-02', 30, '2026-12-14'],
  ['2026-09-30', 3, '2026-10-10'],
  ['2026-09-30', 1, '2026-10-08'],
  ['2026-09-30', 2, '2026-10-09'],
  ['2026-09-30', 7, '2026-10-15'],
  ['2026-10-01', 1, '2026-10-08'],
  ['2026-10-07', 1, '2026-10-08'],
  ['2026-10-09', 1, '2026-10-10'],
  ['2026-10-10', 1, '2026-10-12'],
  ['2026-09-19', 1, '2026-09-20'],
  ['2026-09-18', 1, '2026-09-20'],
  ['2026-09-18', 5, '2026-09-24'],
  ['2026-09-24', 1, '2026-09-28'],
  ['2026-09-24', 5, '2026-10-09'],
  ['2026-02-13', 1, '2026-02-14'],
  ['2026-02-14', 1, '2026-02-24'],
  ['2026-02-13', 5, '2026-02-27'],
  ['2026-02-13', 10, '2026-03-05'],
  ['2026-02-10', 10, '2026-03-02'],
  ['2026-02-27', 1, '2026-02-28'],
  ['2026-02-27', 2, '2026-03-02'],
  ['2026-02-28', 1, '2026-03-02'],
  ['2026-01-02', 1, '2026-01-04'],
  ['2026-01-03', 1, '2026-01-04'],
  ['2026-01-01', 5, '2026-01-08'],
  ['2026-04-03', 1, '2026-04-07'],
  ['2026-04-03', 5, '2026-04-13'],
  ['2026-04-30', 1, '2026-05-06'],
  ['2026-04-30', 4, '2026-05-09'],
  ['2026-05-05', 3, '2026-05-08'],
  ['2026-05-05', 4, '2026-05-09'],
  ['2026-05-08', 1, '2026-05-09'],
  ['2026-05-08', 2, '2026-05-11'],
  ['2026-06-18', 1, '2026-06-22'],
  ['2026-06-18', 10, '2026-07-03'],
  ['2026-11-24', 1, '2026-11-25'],
  ['2026-11-24', 5, '2026-12-01'],
  ['2026-11-24', 15, '2026-12-15'],
  ['2026-11-24', 20, '2026-12-22'],
  ['2026-11-24', 27, '2026-12-31'],
  ['2026-11-24', 28, 2027],
  ['2026-12-28', 1, '2026-12-29'],
  ['2026-12-28', 3, '2026-12-31'],
  ['2026-12-28', 4, 2027],
  ['2026-12-31', 1, 2027],
  ['2026-11-27', 1, '2026-11-30'],
  ['2026-11-28', 1, '2026-11-30'],
  ['2026-11-29', 1, '2026-11-30'],
  ['2026-03-02', 45, '2026-05-08'],
])('%s and %i working days: %s', (start, days, expected) => {
  expect(due(clock(start, days))).toEqual(answer(expected))
})

test.each<[string, number, string | number]>([
  ['2026-11-24', 15, '2026-12-09'],
  ['2026-11-24', 3, '2026-11-27'],
  ['2026-11-24', 4, '2026-11-30'],
  ['2026-11-24', 7, '2026-12-01'],
  ['2026-09-24', 3, '2026-09-28'],
  ['2026-09-24', 7, '2026-10-08'],
  ['2026-09-28', 3, '2026-10-08'],
  ['2026-09-28', 5, '2026-10-08'],
  ['2026-10-01', 3, '2026-10-08'],
  ['2026-10-03', 7, '2026-10-10'],
  ['2026-02-08', 7, '2026-02-24'],
  ['2026-02-07', 7, '2026-02-14'],
  ['2026-02-20', 3, '2026-02-24'],
  ['2026-12-28', 3, '2026-12-31'],
  ['2026-12-28', 4, 2027],
  ['2026-12-24', 7, '2026-12-31'],
  ['2026-12-24', 15, 2027],
  ['2026-05-07', 2, '2026-05-09'],
  ['2026-05-06', 4, '2026-05-11'],
])('%s and %i calendar days, moved on from days off: %s', (start, days, expected) => {
  expect(due(clock(start, days, { unit: 'calendar' }))).toEqual(answer(expected))
})

describe('the start day is the day in Shanghai, whatever the hour', () => {
  test.each([
    ['Friday 23:50', '2026-11-27', 23 * 60 + 50],
    ['Saturday noon', '2026-11-28', 720],
    ['Sunday 23:59', '2026-11-29', 1439],
  ])('%s makes Monday the first day', (_name, start, minute) => {
    expect(due(clock(start, 1, { minute }))).toEqual(on('2026-11-30'))
  })

  test('Monday 00:00 makes Tuesday the first day', () => {
    expect(due(clock('2026-11-30', 1, { minute: 0 }))).toEqual(on('2026-12-01'))
  })
})

test.each<[string, number, string | number]>([
  ['2026-11-24', 17 * 60 + 30, '2026-11-24'],
  ['2026-11-24', 17 * 60 + 31, '2026-11-25'],
  ['2026-11-24', 0, '2026-11-24'],
  ['2026-11-27', 18 * 60, '2026-11-30'],
  ['2026-11-28', 9 * 60, '2026-11-30'],
  ['2026-11-28', 20 * 60, '2026-11-30'],
  ['2026-10-03', 9 * 60, '2026-10-08'],
  ['2026-10-10', 9 * 60, '2026-10-10'],
  ['2026-12-31', 9 * 60, '2026-12-31'],
  ['2026-12-31', 18 * 60, 2027],
])('0 days from %s, minute %i: %s', (start, minute, expected) => {
  expect(due(clock(start, 0, { minute }))).toEqual(answer(expected))
})

describe('pauses', () => {
  test('stopped on the last day, the limit ends on the first day after it goes on', () => {
    const stopped = { pauses: [pause('2026-11-27', '2026-12-01')] }
    expect(due(clock('2026-11-24', 3, stopped))).toEqual(on('2026-12-02'))
    expect(due(clock('2026-11-25', 0, stopped))).toEqual(on('2026-11-25'))
  })

  test('the day of the stop counts, the day it went on does not, the next one does', () => {
    // Wednesday counts as the first day; Thursday to Monday stand still.
    const stopped = clock('2026-11-24', 3, { pauses: [pause('2026-11-25', '2026-11-30')] })
    expect(due(stopped)).toEqual(on('2026-12-02'))
  })

  test('stopped and resumed on one day costs nothing', () => {
    expect(due(clock('2026-11-24', 3, { pauses: [pause('2026-11-25', '2026-11-25')] }))).toEqual(
      on('2026-11-27'),
    )
  })

  test('stopped and resumed on the last day, the limit ends with it, though it was resumed in the evening', () => {
    const within = (hour?: number): Pause => ({
      ...pause('2026-11-27', '2026-11-27'),
      ...(hour === undefined ? {} : { goesOnAt: instantAt(plainDate('2026-11-27'), hour * 60) }),
    })
    for (const hour of [undefined, 14, 20])
      expect(due(clock('2026-11-24', 3, { pauses: [within(hour)] })), `${hour}`).toEqual(on('2026-11-27'))
    // Nobody was there for a while: the day is whole again while the office is open, not in the evening.
    for (const [hour, last] of [
      [undefined, '2026-11-27'],
      [14, '2026-11-27'],
      [20, '2026-11-30'],
    ] as const)
      expect(due(clock('2026-11-24', 3, { pauses: [{ ...within(hour), isNobodys: true }] }))).toEqual(
        on(last),
      )
  })

  test('of a limit of 0 days are taken in the order in which they began', () => {
    const [first, then] = [pause('2026-11-27', '2026-11-30'), pause('2026-11-30', '2026-12-02')]
    for (const pauses of [
      [first, then],
      [then, first],
    ])
      expect(due(clock('2026-11-27', 0, { pauses }))).toEqual(on('2026-12-02'))
  })

  test('of one day are taken by their hours: one of the evening goes on where one of the day has not ended', () => {
    const at = (hour: number) => ({ stoppedAt: instantAt(plainDate('2026-11-27'), hour * 60) })
    const evening = { ...pause('2026-11-27', '2026-12-01'), ...at(18) }
    // An organ's has no hour.
    for (const ofDay of [
      pause('2026-11-27', '2026-11-30'),
      { ...pause('2026-11-27', '2026-11-30'), ...at(10) },
    ])
      for (const pauses of [
        [ofDay, evening],
        [evening, ofDay],
      ])
        expect(due(clock('2026-11-27', 0, { pauses }))).toEqual(on('2026-12-01'))
  })

  test('begun in the evening before the day of a limit of 0 days, they move it', () => {
    const evening = { stoppedAt: instantAt(plainDate('2026-11-27'), 19 * 60) }
    const stopped = { ...pause('2026-11-27', '2026-12-02'), ...evening }
    expect(due(clock('2026-11-27', 0, { minute: 18 * 60, pauses: [stopped] }))).toEqual(on('2026-12-02'))
  })

  test('overlapping ones count once', () => {
    const pauses = [pause('2026-11-25', '2026-11-30'), pause('2026-11-26', '2026-11-27')]
    expect(due(clock('2026-11-24', 3, { pauses }))).toEqual(on('2026-12-02'))
  })

  test('an open one leaves no date', () => {
    const stopped = due(clock('2026-11-24', 3, { pauses: [pause('2026-11-25', null)] }))
    expect(stopped).toEqual({ kind: 'paused', since: '2026-11-25' })
    expect(isLate(stopped, plainDate('2027-06-01'))).toBe(false)
  })

  test.each([
    ['2026-11-30', 10 * 60, '2026-11-30'],
    ['2026-11-30', 17 * 60 + 30, '2026-11-30'],
    ['2026-11-30', 17 * 60 + 31, '2026-12-01'],
    ['2026-11-28', 10 * 60, '2026-11-30'],
    ['2026-11-27', 18 * 60, '2026-11-30'],
  ])('a limit of 0 days that goes on on %s at minute %i ends on %s', (until, minute, ended) => {
    const goesOnAt = instantAt(plainDate(until), minute)
    const stopped = { ...pause('2026-11-27', until), goesOnAt }
    expect(due(clock('2026-11-27', 0, { pauses: [stopped] }))).toEqual(on(ended))
  })

  test('a limit of 0 days that an organ lets go on ends with that day', () => {
    expect(due(clock('2026-11-27', 0, { pauses: [pause('2026-11-27', '2026-11-30')] }))).toEqual(
      on('2026-11-30'),
    )
  })

  test('calendar days stand still too, days off included', () => {
    const stopped = clock('2026-11-24', 7, { unit: 'calendar', pauses: [pause('2026-11-26', '2026-12-01')] })
    expect(due(stopped)).toEqual(on('2026-12-07'))
  })
})

describe('an explanation tells each day', () => {
  const told = (given: LegalClock, end: string) =>
    explainDays(given, CALENDAR_2026, plainDate(end)).map(({ on, number, because }) => [
      on.slice(5),
      number ?? because,
    ])

  test('days off and pauses', () => {
    const given = clock('2026-11-26', 2, { pauses: [pause('2026-11-29', '2026-11-30')] })
    expect(told(given, '2026-12-01')).toEqual([
      ['11-27', 1],
      ['11-28', 'day-off'],
      ['11-29', 'day-off'],
      ['11-30', 'paused'],
      ['12-01', 2],
    ])
  })

  test('the last of calendar days is the one it moved on to', () => {
    expect(told(clock('2026-11-26', 3, { unit: 'calendar' }), '2026-11-30')).toEqual([
      ['11-27', 1],
      ['11-28', 2],
      ['11-29', 'day-off'],
      ['11-30', 3],
    ])
  })

  test('a limit of 0 days names only what lay between', () => {
    expect(told(clock('2026-11-27', 0, { minute: 18 * 60 }), '2026-11-30')).toEqual([
      ['11-28', 'day-off'],
      ['11-29', 'day-off'],
    ])
  })

  test('an open pause takes every day after the one on which it began', () => {
    expect(told(clock('2026-11-24', 3, { pauses: [pause('2026-11-25', null)] }), '2026-11-27')).toEqual([
      ['11-25', 1],
      ['11-26', 'paused'],
      ['11-27', 'paused'],
    ])
  })

  test('no day after the last of the limit has a number', () => {
    expect(told(clock('2026-11-24', 2), '2026-11-28')).toEqual([
      ['11-25', 1],
      ['11-26', 2],
      ['11-28', 'day-off'],
    ])
  })

  test('the date of a limit of 0 days is not told, though it went on on that day', () => {
    expect(
      told(clock('2026-11-27', 0, { pauses: [pause('2026-11-27', '2026-11-30')] }), '2026-11-30'),
    ).toEqual([
      ['11-28', 'day-off'],
      ['11-29', 'day-off'],
    ])
  })

  test('nothing is told of a year without a calendar', () => {
    expect(told(clock('2026-12-30', 5), '2027-01-08')).toEqual([['12-31', 1]])
  })
})

describe('what names nobody any more once the office had closed', () => {
  const on = (from: string, minute: number, until: string): LegalClock['pauses'] => [
    {
      ...pause(from, until),
      stoppedAt: instantAt(plainDate(from), minute),
      goesOnAt: instantAt(plainDate(until), 23 * 60 + 50),
      isNobodys: true,
    },
  ]
  const startedAt = instantAt(plainDate('2026-11-24'), 9 * 60)

  test.each([
    [17 * 60 + 35, '2026-11-27', '2026-11-27', 'the office had every hour of it'],
    [17 * 60 + 30, '2026-11-27', '2026-11-30', 'the day was cut short'],
    [17 * 60 + 35, '2026-12-01', '2026-11-27', 'what comes after the last day moves nothing'],
  ])('at minute %i of the last day, until %s: the limit ends on %s', (minute, until, last) => {
    const pauses = on('2026-11-27', minute, until)
    expect(dueOf({ startedAt, days: 3, unit: 'working', pauses }, CALENDAR_2026)).toEqual({
      kind: 'on',
      on: last,
    })
  })

  test('a limit of 0 days is over with that day', () => {
    const zero = { startedAt, days: 0, unit: 'working' } as const
    const due = (minute: number) =>
      dueOf({ ...zero, pauses: on('2026-11-24', minute, '2026-11-25') }, CALENDAR_2026)
    expect(due(17 * 60 + 35)).toMatchObject({ on: '2026-11-24' })
    expect(due(10 * 60)).toMatchObject({ on: '2026-11-26' })
  })
})

test('late is what comes after the last day, not on it, and nothing while the day is unknown', () => {
  const [before, last, after] = ['2026-12-07', '2026-12-08', '2026-12-09'].map(plainDate) as [
    PlainDate,
    PlainDate,
    PlainDate,
  ]
  const known = due(clock('2026-11-24', 10))
  expect([before, last, after].map((day) => isLate(known, day))).toEqual([false, false, true])
  expect(isLate(due(clock('2026-12-28', 4)), plainDate('2027-06-01'))).toBe(false)
})
