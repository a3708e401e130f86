import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn, plainDate } from '../../kernel/plain-date'
import type { CaseCommand } from '../decide'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  contextOf,
  everybody,
  file,
  type Journey,
  onDay,
  passTime,
} from '../journeys/case-fixture'
import { served as serviceWords } from '../paper/service-words'
import { type StoredEvent, upgradeEvent, upgradeState } from '../upgrade'
import { DELIVERY_ACTS, type DeliveryCommand, whyNotDelivery } from './delivery'
import { awaitedServices } from './delivery-clock'
import { takerFault } from './delivery-words'
import { serviceOf } from './evolve-delivery'
import { owedPapers } from './owed-papers'
import { remedyFrom } from './served-on'

const item = packItems().find(({ id }) => id === 'LX-005')
if (!item) throw new Error('no LX-005')
const OF = { of: 'termination' } as const

const wish = (journey: Journey, method: 'electronic' | 'pickup') =>
  attempt(journey, { type: 'choose-delivery', method, addressDigest: null }, APPLICANT)
/** They had agreed to the phone, and died while it was worked on. */
function died(): Journey {
  const agreed = wish(file(item as NonNullable<typeof item>, '2026-03-02'), 'electronic')
  if (!agreed.ok) throw new Error(agreed.error.code)
  return act(agreed.value, 'terminate', { cause: 'deceased' })
}
const does = (journey: Journey, command: DeliveryCommand) => attempt(journey, command, everybody(journey))
const handing = (journey: Journey, takerDigest: string | null): DeliveryCommand => ({
  ...OF,
  type: 'hand-over',
  takenOn: dayIn(journey.now),
  takerDigest,
})
const posted = (journey: Journey): DeliveryCommand => ({
  ...OF,
  type: 'post',
  carrier: 'ems',
  trackingDigest: 'number',
  postedOn: dayIn(journey.now),
})

test('what ended for a death is taken by somebody of the family, by name, at every door', () => {
  const ended = died()
  const open = DELIVERY_ACTS.filter(
    (each) =>
      whyNotDelivery(ended.item, ended.state, each, 'termination', contextOf(ended, everybody(ended))) ===
      null,
  )
  expect(open).toEqual(['post', 'hand-over'])
  expect(does(ended, handing(ended, null))).toMatchObject({
    ok: false,
    error: { code: 'case.target-unknown', field: 'taker' },
  })
  const left = { ...OF, type: 'leave', witnessesDigest: 'two', refusalDigest: 'why' } as const
  expect(does(ended, left)).toMatchObject({ ok: false, error: { code: 'case.action-not-allowed' } })
  for (const method of ['electronic', 'pickup'] as const) expect(wish(ended, method).ok).toBe(false)
  for (const action of ['deliver', 'settle'] as const) {
    const command = {
      type: 'act',
      action,
      stepKey: 'accept',
      unitId: 'town',
      method: 'electronic',
      reasonDigest: null,
    }
    expect(attempt(ended, command as CaseCommand, everybody(ended)).ok).toBe(false)
  }
  expect(does(ended, handing(ended, 'son')).ok).toBe(true)
})

test('its 送达回证 names the family, and never that the addressee took it', () => {
  const words = (journey: Journey) => {
    const event = journey.events.at(-1)
    if (event?.type !== 'served') throw new Error('not served')
    const said = serviceWords(
      {
        item: journey.item,
        state: journey.state,
        decidedBy: null,
        certifiedBy: null,
        servedPaper: null,
        ownPapers: new Map(),
      },
      event,
    )
    return said.paragraphs.map((each) => each.said)
  }
  const ended = died()
  const handed = does(ended, handing(ended, 'son'))
  if (!handed.ok) throw new Error(handed.error.code)
  expect(words(handed.value)).toEqual([
    '送达的文书：《终止办理通知书》',
    '送达方式：窗口或村里拿',
    '送达日期：2026年3月2日',
    '收到文书的家属：',
    '家属签名或者盖章：＿＿＿＿＿＿　送达人签名：＿＿＿＿＿＿',
  ])
  const sent = does(ended, posted(ended))
  if (!sent.ok) throw new Error(sent.error.code)
  const receipt = { ...OF, type: 'record-receipt', receivedOn: dayIn(ended.now) } as const
  // Whoever signed for the letter is named: the dead has not.
  expect(does(sent.value, receipt)).toMatchObject({ ok: false, error: { field: 'taker' } })
  const got = does(sent.value, { ...receipt, takerDigest: 'son' })
  if (!got.ok) throw new Error(got.error.code)
  expect(words(got.value).join('')).not.toContain('本人')
  expect(words(got.value)).toContain('收到文书的家属：')
})

