import { expect, test } from 'vitest'
import { digitsSought, isCalled, namePartsOf, namePartsSought, searchWords } from './search-words'

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
