import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  ageOn,
  dayIn,
  dayOf,
  daysBetween,
  earlierOf,
  findPlainDate,
  type Instant,
  instantAt,
  laterOf,
  minuteOfDayIn,
  monthOf,
  type PlainDate,
  plainDate,
  weekdayOf,
  yearOf,
} from './plain-date'

const oracleOf = (date: PlainDate) => Temporal.PlainDate.from(date)
const date = fc
  .tuple(
    fc.integer({ min: 1000, max: 8999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  )
  .map(([year, month, day]) => plainDate(Temporal.PlainDate.from({ year, month, day }).toString()))
/** China kept no summer time after 1991. */
const instant = fc
  .date({ min: new Date('1992-01-01T00:00:00Z'), max: new Date('2999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((value) => value.toISOString() as Instant)
const inShanghai = (value: Instant) => Temporal.Instant.from(value).toZonedDateTimeISO('Asia/Shanghai')

describe('a day agrees with Temporal', () => {
  test('in its parts and its weekday', () => {
    fc.assert(
      fc.property(date, (day) => {
        const { year, month, day: ofMonth, dayOfWeek } = oracleOf(day)
        expect([yearOf(day), monthOf(day), dayOf(day), weekdayOf(day)]).toEqual([
          year,
          month,
          ofMonth,
          dayOfWeek - 1,
        ])
      }),
    )
  })

  test('some days later or earlier', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -300_000, max: 300_000 }), (day, days) => {
        expect(addDays(day, days)).toBe(oracleOf(day).add({ days }).toString())
      }),
    )
  })

  test('some months later, on the last day of one that has no such day', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 1200 }), (day, months) => {
        expect(addMonths(day, months)).toBe(oracleOf(day).add({ months }).toString())
      }),
    )
  })

  test('in the days between two', () => {
    fc.assert(
      fc.property(date, date, (start, end) => {
        expect(daysBetween(start, end)).toBe(
          oracleOf(start).until(oracleOf(end), { largestUnit: 'day' }).days,
        )
      }),
    )
  })

  test('in the order of two', () => {
    fc.assert(
      fc.property(date, date, (left, right) => {
        const [first, last] = [oracleOf(left), oracleOf(right)].sort(Temporal.PlainDate.compare)
        expect([earlierOf(left, right), laterOf(left, right)]).toEqual([first?.toString(), last?.toString()])
      }),
    )
  })

  test('in which texts are days', () => {
    const number = (max: number, length: number) =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, '0'))
    fc.assert(
      fc.property(number(9999, 4), number(14, 2), number(33, 2), (year, month, day) => {
        const text = `${year}-${month}-${day}`
        expect(findPlainDate(text)).toBe(isDayToTemporal(text) ? text : undefined)
      }),
    )
  })

  test('in an age in full years, which grows on 1 March for those of 29 February', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 45_000 }), (birth, days) => {
        const on = addDays(birth, days)
        const counted = birth.endsWith('-02-29') ? plainDate(`${birth.slice(0, 5)}03-01`) : birth
        const { years } = oracleOf(counted).until(oracleOf(on), { largestUnit: 'year' })
        expect(ageOn(birth, on)).toBe(Math.max(years, 0))
      }),
    )
  })
})

function isDayToTemporal(text: string) {
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}

describe('an instant agrees with Temporal', () => {
  test('in its day and minute in Asia/Shanghai', () => {
    fc.assert(
      fc.property(instant, (value) => {
        const local = inShanghai(value)
        expect([dayIn(value), minuteOfDayIn(value)]).toEqual([
          local.toPlainDate().toString(),
          local.hour * 60 + local.minute,
        ])
      }),
    )
  })

  test('when it is made from a day and a minute', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 1439 }), (value, minute) => {
        const made = instantAt(dayIn(value), minute)
        expect(made).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\.000Z$/)
        expect([dayIn(made), minuteOfDayIn(made)]).toEqual([dayIn(value), minute])
        expect(inShanghai(made).toPlainDate().toString()).toBe(dayIn(value))
      }),
    )
  })
})

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-11-24T00:00', ' 2026-11-24', ''])(
  '"%s" is no day',
  (text) => {
    expect(findPlainDate(text)).toBeUndefined()
    expect(() => plainDate(text)).toThrow(RangeError)
  },
)

test('an instant without UTC is a defect', () => {
  expect(() => dayIn('2026-11-24T09:42:00+08:00' as Instant)).toThrow(RangeError)
})

test('midnight in Shanghai is the afternoon before in UTC', () => {
  expect(instantAt(plainDate('2026-11-24'), 0)).toBe('2026-11-23T16:00:00.000Z')
  expect(dayIn('2026-11-23T16:00:00.000Z' as Instant)).toBe('2026-11-24')
  expect(dayIn('2026-11-23T15:59:59.999Z' as Instant)).toBe('2026-11-23')
})
