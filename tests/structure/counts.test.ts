import { expect, test } from 'vitest'
import { countsOf } from '../counts.mjs'

test('a count that is none runs nothing: it is refused, not taken for green', () => {
  expect(countsOf([], [10, 5])).toEqual([10, 5])
  expect(countsOf(['3'], [10, 5])).toEqual([3, 5])
  for (const none of ['10k', '0', '-1', '2.5', '']) expect(() => countsOf([none], [10])).toThrow('no count')
})
