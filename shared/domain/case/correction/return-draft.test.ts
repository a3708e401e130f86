import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { acceptanceClock, taskDue } from '../clock/clocks'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  factsOf,
  file,
  type Journey,
  later,
  NO_CHANGE,
  offered,
  onDay,
  refusal,
  staff,
  supplement,
} from '../journeys/case-fixture'
import { lanesOf } from '../parallel/lanes'
import { type CorrectionItem, openParts } from '../state'
import { joinedItems } from './joined-notice'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')

const material = (name: string, why = 'why'): CorrectionItem => ({
  kind: 'material',
  name,
  reasonDigest: why,
})
const PLAN = material('总平面图')
const OTHERS = ['eco', 'water', 'housing', 'emergency'] as const
const drafts = (journey: Journey, unitId: string, ...items: readonly CorrectionItem[]) =>
  items.length > 0
    ? act(journey, 'draft-correction', { unitId, items })
    : act(journey, 'draft-nothing', { unitId })
const returns = (journey: Journey, toUnitId = 'nr') =>
  act(journey, 'return-draft', { toUnitId, reasonDigest: 'unclear' })
const refused = (
  journey: Journey,
  action: 'accept' | 'request-correction' | 'return-draft' | 'draft-correction',
  more: Parameters<typeof refusal>[4] = {},
  actor = everybody(journey),
) =>
  refusal(journey, action, action === 'draft-correction' ? 'look' : 'accept', actor, {
    items: [PLAN],
    ...more,
  })
const partOf = ({ state }: Journey, unitId: string) =>
  state.steps.flatMap(({ parts }) => parts).find((part) => part.unitId === unitId)
const dueAt = ({ item, state }: Journey, unitId: string) => {
  const open = openParts(state).find(({ part }) => part.unitId === unitId)
  return open && taskDue(item, state, open.step, open.part, CALENDAR_2026)
}
const brings = (journey: Journey, paper: string): Journey => {
  const change = { ...NO_CHANGE, papers: [paper] }
  const command = { type: 'add', answersDigest: 'added', facts: factsOf(journey), change } as const
  const added = attempt(journey, command, APPLICANT)
  if (!added.ok) throw new Error(added.error.code)
  return added.value
}

// A Monday; the departments have until Wednesday, the law until the next Monday.
const filed = file(project, '2026-11-02')
/** One asks, the others need nothing. */
const said = OTHERS.reduce((next, unitId) => drafts(next, unitId), drafts(filed, 'nr', PLAN))

