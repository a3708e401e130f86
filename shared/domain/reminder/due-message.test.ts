import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { plainDate } from '../kernel/plain-date'
import { dueMessage } from './due-message'

test('a step is called as the page of the case calls it, without the remarks of its name', () => {
  const item = packItems().find(({ id }) => id === 'LX-018')
  const step = item?.steps.find(({ name }) => name.includes('（可选）'))
  if (!item || !step) throw new Error('no step with a remark')
  const today = plainDate('2026-11-24')
  const task = {
    stepKey: step.key,
    partUnitId: '341821105200',
    role: step.role,
    unitId: '341821105200',
    dueOn: today,
  }
  const { lines } = dueMessage({ caseId: 'c', caseNumber: '1', item }, task, { kind: 'today' }, today)
  expect(lines[0]).toMatch(/^村级核实\/代办，/)
})
