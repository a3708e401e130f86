import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { identityKeysOf } from '../../application/item-answers'
import type { Instant } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import {
  APPLICANT,
  act,
  attempt,
  factsOf,
  file,
  type Journey,
  later,
  NO_CHANGE,
} from '../journeys/case-fixture'
import { driveToEnd } from '../journeys/sensible-acts'
import type { ContentChange } from '../state'
import {
  addable,
  changedSinceJudged,
  changeWords,
  fixedIdentityKeys,
  isAsked,
  isOwnersAnswer,
  namedWords,
  refusalOfField,
} from './brought'

const itemOf = (id: string): ServiceItem => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const filed = (id: string, identityConfirmed = false) => file(itemOf(id), '2026-03-02', { identityConfirmed })
const OWNER = { owner: true, filer: false, standsIn: false }
const FILER = { owner: false, filer: true, standsIn: false }
const STAFF = { owner: false, filer: false, standsIn: true }
const NOBODY = { owner: false, filer: false, standsIn: false }
const NOTHING = { fields: [], papers: [] }
const added = (journey: Journey, change: Partial<ContentChange>): Journey => {
  const command = { type: 'add', answersDigest: 'added', facts: factsOf(journey) } as const
  const tried = attempt(journey, { ...command, change: { ...NO_CHANGE, ...change } }, APPLICANT)
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}

describe('what may be brought of one’s own accord', () => {
  test('papers, phone and card by whoever applies or filed it; by staff until it is accepted; by nobody else', () => {
    const { item, state } = filed('LX-005')
    const accepted = act(filed('LX-005'), 'accept').state
    expect(addable(item, state, OWNER).fields).toEqual(['mobile', 'bankCard'])
    expect(addable(item, state, OWNER).papers).toContain('居民身份证')
    expect(addable(item, state, FILER)).toEqual(addable(item, state, OWNER))
    expect(addable(item, state, STAFF)).toEqual(addable(item, state, OWNER))
    expect(addable(item, accepted, STAFF)).toEqual(NOTHING)
    expect(addable(item, accepted, OWNER)).toEqual(addable(item, state, OWNER))
    expect(addable(item, state, NOBODY)).toEqual(NOTHING)
  })

  test('phone and card are the owner’s alone once one has taken part, or the applicant is confirmed', () => {
    const confirmed = filed('LX-005', true)
    const owners = added(filed('LX-005'), { fields: ['mobile'], byOwner: true })
    for (const { item, state } of [confirmed, owners]) {
      expect(addable(item, state, FILER)).toEqual({ ...addable(item, state, OWNER), fields: [] })
      expect(addable(item, state, OWNER).fields).toEqual(['mobile', 'bankCard'])
    }
  })

  test('what an open notice asks for is brought as its answer; of what is decided or disowned nothing is brought', () => {
    const ask = { items: [{ kind: 'field', name: 'mobile', reasonDigest: 'why' }] as const }
    const asked = act(filed('LX-005'), 'request-correction', ask)
    expect(addable(asked.item, asked.state, OWNER).fields).toEqual(['bankCard'])
    expect(isAsked(asked.state, 'field', 'mobile')).toBe(true)
    expect(isAsked(asked.state, 'material', 'mobile')).toBe(false)
    expect(isAsked(filed('LX-005').state, 'field', 'mobile')).toBe(false)
    const decided = driveToEnd(filed('LX-005', true), 'granted').find(({ state }) => state.decision !== null)
    expect(decided && addable(decided.item, decided.state, OWNER)).toEqual(NOTHING)
    const disown = { type: 'disown', staffIds: [] } as const
    const disowned = attempt(filed('LX-005'), disown, { ...APPLICANT, mayDisown: true })
    expect(disowned.ok && addable(disowned.value.item, disowned.value.state, OWNER)).toEqual(NOTHING)
  })

  test('why a field is none of it tells who may change it, or how it is changed', () => {
    expect(refusalOfField(itemOf('LX-005'), 'bankCard')).toContain('本人能改')
    expect(refusalOfField(itemOf('LX-005'), 'name')).toContain('补正通知')
    expect(refusalOfField(itemOf('LX-005'), 'nothing of the form')).toContain('补正通知')
  })
})

