import { expect, test } from 'vitest'
import { type Instant, plainDate } from '../../kernel/plain-date'
import { keptAwayUntil, keptAwayWords } from './got-by-fraud'
import type { Revocation, RevocationBasis } from './revocation-state'

const revoked = (basis: RevocationBasis, decided: Revocation['decided'] = 'granted') => ({
  revocations: [
    {
      basis,
      decided,
      reasonDigest: 'why',
      decidedAt: '2026-03-02T01:00:00.000Z' as Instant,
      proposedAt: '2026-03-03T01:00:00.000Z' as Instant,
      speakDays: 5,
      deciders: [],
      heard: [],
      answeredAt: '2026-03-12T01:00:00.000Z' as Instant,
      revoked: true,
    },
  ],
})
const PERMIT = { typeCode: '01', steps: [] } as const

test('whoever got a permit by fraud is kept from it for three years, and whoever decides is told', () => {
  expect(keptAwayUntil(PERMIT, revoked('fraud'))).toBe('2029-03-12')
  const words = (today: string) => keptAwayWords(PERMIT, [revoked('fraud')], plainDate(today))
  expect(words('2026-03-13')).toContain('2029年3月12日以前不得再次申请（行政许可法第七十九条）')
  expect(words('2029-03-12')).not.toBeNull()
  expect(words('2029-03-13')).toBeNull()
})

test('another ground, and what is no permit, keeps nobody away', () => {
  expect(keptAwayUntil(PERMIT, revoked('procedure'))).toBeNull()
  expect(keptAwayUntil({ typeCode: '05', steps: [] } as never, revoked('fraud'))).toBeNull()
  expect(keptAwayUntil(PERMIT, { revocations: [] })).toBeNull()
})

test('of several the last day counts, and where there is none nobody is kept away', () => {
  const later = revoked('fraud').revocations.map((each) => ({
    ...each,
    answeredAt: '2026-05-12T01:00:00.000Z' as Instant,
  }))
  const words = (others: Parameters<typeof keptAwayWords>[1]) =>
    keptAwayWords(PERMIT, others, plainDate('2026-06-13'))
  expect(words([{ revocations: later }, revoked('fraud')])).toContain('2029年5月12日')
  expect([words([]), words([{}]), words([revoked('procedure')])]).toEqual([null, null, null])
})
