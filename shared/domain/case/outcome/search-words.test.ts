import { expect, test } from 'vitest'
import {
  digitsSought,
  isCalled,
  isTelling,
  namePartsOf,
  namePartsSought,
  noticeIn,
  searchWords,
} from './search-words'

test('words are letters and digits; what stands between them says nothing', () => {
  expect(searchWords(' 王小霞　失业 登记 ')).toEqual(['王小霞', '失业', '登记'])
  expect(searchWords('Ａ座 a座')).toEqual(['a座'])
  for (const typed of ['', ' ', '%', '_', '%_%', "'--", '\u0000', '\ud800', '*'])
    expect(searchWords(typed)).toEqual([])
  expect(searchWords('王\u0000小\ud800霞%')).toEqual(['王', '小', '霞'])
  expect(searchWords('一 二 三 四 五 六 七 八')).toHaveLength(6)
})

test.each([
  ['王小霞', '小霞', true],
  ['王小霞', '王小霞', true],
  ['王小霞', '王', true],
  // One letter is a surname, or it would find half the county.
  ['王小霞', '霞', false],
  ['王小霞', '王霞', false],
  ['阿依古丽·买买提', '买买', true],
  ['桂英烧饼店', '烧饼', true],
])('in %s %s is found: %s', (name, word, isFound) => {
  const parts = namePartsOf(name)
  expect(namePartsSought(word).every((part) => parts.includes(part))).toBe(isFound)
})

test('of a number the region is left out, since all have it', () => {
  expect(digitsSought('3418212611170426', '341821')).toBe('2611170426')
  expect(digitsSought('0426', '341821')).toBe('0426')
  expect(digitsSought('341821', '341821')).toBe('')
  expect(digitsSought('王', '341821')).toBeNull()
  expect(digitsSought('7', '341821')).toBeNull()
})

test('an item is found by any of its names', () => {
  expect(isCalled(['高龄津贴', '老年钱'], '年钱')).toBe(true)
  expect(isCalled(['高龄津贴'], '年钱')).toBe(false)
})

test.each([
  ['梅政示〔2026〕12号', '梅政示〔2026〕', 2026, 12],
  ['梅政示[2026]第12号', '梅政示〔2026〕', 2026, 12],
  ['梅政示 (2026) 12', '梅政示〔2026〕', 2026, 12],
  ['公示 梅政示（2026） 第 3 号 贴在村口', '梅政示〔2026〕', 2026, 3],
])('%s names a document as its paper does', (typed, prefix, year, number) => {
  expect(noticeIn(typed)).toMatchObject({ prefix, year, number })
  expect(typed).toContain(noticeIn(typed)?.written ?? 'none')
})

test.each(['梅政示2026-12', '〔2026〕12号', '梅政示〔26〕12号', '王小霞', ''])('%s names none', (typed) => {
  expect(noticeIn(typed)).toBeNull()
})

test('a word tells little where many cases have it: one letter, a month, the region', () => {
  expect([isTelling('王', null), isTelling('王小', null)]).toEqual([false, true])
  expect([isTelling('2611', '2611'), isTelling('261117', '261117')]).toEqual([false, true])
  expect(isTelling('341821', '')).toBe(false)
})

test('the same two letters twice are looked for once', () => {
  expect(namePartsOf('乐乐乐')).toEqual(['^乐', '乐乐'])
  expect(namePartsSought('乐乐乐')).toEqual(['乐乐'])
  expect(namePartsOf('')).toEqual([])
})
