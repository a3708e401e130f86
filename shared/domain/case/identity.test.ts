import { expect, test } from 'vitest'
import { isMisnamed } from './identity'

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
