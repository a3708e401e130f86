import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, type PlainDate, plainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { dueOf, explainDays } from '../../time-limit/clock'
import { replay } from '../evolve'
import { act, file, type Journey, nothingMissing, onDay, staff } from '../journeys/case-fixture'
import { openCorrection } from '../state'
import { nextOnTime } from '../step/decide-on-time'
import { whyNotNewDay } from './broken-promise'
import { correctionDue, dueOfCase, promisedClock, statutoryClock } from './clocks'
import { longStops } from './overrun'
import { leavesTimeToAnswer } from './told-days'

// 行政许可法 第45条: what one department's hearing or test takes is in none of the limits of its section, the 45 days of 第42条第二款 among them.
const item = packItems().find(({ id }) => id === 'LX-045')
if (!item) throw new Error('no LX-045')
const accepted = (guide: ServiceItem) => act(nothingMissing(file(guide, '2026-03-02')), 'accept')
const there = accepted(item)
const LAW = '2026-05-08'
const PROMISED = '2026-04-14'

/** A department that gives an opinion. */
const advising: ServiceItem = {
  ...item,
  steps: item.steps.map((step) => {
    if (step.organ.kind !== 'parallel' || step.organ.decides === undefined) return step
    const { eco: _eco, ...decides } = step.organ.decides
    return { ...step, organ: { ...step.organ, decides } }
  }),
}

const stop = (journey: Journey, unitId: string, expectedDays = 20) =>
  act(journey, 'suspend', { unitId, basis: 'expert-review', expectedDays })
const resume = (journey: Journey, unitId: string) => act(journey, 'resume', { unitId })
const lawOf = ({ item: guide, state }: Journey) => {
  const clock = statutoryClock(guide, state)
  if (!clock) throw new Error('no limit of the law')
  return dueOf(clock, CALENDAR_2026)
}
const promiseOf = ({ item: guide, state }: Journey) => {
  const clock = promisedClock(guide, state)
  return clock && dueOf(clock, CALENDAR_2026)
}

test('who decides a part stops the days of the law for the whole; what was promised of it runs on', () => {
  expect(lawOf(there)).toEqual({ kind: 'on', on: LAW })
  const stopped = stop(onDay(there, '2026-03-10'), 'water')
  expect(stopped.events.at(-1)).toMatchObject({ type: 'clock-suspended', stopsLaw: true })
  expect(lawOf(stopped)).toEqual({ kind: 'paused', since: '2026-03-10' })
  expect(promiseOf(stopped)).toEqual({ kind: 'on', on: PROMISED })
  expect(dueOfCase(item, stopped.state, CALENDAR_2026)).toMatchObject({ on: PROMISED, clock: 'promised' })
  expect(stopped.state.status).toBe('accepted')
  // From Wednesday, the 11th, to Tuesday, the 17th.
  const on = resume(onDay(stopped, '2026-03-17'), 'water')
  expect(lawOf(on)).toEqual({ kind: 'on', on: '2026-05-14' })
  expect(promiseOf(on)).toEqual({ kind: 'on', on: PROMISED })
  const law = statutoryClock(item, on.state)
  const skipped = law ? explainDays(law, CALENDAR_2026, plainDate('2026-05-14')) : []
  expect(skipped.filter(({ because }) => because === 'paused').map((day) => day.on)).toEqual([
    '2026-03-11',
    '2026-03-12',
    '2026-03-13',
    '2026-03-16',
    '2026-03-17',
  ])
  expect(replay(item, on.events)).toEqual(on.state)
})

test('a stop that ends while another runs leaves the law standing; each day counts once', () => {
  const both = stop(onDay(stop(onDay(there, '2026-03-10'), 'water'), '2026-03-12'), 'eco')
  const one = resume(onDay(both, '2026-03-17'), 'water')
  expect(lawOf(one).kind).toBe('paused')
  // Six working days since the 10th, and not four and five.
  expect(lawOf(resume(onDay(one, '2026-03-18'), 'eco'))).toEqual({ kind: 'on', on: '2026-05-15' })
})

test('who gives an opinion stops its own days alone, and so does whatever was stopped before', () => {
  const opinion = stop(onDay(accepted(advising), '2026-03-10'), 'eco')
  expect(opinion.events.at(-1)).not.toHaveProperty('stopsLaw')
  expect(lawOf(opinion)).toEqual({ kind: 'on', on: LAW })
  const before = replay(
    item,
    stop(onDay(there, '2026-03-10'), 'water').events.map((event) => {
      if (event.type !== 'clock-suspended') return event
      const { stopsLaw: _stopsLaw, ...old } = event
      return old
    }),
  )
  expect(lawOf({ ...there, state: before })).toEqual({ kind: 'on', on: LAW })
  expect(before.pauses).toMatchObject([{ clock: 'step', unitId: 'water' }])
})

test('what has run out stands still for nobody: it stays late, and is not prolonged', () => {
  const late = stop(onDay(there, '2026-05-11'), 'water')
  expect(late.events.at(-1)).not.toHaveProperty('stopsLaw')
  expect(lawOf(late)).toEqual({ kind: 'on', on: LAW })
  // On its last day it still runs.
  expect(stop(onDay(there, LAW), 'water').events.at(-1)).toMatchObject({ stopsLaw: true })
})

