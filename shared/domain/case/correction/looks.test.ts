import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { taskDue } from '../clock/clocks'
import { replay } from '../evolve'
import {
  act,
  everybody,
  file,
  type Journey,
  later,
  offered,
  onDay,
  passTime,
  refusal,
  staff,
  supplement,
} from '../journeys/case-fixture'
import { type CorrectionItem, openParts } from '../state'
import { noticeLookedAt } from './draft-step'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const material = (name: string, why = 'why'): CorrectionItem => ({
  kind: 'material',
  name,
  reasonDigest: why,
})
const PLAN = material('总平面图')
const DRAIN = material('水土保持方案')

const drafts = (journey: Journey, unitId: string, ...items: readonly CorrectionItem[]) =>
  items.length > 0
    ? act(journey, 'draft-correction', { unitId, items })
    : act(journey, 'draft-nothing', { unitId })
/** Asked for by two of the five departments, in one notice, and answered. */
const asked = ['eco', 'housing', 'emergency'].reduce(
  (next, unitId) => drafts(next, unitId),
  drafts(drafts(file(project, '2026-11-02'), 'nr', PLAN), 'water', DRAIN),
)
const came = supplement(later(act(asked, 'request-correction', { items: [PLAN, DRAIN] }), 1))
const openAt = ({ state }: Journey, key: string) =>
  openParts(state).flatMap(({ step, part }) => (step.key === key ? [part.unitId] : []))
const dueAt = ({ item, state }: Journey, key: string) => {
  const open = openParts(state).find(({ step }) => step.key === key)
  return open && taskDue(item, state, open.step, open.part, CALENDAR_2026)
}
const refused = (journey: Journey, action: 'accept' | 'draft-correction', more: object = {}) =>
  refusal(journey, action, action === 'accept' ? 'accept' : 'look', everybody(journey), {
    items: [PLAN],
    ...more,
  })

describe('what came to the notice of all departments', () => {
  test('is looked at by each that asked for something, within days of its own, and by no other', () => {
    expect(openAt(came, 'look')).toEqual(['nr', 'water'])
    expect(came.state.corrections.at(-1)?.lookers).toEqual(['nr', 'water'])
    expect(dueAt(came, 'look')).toEqual({ kind: 'on', on: '2026-11-05' })
    expect(dueAt(came, 'accept')).toEqual({ kind: 'on', on: '2026-11-06' })
  })

  test('keeps nobody from accepting, and silence accepts on the day of the law', () => {
    expect(refused(came, 'accept')).toBeUndefined()
    expect(refused(drafts(came, 'nr', PLAN), 'accept')).toBeUndefined()
    const silent = passTime(onDay(came, '2026-11-16'))
    expect(silent.state.accepted).toMatchObject({ bySilence: true })
    expect(openAt(silent, 'look')).toEqual([])
  })

  test('is said of item by item, in place of what was said before, until it is accepted', () => {
    const lacking = drafts(came, 'nr', material('总平面图', 'no scale'))
    expect(noticeLookedAt(lacking.state)?.looks).toMatchObject([
      { unitId: 'nr', items: [{ reasonDigest: 'no scale' }] },
    ])
    expect(openAt(lacking, 'look')).toEqual(['water'])
    const enough = drafts(later(lacking, 1), 'nr')
    expect(noticeLookedAt(enough.state)?.looks).toMatchObject([{ unitId: 'nr', items: [] }])
    // What each had asked for at first stays as it was.
    expect(enough.state.drafts).toEqual(came.state.drafts)
    const accepted = act(enough, 'accept')
    expect(offered(accepted).some(({ stepKey }) => stepKey === 'look')).toBe(false)
    expect(replay(accepted.item, accepted.events)).toEqual(accepted.state)
  })

  test('is asked for no more than it was: nothing new, and nothing of another', () => {
    for (const items of [[DRAIN], [PLAN, material('用地预审意见')]])
      expect(refused(came, 'draft-correction', { items, unitId: 'nr' })).toBe('case.look-unasked')
    const other = staff({ role: 'dept-reviewer', unitId: 'eco' })
    expect(refusal(came, 'draft-nothing', 'look', other, { unitId: 'eco' })).toBe('case.action-not-allowed')
    expect(refusal(came, 'draft-nothing', 'look', other, { unitId: 'nr' })).toBe('case.not-your-task')
  })

  test('of events from before nobody looks, and they replay as they were', () => {
    const before = came.events.map((event) => {
      if (event.type !== 'supplemented') return event
      const { lookers: _none, ...rest } = event
      return rest
    })
    const state = replay(came.item, before)
    expect(openParts(state).map(({ step }) => step.key)).toEqual(['accept'])
    expect(noticeLookedAt(state)).toBeUndefined()
  })
})
