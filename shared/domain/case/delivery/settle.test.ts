import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { ServiceItem, Step } from '../../service-item/item'
import { file } from '../journeys/case-fixture'
import type { CaseState } from '../state'
import { closingShare, handedOverBy, handedOverHow, isSettling, mayBePosted, settlingEvents } from './settle'

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

test('a step between, or a share of another unit, leaves more than one signature', () => {
  expect(closingShare(LX036, state, { ...accepting, unitId: 'elsewhere' })).toBeNull()
  expect(closingShare(LX036, { steps: [] }, accepting)).toBeNull()
  const steps = state.steps.map((run) => (run.key === 'accept' ? run : { ...run, status: 'done' as const }))
  expect(closingShare(LX036, { steps }, accepting)).toBeNull()
  expect(closingShare(LX036, state, { ...accepting, stepKey: state.steps[1]?.key ?? '' })).toBeNull()
  const parted = state.steps.map((run) => ({ ...run, parts: [...run.parts, ...run.parts] }))
  expect(closingShare(LX036, { steps: parted }, accepting)).toBeNull()
  for (const action of ['grant', 'conclude', 'deliver'])
    expect(
      closingOf({
        actions: (LX036.steps.at(-1)?.actions ?? []).filter((each) => each !== action),
      }),
    ).toBeNull()
})

test('it is handed over into the hand of who stands there, else to the phone, as they have chosen', () => {
  const of = (methods: readonly string[]) =>
    ({ howToGet: { ...LX036.howToGet, methods } }) as unknown as ServiceItem
  const both = of(['electronic', 'pickup'])
  const by = (more: Partial<CaseState>, item = both, isReached = true) =>
    handedOverBy(item, { channel: 'mini', confirmedBy: null, ...more } as CaseState, isReached)
  expect(by({ channel: 'village' })).toBe('pickup')
  expect(by({ channel: null })).toBe('pickup')
  expect(by({ confirmedBy: 'face-to-face' })).toBe('pickup')
  expect(by({})).toBe('electronic')
  expect(by({ confirmedBy: 'wechat' })).toBe('electronic')
  expect(by({}, both, false)).toBeNull()
  expect(by({}, of(['pickup']))).toBeNull()
  expect(by({ channel: 'village' }, of(['electronic']))).toBe('electronic')
  const chosen = (method: 'post' | 'electronic' | 'pickup') => ({
    deliveryChoice: { method } as NonNullable<CaseState['deliveryChoice']>,
  })
  expect(by({ channel: 'village', ...chosen('electronic') })).toBe('electronic')
  expect(by({ channel: 'village', ...chosen('post') })).toBeNull()
  expect(by(chosen('pickup'))).toBeNull()
})

test('one moment holds 受理, 准予 and 办结, and 送达 where it is handed over', () => {
  const at = state.filedAt
  const closing = { stepKey: 'finish', unitId: accepting.unitId }
  const left = settlingEvents(at, accepting, closing, { method: null, servedOn: null })
  expect(left.map(({ type }) => type)).toEqual(['accepted', 'granted', 'concluded'])
  expect(left[0]).toEqual({ type: 'accepted', at, ...accepting, bySilence: false })
  const given = settlingEvents(at, accepting, closing, { method: 'pickup', servedOn: null }, { amount: 5 })
  expect(given.at(-1)).toEqual({ type: 'delivered', at, ...closing, method: 'pickup', servedOn: null })
  expect(given[1]).toMatchObject({ type: 'granted', amount: 5, reasonDigest: null })
  expect([isSettling(left), isSettling(given), isSettling(left.slice(1)), isSettling([])]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('what is against somebody goes by post whatever the guide says', () => {
  const item = { howToGet: { ...LX036.howToGet, methods: ['pickup'] } } as unknown as ServiceItem
  const as = (kind: 'granted' | 'refused') => ({ decision: { kind }, steps: [] }) as unknown as CaseState
  expect(mayBePosted(item, as('granted'), 'result')).toBe(false)
  expect(mayBePosted(item, as('refused'), 'result')).toBe(true)
  expect(mayBePosted(item, as('granted'), 'decline')).toBe(true)
  const posting = { howToGet: { ...LX036.howToGet, methods: ['post'] } } as unknown as ServiceItem
  expect(mayBePosted(posting, as('granted'), 'result')).toBe(true)
})
