import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, type Instant, instantAt, plainDate } from '../../kernel/plain-date'
import { dueOfCase } from '../clock/clocks'
import type { CaseActor } from '../context'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  append,
  attempt,
  calendarOf,
  everybody,
  file,
  type Journey,
  later,
  onDay,
  withdraw,
} from '../journeys/case-fixture'
import { driveTo, driveToEnd } from '../journeys/sensible-acts'
import { nextNudgeAt, sharesToNudge, standingNudge } from './nudge'

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const filed = (id: string, more: Parameters<typeof file>[2] = {}) => file(itemOf(id), '2026-11-24', more)
const atHand = (journey: Journey) =>
  sharesToNudge(journey.item, journey.state, { now: journey.now, calendar: calendarOf(journey) })

const unitsAtHand = (journey: Journey) => atHand(journey).map(({ unitId }) => unitId)
const nudge = (
  journey: Journey,
  actor: CaseActor = APPLICANT,
  unitIds: readonly string[] = unitsAtHand(journey),
) => attempt(journey, { type: 'nudge', unitIds }, actor)
const nudged = (journey: Journey): Journey => {
  const tried = nudge(journey)
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}
const refusedAs = (journey: Journey, ...more: [CaseActor?, (readonly string[])?]) => {
  const tried = nudge(journey, ...more)
  return tried.ok ? null : tried.error.code
}

test('who waits for an organ nudges it: nothing else of the case changes, no day, no clock, and no page is an old one', () => {
  const before = driveTo(filed('LX-005'), 'review')
  const { state, events, item } = nudged(before)
  const unitIds = unitsAtHand(before)
  expect(unitIds).toHaveLength(1)
  expect(events.at(-1)).toEqual({ type: 'nudged', at: before.now, unitIds })
  expect(state).toEqual({
    ...before.state,
    nudged: { at: before.now, unitIds },
    version: before.state.version + 1,
  })
  expect(dueOfCase(item, state, calendarOf(before))).toEqual(
    dueOfCase(item, before.state, calendarOf(before)),
  )
  expect(replay(item, events)).toEqual(state)
})

test('once in three days for a case, whoever asks: from the first minute of the third day after, so that the day told is true all day', () => {
  const helper: CaseActor = { ...APPLICANT, speaksAs: 'filer' }
  const at = onDay(driveTo(filed('LX-005'), 'review'), '2026-11-24', 23 * 60 + 59)
  const told = nudged(at)
  expect(nextNudgeAt(told.item, told.state, told.now)).toBe('2026-11-26T16:00:00.000Z')
  expect(refusedAs(told)).toBe('case.nudged-before')
  expect(refusedAs(onDay(told, '2026-11-26', 24 * 60 - 1), helper)).toBe('case.nudged-before')
  const third = onDay(told, '2026-11-27', 0)
  expect(nextNudgeAt(third.item, third.state, third.now)).toBeNull()
  expect(refusedAs(third, helper)).toBeNull()
})

test('who gets it from those who were told was asked nothing, and may be nudged at once; back with them it counts', () => {
  const first = nudged(driveTo(filed('LX-020'), 'review'))
  const elsewhere = driveTo(first, 'finance')
  expect([first, elsewhere].map(unitsAtHand)).toEqual([['hrss'], ['finance']])
  expect(standingNudge(elsewhere.item, elsewhere.state)).toBeNull()
  expect(refusedAs(elsewhere)).toBeNull()
  expect(refusedAs(nudged(elsewhere))).toBe('case.nudged-before')
  const back = driveTo(elsewhere, 'finish')
  expect(dayIn(back.now)).toBe(dayIn(first.now))
  expect(refusedAs(back)).toBe('case.nudged-before')
})

test('of nudges at any moments two are never of less than three calendar days, and each that may be is one', () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
  const moments = fc.array(fc.tuple(fc.nat({ max: 20 }), minute), { minLength: 1, maxLength: 12 })
  const start = driveTo(filed('LX-038'), 'review')
  fc.assert(
    fc.property(moments, (each) => {
      const sorted = each
        .map(([days, minutes]) => instantAt(addDays(plainDate('2026-11-25'), days), minutes))
        .sort()
      let journey = start
      let last: Instant | null = null
      for (const now of sorted) {
        const isDue: boolean = last === null || dayIn(now) >= addDays(dayIn(last), 3)
        const tried = nudge({ ...journey, now })
        expect(tried.ok).toBe(isDue)
        if (!tried.ok) continue
        journey = tried.value
        last = now
      }
    }),
  )
})

