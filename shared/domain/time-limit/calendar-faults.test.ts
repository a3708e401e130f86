import { expect, test } from 'vitest'
import { publishedCalendar } from '../../../tests/published-calendar'
import { type PlainDate, plainDate, weekdayOf } from '../kernel/plain-date'
import { calendarFaults, faultWords } from './calendar-faults'
import { statutoryDays } from './moving-holidays'

const days = (...each: string[]) => each.map(plainDate)
const BARE = [...new Set(statutoryDays(2027).map(({ day }) => day))]
/** Six of its holidays fall on a weekend, and are made good at the end of the year. */
const OFF = [
  ...BARE,
  ...days('2027-12-24', '2027-12-27', '2027-12-28', '2027-12-29', '2027-12-30', '2027-12-31'),
]

test('every published year can be one', () => {
  for (const [year, { offDays, workDays }] of publishedCalendar())
    expect(
      calendarFaults(year, {
        offDays: [...offDays] as PlainDate[],
        workDays: [...workDays] as PlainDate[],
      }),
    ).toEqual([])
})

test('a year without one of its holidays cannot be one, and says which', () => {
  for (const [year, { offDays, workDays }] of publishedCalendar())
    for (const { day, name } of statutoryDays(year)) {
      if (weekdayOf(day) >= 5) continue
      const faults = calendarFaults(year, {
        offDays: ([...offDays] as PlainDate[]).filter((each) => each !== day),
        workDays: [...workDays] as PlainDate[],
      })
      expect(faults).toEqual([{ list: 'offDays', day, fault: 'worked', name }])
    }
  expect(statutoryDays(2027)).toHaveLength(13)
  expect(statutoryDays(2024)).toHaveLength(11)
})

test('a day that has come stays what it was, and is no fault of a year that has it otherwise', () => {
  const was = { offDays: new Set(OFF.slice(1)), workDays: new Set<string>() }
  const standing = { today: plainDate('2027-03-02'), was }
  expect(calendarFaults(2027, { offDays: OFF.slice(1), workDays: [] }, standing)).toEqual([])
  const faults = calendarFaults(
    2027,
    {
      offDays: [...OFF.slice(1), ...days('2027-03-01', '2027-03-02', '2027-03-03')],
      workDays: days('2027-02-27'),
    },
    standing,
  )
  expect(faults).toEqual([
    { list: 'workDays', day: '2027-02-27', fault: 'past' },
    { list: 'offDays', day: '2027-03-01', fault: 'past' },
    { list: 'offDays', day: '2027-03-02', fault: 'past' },
  ])
  expect(faults.map((fault) => 'day' in fault && faultWords(fault)).at(-1)).toBe(
    '3月2日 已经到了，上班还是放假改不了，只能改明天以后的',
  )
})

test('more days off in a row than any notice gave are a fault', () => {
  const march = Array.from({ length: 31 }, (_, at) => plainDate(`2027-03-${`${at + 1}`.padStart(2, '0')}`))
  const off = (count: number) => march.filter((day) => weekdayOf(day) < 5).slice(0, count)
  expect(calendarFaults(2027, { offDays: [...OFF, ...off(12)], workDays: [] })).toEqual([])
  expect(calendarFaults(2027, { offDays: [...OFF, ...off(13)], workDays: [] })).toEqual([
    { list: 'offDays', day: '2027-03-01', fault: 'too-long', count: 13 },
  ])
})

test.each([
  [
    'a day of another year',
    { offDays: days('2026-12-31'), workDays: [] },
    [{ list: 'offDays', at: 19, fault: 'other-year' }],
  ],
  [
    'a day that is told twice',
    { offDays: days('2027-01-01'), workDays: [] },
    [{ list: 'offDays', at: 19, fault: 'twice' }],
  ],
  [
    'a day that is off and worked',
    { offDays: days('2027-01-30'), workDays: days('2027-01-30') },
    [{ list: 'workDays', at: 0, fault: 'twice' }],
  ],
  [
    'a Monday that is made up for',
    { offDays: [], workDays: days('2027-02-01') },
    [{ list: 'workDays', at: 0, fault: 'no-weekend' }],
  ],
])('%s', (_, { offDays, workDays }, faults) => {
  expect(calendarFaults(2027, { offDays: [...OFF, ...offDays], workDays })).toEqual(faults)
})

test('a day that is off by law in every year is not worked, on a weekend neither', () => {
  expect(calendarFaults(2027, { offDays: OFF.slice(1), workDays: [] })).toEqual([
    { list: 'offDays', day: '2027-01-01', fault: 'worked', name: '元旦' },
  ])
  expect(
    calendarFaults(2027, {
      offDays: OFF.filter((day) => day !== '2027-05-01'),
      workDays: days('2027-05-01'),
    }),
  ).toEqual([{ list: 'offDays', day: '2027-05-01', fault: 'worked', name: '劳动节' }])
})

