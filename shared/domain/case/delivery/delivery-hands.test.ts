import { expect, test } from 'vitest'
import { TAKER_POWERS, takerFault, takerPowers, witnessFault } from './delivery-words'

test.each([
  [['王会计，大梁村委会', '李组长，大梁村三组'], null],
  [['李四', '李四'], 'same'],
  [['大梁村 王某', '王某，大梁村'], 'same'],
  [['王某', '王某（大梁村）'], 'same'],
  [['大梁村王某', '王某'], 'same'],
  [['王某', '大梁村委会王某'], 'same'],
  [['赵敏，梅渚镇', '李组长，大梁村三组'], 'server'],
  [['王会计，大梁村委会', '赵敏芝，大梁村三组'], null],
  [['王会计，大梁村委会', '梅渚镇赵敏'], 'server'],
  [['赵敏梅渚镇', '李组长，大梁村三组'], 'server'],
] as const)('two witnesses %j before 赵敏 who serves: %s', (witnesses, fault) => {
  expect(witnessFault(witnesses, '赵敏')).toBe(fault)
})

test('whoever takes it for a person is of the house or has a power; a neighbour is nobody of the list', () => {
  const labels = takerPowers('person').map((power) => TAKER_POWERS[power].label)
  expect(labels).toEqual(['同住的成年家属', '本人写了委托书的代收人'])
  expect(takerPowers('firm')).not.toContain('family')
})

test.each([
  ['焦小弟', 'family', 'person', null],
  [' 赵敏 ', 'family', 'person', 'server'],
  ['焦小弟', 'representative', 'person', 'power'],
  ['焦小弟', 'family', 'firm', 'power'],
] as const)('%s as %s of a %s, before 赵敏 who serves: %s', (name, power, kind, fault) => {
  expect(takerFault({ name, power }, kind, '赵敏')).toBe(fault)
})

test.each([
  [['郑丁', '大梁村 王立新'], 'concerned'],
  [['大梁村郑丁', '大梁村 王立新'], 'concerned'],
  [['大梁村 王立新', '梅渚镇大梁村郑小丁'], 'concerned'],
  [['大梁村郑丁山', '大梁村 王立新'], null],
  [['大梁村 王立新', '大梁村郑丁主任'], 'concerned'],
] as const)('of 郑丁, for whom 郑小丁 filed, %j are witnesses: %s', (witnesses, fault) => {
  expect(witnessFault(witnesses, '赵敏', ['郑丁', '郑小丁'])).toBe(fault)
})

test('who serves it takes it for nobody, also with the place before the name', () => {
  expect(takerFault({ name: '梅渚镇赵敏', power: 'family' }, 'person', '赵敏')).toBe('server')
})
