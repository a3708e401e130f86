import { expect, test } from 'vitest'
import {
  asksWhy,
  bodyOfDelivery,
  emptyDraft,
  faultsOfDelivery,
  isWritten,
  type ServedPaper,
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

test('what goes another way than was chosen says why, and the way they chose, a notice and a letter that came back do not', () => {
  const paper = { of: 'result', posted: null } as unknown as ServedPaper
  const choice = { method: 'electronic', label: '', address: null } as const
  expect(asksWhy(paper, 'hand-over', choice)).toBe(true)
  expect(asksWhy(paper, 'hand-over', { ...choice, method: 'pickup' })).toBe(false)
  expect(asksWhy(paper, 'hand-over', null)).toBe(false)
  expect(asksWhy({ ...paper, of: 'revocation' }, 'hand-over', choice)).toBe(false)
  const posted = { carrier: '', trackingNumber: null, on: '2026-11-27', returnedOn: '2026-11-30' }
  expect([asksWhy(paper, 'leave', choice), asksWhy({ ...paper, posted }, 'leave', choice)]).toEqual([
    true,
    false,
  ])
  const draft = { ...emptyDraft('hand-over', '2026-11-30'), why: ' 来窗口要了 ' }
  expect(faultsOfDelivery('hand-over', { ...draft, why: '' }, true)).toEqual(['why'])
  expect(bodyOfDelivery('hand-over', 'result', draft, 3, true)).toMatchObject({ reason: '来窗口要了' })
  expect(bodyOfDelivery('hand-over', 'result', draft, 3)).not.toHaveProperty('reason')
})
