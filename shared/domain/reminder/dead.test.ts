import { expect, test } from 'vitest'
import { isDead } from './dead'
import { type Delivered, REMINDER_REASONS, type ReminderReason } from './delivery'

const AT = '2026-11-24T01:42:00.000Z'
const ended = (more: Partial<Delivered> = {}): Delivered => ({
  channel: 'subscribe',
  because: null,
  endedAt: AT,
  droppedAt: null,
  receipts: [],
  ...more,
})
const arrived = { deliveredAt: AT, failedAt: null }
const lost = { deliveredAt: null, failedAt: AT }
const unheard = { deliveredAt: null, failedAt: null }

test('what WeChat will never take, takes after no try, or does not open is dead', () => {
  const dead = REMINDER_REASONS.filter((because) =>
    isDead(ended({ because, channel: because === 'undeliverable' ? 'inbox' : 'subscribe' })),
  )
  expect(dead).toEqual(['rejected', 'undeliverable', 'unreadable'] satisfies ReminderReason[])
})

test('what WeChat says did not arrive is dead, unless another attempt may have', () => {
  expect(isDead(ended({ receipts: [lost] }))).toBe(true)
  expect(isDead(ended({ receipts: [lost, lost] }))).toBe(true)
  expect(isDead(ended({ because: 'merged', receipts: [lost] }))).toBe(true)
  expect(isDead(ended({ receipts: [lost, arrived] }))).toBe(false)
  expect(isDead(ended({ receipts: [lost, unheard] }))).toBe(false)
  expect(isDead(ended({ receipts: [unheard] }))).toBe(false)
})

test('what waits, was taken back, or went to the inbox by its person is not', () => {
  expect(isDead(ended({ endedAt: null, because: 'undeliverable' }))).toBe(false)
  expect(isDead(ended({ endedAt: null, receipts: [lost] }))).toBe(false)
  expect(isDead(ended({ droppedAt: AT, because: 'rejected' }))).toBe(false)
  for (const because of ['no-consent', 'not-agreed', 'switched-off', 'quiet'] as const)
    expect(isDead(ended({ channel: 'inbox', because, receipts: [lost] }))).toBe(false)
})
