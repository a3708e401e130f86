import { expect, test } from 'vitest'
import { publishedCalendar } from '../../../tests/published-calendar'
import { type PlainDate, plainDate } from '../kernel/plain-date'
import { calendarFaults, holidaysUntold } from './calendar-faults'

const days = (...each: string[]) => each.map(plainDate)
const OFF = days('2027-01-01', '2027-05-01', '2027-10-01', '2027-10-02', '2027-10-03')

test('every published year can be one', () => {
  for (const [year, { offDays, workDays }] of publishedCalendar())
    expect(
      calendarFaults(year, {
        offDays: [...offDays] as PlainDate[],
        workDays: [...workDays] as PlainDate[],
      }),
    ).toEqual([])
})

test('every published year tells each holiday that goes by the moon or the sun, and none is told by the others', () => {
  const windows = { 春节: /-0[12]-/, 清明: /-04-/, 端午: /-05-[23]|-06-/, 中秋: /-(09|10)-/ }
  for (const [year, { offDays }] of publishedCalendar()) {
    const off = [...offDays]
    expect(holidaysUntold(year, off)).toEqual([])
    for (const [name, days] of Object.entries(windows))
      expect(
        holidaysUntold(
          year,
          off.filter((day) => !days.test(day)),
        ),
      ).toEqual([name])
  }
  expect(holidaysUntold(2027, OFF)).toEqual(['春节', '清明', '端午', '中秋'])
})

test.each([
  [
    'a day of another year',
    { offDays: days('2026-12-31'), workDays: [] },
    [{ list: 'offDays', at: 5, fault: 'other-year' }],
  ],
  [
    'a day that is told twice',
    { offDays: days('2027-01-01'), workDays: [] },
    [{ list: 'offDays', at: 5, fault: 'twice' }],
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
    { list: 'offDays', day: '2027-01-01', fault: 'worked' },
  ])
  expect(
    calendarFaults(2027, {
      offDays: OFF.filter((day) => day !== '2027-05-01'),
      workDays: days('2027-05-01'),
    }),
  ).toEqual([{ list: 'offDays', day: '2027-05-01', fault: 'worked' }])
})

test('the second of May is off from 2025 on', () => {
  const faultsOf = (year: number, ...more: string[]) =>
    calendarFaults(year, {
      offDays: days(...[...OFF.map((day) => day.slice(5)), ...more].map((day) => `${year}-${day}`)),
      workDays: [],
    })
  // A Tuesday, as in 2023.
  expect(faultsOf(2028)).toEqual([{ list: 'offDays', day: '2028-05-02', fault: 'worked' }])
  expect(faultsOf(2028, '05-02')).toEqual([])
  expect(faultsOf(2023)).toEqual([])
})