test('a notice that is asked meanwhile leaves the law its three days, however soon the stop ends', () => {
  const asked = (day: string) =>
    act(
      act(onDay(stop(onDay(there, '2026-04-20'), 'water'), day), 'request-approval', {
        unitId: 'eco',
        for: 'request-correction',
      }),
      'request-correction',
      { unitId: 'eco', actor: staff({ role: 'dept-approver', unitId: 'eco' }) },
    )
  const dueOn = ({ state }: Journey) => {
    const open = openCorrection(state)
    const due = open && correctionDue(item, state, open, CALENDAR_2026)
    return due?.kind === 'on' ? due.on : null
  }
  const open = asked('2026-04-22')
  const [during, after] = [dueOn(open), dueOn(resume(onDay(open, '2026-04-22', 17 * 60), 'water'))]
  expect(during).toBe('2026-05-07')
  expect(after).toBe(during)
  const law = lawOf(resume(onDay(open, '2026-04-22', 17 * 60), 'water'))
  expect(law).toEqual({ kind: 'on', on: '2026-05-11' })
  const short = stop(onDay(there, '2026-05-06'), 'water')
  expect(leavesTimeToAnswer(item, short.state, CALENDAR_2026, dayIn(onDay(short, '2026-05-20').now))).toBe(
    false,
  )
})

test('no day is promised anew beyond the law, were the stop to end today', () => {
  const broken = onDay(stop(onDay(there, '2026-04-20'), 'water'), '2026-04-22')
  const wrong = (day: string) =>
    whyNotNewDay(item, broken.state, plainDate(day), { now: broken.now, calendar: CALENDAR_2026 })
  expect(wrong('2026-05-11')).toBeNull()
  expect(wrong('2026-05-12')).toEqual({ code: 'case.new-day-beyond-law' })
})

test('of a stop that stops the law only what was promised is in danger', () => {
  const days = { now: there.now, calendar: CALENDAR_2026 }
  const of = (guide: ServiceItem, unitId: string) =>
    longStops(guide, accepted(guide).state, { stepKey: 'parallel', unitId }, days).map((each) => each.of)
  expect(of(item, 'water')).toEqual(['promise'])
  expect(of(advising, 'eco')).toEqual(['promise', 'law'])
})

test('the law may be prolonged while it stands still, and what was asked for then does not lapse', () => {
  const stopped = stop(onDay(there, '2026-05-07'), 'water')
  const asked = act(stopped, 'request-approval', {
    unitId: 'eco',
    for: 'extend',
    actor: staff({ role: 'dept-reviewer', unitId: 'eco' }),
  })
  expect(nextOnTime(item, asked.state, CALENDAR_2026)).not.toBe(addDays(plainDate(LAW), 1))
  const head = staff({ role: 'county-approver', unitId: 'gov-office' })
  const longer = act(onDay(asked, '2026-05-20'), 'extend', { actor: head })
  expect(lawOf(longer).kind).toBe('paused')
  // One day was left, and fifteen come to it, from the 21st on.
  expect(lawOf(resume(longer, 'water'))).toEqual({ kind: 'on', on: '2026-06-11' })
})

// Counted apart from the product: every day is looked at once.
const isOff = (on: string) => {
  const year = CALENDAR_2026.get(2026)
  const isWeekend = [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay())
  return year?.workDays.has(on) !== true && (isWeekend || year?.offDays.has(on) === true)
}
type Stop = readonly [from: PlainDate, until: PlainDate]
function countedOut(stops: readonly Stop[]) {
  const standing = new Set<string>()
  const began = new Set<string>()
  for (const [from, until] of stops) {
    if (from !== until) began.add(from)
    for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) standing.add(day)
  }
  let left = 45
  for (let day = plainDate('2026-03-03'); ; day = addDays(day, 1)) {
    const counts = !isOff(day) && !standing.has(day) && !(left === 1 && began.has(day))
    if (counts) left -= 1
    if (left === 0) return day
  }
}

const UNITS = ['water', 'eco', 'nr'] as const
const span = fc.tuple(fc.integer({ min: 0, max: 55 }), fc.integer({ min: 0, max: 25 }))
/** Of each department one stop after the other. */
const stopsOf = fc.array(span, { maxLength: 2 }).map(
  (spans) =>
    spans.reduce<{ readonly next: number; readonly stops: readonly Stop[] }>(
      ({ next, stops }, [after, length]) => {
        const from = addDays(plainDate('2026-03-02'), next + after)
        return { next: next + after + length + 1, stops: [...stops, [from, addDays(from, length)]] }
      },
      { next: 0, stops: [] },
    ).stops,
)

test('with any stops of several departments the law has the day that whoever counts day by day finds', () => {
  fc.assert(
    fc.property(fc.tuple(stopsOf, stopsOf, stopsOf), (each) => {
      const acts = each
        .flatMap((stops, at) =>
          stops.flatMap(([from, until]) => [
            { on: from, minute: 9 * 60 + 42, unitId: UNITS[at] ?? '', does: stop },
            { on: until, minute: 15 * 60, unitId: UNITS[at] ?? '', does: resume },
          ]),
        )
        .sort((left, right) => (left.on + left.minute < right.on + right.minute ? -1 : 1))
      const known: Stop[] = []
      const end = acts.reduce((journey, { on, minute, unitId, does }) => {
        const next = does(onDay(journey, on, minute), unitId)
        const before = lawOf(journey)
        const after = lawOf(next)
        if (before.kind === 'on' && after.kind === 'on') expect(after.on >= before.on).toBe(true)
        return next
      }, there)
      known.push(
        ...each.flat().filter(([from]) => from <= countedOut(each.flat().filter((other) => other[0] < from))),
      )
      expect(lawOf(end)).toEqual({ kind: 'on', on: countedOut(known) })
      expect(promiseOf(end)).toEqual({ kind: 'on', on: PROMISED })
      expect(replay(item, end.events)).toEqual(end.state)
    }),
    { numRuns: 60 },
  )
})
