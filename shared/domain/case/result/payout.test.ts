import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { type Instant, plainDate } from '../../kernel/plain-date'
import {
  amountAsked,
  fenOf,
  isAmountOfGuide,
  isPaying,
  paidFrom,
  payoutOf,
  payoutWords,
  usualRange,
} from './payout'

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const allowance = itemOf('LX-005')

const filed = { filedAt: '2026-11-30T16:30:00Z' as Instant }
const decidedOn = plainDate('2026-12-31')
const amount = { text: '每月 50 元', rows: [], demo: false }

test.each([
  // Filed on 1 December in the county.
  ['filing-month', '2026年12月'],
  ['decision-month', '2026年12月'],
  ['next-month', '2027年1月'],
  ['entitled', '符合领取条件的次月'],
  [undefined, null],
] as const)('a payment of %s runs from %s', (from, words) => {
  expect(paidFrom({ amount: { ...amount, from } }, filed, decidedOn)).toBe(words)
})

test('nothing runs of what pays nothing', () => {
  expect(paidFrom({ amount: null }, filed, decidedOn)).toBeNull()
  expect(payoutOf(itemOf('LX-006'), {}, null)).toBeNull()
})

const said = (id: string, answers: Readonly<Record<string, unknown>>, from: string | null) => {
  const payout = payoutOf(itemOf(id), answers, from)
  return payout && payoutWords(payout)
}

test('the row that the answer names is said, else the standard, with the card where one was given', () => {
  const bankCard = '6228480402564896021'
  const answers = { ageGroup: '80-89周岁', bankCard }
  expect(said('LX-005', answers, '2026年12月')).toBe('自2026年12月起，每月发放 50 元，打到尾号 6021 的卡。')
  expect(said('LX-005', { ageGroup: '100周岁及以上' }, null)).toBe('每月发放 300 元。')
  expect(said('LX-009', { bankCard }, null)).toBe(
    `打到尾号 6021 的卡。发放标准：${itemOf('LX-009').amount?.text}。`,
  )
  expect(said('LX-030', { level: 'C级' }, null)).toBe(`发放标准：${itemOf('LX-030').amount?.text}。`)
  const sum = { ...allowance, amount: { ...amount, rows: [{ when: '80–89 岁', value: '1 万元' }] } }
  const once = payoutOf(sum, answers, null)
  expect(once && payoutWords(once)).toBe('发放 1 万元，打到尾号 6021 的卡。')
})

test('an organ pays by card or by a step; what a bank lends it does not', () => {
  expect(packItems().flatMap((item) => (isPaying(item) ? [item.id.slice(-2)] : []))).toEqual(
    '05 07 08 09 10 11 14 19 24 29 30 46 49'.split(' '),
  )
  expect(itemOf('LX-020').amount).not.toBeNull()
})

test('whoever grants it says how much where no row of the guide does', () => {
  expect([amountAsked(itemOf('LX-007'), {}), amountAsked(itemOf('LX-009'), {})]).toEqual(['monthly', 'once'])
  expect(amountAsked(itemOf('LX-005'), { ageGroup: '80-89周岁' })).toBeNull()
  // A bank's loan is no payment of the organ's.
  expect(amountAsked(itemOf('LX-020'), {})).toBeNull()
  expect(payoutOf(itemOf('LX-007'), {}, '2026年12月', 320_50)?.amount).toBe('每月 320.50 元')
  expect(payoutOf(itemOf('LX-009'), {}, null, 1_234_567_00)?.amount).toBe('1,234,567 元')
})

test('an amount that the guide gives in figures is one of them, or the sum of several', () => {
  const of = (id: string) => (fen: number) => isAmountOfGuide(itemOf(id), {}, fen)
  expect([80_00, 100_00, 180_00, 90_00, 0].map(of('LX-010'))).toEqual([true, true, true, false, false])
  expect([10_000_00, 30_000_00, 20_000_00].map(of('LX-030'))).toEqual([true, true, false])
  expect(of('LX-007')(123_45)).toBe(true)
})

test('an amount of the guide is one that the answers choose', () => {
  const of = (id: string, answers: object, ...amounts: number[]) =>
    amounts.filter((fen) => isAmountOfGuide(itemOf(id), { ...answers }, fen))
  const subsidies = [80_00, 100_00, 160_00, 180_00, 200_00, 260_00]
  const [living, care] = ['困难残疾人生活补贴', '重度残疾人护理补贴']
  expect(of('LX-010', { subsidy: [living] }, ...subsidies)).toEqual([80_00])
  expect(of('LX-010', { subsidy: [care] }, ...subsidies)).toEqual([80_00, 100_00])
  expect(of('LX-010', { subsidy: [living, care] }, ...subsidies)).toEqual([80_00, 100_00, 160_00, 180_00])
  const houses = [10_000_00, 30_000_00, 40_000_00]
  expect(of('LX-030', { level: 'C级' }, ...houses)).toEqual([10_000_00])
  expect(of('LX-030', { level: 'D级' }, ...houses)).toEqual([30_000_00])
  expect(of('LX-030', { level: '待鉴定' }, ...houses)).toEqual(houses)
})

test('a range that the words of the guide name is kept', () => {
  const within = (text: string, ...amounts: number[]) => {
    const { amount, fields } = itemOf('LX-009')
    const item = { fields, amount: amount && { ...amount, text } }
    return amounts.filter((fen) => isAmountOfGuide(item, {}, fen))
  }
  const edges = [1, 499_99, 500_00, 5_000_00, 5_000_01, 99_999_999_99]
  expect(within('500 到 5,000 元', ...edges)).toEqual([500_00, 5_000_00])
  expect(within('1 到 3 万元', 1_00, 10_000_00, 30_000_00, 30_000_01)).toEqual([10_000_00, 30_000_00])
  expect(within('8,000 元至 1 万元', 7_999_99, 8_000_00, 10_000_00, 10_000_01)).toEqual([8_000_00, 10_000_00])
  for (const text of ['80–89 岁每月 50 元', '个人最高 30 万元', '一般 1-2 元，特别的 5-9 元'])
    expect(within(text, ...edges), text).toEqual(edges)
})

test('what the guide says is paid in general is no wall, and is known to whoever pays something else', () => {
  const guide = itemOf('LX-009')
  expect(usualRange(guide)).toEqual({ least: 500_00, most: 5_000_00 })
  expect([400_00, 6_000_00].map((fen) => isAmountOfGuide(guide, {}, fen))).toEqual([true, true])
  const told = (text: string) => usualRange({ amount: guide.amount && { ...guide.amount, text } })
  expect(['500 到 5,000 元', '一般 500 元', '一般 1-2 元，特别的 5-9 元'].map(told)).toEqual([
    null,
    null,
    null,
  ])
})

test('what is typed in 元 is kept in 分', () => {
  expect(['320', '0.5', '1500.05', '0', '1.234', '-1', '', '1e3'].map(fenOf)).toEqual([
    320_00,
    50,
    1_500_05,
    null,
    null,
    null,
    null,
    null,
  ])
})
