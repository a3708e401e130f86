import { expect, test } from 'vitest'
import type { CaseState } from '../case/state'
import type { Approval } from '../case/step/approval-state'
import { plainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { answerMessage } from './staff'

const asked = { for: 'extend', stepKey: 'examine', granted: null } as Approval
const item = {
  plainName: '开公司',
  steps: [{ key: 'examine', name: '审查', kind: 'examine' }],
} as unknown as ServiceItem
const of = { caseId: 'a', caseNumber: '3418212611240003', item, after: {} as CaseState }

test.each([
  ['limit', '法定期限已经过了，不能再延'],
  ['ended', '这件已经结束，请示不再有用'],
  ['handed-over', '这一步转给别的单位了，请示不再有用'],
  ['step', '这一步已经往下走了，请示不再有用'],
] as const)('why nobody answers any more is said as it is: %s', (because, line) => {
  const { lines } = answerMessage(of, asked, { by: '县局', because }, plainDate('2026-11-24'))
  expect(lines).toContain(line)
})
