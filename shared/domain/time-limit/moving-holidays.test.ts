import { expect, test } from 'vitest'
import { statutoryDays } from './moving-holidays'

const told = (year: number) => statutoryDays(year).map(({ day, name }) => `${day.slice(5)} ${name}`)

// 全国年节及纪念日放假办法 第2条, as of 国务院令第795号; the days of moon and sun as the State Council’s notices have them.
test('thirteen days from 2025 on: with the eve of the new year and the second of May', () => {
  expect(told(2025)).toEqual([
    '01-01 元旦',
    '01-28 除夕',
    '01-29 春节初一',
    '01-30 春节初二',
    '01-31 春节初三',
    '04-04 清明',
    '05-01 劳动节',
    '05-02 劳动节',
    '05-31 端午',
    '10-01 国庆',
    '10-02 国庆',
    '10-03 国庆',
    '10-06 中秋',
  ])
})

test('eleven days before', () => {
  expect(told(2024)).toEqual([
    '01-01 元旦',
    '02-10 春节初一',
    '02-11 春节初二',
    '02-12 春节初三',
    '04-04 清明',
    '05-01 劳动节',
    '06-10 端午',
    '10-01 国庆',
    '10-02 国庆',
    '10-03 国庆',
    '09-17 中秋',
  ])
})

test('中秋 on a day of 国庆 is one day off with two names', () => {
  expect(told(2020).slice(-3)).toEqual(['10-01 国庆、中秋', '10-02 国庆', '10-03 国庆'])
})

test('of a year whose moon nobody has written down the days of the sun are known', () => {
  expect(told(2100)).toEqual([
    '01-01 元旦',
    '05-01 劳动节',
    '05-02 劳动节',
    '10-01 国庆',
    '10-02 国庆',
    '10-03 国庆',
  ])
})
