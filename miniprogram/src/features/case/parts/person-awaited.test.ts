import { expect, test, vi } from 'vitest'
import { awaitedWords } from '#shared/domain/case/whose/identity'
import { isTakeoverAwaited, wasSeenLate } from './person-awaited'

vi.mock('../../../platform/clock', () => ({ today: () => '2026-11-24' }))

const person = { kind: 'person', underFourteen: false } as const
const seen = (at: string, dueOn: string | null = '2026-11-24') =>
  wasSeenLate({ dueOn, applicantKind: 'person', timeline: [{ type: 'identity-confirmed', at }] } as never)

test('whoever is confirmed is asked to take it over, and of no identity', () => {
  const awaits = (takesIt: boolean, otherName = false) =>
    isTakeoverAwaited({
      personAwaited: true,
      mayTakeOver: true,
      identityAwaited: { words: awaitedWords(person, { takesIt, otherName }), inWechat: false },
    } as never)
  expect(awaits(true)).toBe(true)
  expect(awaits(false)).toBe(false)
  expect(awaits(true, true)).toBe(false)
})

test('a day that nobody could keep while the person was not seen is no office’s fault', () => {
  expect(seen('2026-12-09T01:00:00.000Z')).toBe(true)
  expect(seen('2026-11-24T01:00:00.000Z')).toBe(false)
  expect(seen('2026-12-09T01:00:00.000Z', null)).toBe(false)
})
