import { expect, test } from 'vitest'
import { stepLimit } from './step-limit'

test.each([
  [{ limitDays: 8, publicity: null }, '8 个工作日'],
  [{ limitDays: 0, publicity: null }, '当天'],
  [{ limitDays: 0, publicity: { days: 10, unit: 'calendar' } }, '公示 10 天'],
  [{ limitDays: 0, publicity: { days: 5, unit: 'working' } }, '公示 5 个工作日'],
] as const)('%j takes %s', (step, words) => {
  expect(stepLimit(step)).toBe(words)
})
