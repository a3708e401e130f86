import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { Instant } from '../../kernel/plain-date'
import { grantedBeforeWords } from './granted-before'
import { isPaying } from './payout'

const at = '2026-03-12T01:00:00.000Z' as Instant
const granted = {
  status: 'delivered',
  decision: { kind: 'granted', at, stepKey: 'decide', reasonDigest: null },
} as const
const items = packItems()
const paying = items.filter((item) => isPaying(item) && item.duplicateKeys === null)
const keyed = items.filter(({ duplicateKeys }) => duplicateKeys !== null)

test('of what is paid the number tells that it was granted before', () => {
  expect(paying.length).toBeGreaterThan(0)
  for (const item of paying) {
    expect(grantedBeforeWords(item, { ofKey: [], ofNumber: granted })).toContain('2026年3月12日已经批过一件')
    expect(grantedBeforeWords(item, { ofKey: [], ofNumber: null })).toBeNull()
  }
})

test('where the item names what makes two the same, that alone tells, and a revoked one tells nothing', () => {
  expect(keyed.length).toBeGreaterThan(0)
  for (const item of keyed) {
    expect(grantedBeforeWords(item, { ofKey: [], ofNumber: granted })).toBeNull()
    expect(grantedBeforeWords(item, { ofKey: [granted], ofNumber: null })).toContain('批过')
    expect(
      grantedBeforeWords(item, { ofKey: [{ ...granted, status: 'revoked' }], ofNumber: null }),
    ).toBeNull()
  }
})

test('what is neither paid nor keyed may be granted as often as it is asked for', () => {
  const free = items.filter((item) => !isPaying(item) && item.duplicateKeys === null)
  expect(free.length).toBeGreaterThan(0)
  for (const item of free)
    expect(grantedBeforeWords(item, { ofKey: [granted], ofNumber: granted })).toBeNull()
})
