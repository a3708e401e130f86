import { expect, test } from 'vitest'
import { objectionStage, type TypedObjection } from './public-objection'

const stages = (typed: TypedObjection) => [
  objectionStage(typed, { isDecided: false }),
  objectionStage(typed, { isDecided: true }),
]
const left = { outcome: null, leavesPhone: true, isTold: false } as const

test('what was typed is read before anything else', () => {
  expect(stages(left)).toEqual(['unread', 'unread'])
  expect(stages({ ...left, leavesPhone: false })).toEqual(['unread', 'unread'])
})

test('who left a telephone is told: of what was set aside at once, of what was taken up once it is decided', () => {
  expect(stages({ ...left, outcome: 'aside' })).toEqual(['to-tell', 'to-tell'])
  expect(stages({ ...left, outcome: 'taken' })).toEqual(['awaits-result', 'to-tell'])
  expect(stages({ ...left, outcome: 'taken', isTold: true })).toEqual(['done', 'done'])
})

test('who left none can be told nothing', () => {
  expect(stages({ ...left, leavesPhone: false, outcome: 'taken' })).toEqual(['done', 'done'])
})
