import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { ServiceItem, Step } from '../service-item/item'
import { file } from './journeys/case-fixture'
import { closingShare } from './settle'

const LX036 = packItems().find(({ id }) => id === 'LX-036') as ServiceItem
const { state } = file(LX036, '2026-11-24')
const accepting = { stepKey: 'accept', unitId: state.steps[0]?.parts[0]?.unitId ?? '' }
const closingOf = (change: Partial<Step>, more: Partial<ServiceItem> = {}) => {
  const steps = LX036.steps.map((step) => (step.kind === 'conclude' ? { ...step, ...change } : step))
  return closingShare({ ...LX036, ...more, steps }, state, accepting)
}

test('one signature closes what one hand does: nothing to pay, nobody to go along, nobody between', () => {
  const [closing] = LX036.steps.filter(({ kind }) => kind === 'conclude')
  expect(closingOf({})).toEqual({ stepKey: closing?.key, unitId: accepting.unitId })
  expect(closingOf({ actions: [...(closing?.actions ?? []), 'pay'] })).toBeNull()
  expect(closingOf({ officersMin: 2 })).toBeNull()
  expect(closingOf({ role: 'dept-approver' })).toBeNull()
  expect(closingOf({}, { caseTypeCode: '2' })).toBeNull()
})
