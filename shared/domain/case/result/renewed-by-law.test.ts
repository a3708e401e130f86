import { expect, test } from 'vitest'
import { plainDate } from '../../kernel/plain-date'
import { renewedRevoked, validityOf, whyNotAgainst } from './renewed-by-law'

const item = { resultDocument: { validYears: 4, certificate: { prints: [], renewable: true } } } as never
const from = (filedOn: string, decidedOn: string, renewsUntil?: string) =>
  validityOf(
    item,
    { filedAt: `${filedOn}T01:00:00.000Z`, ...(renewsUntil ? { renewsUntil } : {}) } as never,
    plainDate(decidedOn),
  )

test.each([
  ['early', '2030-10-01', '2030-10-20', '2030-11-24', '2034-11-23'],
  ['in time and decided late', '2030-10-01', '2031-02-10', '2030-11-24', '2034-11-23'],
  ['too late', '2030-11-01', '2031-02-10', '2031-02-10', '2035-02-09'],
  ['too late and decided before the end', '2030-11-01', '2030-11-20', '2030-11-24', '2034-11-23'],
])('a renewal asked for %s begins and ends so', (_when, filedOn, decidedOn, validFrom, validTo) => {
  expect(from(filedOn, decidedOn, '2030-11-23')).toEqual({ validFrom, validTo })
})

test('one that renews nothing begins with its decision', () => {
  expect(from('2026-11-01', '2026-11-24')).toEqual({ validFrom: '2026-11-24', validTo: '2030-11-23' })
})

test('one whose old certificate was revoked meanwhile begins with its decision, and may be refused', () => {
  const renewedRevokedAt = '2030-11-20T01:00:00.000Z'
  const state = { filedAt: '2030-10-01T01:00:00.000Z', renewsUntil: '2030-11-23', renewedRevokedAt }
  expect(validityOf(item, state as never, plainDate('2031-02-10')).validFrom).toBe('2031-02-10')
  const open = { ...state, decision: null, endedAt: null, concludedAt: null, identityConfirmed: true }
  const now = '2030-12-01T01:00:00.000Z' as never
  const why = (more: object) => whyNotAgainst(item, { ...open, ...more } as never, 'refuse', now)
  expect(why({})).toBeNull()
  expect(why({ renewedRevokedAt: undefined })).toEqual({ code: 'case.renewed-by-law' })
})

test('that it was revoked is told once, until the renewal is closed', () => {
  const at = '2030-11-20T01:00:00.000Z' as never
  const open = { concludedAt: null, endedAt: null }
  const told = (state: object, when: typeof at | null = at) => renewedRevoked(state as never, when)
  expect(told(open)).toEqual([{ type: 'renewed-revoked', at }])
  expect([
    told(open, null),
    told({ ...open, renewedRevokedAt: at }),
    told({ ...open, concludedAt: at }),
  ]).toEqual([[], [], []])
})
