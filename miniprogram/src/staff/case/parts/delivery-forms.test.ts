import { expect, test } from 'vitest'
import {
  bodyOfDelivery,
  DELIVERY_FORMS,
  draftFor,
  emptyDraft,
  faultsOfDelivery,
  formOf,
  isWritten,
  waitsWords,
} from './delivery-forms'

const written = {
  reason: '本人拒收',
  place: '镇政府公告栏',
  firstWitness: '王会计，大梁村委会',
  secondWitness: '李组长，大梁村三组',
}

test.each(['leave', 'announce', 'record-announced'] as const)(
  'a sheet for %s that was begun yesterday, or is open over midnight, can be sent: it names no day',
  (action) => {
    const draft = { ...emptyDraft(action, '2026-11-30'), ...written }
    expect(faultsOfDelivery(action, draft)).toEqual([])
    const body = bodyOfDelivery(action, 'revocation-notice', draft, 3)
    expect(JSON.stringify(body)).not.toContain('2026-11-30')
    expect(Object.keys(body)).not.toContain(action === 'leave' ? 'leftOn' : 'announcedOn')
  },
)

test('what a receipt bears is asked for, what is left names no day at all', () => {
  const asked = (action: 'record-receipt' | 'leave') =>
    faultsOfDelivery(action, { ...emptyDraft(action, '2026-11-30'), ...written, day: undefined })
  expect([asked('record-receipt'), asked('leave')]).toEqual([['day'], []])
})

test('any words are words that are still there after an answer was lost', () => {
  const empty = emptyDraft('leave', '2026-11-30')
  expect(isWritten(empty)).toBe(false)
  for (const each of ['number', 'name', 'power', 'place', 'firstWitness', 'secondWitness', 'reason'] as const)
    expect(isWritten({ ...empty, [each]: '王会计' })).toBe(true)
})

test('where an act asks why it goes another way than was chosen, the words are needed and sent, else they are not', () => {
  const draft = { ...emptyDraft('hand-over', '2026-11-30'), why: ' 来窗口要了 ' }
  expect(faultsOfDelivery('hand-over', { ...draft, why: '' }, true)).toEqual(['why'])
  expect(bodyOfDelivery('hand-over', 'result', draft, 3, true)).toMatchObject({ reason: '来窗口要了' })
  expect(bodyOfDelivery('hand-over', 'result', draft, 3)).not.toHaveProperty('reason')
})

test('what ended for a death goes to somebody of the family, by name: nobody who has died takes it', () => {
  const draft = draftFor(emptyDraft('hand-over', '2026-11-30'), { forFamily: true })
  expect(faultsOfDelivery('hand-over', draft)).toEqual(['name'])
  expect(bodyOfDelivery('hand-over', 'termination', { ...draft, name: '韩有才' }, 3)).toMatchObject({
    taker: { name: '韩有才', power: 'family' },
  })
  const letter = draftFor({ ...emptyDraft('record-receipt', ''), day: '2026-11-30' }, { forFamily: true })
  expect(faultsOfDelivery('record-receipt', letter)).toEqual(['name'])
  expect(bodyOfDelivery('record-receipt', 'termination', { ...letter, name: '韩有才' }, 3)).toMatchObject({
    receivedOn: '2026-11-30',
    taker: { name: '韩有才', power: 'family' },
  })
  for (const act of ['hand-over', 'record-return', 'record-receipt'] as const) {
    expect(formOf(act, { forFamily: true }).lead).toContain('家属')
    expect(formOf(act, {})).toEqual(DELIVERY_FORMS[act])
  }
})

test('the page says to whom what ended is to be handed, as its row in the queue does', () => {
  const ended = { of: 'termination', awaited: true } as const
  // The row's words are read in tests/product/a-death.test.ts and outcomes.test.ts.
  expect(waitsWords({ ...ended, forFamily: true })).toBe('要当面给家属或者寄')
  expect(waitsWords(ended)).toBe('要当面给或者寄')
  expect(waitsWords({ ...ended, awaited: false })).toBe('还没送到')
  expect(waitsWords({ of: 'decline', awaited: true })).toBe('手机上不算送达，要当面给或者寄')
})