describe('nobody is nudged', () => {
  const review = () => driveTo(filed('LX-038'), 'review')
  const none = 'case.action-not-allowed'

  test('while it waits for the applicant: what a notice asks, a name, an identity without which nothing is decided', () => {
    const asked = act(filed('LX-038'), 'request-correction')
    expect([atHand(asked), refusedAs(asked)]).toEqual([[], none])
    const nobody = filed('LX-032', { applicant: { numberIndex: null, identityIndex: null } })
    expect(refusedAs(nobody)).toBe(none)
    const unseen = filed('LX-005', { identityConfirmed: false })
    expect(refusedAs(unseen)).toBeNull()
    expect(refusedAs(driveTo(unseen, 'review'))).toBe(none)
  })

  test('before a half day that was booked, and again once it is over', () => {
    const seats = [{ on: plainDate('2026-12-08'), half: '上午', villageId: null }]
    const journey = filed('LX-038')
    const [first] = journey.events
    const booked = { ...first, seats } as never
    const there = { ...journey, events: [booked], state: replay(journey.item, [booked]) }
    expect(refusedAs(there)).toBe(none)
    expect(refusedAs(onDay(there, '2026-12-08', 12 * 60))).toBeNull()
  })

  test('while a special procedure stops it, or a notice hangs for its days', () => {
    const stopped = act(driveTo(filed('LX-034'), 'site'), 'suspend', { basis: 'appraisal', expectedDays: 5 })
    expect(refusedAs(stopped)).toBe(none)
    const hanging = packItems().flatMap((item) => {
      const step = item.steps.find(({ publicity }) => publicity !== null)
      if (!step) return []
      return [act(driveTo(file(item, '2026-11-24'), step.key), 'publish-notice')]
    })
    expect(hanging.length).toBeGreaterThan(0)
    for (const journey of hanging) {
      expect([journey.item.id, refusedAs(journey)]).toEqual([journey.item.id, none])
      expect([journey.item.id, refusedAs(later(journey, 60))]).toEqual([journey.item.id, null])
    }
  })

  test('after the end, of who has died, of what nobody applied for', () => {
    const [ended] = driveToEnd(filed('LX-038'), 'granted').slice(-1)
    expect(ended && refusedAs(ended)).toBe(none)
    expect(refusedAs(withdraw(review()))).toBe(none)
    const died = { ...review(), state: { ...review().state, isDeceased: true as const } }
    expect(refusedAs(died)).toBe(none)
    const open = filed('LX-005', { identityConfirmed: false })
    const said = attempt(open, { type: 'disown', staffIds: [] }, { ...APPLICANT, mayDisown: true })
    expect(said.ok && refusedAs(said.value)).toBe(none)
  })

  test('by staff, by who typed it for somebody, by the product itself', () => {
    expect(refusedAs(review(), everybody(review()))).toBe(none)
    expect(refusedAs(review(), { ...APPLICANT, mayNudge: false })).toBe(none)
    expect(refusedAs(review(), { kind: 'system' })).toBe(none)
  })

  test('where nobody is there: it is said, and does not count', () => {
    const journey = review()
    expect(refusedAs(journey, APPLICANT, [])).toBe('case.nudge-unheard')
    expect(refusedAs(journey)).toBeNull()
  })
})

test('of several that work side by side each that has not answered is nudged, and what need not be done is not', () => {
  const joint = packItems().flatMap((item) => {
    const step = item.steps.find(({ organ, kind }) => organ.kind === 'parallel' && kind === 'examine')
    const journey = step && driveTo(file(item, '2026-11-24'), step.key)
    return journey && atHand(journey).length > 1 ? [journey] : []
  })
  expect(joint.length).toBeGreaterThan(0)
  for (const journey of joint) {
    const shares = atHand(journey)
    const [first] = shares
    const passed = act(journey, 'pass', first ?? {})
    expect(atHand(passed)).toEqual(shares.slice(1))
  }
  const village = filed('LX-005')
  expect(village.state.steps.filter(({ status }) => status === 'open').map(({ key }) => key)).toContain(
    'assist',
  )
  expect(atHand(village).map(({ stepKey }) => stepKey)).not.toContain('assist')
})

test('what an older version has written of a case replays as it was', () => {
  const journey = driveTo(filed('LX-005'), 'review')
  expect(journey.state).not.toHaveProperty('nudged')
  expect(append(journey, []).state).toEqual(journey.state)
})
