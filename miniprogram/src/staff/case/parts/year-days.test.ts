import { expect, test } from 'vitest'
import { plainDate } from '#shared/domain/kernel/plain-date'
import {
  changedDays,
  daysWorked,
  holidaysUntil,
  kindOf,
  monthsOf,
  newYear,
  pressed,
  type YearDays,
} from './year-days'

const NONE: YearDays = { offDays: [], workDays: [] }
const WEDNESDAY = plainDate('2027-03-03')
const SATURDAY = plainDate('2027-03-06')

const kindsOf = (day: typeof WEDNESDAY) => {
  const kinds: string[] = []
  let days = NONE
  for (let times = 0; times < 4; times += 1) {
    kinds.push(kindOf(days, day))
    days = pressed(days, day)
  }
  return kinds
}

test('a press gives the day off and takes it back', () => {
  expect(kindsOf(WEDNESDAY)).toEqual(['worked', 'off', 'worked', 'off'])
})

test('a weekend is worked, then off by its notice, then a weekend again', () => {
  expect(kindsOf(SATURDAY)).toEqual(['weekend', 'made-up', 'off', 'weekend'])
})

test('what is pressed in any order is in order, once', () => {
  const days = pressed(pressed(NONE, plainDate('2027-03-04')), WEDNESDAY)
  expect(days.offDays).toEqual(['2027-03-03', '2027-03-04'])
})

test('a year has twelve months of all its days, from Monday on', () => {
  const months = monthsOf(2027)
  expect(months.flatMap(({ days }) => days)).toHaveLength(365)
  expect(monthsOf(2028).flatMap(({ days }) => days)).toHaveLength(366)
  expect([months[0]?.before, months[1]?.before]).toEqual([4, 0])
})

test('a new year is off on the days that no notice moves', () => {
  const days = newYear(2027)
  expect(days.offDays).toHaveLength(6)
  expect(
    daysWorked(
      days,
      monthsOf(2027).flatMap(({ days: each }) => each),
    ),
  ).toBe(261 - 2)
  expect(holidaysUntil(days, '2026-12-31', '2027-05-31')).toBe(1)
})

test('what differs is told in spans of one kind', () => {
  const before = pressed(NONE, WEDNESDAY)
  const off = ['2027-03-04', '2027-03-05', '2027-03-07', '2027-03-08']
  const now: YearDays = { offDays: off, workDays: [SATURDAY] }
  expect(changedDays(2027, before, now)).toEqual([
    { from: 'off', to: 'worked', first: '2027-03-03', last: '2027-03-03', count: 1 },
    { from: 'worked', to: 'off', first: '2027-03-04', last: '2027-03-05', count: 2 },
    { from: 'weekend', to: 'made-up', first: '2027-03-06', last: '2027-03-06', count: 1 },
    { from: null, to: 'off', first: '2027-03-07', last: '2027-03-08', count: 2 },
  ])
  expect(changedDays(2027, now, now)).toEqual([])
})
