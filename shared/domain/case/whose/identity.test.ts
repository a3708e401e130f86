import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { Instant } from '../../kernel/plain-date'
import { childCheckOf } from '../../service-item/for-children'
import { file } from '../journeys/case-fixture'
import {
  type Awaited,
  type AwaitedReader,
  awaitedIdentity,
  awaitedWords,
  isFilersOwn,
  isMisnamed,
  isOwnNumber,
  nobodysDays,
  powerAwaited,
  standsForAll,
} from './identity'

const reader = { realNameLevel: 3, idNumberIndex: 'number', identityIndex: 'name and number' }

test.each([
  ['another name beside it', 'number', 'other name', reader, true],
  ['their own name', 'number', 'name and number', reader, false],
  ['no name', 'number', null, reader, false],
  ['the number of somebody else', 'other number', 'other name', reader, false],
  ['no number', null, 'other name', { ...reader, idNumberIndex: null }, false],
  ['another name, before they are confirmed', 'number', 'other name', { ...reader, realNameLevel: 2 }, false],
])('%s', (_, numberIndex, identityIndex, who, told) => {
  expect(isMisnamed({ numberIndex, identityIndex }, who)).toBe(told)
})

test('the receipt of a child tells the way that the guide has told', () => {
  const told = childCheckOf({ materials: [{ forChild: '户口簿上孩子那一页' }] as never }) ?? ''
  const way = /由监护人.*村里核/.exec(told)?.[0] ?? 'none'
  expect(
    awaitedWords({ kind: 'person', underFourteen: true }, { takesIt: false, otherName: false }),
  ).toContain(way)
})

test('a number is one’s own where it was confirmed, and nobody’s where none was written', () => {
  expect(isOwnNumber('number', reader)).toBe(true)
  expect(isOwnNumber('another', reader)).toBe(false)
  expect(isOwnNumber('number', { ...reader, realNameLevel: 2 })).toBe(false)
  expect(isOwnNumber(null, { ...reader, idNumberIndex: null })).toBe(false)
})

test('for a firm speaks who holds a power for all of it; a power for one item opens nothing else', () => {
  const firm = { applicant: { kind: 'firm' } } as const
  const power = (firmIndex: string, itemIds: readonly string[] | null) => [{ firmIndex, itemIds }]
  expect(standsForAll(firm, power('firm', null), 'firm')).toBe(true)
  expect(standsForAll(firm, power('firm', ['LX-034']), 'firm')).toBe(false)
  expect(standsForAll(firm, power('other', null), 'firm')).toBe(false)
  expect(standsForAll(firm, [], 'firm')).toBe(false)
  expect(standsForAll({ applicant: { kind: 'person' } }, [], null)).toBe(true)
  expect(standsForAll({ applicant: null }, [], null)).toBe(true)
})

test('where no number is asked whoever files is who it is for, but for what was disowned', () => {
  const [item] = packItems()
  if (!item) throw new Error('no item')
  const { applicant } = file(item, '2026-11-02').state
  if (!applicant) throw new Error('no applicant')
  expect(isFilersOwn({ ...applicant, takenFrom: 'filer' }, 'number')).toBe(true)
  expect(isFilersOwn(applicant, 'number')).toBe(false)
  expect(isFilersOwn(applicant, null)).toBe(true)
  expect(isFilersOwn(null, null)).toBe(true)
  expect(isFilersOwn({ ...applicant, disowned: true }, null)).toBe(false)
})

const PERSON: Awaited = { kind: 'person', underFourteen: false }
const FIRM: Awaited = { kind: 'firm', underFourteen: false }
const ANYBODY: AwaitedReader = { takesIt: false, otherName: false }
const OWNER: AwaitedReader = { ...ANYBODY, takesIt: true }

