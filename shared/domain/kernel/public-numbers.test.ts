import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idCheckCharacter } from './digits'
import { blotted, holdsNumber, numbersIn } from './public-numbers'

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
  '⓿⓵⓶⓷⓸⓹⓺⓻⓼⓽',
  '٠١٢٣٤٥٦٧٨٩',
  '๐๑๒๓๔๕๖๗๘๙',
  '⁰¹²³⁴⁵⁶⁷⁸⁹',
  '₀₁₂₃₄₅₆₇₈₉',
  '○幺两三四五六拐八勾',
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
    ['㊀三九零零零零一二三四', '◇'],
    ...['微信号是', 'wx:', 'VX ', '加v ', 'V信：', 'weixin'].map((word) => [`${word}fang1979`, `${word}◇`]),
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
    '2026-11-29 10:30',
    '2026/11/29 8:00-12:00，14:00-17:30',
    '2026-11-29—2026-12-05',
    '11月29日上午10点30分',
    'CGCS2000 119.172345，31.123456',
    'X=3447123.456，Y=40512345.678',
    '120.50平方米，3.5米×4.2米，1500×2000',
    '12.50 10.00 12.50 10.00',
    '120m²、140m²、160m²、180m²，120³',
    '1-2-301、1-2-302、1-2-303',
    '微信同号',
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

test.each([
  '2026-11-29 13900001234',
  '341821 1970-05-20 7796',
  '12.50 10.00 13900001234',
  '139.0000.1234',
  '139-0000、1234',
  'X=13900001234',
])('a number beside a day, a size or a mark is one: %s', (text) => {
  expect(kept(text)).toContain('◇')
  expect(holdsNumber(text)).toBe(true)
})

const PIECES = [
  ...'1390058217一三九零〇幺四 -，、;.·×*米号Xx：/２③𝟗㎡٣²',
  ...['139', '0000', '1234', '13900001234', '341821197005207796', '电话', '微信', 'abc12', '@qq.com'],
  ...['皖P', '12.50', '东经', '119.17', '2026-11-29', '10:30', '王五', '平方米'],
]
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''))

test('what is found is found once, in order, in nothing but itself, and nothing of it a second time', () => {
  const apart = '某'.repeat(12)
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [first, second] = [numbersIn(one), numbersIn(other)]
      expect(numbersIn(one + apart + other)).toEqual([
        ...first,
        ...second.map(({ from, to }) => ({
          from: from + one.length + apart.length,
          to: to + one.length + apart.length,
        })),
      ])
      for (const [at, { from, to }] of first.entries()) {
        expect(from).toBeLessThan(to)
        expect(from).toBeGreaterThanOrEqual(first[at - 1]?.to ?? 0)
        expect(to).toBeLessThanOrEqual(one.length)
      }
      expect(blotted(one, first)).toHaveLength(one.length)
    }),
    { numRuns: 300 },
  )
})

test.each([
  '1',
  '1，',
  'a',
  'a@',
  '一',
  '电话1',
  '13900001234，',
  '2026-11-29 ',
  '12.50 ',
  '٣ ',
  '1-2-301、',
  '皖P12',
])('of a long text each word is looked at a few times: %s', (piece) => {
  const spent = (length: number) => {
    const long = piece.repeat(length / piece.length)
    const begun = process.cpuUsage()
    numbersIn(long)
    holdsNumber(long)
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  }
  spent(10_000)
  // Milliseconds of the processor, of the try that others disturbed least; what goes through a text for each of its words
  // takes minutes.
  expect(Math.min(...Array.from({ length: 5 }, () => spent(100_000)))).toBeLessThan(400)
})
