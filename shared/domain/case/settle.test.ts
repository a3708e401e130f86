import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { ServiceItem, Step } from '../service-item/item'
import { file } from './journeys/case-fixture'
import { closingShare, handedOverHow } from './settle'
import type { CaseState } from './state'

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

const LX006 = packItems().find(({ id }) => id === 'LX-006') as ServiceItem
const GRANTED = { decision: { kind: 'granted' }, deliveredBy: 'electronic' } as const

test('the decision alone reaches a phone where a certificate was granted that is fetched or sent', () => {
  const handed = (methods: readonly string[], decision: 'granted' | 'refused' = 'granted') =>
    handedOverHow(
      { ...LX006, howToGet: { ...LX006.howToGet, methods } },
      { ...GRANTED, decision: { ...GRANTED.decision, kind: decision } as CaseState['decision'] },
    )
  expect(handed(['electronic', 'pickup'])).toBe('决定书电子件到手机')
  expect(handed(['electronic', 'post'])).toBe('决定书电子件到手机')
  // All there is of it is on the phone.
  expect(handed(['electronic'])).toBe('电子件到手机')
  // What was refused has no certificate.
  expect(handed(['electronic', 'pickup'], 'refused')).toBe('电子件到手机')
})
