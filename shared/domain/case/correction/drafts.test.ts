import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { taskDue } from '../clock/clocks'
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
  nothingMissing,
  offered,
  onDay,
  passTime,
  refusal,
  staff,
  supplement,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { type CorrectionItem, openParts } from '../state'
import { awaitedDrafts, joinedItems } from './joined-notice'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const UNITS = ['nr', 'eco', 'water', 'housing', 'emergency'] as const
// A Monday; the departments have until Wednesday.
const filed = file(project, '2026-11-02')

const material = (name: string, why = 'why'): CorrectionItem => ({
  kind: 'material',
  name,
  reasonDigest: why,
})
const PLAN = material('总平面图')
const drafts = (journey: Journey, unitId: string, ...items: readonly CorrectionItem[]) =>
  items.length > 0
    ? act(journey, 'draft-correction', { unitId, items })
    : act(journey, 'draft-nothing', { unitId })
const brings = (journey: Journey, paper: string): Journey => {
  const change = { ...NO_CHANGE, papers: [paper] }
  const added = attempt(
    journey,
    { type: 'add', answersDigest: 'added', facts: factsOf(journey), change },
    APPLICANT,
  )
  if (!added.ok) throw new Error(added.error.code)
  return added.value
}
const answers = (journey: Journey, ...units: readonly string[]) =>
  units.reduce((next, unitId) => drafts(next, unitId), journey)
const refused = (
  journey: Journey,
  action: 'accept' | 'request-correction' | 'draft-correction',
  more: Parameters<typeof refusal>[4] = {},
) =>
  refusal(journey, action, action === 'draft-correction' ? 'look' : 'accept', everybody(journey), {
    items: [PLAN],
    ...more,
  })
const dueAt = ({ item, state }: Journey, key: string) => {
  const open = openParts(state).find(({ step }) => step.key === key)
  return open && taskDue(item, state, open.step, open.part, CALENDAR_2026)
}

