import { expect, test } from 'vitest'
import { publishedCalendar } from '../../../tests/published-calendar'
import { type PlainDate, plainDate, weekdayOf } from '../kernel/plain-date'
import { calendarFaults, faultWords } from './calendar-faults'
import { statutoryDays } from './moving-holidays'

const days = (...each: string[]) => each.map(plainDate)
const OFF = [...new Set(statutoryDays(2027).map(({ day }) => day))]

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
    [{ list: 'offDays', at: 13, fault: 'other-year' }],
  ],
  [
    'a day that is told twice',
    { offDays: days('2027-01-01'), workDays: [] },
    [{ list: 'offDays', at: 13, fault: 'twice' }],
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

test('the second of May and the eve of the new year are off from 2025 on', () => {
  const without = (year: number, ...missing: string[]) =>
    calendarFaults(year, {
      offDays: [...new Set(statutoryDays(year).map(({ day }) => day))].filter(
        (day) => !missing.includes(day.slice(5)),
      ),
      workDays: [],
    }).map((fault) => ('day' in fault ? fault.day : null))
  expect(without(2028, '05-02', '01-25')).toEqual(['2028-01-25', '2028-05-02'])
  expect(statutoryDays(2023).map(({ day }) => day)).not.toContain('2023-05-02')
  expect(statutoryDays(2023).map(({ day }) => day)).not.toContain('2023-01-21')
})
