import { expect, test } from 'vitest'
import { fixedGroupsIn, groupOf, isSilenced, MESSAGE_GROUPS, SWITCHABLE } from './message-groups'
import { MESSAGE_KINDS, type MessageKind } from './message-kinds'

const KINDS = Object.keys(MESSAGE_KINDS) as readonly MessageKind[]
const toResidents = KINDS.filter((kind) => MESSAGE_KINDS[kind].applicant)

const ME = 'profile:01936b1e-0000-7000-8000-000000000000'

test('every kind that a resident is told is in a group, and each group has one', () => {
  const used = toResidents.map((kind) => groupOf(kind))
  expect(used).not.toContain(null)
  expect([...new Set(used)].sort()).toEqual([...MESSAGE_GROUPS].sort())
})

test('only how far it is, and that money was paid, can be switched off', () => {
  expect(SWITCHABLE).toEqual(['progress', 'money'])
  const silent = toResidents.filter((kind) => isSilenced(kind, ME, MESSAGE_GROUPS))
  expect(silent.sort()).toEqual(
    [
      'added',
      'correction-lapsed',
      'notice-published',
      'payment-recorded',
      'posted',
      'rating-invited',
      'transferred',
    ].sort(),
  )
})

test('corrections, days and what the law has told ring whatever was switched off', () => {
  for (const kind of [
    'correction-requested',
    'correction-reminded',
    'rectification-required',
    'limit-extended',
    'promise-broken',
    'accepted',
    'supplemented',
    'clock-suspended',
    'clock-resumed',
    'identity-confirmed',
    'granted',
    'refused',
    'declined',
    'served',
    'decision-revoked',
  ] as const)
    expect(isSilenced(kind, ME, MESSAGE_GROUPS), kind).toBe(false)
})

test('a switch is of what was switched off, and of oneself: work rings', () => {
  expect(isSilenced('notice-published', ME, ['progress'])).toBe(true)
  expect(isSilenced('notice-published', ME, ['money'])).toBe(false)
  expect(isSilenced('notice-published', ME, [])).toBe(false)
  expect(isSilenced('clock-resumed', 'staff:wang-lixin', ['progress'])).toBe(false)
  expect(isSilenced('of-another-version', ME, MESSAGE_GROUPS)).toBe(false)
})

test('of what a request switches, the fixed ones that it would switch off are named', () => {
  expect(
    fixedGroupsIn([
      { kind: 'progress', on: false },
      { kind: 'outcome', on: false },
      { kind: 'days', on: true },
    ]),
  ).toEqual([1])
})
