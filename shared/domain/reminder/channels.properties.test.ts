import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Asked, goesBySms, nextWay, type Reached, SWITCHED_WAYS, type Way } from './channels'
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
  unwanted: fc.subarray([...SWITCHED_WAYS, 'pigeon']),
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

test('no phone rings by what its person has switched off, and without a switch it goes as it would', () =>
  always((way, a, r) => {
    if (way === 'sms') expect(r.unwanted).not.toContain('sms')
    if (way === 'subscribe' || way === 'template') expect(r.unwanted).not.toContain('wechat')
    const free = nextWay(a, { ...r, unwanted: [] })
    if (a.audience === 'staff' || !r.unwanted.some((each) => each === 'wechat' || each === 'sms'))
      expect(way).toBe(free)
    if (r.unwanted.includes('wechat') && !r.unwanted.includes('sms') && free === 'sms')
      expect(way).toBe('sms')
  }))

test('staff hear by the employee messages alone, and residents never', () =>
  always((way, { audience }) => {
    if (way !== undefined) expect(way === 'relation').toBe(audience === 'staff')
  }))

test('no short message where WeChat takes it and they want it, or of what a person can switch off or merely asks for something', () =>
  always((way, { kind, outBy, refusedBy }, { wechat, consent, follows, hasRefused, unwanted }) => {
    if (way !== 'sms') return
    expect(outBy).toBeNull()
    const wanted = !unwanted.includes('wechat')
    expect(wanted && wechat && consent).toBe(false)
    expect(wanted && follows && !hasRefused && !refusedBy.includes('template')).toBe(false)
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
