import { expect, test } from 'vitest'
import { childCheckOf } from '../service-item/for-children'
import { awaitedWords, isMisnamed } from './identity'

const reader = { realNameLevel: 3, idNumberIndex: 'number', identityIndex: 'name and number' }

test.each([
  ['another name beside it', 'number', 'other name', reader, true],
  ['their own name', 'number', 'name and number', reader, false],
  ['no name', 'number', null, reader, false],
  ['the number of somebody else', 'other number', 'other name', reader, false],
  ['no number', null, 'other name', { ...reader, idNumberIndex: null }, false],
  ['another name, before they are confirmed', 'number', 'other name', { ...reader, realNameLevel: 2 }, false],
])('%s', (_, numberIndex, identityIndex, who, told) => {
  expect(isMisnamed({ numberIndex, identityIndex }, who)).toBe(told)
})

test('the receipt of a child tells the way that the guide has told', () => {
  const told = childCheckOf({ materials: [{ forChild: '户口簿上孩子那一页' }] as never }) ?? ''
  const way = /由监护人.*村里核/.exec(told)?.[0] ?? 'none'
  expect(
    awaitedWords({ kind: 'person', underFourteen: true }, { takesIt: false, otherName: false }),
  ).toContain(way)
})