/** Whoever reads it finds the way that is open to them, and none that is closed. */
test.each<[string, Awaited, AwaitedReader, readonly RegExp[], RegExp]>([
  ['anybody', PERSON, ANYBODY, [/微信里核/, /带身份证到窗口、村里/], /接过来|委托/],
  ['the owner', PERSON, OWNER, [/接过来就行/], /身份证|委托/],
  ['anybody, of a firm', FIRM, ANYBODY, [/委托书到窗口/], /微信|接过来/],
  ['who holds its power', FIRM, OWNER, [/你有委托/, /接过来/], /窗口|微信/],
  ['of a child', { ...PERSON, underFourteen: true }, ANYBODY, [/不满 14 岁/, /监护人/], /接过来/],
  ['who was a child', { ...PERSON, underFourteen: true }, OWNER, [/接过来/], /不满 14 岁/],
  [
    'of another name',
    PERSON,
    { ...ANYBODY, otherName: true },
    [/名字和你核过的不一样/, /窗口、村里/],
    /接过来/,
  ],
  ['of another name, the owner', PERSON, { ...OWNER, otherName: true }, [/接过来就改成你的/], /窗口/],
  [
    'of another firm name',
    FIRM,
    { ...ANYBODY, otherName: true, hasOtherFirmName: true },
    [/营业执照/],
    /接过来/,
  ],
  [
    'of another firm name, who holds it',
    FIRM,
    { ...OWNER, hasOtherFirmName: true },
    [/接过来就改成登记的/],
    /窗口/,
  ],
  [
    'who has typed another number since',
    PERSON,
    { ...ANYBODY, typedAnew: { withdraws: true, follows: true } },
    [/核过，这件就改成你核过的/, /也可以撤回，再申请/],
    /别的微信/,
  ],
  [
    'who has, while another account brought something',
    PERSON,
    { ...ANYBODY, typedAnew: { withdraws: false, follows: false } },
    [/别的微信也往里补过东西/, /本人带身份证/],
    /撤回/,
  ],
])('what is awaited is told to %s by the way that is open', (_who, awaited, who, says, never) => {
  const words = awaitedWords(awaited, who) ?? ''
  for (const each of says) expect(words).toMatch(each)
  expect(words).not.toMatch(never)
})

test('nothing is awaited of whoever has shown it, and of nobody once it is decided or over', () => {
  expect(awaitedWords(null, OWNER)).toBeNull()
  const item = packItems().find(({ id }) => id === 'LX-009')
  if (!item) throw new Error('no LX-009')
  const { state, now } = file(item, '2026-11-02', { identityConfirmed: false })
  expect(awaitedIdentity(item, state)).toEqual(PERSON)
  expect(awaitedIdentity(item, { ...state, applicant: null })).toEqual(PERSON)
  expect(awaitedIdentity(item, { ...state, identityConfirmed: true })).toBeNull()
  expect(awaitedIdentity(item, { ...state, endedAt: now })).toBeNull()
  const applicant = state.applicant && { ...state.applicant, disowned: true }
  expect(awaitedIdentity(item, { ...state, applicant })).toBeNull()
})

test('that a firm’s power is to be shown is told to anybody, to whom it falls to take it over is not', () => {
  const told = (who: AwaitedReader) => powerAwaited(awaitedWords(FIRM, who) ?? '')
  expect(told(ANYBODY)).toBe(awaitedWords(FIRM, ANYBODY))
  expect(told(OWNER)).toBe('批以前要有这家企业的委托')
  expect(told({ ...OWNER, hasOtherFirmName: true })).toBe('批以前要有这家企业的委托')
  expect(told({ ...ANYBODY, hasOtherFirmName: true })).toContain('委托书和营业执照')
  expect(powerAwaited(awaitedWords(PERSON, ANYBODY) ?? '')).toBeNull()
})

test('nobody is late for whom nobody is: from when it named nobody until it is decided or over', () => {
  const item = packItems().find(({ id }) => id === 'LX-032')
  if (!item) throw new Error('no LX-032')
  const nameless = { numberIndex: null, identityIndex: null }
  const { state, now } = file(item, '2026-11-02', { applicant: nameless, identityConfirmed: false })
  const then = '2026-11-04T02:00:00.000Z' as Instant
  expect(nobodysDays(item, state)).toEqual({ since: now, until: null })
  expect(nobodysDays(item, { ...state, endedAt: then })).toEqual({ since: now, until: then })
  expect(nobodysDays(item, { ...state, receivedAt: then })).toEqual({ since: then, until: null })
  expect(nobodysDays(item, { ...state, receivedAt: null })).toEqual({ since: state.filedAt, until: null })
  const named = file(item, '2026-11-02').state
  expect(nobodysDays(item, named)).toBeNull()
  const disowned = named.applicant && { ...named.applicant, disowned: true }
  const gone = { ...named, applicant: disowned, disownments: [{ at: then }] as never }
  expect(nobodysDays(item, gone)).toEqual({ since: then, until: null })
  // What was over before is nobody's since.
  expect(nobodysDays(item, { ...gone, endedAt: now })).toBeNull()
})