describe('whoever sends the one notice gives a draft back to be written anew', () => {
  test('it is that department’s to do again, within days of its own, and nobody else’s', () => {
    const out = returns(later(said, 1))
    expect(openParts(out.state).map(({ part }) => part.unitId)).toEqual(['nr', 'msb-office'])
    expect(dueAt(out, 'nr')).toEqual({ kind: 'on', on: '2026-11-05' })
    expect(out.state.drafts?.find(({ unitId }) => unitId === 'nr')?.returned).toMatchObject({
      reasonDigest: 'unclear',
      version: out.state.version,
    })
    const anew = drafts(later(out, 1), 'nr', material('总平面图', 'clear'))
    expect(openParts(anew.state).map(({ part }) => part.unitId)).toEqual(['msb-office'])
    expect(joinedItems(project, anew.state)).toMatchObject([{ asked: [{ reasonDigest: 'clear' }] }])
    expect(anew.state.drafts?.some(({ returned }) => returned !== undefined)).toBe(false)
  })

  test('what it asked stands meanwhile: the notice goes out in time with it, and without it not at all', () => {
    const out = returns(said)
    expect(joinedItems(project, out.state)).toEqual(joinedItems(project, said.state))
    expect(refused(out, 'accept')).toBe('case.drafts-unsent')
    expect(refused(out, 'request-correction', { items: [material('别的')] })).toBe('case.draft-left-out')
    const sent = act(out, 'request-correction', { items: [PLAN] })
    expect(sent.state.corrections.at(-1)?.items).toEqual([{ ...PLAN, from: ['nr'] }])
    expect(openParts(sent.state).map(({ part }) => part.unitId)).toEqual(['msb-office'])
    // Who asked looks at what comes, with its days from then.
    const again = supplement(later(sent, 1))
    expect(dueAt(again, 'nr')).toEqual(
      dueAt(supplement(later(act(said, 'request-correction', { items: [PLAN] }), 1)), 'nr'),
    )
    expect(dueAt(again, 'msb-office')).toEqual({ kind: 'on', on: '2026-11-06' })
  })

  test('others read of its first answer, while it is out, once it is written anew and once the notice went without that', () => {
    const laneAt = ({ item, state, now }: Journey) =>
      lanesOf(item, state, dayIn(now), CALENDAR_2026).find(({ unitId }) => unitId === 'nr')
    const first = laneAt(said)
    expect(first).toMatchObject({ state: 'looked', late: false, dueOn: '2026-11-04', doneOn: '2026-11-02' })
    const out = returns(onDay(said, '2026-11-04'))
    expect(laneAt(out)).toEqual(first)
    expect(laneAt(onDay(out, '2026-11-09'))).toEqual(first)
    const anew = drafts(onDay(out, '2026-11-06'), 'nr', PLAN)
    expect(laneAt(anew)).toEqual(first)
    expect(laneAt(drafts(onDay(returns(anew), '2026-11-09'), 'nr', PLAN))).toEqual(first)
    expect(laneAt(act(onDay(out, '2026-11-05'), 'request-correction', { items: [PLAN] }))).toEqual(first)
  })

  test('where it needs nothing any more the project is accepted', () => {
    expect(refused(drafts(returns(said), 'nr'), 'accept')).toBeUndefined()
  })

  test('only by who may send the notice, of a draft that asks for something and is not out already', () => {
    expect(refused(filed, 'return-draft', { toUnitId: 'nr' })).toBe('case.draft-unreturnable')
    expect(refused(said, 'return-draft', { toUnitId: 'eco' })).toBe('case.draft-unreturnable')
    expect(refused(said, 'return-draft', { toUnitId: 'elsewhere' })).toBe('case.target-unknown')
    expect(refused(said, 'return-draft', { toUnitId: 'nr', reasonDigest: null })).toBe('case.reason-missing')
    expect(refused(returns(said), 'return-draft', { toUnitId: 'nr' })).toBe('case.draft-unreturnable')
    const reviewer = staff({ role: 'dept-reviewer', unitId: 'water' })
    expect(refused(said, 'return-draft', { toUnitId: 'nr' }, reviewer)).toBe('case.not-your-task')
    expect(offered(returns(said)).some(({ action }) => action === 'return-draft')).toBe(false)
  })

  test('also while others are awaited, and never once the notice is out or it is accepted', () => {
    expect(refused(drafts(filed, 'nr', PLAN), 'return-draft', { toUnitId: 'nr' })).toBeUndefined()
    const sent = act(said, 'request-correction', { items: [PLAN] })
    expect(refused(sent, 'return-draft', { toUnitId: 'nr' })).toBe('case.action-not-allowed')
    const accepted = act(supplement(sent), 'accept')
    expect(
      refusal(accepted, 'return-draft', 'parallel', everybody(accepted), { unitId: 'nr', toUnitId: 'nr' }),
    ).toBe('case.action-not-allowed')
  })

  test('it makes no page of another department an old one', () => {
    expect(returns(said).state.decidingVersion).toBe(said.state.decidingVersion)
  })

  test('what comes by itself while it is out is looked at as ever: its days begin anew, and it is awaited', () => {
    const out = returns(onDay(said, '2026-11-03'))
    const came = brings(onDay(out, '2026-11-04'), '总平面图')
    expect(refused(came, 'accept')).toBe('case.drafts-awaited')
    expect(came.state.drafts?.find(({ unitId }) => unitId === 'nr')?.returned).toMatchObject({
      reasonDigest: 'unclear',
    })
    const plain = brings(onDay(said, '2026-11-04'), '总平面图')
    expect([dueAt(came, 'nr'), dueAt(came, 'msb-office')]).toEqual([
      dueAt(plain, 'nr'),
      dueAt(plain, 'msb-office'),
    ])
    expect(refused(drafts(came, 'nr'), 'accept')).toBeUndefined()
  })
})

const acts = fc.array(
  fc.record({
    unitId: fc.constantFrom('nr', ...OTHERS),
    names: fc.subarray(['总平面图', '用地预审意见']),
    isReturned: fc.boolean(),
    days: fc.integer({ min: 0, max: 1 }),
  }),
  { maxLength: 9 },
)

test('however often drafts go to and fro, no day of the law or of the officer moves, and nothing that is asked is lost', () => {
  fc.assert(
    fc.property(acts, (written) => {
      let plain = filed
      let journey = filed
      for (const { unitId, names, isReturned, days } of written) {
        const items = names.map((name) => material(name))
        plain = drafts(later(plain, days), unitId, ...items)
        journey = drafts(later(journey, days), unitId, ...items)
        const may = refused(journey, 'return-draft', { toUnitId: unitId }) === undefined
        expect(may).toBe(names.length > 0)
        if (may && isReturned) journey = returns(journey, unitId)
        expect(acceptanceClock(project, journey.state)).toEqual(acceptanceClock(project, plain.state))
        expect(dueAt(journey, 'msb-office')).toEqual(dueAt(plain, 'msb-office'))
        expect(refused(journey, 'accept')).toBe(refused(plain, 'accept'))
        const left = (each: Journey) => new Set(joinedItems(project, each.state).map(({ name }) => name))
        expect(left(journey)).toEqual(left(plain))
        expect(dayIn(journey.now)).toBe(dayIn(plain.now))
      }
      const anew = ['nr', ...OTHERS].reduce((next, unitId) => drafts(next, unitId), journey)
      expect(partOf(anew, 'nr')?.openedAt).toBe(filed.now)
      expect(replay(project, anew.events)).toEqual(anew.state)
    }),
    { numRuns: 60 },
  )
})