describe('before acceptance each department says what is missing', () => {
  test('all of them at once, each by the same day, and whoever accepts has a day after it', () => {
    expect(openParts(filed.state).map(({ part }) => part.unitId)).toEqual([...UNITS, 'msb-office'])
    expect(dueAt(filed, 'look')).toEqual({ kind: 'on', on: '2026-11-04' })
    expect(dueAt(filed, 'accept')).toEqual({ kind: 'on', on: '2026-11-05' })
  })

  test('a department does nothing else there: it asks nothing of anybody by itself, and ends nothing', () => {
    const own = offered(filed).filter(({ stepKey }) => stepKey === 'look')
    expect(new Set(own.map(({ action }) => action))).toEqual(new Set(['draft-correction', 'draft-nothing']))
  })

  test('nobody accepts or asks before each has spoken, or its day is over', () => {
    const four = answers(filed, 'nr', 'eco', 'water', 'housing')
    for (const journey of [filed, four, onDay(four, '2026-11-04')]) {
      expect(refused(journey, 'accept')).toBe('case.drafts-awaited')
      expect(refused(journey, 'request-correction')).toBe('case.drafts-awaited')
    }
    expect(refused(drafts(four, 'emergency'), 'accept')).toBeUndefined()
    expect(refused(onDay(four, '2026-11-05'), 'accept')).toBeUndefined()
  })

  test('what one asks must be asked before it is accepted, and nothing of it is left out', () => {
    const asked = answers(
      drafts(filed, 'nr', PLAN, material('用地预审意见')),
      'eco',
      'water',
      'housing',
      'emergency',
    )
    expect(refused(asked, 'accept')).toBe('case.drafts-unsent')
    expect(refused(asked, 'request-correction')).toBe('case.draft-left-out')
    const sent = act(asked, 'request-correction', { items: [PLAN, material('用地预审意见')] })
    expect(sent.state.corrections).toMatchObject([{ stepKey: 'accept', unitId: 'msb-office' }])
    expect(refused(supplement(sent), 'accept')).toBeUndefined()
  })

  test('two that ask for one paper are one thing, and it says who needs it', () => {
    const asked = answers(
      drafts(drafts(filed, 'nr', PLAN), 'water', material('总平面图', 'drain')),
      'eco',
      'housing',
      'emergency',
    )
    expect(joinedItems(project, asked.state)).toEqual([
      {
        kind: 'material',
        name: '总平面图',
        asked: [
          { unitId: 'nr', reasonDigest: 'why' },
          { unitId: 'water', reasonDigest: 'drain' },
        ],
      },
    ])
    const sent = act(asked, 'request-correction', { items: [PLAN, material('备案表')] })
    expect(sent.state.corrections.at(-1)?.items).toEqual([
      { ...PLAN, from: ['nr', 'water'], asked: [{ unitId: 'water', reasonDigest: 'drain' }] },
      material('备案表'),
    ])
  })

  test('what the officer words otherwise stands beside what each department wrote, and none of it twice', () => {
    const asked = answers(
      drafts(drafts(filed, 'nr', PLAN), 'water', material('总平面图', 'drain')),
      'eco',
      'housing',
      'emergency',
    )
    const worded = (holds: readonly string[]) =>
      act(asked, 'request-correction', {
        items: [{ ...material('总平面图', 'both'), ...(holds.length > 0 ? { holds } : {}) }],
      }).state.corrections.at(-1)?.items[0]
    const both = { ...material('总平面图', 'both'), from: ['nr', 'water'] }
    const nr = { unitId: 'nr', reasonDigest: 'why' }
    const water = { unitId: 'water', reasonDigest: 'drain' }
    expect(worded([])).toEqual({ ...both, asked: [nr, water] })
    expect(worded(['why'])).toEqual({ ...both, asked: [water] })
    expect(worded(['drain', 'why'])).toEqual(both)
  })

  test('until it is sent a department may say something else, and nobody else may for it', () => {
    const asked = drafts(filed, 'nr', PLAN)
    const by = (unitId: string) =>
      refusal(asked, 'draft-nothing', 'look', staff({ role: 'dept-reviewer', unitId }), { unitId: 'nr' })
    expect([by('nr'), by('eco')]).toEqual([undefined, 'case.not-your-task'])
    expect(joinedItems(project, drafts(asked, 'nr').state)).toEqual([])
    const sent = act(answers(asked, 'eco', 'water', 'housing', 'emergency'), 'request-correction', {
      items: [PLAN],
    })
    expect(refused(sent, 'draft-correction')).toBe('case.action-not-allowed')
  })

  test('who has said nothing by its day has nothing to add once the notice is out', () => {
    const late = onDay(drafts(filed, 'nr', PLAN), '2026-11-05')
    expect(awaitedDrafts(late.item, late.state, { now: late.now, calendar: CALENDAR_2026 })).toEqual([])
    const sent = act(late, 'request-correction', { items: [PLAN] })
    expect(openParts(sent.state).map(({ step }) => step.key)).toEqual(['accept'])
    // Who has asked looks at what comes (ADR 0111).
    const again = supplement(sent)
    expect(openParts(again.state).map(({ part }) => part.unitId)).toEqual(['nr', 'msb-office'])
    expect(dueAt(again, 'accept')).toEqual({ kind: 'on', on: '2026-11-10' })
  })

  test('once it is accepted another notice is a second one, for the approver to answer for', () => {
    const accepted = act(nothingMissing(filed), 'accept')
    const ask = (role: 'dept-reviewer' | 'dept-approver') =>
      refusal(accepted, 'request-correction', 'parallel', staff({ role, unitId: 'nr' }), { unitId: 'nr' })
    expect(ask('dept-reviewer')).toBe('case.second-correction')
    expect(offered(accepted).some(({ action }) => action === 'request-approval')).toBe(true)
  })

  test('where silence accepts it nobody was told anything, and a department asks as before', () => {
    const silent = passTime(later(drafts(filed, 'nr', PLAN), 14))
    expect(silent.state.accepted).toMatchObject({ bySilence: true })
    expect(offered(silent).some(({ action }) => action === 'request-correction')).toBe(true)
  })

  test('a draft makes no page of another department an old one', () => {
    const asked = drafts(filed, 'nr', PLAN)
    expect(asked.state.decidingVersion).toBe(filed.state.decidingVersion)
    expect(asked.state.drafts).toMatchObject([{ unitId: 'nr', version: asked.state.version }])
  })

  test('in a year whose days off are not out yet weekdays stand in, and each department is awaited', () => {
    // A Wednesday before New Year's Day and a weekend.
    const late = file(project, '2026-12-30')
    expect(dueAt(late, 'look')).toMatchObject({ kind: 'calendar-missing' })
    const awaited = (day: string) => {
      const { item, state, now } = onDay(late, day)
      return awaitedDrafts(item, state, { now, calendar: CALENDAR_2026 }).length
    }
    expect(['2026-12-30', '2026-12-31', '2027-01-04', '2027-01-05'].map(awaited)).toEqual([5, 5, 5, 0])
    expect(refused(late, 'accept')).toBe('case.drafts-awaited')
  })

  test('a name that is confirmed since is asked for no more, and keeps nobody from accepting', () => {
    const name: CorrectionItem = { kind: 'field', name: 'entName', reasonDigest: 'why' }
    const open = file(project, '2026-11-02', { identityConfirmed: false })
    const asked = answers(drafts(open, 'nr', name), 'eco', 'water', 'housing', 'emergency')
    expect(refused(asked, 'accept')).toBe('case.drafts-unsent')
    const confirmed = { ...asked, state: { ...asked.state, identityConfirmed: true } }
    expect(refused(confirmed, 'accept')).toBeUndefined()
    expect(refused(confirmed, 'request-correction')).toBeUndefined()
  })

  const others = ['eco', 'water', 'housing', 'emergency']
  const openAt = ({ state }: Journey, key: string) =>
    openParts(state).flatMap(({ step, part }) => (step.key === key ? [part.unitId] : []))

  test('what came by itself since is looked at by the department that asked for it, before anybody accepts', () => {
    const added = brings(later(answers(drafts(filed, 'nr', PLAN), ...others), 1), '总平面图')
    expect(openAt(added, 'look')).toEqual(['nr'])
    expect(refused(added, 'accept')).toBe('case.drafts-awaited')
    expect(refused(added, 'request-correction')).toBe('case.drafts-awaited')
    // Any sheet may bear the name: that it is the one is said by who asked for it.
    const unfit = drafts(later(added, 1), 'nr', PLAN)
    expect(joinedItems(project, unfit.state)).toMatchObject([{ name: '总平面图', asked: [{ unitId: 'nr' }] }])
    expect(refused(unfit, 'accept')).toBe('case.drafts-unsent')
    expect(openAt(unfit, 'look')).toEqual([])
    expect(refused(drafts(added, 'nr'), 'accept')).toBeUndefined()
  })

  test('another paper is nothing to look at anew for a department that did not ask for it', () => {
    const asked = answers(drafts(filed, 'nr', PLAN), ...others)
    expect(openAt(brings(later(asked, 1), '用地预审意见'), 'look')).toEqual([])
  })

  test('the days to look begin with what came, and those of whoever accepts after them; the last of the law is left', () => {
    const asked = onDay(answers(drafts(filed, 'nr', PLAN), ...others), '2026-11-05')
    const added = brings(asked, '总平面图')
    const awaited = (day: string) => refused(onDay(added, day), 'accept')
    expect(['2026-11-05', '2026-11-06', '2026-11-09'].map(awaited)).toEqual([
      'case.drafts-awaited',
      'case.drafts-awaited',
      undefined,
    ])
    expect(dueAt(added, 'look')).toEqual({ kind: 'on', on: '2026-11-09' })
    expect(dueAt(added, 'accept')).toEqual({ kind: 'on', on: '2026-11-09' })
    const early = brings(onDay(answers(drafts(filed, 'nr', PLAN), ...others), '2026-11-03'), '总平面图')
    expect([dueAt(early, 'look'), dueAt(early, 'accept')]).toEqual([
      { kind: 'on', on: '2026-11-05' },
      { kind: 'on', on: '2026-11-06' },
    ])
    // Who does not look has nothing to add, as with what was filed.
    expect(refused(onDay(early, '2026-11-06'), 'accept')).toBeUndefined()
  })

  test('a guide from before has no such step', () => {
    const { steps, ...rest } = project
    const former = file({ ...rest, steps: steps.filter(({ key }) => key !== 'look') }, '2026-11-02')
    expect(refused(former, 'accept')).toBeUndefined()
    expect(dueAt(former, 'accept')).toEqual({ kind: 'on', on: '2026-11-03' })
  })
})

