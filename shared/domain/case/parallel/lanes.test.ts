import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import {
  act,
  file,
  type Journey,
  later,
  nothingMissing,
  offered,
  onDay,
  withdraw,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { laneNote, laneWords, lateLanes } from './lane-words'
import { type Lane, lanesOf } from './lanes'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const UNITS = ['nr', 'eco', 'water', 'housing', 'emergency'] as const
const filed = file(project, '2026-11-02')
// Accepted on that Monday: water has until the 16th, planning until the 23rd.
const there = act(nothingMissing(filed), 'accept')

const lanes = ({ item, state, now }: Journey) => lanesOf(item, state, dayIn(now), CALENDAR_2026)
const laneAt = (journey: Journey, unitId: string): Lane => {
  const lane = lanes(journey).find((each) => each.unitId === unitId)
  if (!lane) throw new Error(`no ${unitId}`)
  return lane
}
const told = (journey: Journey, unitId: string) => {
  const lane = laneAt(journey, unitId)
  return [laneWords(lane, dayIn(journey.now)), laneNote(lane, (id) => id)]
}

describe('each unit of a project stands for itself', () => {
  test('before acceptance they look, and who has said nothing by then needs nothing', () => {
    const looked = act(filed, 'draft-nothing', { unitId: 'nr' })
    expect(lanes(looked).map(({ state }) => state)).toEqual(['looked', 'open', 'open', 'open', 'open'])
    expect(told(looked, 'eco')[0]).toBe('还剩 2 个工作日')
    const asked = act(
      onDay(act(looked, 'draft-correction', { unitId: 'nr' }), '2026-11-05'),
      'request-correction',
    )
    expect(lanes(asked).map(({ state }) => state)).toEqual(['looked', 'silent', 'silent', 'silent', 'silent'])
    expect(lateLanes(lanes(asked), (id) => id)).toBeNull()
  })

  test('who says something newer before the notice goes out has answered when it answered first', () => {
    const said = act(nothingMissing(filed), 'draft-correction', { unitId: 'nr' })
    const newer = act(onDay(said, '2026-11-05'), 'draft-nothing', { unitId: 'nr' })
    expect(laneAt(newer, 'nr')).toMatchObject({ late: false, doneOn: '2026-11-02' })
    expect(newer.state.drafts?.at(-1)).toMatchObject({ unitId: 'nr', at: newer.now, items: [] })
  })

  test('who waits for whom is told on both sides', () => {
    expect(told(there, 'housing')).toEqual(['还没开始', '要等nr、water办完'])
    expect(told(there, 'water')).toEqual(['还剩 10 个工作日', 'housing在等它'])
    expect(told(there, 'eco')).toEqual(['还剩 20 个工作日', null])
    expect(told(act(there, 'pass', { unitId: 'nr' }), 'housing')[1]).toBe('要等water办完')
  })

  test('who is late is named with whoever waits for it, and nobody else is', () => {
    const late = onDay(there, '2026-11-20')
    expect(lateLanes(lanes(late), (id) => id)).toBe(
      'water超了 4 个工作日，housing要等它办完才能开始；emergency超了 2 个工作日',
    )
    expect(
      lanes(late)
        .filter((lane) => lane.late)
        .map(({ unitId }) => unitId),
    ).toEqual(['water', 'emergency'])
  })

  test('what is done says when, and how early or late', () => {
    const early = act(onDay(there, '2026-11-12'), 'pass', { unitId: 'water' })
    expect(told(onDay(early, '2026-11-20'), 'water')).toEqual(['11月12日 批准了', '提前 2 个工作日'])
    const late = act(onDay(there, '2026-11-18'), 'fail', { unitId: 'water' })
    expect(told(onDay(late, '2026-11-20'), 'water')).toEqual(['11月18日 没批', '比期限晚，超了 2 个工作日'])
    expect(laneAt(late, 'water').late).toBe(true)
  })

  test('a special procedure stops one unit alone, from when to when', () => {
    const stopped = act(there, 'suspend', { unitId: 'eco' })
    expect(laneAt(stopped, 'eco')).toMatchObject({
      state: 'stopped',
      stops: [{ from: '2026-11-02', until: null }],
    })
    expect(lanes(stopped).filter(({ state }) => state === 'stopped')).toHaveLength(1)
    const expected = act(there, 'suspend', { unitId: 'eco', expectedDays: 5 })
    expect(told(onDay(expected, '2026-11-07'), 'eco')[0]).toBe('暂停着，预计 11月7日 做完')
    expect(told(onDay(expected, '2026-11-09'), 'eco')[0]).toBe(
      '暂停着，原来预计 11月7日 做完，过了，还没做完',
    )
    const resumed = act(onDay(stopped, '2026-11-09'), 'resume', { unitId: 'eco' })
    expect(laneAt(resumed, 'eco').stops).toEqual([{ from: '2026-11-02', until: '2026-11-09' }])
  })

  test('once the whole has ended nothing stands still, is left to do or counts', () => {
    const stopped = act(there, 'suspend', { unitId: 'water' })
    const late = onDay(withdraw(onDay(stopped, '2026-11-04')), '2026-12-20')
    expect(lanes(late).map(({ state, light, late: isLate, dueOn }) => [state, light, isLate, dueOn])).toEqual(
      UNITS.map(() => ['closed', null, false, null]),
    )
    for (const unitId of UNITS) expect(told(late, unitId), unitId).toEqual(['不用办了', null])
    expect(laneAt(late, 'water')).toMatchObject({
      stops: [{ from: '2026-11-02', until: '2026-11-04' }],
      stoppedUntil: null,
    })
    expect(lanes(late).flatMap(({ waitsFor, holdsUp }) => [...waitsFor, ...holdsUp])).toEqual([])
    expect(lanes(withdraw(filed)).map(({ state }) => state)).toEqual(UNITS.map(() => 'closed'))
  })

  test('a case that goes from one to the next has none', () => {
    const item = packItems().find(({ id }) => id === 'LX-005')
    expect(item && lanes(file(item, '2026-11-02'))).toEqual([])
  })
})

const strokes = fc.array(
  fc.record({
    unitId: fc.constantFrom(...UNITS),
    action: fc.constantFrom('pass' as const, 'fail' as const),
    days: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 1, maxLength: 12 },
)

test('in whatever order they judge, the whole goes on exactly when each has, and late is who is late', () => {
  fc.assert(
    fc.property(strokes, (acts) => {
      let journey = there
      for (const { unitId, action, days } of acts) {
        journey = later(journey, days)
        if (
          offered(journey).some(
            (each) => each.action === action && each.unitId === unitId && each.stepKey === 'parallel',
          )
        )
          journey = act(journey, action, { unitId, stepKey: 'parallel' })
        const now = lanes(journey)
        const run = journey.state.steps.find(({ key }) => key === 'parallel')
        const isAllJudged = now.every(({ state }) => state === 'passed' || state === 'failed')
        expect(run?.status === 'done').toBe(isAllJudged)
        const today = dayIn(journey.now)
        for (const lane of now)
          expect(lane.late).toBe(lane.dueOn !== null && (lane.doneOn ?? today) > lane.dueOn)
        // Whoever may act is open, and nobody waits for who is done.
        for (const lane of now) expect(lane.state === 'waiting').toBe(lane.waitsFor.length > 0)
      }
    }),
    { numRuns: 80 },
  )
})

test('driven to its end each unit has judged', () => {
  expect(new Set(lanes(driveTo(there, 'finish')).map(({ state }) => state))).toEqual(new Set(['passed']))
})