test('a holiday on a weekend that is not made good is a fault, and says how many days are missing', () => {
  const faults = calendarFaults(2027, { offDays: BARE, workDays: [] })
  expect(faults).toEqual([{ list: 'offDays', day: '2027-02-06', fault: 'too-few', count: 6 }])
  expect(faults.map((fault) => 'day' in fault && faultWords(fault))).toEqual([
    '还少放 6 个工作日：从 2月6日 起，有节日在周六、周日，要在上班的日子补假，或者少补班',
  ])
  expect(calendarFaults(2027, { offDays: OFF, workDays: [] })).toEqual([])
  expect(calendarFaults(2027, { offDays: OFF, workDays: days('2027-03-06') })).toMatchObject([{ count: 1 }])
})

test('of a year under way what it lacked before is no fault, what it loses is', () => {
  const standing = {
    today: plainDate('2027-11-02'),
    was: { offDays: new Set<string>(BARE), workDays: new Set<string>() },
  }
  expect(calendarFaults(2027, { offDays: BARE, workDays: [] }, standing)).toEqual([])
  expect(calendarFaults(2027, { offDays: BARE, workDays: days('2027-11-06') }, standing)).toMatchObject([
    { fault: 'too-few', count: 7 },
  ])
})

test('the second of May and the eve of the new year are off from 2025 on', () => {
  const without = (year: number, ...missing: string[]) =>
    calendarFaults(year, {
      offDays: [...new Set(statutoryDays(year).map(({ day }) => day))].filter(
        (day) => !missing.includes(day.slice(5)),
      ),
      workDays: [],
    }).flatMap((fault) => (fault.fault === 'worked' ? [fault.day] : []))
  expect(without(2028, '05-02', '01-25')).toEqual(['2028-01-25', '2028-05-02'])
  expect(statutoryDays(2023).map(({ day }) => day)).not.toContain('2023-05-02')
  expect(statutoryDays(2023).map(({ day }) => day)).not.toContain('2023-01-21')
})

test('a holiday that is worked is a fault until its day has come, and no longer', () => {
  const without = OFF.filter((day) => day !== '2027-10-01')
  const was = { offDays: new Set<string>(without), workDays: new Set<string>() }
  const faults = (today: string) =>
    calendarFaults(2027, { offDays: without, workDays: [] }, { today: plainDate(today), was })
  expect(faults('2027-10-01')).toEqual([])
  expect(faults('2027-09-30')).toEqual([
    { list: 'offDays', day: '2027-10-01', fault: 'worked', name: '国庆' },
  ])
})

test('of a year that has no calendar yet no day was ever told, gone by or not', () => {
  const standing = { today: plainDate('2027-03-02'), was: undefined }
  expect(calendarFaults(2027, { offDays: OFF, workDays: [] }, standing)).toEqual([])
  expect(calendarFaults(2027, { offDays: OFF.slice(1), workDays: [] }, standing)).toEqual([
    { list: 'offDays', day: '2027-01-01', fault: 'worked', name: '元旦' },
  ])
})

test('a year that is still to come has to make good what it lacked before, too', () => {
  const was = { offDays: new Set<string>(BARE), workDays: new Set<string>() }
  const faults = (today: string) =>
    calendarFaults(2027, { offDays: BARE, workDays: [] }, { today: plainDate(today), was })
  expect(faults('2026-12-31')).toMatchObject([{ fault: 'too-few', count: 6 }])
  expect(faults('2027-01-01')).toEqual([])
})

test('the days off at the beginning of a year are a run like any other', () => {
  // 1 January 2027 is a Friday: with it twelve weekdays.
  const january = Array.from({ length: 17 }, (_, at) => plainDate(`2027-01-${`${at + 2}`.padStart(2, '0')}`))
  const off = january.filter((day) => weekdayOf(day) < 5)
  expect(off).toHaveLength(11)
  expect(calendarFaults(2027, { offDays: [...OFF, ...off], workDays: [] })).toEqual([])
  expect(
    calendarFaults(2027, { offDays: [...OFF, ...off, ...days('2027-01-19')], workDays: [] }),
  ).toMatchObject([{ fault: 'too-long', day: '2027-01-01', count: 13 }])
})

test('New Year’s Day on a Saturday may be made good on the Friday before, in the old year', () => {
  // Besides it 端午, on a Sunday, and 国庆, on a Saturday.
  const bare = statutoryDays(2028).map(({ day }) => day)
  const off = (...each: string[]) =>
    calendarFaults(2028, { offDays: [...bare, ...days(...each)], workDays: [] })
  expect(off('2028-05-29', '2028-10-04')).toEqual([])
  expect(off('2028-05-29')).toMatchObject([{ fault: 'too-few', count: 1 }])
})

test('a weekend from Christmas on is worked for the next year', () => {
  for (const day of ['2027-12-25', '2027-12-26'])
    expect(calendarFaults(2027, { offDays: OFF, workDays: days(day) }), day).toEqual([])
  expect(calendarFaults(2027, { offDays: OFF, workDays: days('2027-12-19') })).toMatchObject([{ count: 1 }])
})

test('a fault says which day may not be so, and why', () => {
  const day = plainDate('2027-10-01')
  expect(faultWords({ list: 'offDays', day, fault: 'worked', name: '国庆' })).toBe(
    '10月1日 是国庆，法定节假日，要放假',
  )
  expect(faultWords({ list: 'offDays', day, fault: 'too-long', count: 13 })).toBe(
    '从 10月1日 起一连 13 个工作日都放假，没有哪年这样放过，再核一遍',
  )
})