test('name and number of whom was confirmed stand; of an owner who took part the number alone', () => {
  const open = filed('LX-005')
  const keys = identityKeysOf(open.item)
  expect(keys).toHaveLength(2)
  expect(fixedIdentityKeys(open.item, open.state)).toEqual([])
  expect(fixedIdentityKeys(open.item, filed('LX-005', true).state)).toEqual(keys)
  const owners = added(open, { fields: ['mobile'], byOwner: true })
  const fixed = fixedIdentityKeys(owners.item, owners.state)
  expect(fixed).toHaveLength(1)
  expect(keys).toContain(fixed[0])
})

test('an answer is the owner’s own by who wrote it last', () => {
  const change = (byOwner: boolean, ...fields: readonly string[]) => ({
    ...NO_CHANGE,
    fields,
    byOwner,
    at: '2026-03-02T01:42:00.000Z' as Instant,
  })
  const changes = [change(false, 'mobile'), change(true, 'mobile', 'bankCard'), change(false, 'bankCard')]
  expect(['mobile', 'bankCard', 'name'].map((key) => isOwnersAnswer({ changes }, key))).toEqual([
    true,
    false,
    false,
  ])
})

describe('what was changed, in words', () => {
  const item = itemOf('LX-005')
  const label = (key: string) => item.fields.find((each) => each.key === key)?.label ?? key
  test('fields as the form calls them, papers by name, and nothing where nothing was', () => {
    expect(changeWords(item, NO_CHANGE)).toBe('')
    expect(changeWords(item, { ...NO_CHANGE, fields: ['bankCard', 'mobile'] })).toBe(
      `改了：${label('mobile')}、${label('bankCard')}`,
    )
    expect(changeWords(item, { fields: ['mobile'], papers: ['甲', '乙'], named: null })).toBe(
      `改了：${label('mobile')}；交了：甲、乙`,
    )
    expect(changeWords(item, { ...NO_CHANGE, fields: ['mobile'] }, ({ key }) => `«${key}»`)).toBe(
      '改了：«mobile»',
    )
  })

  test('a name that was confirmed is told once, as that, and not as a field beside it', () => {
    const [nameKey = ''] = identityKeysOf(item)
    expect(changeWords(item, { fields: [nameKey, 'mobile'], papers: [], named: 'name' })).toBe(
      `姓名按核实的改正；改了：${label('mobile')}`,
    )
    expect(changeWords(item, { fields: [nameKey], papers: [], named: null })).toBe(`改了：${label(nameKey)}`)
    const firm = itemOf('LX-038')
    expect(namedWords(item, 'name-and-number')).toBe('姓名、证件号按核实的改正')
    expect(namedWords(item, 'whom')).toBe('写上了是谁申请的')
    expect(namedWords(firm, 'name')).toBe('单位名称按登记的改正')
    expect(namedWords(firm, 'name-and-number')).toBe('姓名、证件号按核实的改正')
  })
})

test('whoever decides next is told what came since a step had judged it, each thing once, and no more once it is decided', () => {
  const judged = act(filed('LX-005', true), 'accept')
  const before = added(filed('LX-005', true), { papers: ['早的'] })
  expect(changedSinceJudged(act(later(before, 1), 'accept').state)).toEqual({
    fields: [],
    papers: [],
    named: null,
  })
  const once = added(later(judged, 1), { fields: ['mobile'], papers: ['甲'] })
  const twice = added(later(once, 1), { fields: ['mobile', 'bankCard'], papers: ['甲', '乙'], named: 'name' })
  expect(changedSinceJudged(twice.state)).toEqual({
    fields: ['mobile', 'bankCard'],
    papers: ['甲', '乙'],
    named: 'name',
  })
  const both = added(later(twice, 1), { named: 'name-and-number' })
  expect(changedSinceJudged(both.state).named).toBe('name-and-number')
  expect(changedSinceJudged(act(later(both, 1), 'grant').state)).toEqual({
    fields: [],
    papers: [],
    named: null,
  })
})