const acts = fc.array(
  fc.record({
    unitId: fc.constantFrom(...UNITS),
    names: fc.subarray(['总平面图', '用地预审意见', '水土保持方案']),
    days: fc.integer({ min: 0, max: 1 }),
  }),
  { maxLength: 9 },
)

test('in whatever order they write, the one notice holds what each said last, and nothing else is asked', () => {
  fc.assert(
    fc.property(acts, (written) => {
      const last = new Map<string, readonly string[]>()
      let journey = filed
      for (const { unitId, names, days } of written) {
        journey = drafts(later(journey, days), unitId, ...names.map((name) => material(name)))
        last.set(unitId, names)
      }
      const wanted = new Set([...last.values()].flat())
      expect(new Set(joinedItems(project, journey.state).map(({ name }) => name))).toEqual(wanted)
      const over = later(journey, 7)
      const all = [...wanted].map((name) => material(name))
      if (all.length === 0) {
        expect(refused(over, 'accept')).toBeUndefined()
        return
      }
      expect(refused(over, 'accept')).toBe('case.drafts-unsent')
      for (const { name } of all)
        expect(
          refused(over, 'request-correction', {
            items: [...all.filter((each) => each.name !== name), material('别的')],
          }),
        ).toBe('case.draft-left-out')
      const sent = act(over, 'request-correction', { items: all })
      for (const { name, from } of sent.state.corrections.at(-1)?.items ?? [])
        expect(new Set(from)).toEqual(
          new Set([...last].filter(([, names]) => names.includes(name)).map(([unitId]) => unitId)),
        )
      // Once: nobody of them asks again by themselves.
      const accepted = act(supplement(sent), 'accept')
      expect(
        offered(accepted).some(
          ({ action, stepKey }) => stepKey === 'look' || action === 'request-correction',
        ),
      ).toBe(false)
      expect(driveTo(accepted, 'finish').state.corrections).toHaveLength(1)
    }),
    { numRuns: 60 },
  )
})

test('whoever accepts is late by their own days alone, never for a department that says nothing', () => {
  fc.assert(
    fc.property(fc.subarray([...UNITS]), fc.integer({ min: 0, max: 2 }), (spoken, days) => {
      const journey = later(answers(filed, ...spoken), days)
      const due = dueAt(journey, 'accept')
      const open = refused(journey, 'accept') === undefined
      expect(due?.kind === 'on' && (open || dayIn(journey.now) < due.on)).toBe(true)
    }),
  )
})
