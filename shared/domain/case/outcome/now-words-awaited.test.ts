import { expect, test } from 'vitest'
import { withDecidersAwaited } from './now-words'

const registry = {
  units: new Map(
    [
      ['town', '梅渚镇'],
      ['water', '县水利局'],
      ['forest', '县林业局'],
    ].map(([id = '', shortName = '']) => [id, { id, shortName, name: shortName, kind: 'department' }]),
  ),
} as never
const wordsOf = (unitId: string | null, words: string, awaited: readonly string[]) =>
  withDecidersAwaited({ unitId, words }, awaited, registry).words

test('of one organ alone it is said that it waits for who decides, and only where it decides', () => {
  expect(wordsOf('town', '正在作决定，已经算受理了', ['town'])).toBe('在等能作决定的人，已经算受理了')
  expect(wordsOf('town', '正在作决定', [])).toBe('正在作决定')
  expect(wordsOf('town', '正在作决定', ['water'])).toBe('正在作决定')
  expect(wordsOf('town', '要到现场看', ['town'])).toBe('要到现场看')
})

test('of several organs those that wait are named, and the others are said to go on', () => {
  expect(wordsOf(null, '2 个部门正在审核', [])).toBe('2 个部门正在审核')
  expect(wordsOf(null, '3 个部门正在办，1 个部门暂停着', ['water'])).toBe(
    '3 个部门正在办，其中县水利局在等能作决定的人，1 个部门暂停着',
  )
  expect(wordsOf(null, '2 个部门正在作决定', ['water', 'forest'])).toBe(
    '县水利局、县林业局都在等能作决定的人',
  )
  expect(wordsOf(null, '1 个部门正在审核，1 个部门暂停着', ['water'])).toBe(
    '县水利局在等能作决定的人，1 个部门暂停着',
  )
  expect(wordsOf(null, '2 个部门都暂停着', ['water'])).toBe('2 个部门都暂停着')
})
