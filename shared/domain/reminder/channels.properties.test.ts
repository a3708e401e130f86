import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Asked, goesBySms, nextWay, type Reached, type Way } from './channels'
import { groupOf, isSpare, SWITCHABLE } from './message-groups'
import { MESSAGE_KINDS, type MessageKind } from './message-kinds'

const KINDS = Object.keys(MESSAGE_KINDS) as readonly MessageKind[]
const WAYS: readonly Way[] = ['subscribe', 'template', 'sms', 'relation']
const asked: fc.Arbitrary<Asked> = fc.record({
  audience: fc.constantFrom('resident', 'staff'),
  kind: fc.constantFrom(...KINDS, 'certificate-ends-2026-12-31'),
  outBy: fc.option(fc.constantFrom(...WAYS)),
  refusedBy: fc.subarray([...WAYS]),
})
const reached: fc.Arbitrary<Reached> = fc.record({
  wechat: fc.boolean(),
  consent: fc.boolean(),
  follows: fc.boolean(),
  hasRefused: fc.boolean(),
  sms: fc.boolean(),
})
const always = (holds: (way: Way | undefined, asked: Asked, reached: Reached) => void) =>
  fc.assert(
    fc.property(asked, reached, (a, r) => holds(nextWay(a, r), a, r)),
    { numRuns: 2000 },
  )

test('what may have reached the phone goes by no other way, and never again by short message', () =>
  always((way, { outBy }) => {
    if (outBy === null || way === undefined) return
    expect(way).toBe(outBy)
    expect(way).not.toBe('sms')
  }))

test('staff hear by the employee messages alone, and residents never', () =>
  always((way, { audience }) => {
    if (way !== undefined) expect(way === 'relation').toBe(audience === 'staff')
  }))

test('no short message where WeChat takes it, or of what a person can switch off or merely asks for something', () =>
  always((way, { kind, outBy, refusedBy }, { wechat, consent, follows, hasRefused }) => {
    if (way !== 'sms') return
    expect(outBy).toBeNull()
    expect(wechat && consent).toBe(false)
    expect(follows && !hasRefused && !refusedBy.includes('template')).toBe(false)
    expect(isSpare(kind)).toBe(false)
    const group = groupOf(kind)
    expect(group).not.toBeNull()
    if (group !== null) expect(SWITCHABLE).not.toContain(group)
  }))

test('whoever refuses one way more is told by a later one, or by none', () =>
  fc.assert(
    fc.property(asked, reached, (a, r) => {
      const way = nextWay({ ...a, outBy: null }, r)
      fc.pre(way !== undefined)
      const next = nextWay(
        { ...a, outBy: null, refusedBy: [...a.refusedBy, way as Way] },
        { ...r, consent: false },
      )
      if (next !== undefined) expect(WAYS.indexOf(next)).toBeGreaterThan(WAYS.indexOf(way as Way))
    }),
  ))

test('what the law has told is worth one; how far it is, that money came and what answers them are not', () => {
  for (const kind of ['correction-requested', 'correction-reminded', 'granted', 'refused', 'limit-extended'])
    expect([kind, goesBySms(kind)]).toEqual([kind, true])
  const free = ['accepted', 'supplemented', 'transferred', 'payment-recorded', 'rating-invited', 'task']
  for (const kind of [...free, 'certificate-ends-2026-12-31', 'of-another-version'])
    expect([kind, goesBySms(kind)]).toEqual([kind, false])
})
