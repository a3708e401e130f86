import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { plainDate } from '../kernel/plain-date'
import { dueMessage } from './due-message'

const ITEM = packItems().find(({ id }) => id === 'LX-005')

test.each([
  [{ kind: 'soon', daysLeft: 2 }, '最晚 11月26日 17:30'],
  [{ kind: 'today' }, '最晚 11月26日 17:30'],
  [{ kind: 'late', daysLate: 1 }, '超期了，最晚是 11月26日'],
] as const)('what reaches the phone on a later day is still true: %j', (light, note) => {
  const [step] = ITEM?.steps ?? []
  if (!ITEM || !step) throw new Error('no step')
  const dueOn = plainDate('2026-11-26')
  const task = { stepKey: step.key, partUnitId: 'town', role: step.role, unitId: 'town', dueOn }
  const { data } = dueMessage(
    { caseId: 'c', caseNumber: '1', item: ITEM },
    task,
    light,
    plainDate('2026-11-24'),
  )
  expect(data).toMatchObject({ thing5: note, date4: '2026年11月26日' })
})

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
