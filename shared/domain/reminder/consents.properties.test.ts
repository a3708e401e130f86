import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../kernel/plain-date'
import { type ConsentEntry, projectConsents } from './consents'

const at = (second: number) => new Date(second * 1000).toISOString() as Instant
const entry = (
  kind: ConsentEntry['kind'],
  second: number,
  more: Partial<ConsentEntry> = {},
): ConsentEntry => ({
  key: `${kind}:${second}:${more.deliveryId ?? ''}`,
  kind,
  at: at(second),
  deliveryId: null,
  credits: null,
  refusedAt: null,
  ...more,
})

test.each([
  ['one accept is one message', [entry('accepted', 1), entry('accepted', 2)], 2, false],
  ['a message spends one', [entry('accepted', 1), entry('spent', 2, { deliveryId: 'a' })], 0, false],
  [
    'what surely did not go out has spent none',
    [
      entry('accepted', 1),
      entry('spent', 2, { deliveryId: 'a' }),
      entry('given-back', 3, { deliveryId: 'a' }),
    ],
    1,
    false,
  ],
  ['a reject takes what was given before it', [entry('accepted', 1), entry('rejected', 2)], 0, true],
  ['and nothing that came later', [entry('rejected', 2), entry('accepted', 3)], 1, false],
  ['of one second the reject is believed', [entry('rejected', 2), entry('accepted', 2)], 0, true],
  [
    'the card may be refused with consents left',
    [entry('accepted', 1), entry('refused-in-page', 2)],
    1,
    true,
  ],
  ['WeChat knows of none', [entry('accepted', 1), entry('none-left', 2)], 0, false],
  [
    'what was given back of before a reject stays taken',
    [
      entry('accepted', 1),
      entry('spent', 2, { deliveryId: 'a' }),
      entry('rejected', 3),
      entry('given-back', 4, { deliveryId: 'a' }),
    ],
    0,
    true,
  ],
  [
    'a book begins with what it is opened with',
    [entry('opening', 1, { credits: 4 }), entry('accepted', 2)],
    5,
    false,
  ],
] as const)('%s', (_, entries, credits, isRefused) => {
  const left = projectConsents(entries)
  expect([left.credits, left.refusedAt !== null]).toEqual([credits, isRefused])
})

const second = fc.integer({ min: 1, max: 30 })
const delivery = fc.constantFrom('a', 'b', 'c')
const anyEntry: fc.Arbitrary<ConsentEntry> = fc.oneof(
  ...(['accepted', 'accepted', 'rejected', 'refused-in-page'] as const).map((kind) =>
    second.map((s) => entry(kind, s)),
  ),
  ...(['spent', 'given-back', 'none-left'] as const).map((kind) =>
    fc.tuple(second, delivery).map(([s, deliveryId]) => entry(kind, s, { deliveryId })),
  ),
  fc.tuple(second, fc.nat(5)).map(([s, credits]) => entry('opening', s, { key: 'opening', credits })),
)
const book = fc.uniqueArray(anyEntry, { selector: ({ key }) => key, maxLength: 25 })

test('in any order, and however often each comes, they leave the same', () => {
  fc.assert(
    fc.property(
      book.chain((entries) =>
        fc.tuple(
          fc.constant(entries),
          fc.shuffledSubarray([...entries, ...entries], { minLength: entries.length * 2 }),
        ),
      ),
      ([entries, again]) => {
        expect(projectConsents(again)).toEqual(projectConsents(entries))
      },
    ),
  )
})

test('what is older than a reset changes nothing that is left', () => {
  fc.assert(
    fc.property(book, anyEntry, (entries, late) => {
      const { resetAt, credits } = projectConsents(entries)
      fc.pre(resetAt !== null && late.at < resetAt && late.kind !== 'given-back')
      fc.pre(entries.every(({ key }) => key !== late.key))
      expect(projectConsents([...entries, late]).credits).toBe(credits)
    }),
  )
})

test('a book that is closed and opened anew leaves the same', () => {
  fc.assert(
    fc.property(book, second, (entries, cut) => {
      const [old, rest] = [
        entries.filter((each) => each.at <= at(cut)),
        entries.filter((each) => each.at > at(cut)),
      ]
      // A send and what became of it lie in one part.
      const sends = (part: readonly ConsentEntry[]) => part.flatMap(({ deliveryId }) => deliveryId ?? [])
      fc.pre(sends(old).every((id) => !sends(rest).includes(id)))
      fc.pre(rest.every(({ kind }) => kind !== 'opening') && old.length > 0)
      const closed = projectConsents(old)
      const newest = old.map((each) => each.at).sort()
      const opening: ConsentEntry = {
        ...entry('opening', 0),
        at: newest[newest.length - 1] ?? at(0),
        credits: closed.credits,
        refusedAt: closed.refusedAt,
      }
      const { credits, refusedAt } = projectConsents(entries)
      expect(projectConsents([opening, ...rest])).toMatchObject({ credits, refusedAt })
    }),
  )
})