test('only somebody of the family takes it: a power ends with whoever gave it', () => {
  const taker = (power: 'family' | 'agent' | 'receiver') =>
    takerFault({ name: '韩有才', power }, 'person', '赵敏', true)
  expect([taker('family'), taker('agent'), taker('receiver')]).toEqual([null, 'power', 'power'])
  expect(takerFault({ name: '赵敏', power: 'family' }, 'person', '赵敏', true)).toBe('server')
})

test('a row from before a death was kept is one all the same, and one that time has ended is none', () => {
  const ended = died()
  const { isDeceased: _kept, ...row } = ended.state
  const older = (state: object) => upgradeState(JSON.parse(JSON.stringify(state)))
  expect(older(row)).toEqual(ended.state)
  const waiting: Journey = { ...ended, state: older(row) }
  expect(wish(waiting, 'electronic').ok).toBe(false)
  expect(serviceOf(waiting.state, 'termination')?.served).toBeUndefined()
  const asked = act(file(item as NonNullable<typeof item>, '2026-03-02'), 'request-correction')
  const reminded = passTime(onDay(asked, '2026-03-16', 510))
  const lapsed = passTime(onDay(reminded, '2026-03-24', 5)).state
  expect([lapsed.status, older(lapsed)]).toEqual(['terminated', lapsed])
  // Dead on the last day to answer what they were reminded of.
  const both = act(onDay(reminded, '2026-03-23'), 'terminate', { cause: 'deceased' }).state
  const { isDeceased: _too, ...before } = both
  expect(older(before)).toEqual(both)
})

test('what ended for a death before its paper was kept is on no phone: it is owed to the family', () => {
  const ended = died()
  const events = ended.events.map((event) => {
    if (event.type !== 'terminated') return event
    const { toBeServed: _served, type, at, ...payload } = event
    const stored: StoredEvent = { type, at, payload: JSON.stringify({ shape: 3, ...payload }) }
    return upgradeEvent(stored)
  })
  const state = replay(ended.item, events)
  const waiting: Journey = { ...ended, events, state }
  expect([remedyFrom(state, 'lapsed'), state.inApp, owedPapers(state)]).toEqual([
    null,
    undefined,
    ['termination'],
  ])
  expect(awaitedServices(ended.item, state)).toMatchObject([OF])
  const handed = does(waiting, handing(waiting, 'son'))
  expect(handed.ok && remedyFrom(handed.value.state, 'lapsed')).toBe('2026-03-02')
  expect(handed.ok && handed.value.events.at(-1)).not.toHaveProperty('copyOn')
  // Its row as it was written then.
  const { isDeceased: _kept, services: _none, ...row } = state
  const inApp = [{ ...OF, signedAt: ended.now, on: '2026-03-02' }]
  expect(upgradeState(JSON.parse(JSON.stringify({ ...row, inApp })))).toEqual(state)
})

test('what was handed to the family as a copy of a paper on the dead one’s phone is theirs since that day', () => {
  const ended = died()
  const events = ended.events.map((event) => {
    if (event.type !== 'terminated') return event
    const { toBeServed: _served, ...older } = event
    return older
  })
  const copied = { ...OF, type: 'served', stepKey: 'accept', unitId: 'town', method: 'pickup' } as const
  const state = replay(ended.item, [
    ...events,
    {
      ...copied,
      at: onDay(ended, '2026-03-20').now,
      on: dayIn(ended.now),
      copyOn: plainDate('2026-03-20'),
      takerDigest: 'son',
    },
  ])
  expect(serviceOf(state, 'termination')?.served).toEqual({
    on: '2026-03-20',
    method: 'pickup',
    takerDigest: 'son',
  })
  expect(remedyFrom(state, 'lapsed')).toBe('2026-03-20')
})

test('who died in the days after they were reminded has died, where the last day to answer was not kept yet', () => {
  const asked = act(file(item as NonNullable<typeof item>, '2026-03-02'), 'request-correction')
  const reminded = passTime(onDay(asked, '2026-03-16', 510))
  const older = (state: Journey['state']) => {
    const { isDeceased: _kept, ...row } = state
    const corrections = row.corrections.map(({ answerBy: _day, ...each }) => each)
    return upgradeState(JSON.parse(JSON.stringify({ ...row, corrections }))).isDeceased
  }
  const dies = (day: string) => act(onDay(reminded, day), 'terminate', { cause: 'deceased' }).state
  expect([older(dies('2026-03-17')), older(dies('2026-03-23'))]).toEqual([true, true])
  expect(older(passTime(onDay(reminded, '2026-03-24', 5)).state)).toBeUndefined()
})
