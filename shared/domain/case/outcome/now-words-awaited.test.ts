import { expect, test } from 'vitest'
import { withDeciderAwaited } from './now-words'

test('of one organ alone it is said that it waits for who decides, and only where it decides', () => {
  const wordsOf = (unitId: string | null, words: string) => withDeciderAwaited({ unitId, words }).words
  expect(wordsOf('town', '正在作决定，已经算受理了')).toBe('在等能作决定的人，已经算受理了')
  expect(wordsOf('town', '正在审核')).toBe('正在审核')
  expect(wordsOf(null, '2 个部门正在作决定')).toBe('2 个部门正在作决定')
})
