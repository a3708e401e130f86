import { expect, test } from 'vitest'
import { plainStepName, stepDeed } from './step-name'

test.each([
  ['残疾评定（特别程序，暂停计时）：残联组织指定医院评定', '残疾评定'],
  ['公示（5 天，自然日）', '公示'],
  ['窗口受理', '窗口受理'],
])('%s is told as %s', (name, plain) => {
  expect(plainStepName(name)).toBe(plain)
})

test.each([
  ['乡镇审核', '审核'],
  ['村级公示（5 天，自然日）', '公示'],
  ['入户调查与初审', '入户调查与初审'],
])('beside its unit %s is told as %s', (name, deed) => {
  expect(stepDeed(name)).toBe(deed)
})
