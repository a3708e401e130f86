import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idCheckCharacter } from './digits'
import { holdsNumber, numbersIn } from './public-numbers'

const kept = (text: string) =>
  [...numbersIn(text)]
    .reverse()
    .reduce((words, { from, to }) => `${words.slice(0, from)}◇${words.slice(to)}`, text)

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
const mobile = fc.tuple(fc.constantFrom(...'3456789'), digits(9)).map(([second, rest]) => `1${second}${rest}`)
const idNumber = digits(3).map((order) => {
  const first17 = `34182119700520${order}`
  return first17 + idCheckCharacter(first17)
})
const STYLES = [
  '0123456789',
  '０１２３４５６７８９',
  '零一二三四五六七八九',
  '〇壹贰叁肆伍陆柒捌玖',
  '⓪①②③④⑤⑥⑦⑧⑨',
]
const BOLD = [...'𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗']
const style = fc.constantFrom(...STYLES.map((each) => [...each]), BOLD)
const gap = fc.constantFrom(
  '',
  ' ',
  '    ',
  '-',
  '----',
  '—',
  '.',
  '·',
  '_',
  '/',
  '，',
  '、',
  ',',
  '；',
  ' ， ',
  '\u200b',
)

/** Parted where people part them, in one way of writing digits. */
const written = fc
  .tuple(fc.oneof(mobile, idNumber), style, gap, fc.constantFrom([3, 4], [6, 8], [4, 4]))
  .map(([whole, signs, between, [first = 3, second = 4]]) =>
    [whole.slice(0, first), whole.slice(first, first + second), whole.slice(first + second)]
      .filter((part) => part !== '')
      .map((part) => part.replace(/\d/g, (digit) => signs[Number(digit)] ?? digit))
      .join(between),
  )

test('a mobile or an ID number is found whole, in whichever digits and however it is parted', () => {
  fc.assert(
    fc.property(written, (number) => {
      expect(kept(`东头 7 号，号码${number}旁`)).toBe('东头 7 号，号码◇旁')
      expect(holdsNumber(`东头 7 号，号码${number}旁`)).toBe(true)
    }),
    { numRuns: 400 },
  )
})

describe('what tells who somebody is', () => {
  test.each([
    ['电话一三九零零零零一二三四', '电话◇'],
    ['壹叁玖〇〇〇〇壹贰叁肆，幺三九〇〇〇〇一二三四', '◇，◇'],
    ['电话139，0000，1234', '电话◇'],
    ['139、0000、1234', '◇'],
    ['身份证341821、19700520、7796', '身份证◇'],
    ['①③⑨⓪⓪⓪⓪①②③④', '◇'],
    ['座机701-2345、701 2345', '座机◇'],
    ['电话一三九零零零零一二三四，12.50×10.00 米', '电话◇，12.50×10.00 米'],
    ['电话701-2345，12、13 号地', '电话◇，12、13 号地'],
    ['0563-701 2345', '◇'],
    ['fangjm@qq.com 旁', '◇ 旁'],
    ['微信 fang_jm1979，QQ：12345678', '微信 ◇，QQ：◇'],
    ['皖P12345 停的地方', '◇ 停的地方'],
    ['7012345', '◇'],
  ])('%s', (text, words) => expect(kept(text)).toBe(words))
})

describe('what tells where it is stays, and nobody is refused for it', () => {
  test.each([
    '大梁村东头 7 号，2 组 12、13、14、15、101 号地',
    '3 幢 12-3-401',
    '12.50×10.00×3.30',
    '12.50，10.00，3.30，4.20 米',
    '13.50、10.00、3.30',
    '东经119.1723456，北纬31.1234567',
    '119.1723456°，31.1234567°',
    '宗地 341821105200JC00012',
    '341821105200JC00012F00010001',
    '100㎡、120㎡、140㎡、160㎡',
    '2026年11月24日，2026-11-24',
    '一组一二三四号，二组三十一号',
    '皖南路 12 号',
  ])('%s', (text) => {
    expect(kept(text)).toBe(text)
    expect(holdsNumber(text)).toBe(false)
  })
})

test.each([
  '李四139-0000-1234',
  '李四139 0000 1234 家东',
  '139-0000-1234三家',
  '139*0000*1234',
  '139+0000+1234',
  '139°0000°1234',
])('a mobile beside a digit in words, or parted by another sign, is one: %s', (text) => {
  expect(holdsNumber(text)).toBe(true)
  expect(numbersIn(text).map(({ from, to }) => text.slice(from, to).replace(/\D/g, ''))).toContain(
    '13900001234',
  )
})
