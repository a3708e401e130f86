import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import {
  APPLICANT,
  act,
  attempt,
  factsOf,
  file,
  type Journey,
  later,
  NO_CHANGE,
  nothingMissing,
  staff,
  supplement,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import type { ContentChange, CorrectionItem } from '../state'
import { missedIn } from './missed-items'

function guide(id: string) {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const material = (name: string): CorrectionItem => ({ kind: 'material', name, reasonDigest: 'why' })
const field = (name: string): CorrectionItem => ({ kind: 'field', name, reasonDigest: 'why' })
const SUPERVISOR = staff({ role: 'supervisor', unitId: 'county' })

const asks = (journey: Journey, ...items: readonly CorrectionItem[]) =>
  act(journey, 'request-correction', { items })
const asksAgain = (journey: Journey, ...items: readonly CorrectionItem[]) =>
  act({ ...journey, isHeadless: true }, 'request-correction', { items, actor: SUPERVISOR })
/** The applicant brings what was asked, and with it what else is said. */
function answered(
  journey: Journey,
  change: Partial<ContentChange> = {},
  type = 'supplement' as 'supplement' | 'add',
) {
  const next = later(journey, 1)
  const done = attempt(
    next,
    { type, answersDigest: 'more', facts: factsOf(next), change: { ...NO_CHANGE, ...change } },
    APPLICANT,
  )
  if (!done.ok) throw new Error(done.error.code)
  return later(done.value, 1)
}
const missed = ({ item, events }: Journey) =>
  missedIn(item, events).map(({ kind, name, unitId, writtenAs }) => ({ kind, name, unitId, writtenAs }))

describe('of a notice of one unit', () => {
  const first = asks(file(guide('LX-005'), '2026-11-02'), material('居民户口簿'))

  test('the first has missed nothing yet', () => {
    expect(missed(first)).toEqual([])
    expect(missed(supplement(first))).toEqual([])
  })

  test('what the second asks and the first did not was missed by the unit of the first', () => {
    const second = asksAgain(answered(first), material('居民户口簿'), material('银行卡'))
    expect(missed(second)).toEqual([
      { kind: 'material', name: '银行卡', unitId: 'town', writtenAs: 'correction-requested' },
    ])
    expect(missedIn(second.item, second.events)).toMatchObject([
      { sequence: second.events.length, at: second.now, firstAt: first.now },
    ])
  })

  test('what was answered badly was not missed', () => {
    expect(missed(asksAgain(answered(first, { papers: ['居民户口簿'] }), material('居民户口簿')))).toEqual([])
  })

  test('what came since by itself nobody could have asked for', () => {
    const brought = answered(answered(first), { papers: ['银行卡'] }, 'add')
    expect(missed(asksAgain(brought, material('银行卡')))).toEqual([])
    const changed = answered(first, { fields: ['bankCard'] })
    expect(missed(asksAgain(changed, field('bankCard')))).toEqual([])
  })

  test('nor a paper that an answer changed since may have made wanting: the other card is not the one on the photo', () => {
    const otherCard = answered(first, { fields: ['bankCard'], papers: ['居民户口簿'] })
    expect(missed(asksAgain(otherCard, material('银行卡')))).toEqual([])
  })

  test('nor what is asked only since another answer has changed', () => {
    const item = guide('LX-005')
    const shown = item.fields.find(({ key }) => key === 'bankCard')
    const shows = item.fields.find(({ kind }) => kind === 'select') ?? item.fields[0]
    if (!shows || !shown) throw new Error('no fields')
    const conditional = {
      ...item,
      fields: item.fields.map((each) =>
        each.key === shown.key ? { ...each, showWhen: { field: shows.key, equals: 'x' } } : each,
      ),
    }
    const asked = asks(file(conditional, '2026-11-02'), material('居民户口簿'))
    const ways = [{ fields: [shows.key] }, {}].map(
      (change) => missed(asksAgain(answered(asked, change), field(shown.key))).length,
    )
    expect(ways).toEqual([0, 1])
  })

  test('a third counts what neither had asked, and of the first', () => {
    const second = asksAgain(answered(first), material('银行卡'))
    const third = asksAgain(answered(second), material('银行卡'), field('bankCard'))
    expect(missed(third).map(({ name }) => name)).toEqual(['银行卡', 'bankCard'])
  })

  test('whoever is asked after acceptance was not asked before it', () => {
    const review = driveTo(answered(first), 'review')
    expect(missed(asksAgain(review, field('bankCard')))).toEqual([
      { kind: 'field', name: 'bankCard', unitId: 'town', writtenAs: 'correction-requested' },
    ])
  })

  test('never what any notice before had asked, never of a first one, and each thing once a notice', () => {
    const names = ['居民户口簿', '银行卡', '申请人照片'].map(material)
    const some = fc.subarray(names, { minLength: 1 })
    fc.assert(
      fc.property(some, some, some, (one, two, three) => {
        const journey = asksAgain(
          answered(asksAgain(answered(asks(file(guide('LX-005'), '2026-11-02'), ...one)), ...two)),
          ...three,
        )
        const found = missed(journey).map(({ name }) => name)
        const late = [...two, ...three].map(({ name }) => name)
        const early = one.map(({ name }) => name)
        expect(found.every((name) => late.includes(name) && !early.includes(name))).toBe(true)
        expect([...new Set(found)].sort()).toEqual([...found].sort())
        expect([...new Set(late.filter((name) => !early.includes(name)))].sort()).toEqual([...found].sort())
      }),
      { numRuns: 30 },
    )
  })
})

describe('of a notice of all departments', () => {
  const filed = file(guide('LX-045'), '2026-11-02')
  const says = (journey: Journey, unitId: string, ...items: readonly CorrectionItem[]) =>
    items.length > 0
      ? act(journey, 'draft-correction', { unitId, items })
      : act(journey, 'draft-nothing', { unitId })
  const drafted = ['eco', 'water', 'housing', 'emergency'].reduce(
    (journey, unitId) => says(journey, unitId),
    says(filed, 'nr', material('总平面图')),
  )

  test('the department that asks later has missed it, not whoever joined them', () => {
    const sent = answered(asks(drafted, material('总平面图')))
    const later = driveTo(sent, 'parallel')
    const again = act({ ...later, isHeadless: true }, 'request-correction', {
      items: [material('备案表')],
      unitId: 'water',
      actor: SUPERVISOR,
    })
    expect(missed(again)).toEqual([
      { kind: 'material', name: '备案表', unitId: 'water', writtenAs: 'correction-drafted' },
    ])
  })

  test('what no department asks for is put to nobody, and least to whoever joined what they wrote', () => {
    const sent = says(answered(asks(drafted, material('总平面图'))), 'nr')
    expect(missed(asksAgain(sent, material('备案表')))).toEqual([])
    const accepted = driveTo(sent, 'parallel')
    expect(missed(asksAgain(accepted, material('备案表'))).map(({ unitId }) => unitId)).not.toContain(
      'msb-office',
    )
  })

  test('nor is it nobody’s where all had said that nothing is missing', () => {
    const parallel = driveTo(nothingMissing(filed), 'parallel')
    const again = act({ ...parallel, isHeadless: true }, 'request-correction', {
      items: [material('总平面图')],
      unitId: 'nr',
      actor: SUPERVISOR,
    })
    expect(missed(again)).toEqual([
      { kind: 'material', name: '总平面图', unitId: 'nr', writtenAs: 'correction-drafted' },
    ])
  })
})
