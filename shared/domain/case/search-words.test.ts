import { expect, test } from 'vitest'
import { containsWords, searchWords } from './search-words'

test.each([
  ['', null],
  ['  ', null],
  ['0037', '0037'],
  ['341821 261124 0037', '240037'],
  ['34182119440305001X', '05001X'],
  ['郑小霞', '郑*霞'],
  ['郑 小霞', '郑*霞'],
  ['郑', '郑'],
  ['方云', '方*'],
  ['高龄津贴', '高**贴'],
])('of “%s” goes on its way: %s', (typed, words) => {
  expect(searchWords(typed)).toBe(words)
})

test('what was made of it stays as it is', () => {
  for (const typed of ['郑小霞', '方云', '郑', '高龄津贴', '240037'])
    expect(searchWords(searchWords(typed) ?? '')).toBe(searchWords(typed))
})

test.each([
  ['高龄津贴', '高**贴', true],
  ['高龄津贴', '津*', true],
  ['高龄津贴', '高*贴', false],
  ['养老金（居民）申领', '（**）', true],
  ['低保', '低*', true],
  ['低保', '𠮷*', false],
])('%s contains %s: %s', (text, words, does) => {
  expect(containsWords(text, words)).toBe(does)
})
