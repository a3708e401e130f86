import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, plainDate } from '../../kernel/plain-date'
import type { StepOrgan } from '../../service-item/item'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { replay } from '../evolve'
import { act, append, file, type Journey, nothingMissing, onDay, withdraw } from '../journeys/case-fixture'
import { nextOnTime } from '../step/decide-on-time'
import { beyondWhole, daysOfWhole, longStops, overrunsOn, stopsOnTime } from './overrun'

const item = packItems().find(({ id }) => id === 'LX-045')
if (!item) throw new Error('no LX-045')
// Accepted on Monday, 2 November: promised by 14 December; the law's last day is in the next year.
const there = act(nothingMissing(file(item, '2026-11-02')), 'accept')
const stopped = act(there, 'suspend', { unitId: 'water', basis: 'expert-review', expectedDays: 5 })
const ABOVE = [{ role: 'dept-approver', unitId: 'water' }] as const
const over = ({ state, now }: Journey) =>
  stopsOnTime(state, { now, calendar: CALENDAR_2026, superiorsOf: () => ABOVE })

test('a stop whose expected day is over is found so on the next working day, in office hours, once', () => {
  // Expected until Saturday, the 7th.
  expect(overrunsOn(stopped.state, CALENDAR_2026)).toBe('2026-11-09')
  expect(nextOnTime(item, stopped.state, CALENDAR_2026)).toBe('2026-11-09')
  for (const [day, minute] of [
    ['2026-11-06', 600],
    ['2026-11-07', 600],
    ['2026-11-08', 600],
    ['2026-11-09', 8 * 60],
    ['2026-11-09', 22 * 60],
  ] as const)
    expect(over(onDay(stopped, day, minute)), `${day} ${minute}`).toEqual([])
  const found = onDay(stopped, '2026-11-09', 8 * 60 + 31)
  expect(over(found)).toEqual([
    {
      type: 'stop-overran',
      at: found.now,
      stepKey: 'parallel',
      unitId: 'water',
      basis: 'expert-review',
      expectedOn: '2026-11-07',
      told: ABOVE,
    },
  ])
  const told = append(found, over(found))
  expect(over(onDay(told, '2026-11-20'))).toEqual([])
  expect(overrunsOn(told.state, CALENDAR_2026)).toBeNull()
  // A colleague's page stays true, and the row is what its events say.
  expect(told.state.decidingVersion).toBe(found.state.decidingVersion)
  expect(replay(item, told.events)).toEqual(told.state)
})

test('each stop by itself: what goes on is told of nobody, and what stops anew has a day anew', () => {
  const both = act(stopped, 'suspend', { unitId: 'eco', expectedDays: 30 })
  const resumed = act(onDay(both, '2026-11-06'), 'resume', { unitId: 'water' })
  expect(over(onDay(resumed, '2026-11-10'))).toEqual([])
  const anew = act(onDay(resumed, '2026-11-10'), 'suspend', { unitId: 'water', expectedDays: 1 })
  expect(over(onDay(anew, '2026-11-12'))).toMatchObject([{ unitId: 'water', expectedOn: '2026-11-11' }])
  expect(over(onDay(anew, '2026-12-03')).map((event) => 'unitId' in event && event.unitId)).toEqual([
    'eco',
    'water',
  ])
})

test('what has ended stops nothing, and a whole case that stops is found by the same rule', () => {
  expect(over(onDay(withdraw(stopped), '2026-11-10'))).toEqual([])
  const single = packItems().find(
    ({ id, steps }) =>
      id !== 'LX-045' &&
      steps.some(({ actions, organ }) => actions.includes('suspend') && organ.kind !== 'parallel'),
  )
  if (!single) throw new Error('no such guide')
  let journey = file(single, '2026-11-02')
  for (let guard = 0; guard < 20; guard += 1) {
    try {
      journey = act(journey, 'suspend', { expectedDays: 5 })
      break
    } catch {
      journey = driveOn(journey)
    }
  }
  expect(journey.state.status).toBe('suspended')
  expect(over(onDay(journey, '2026-11-09'))).toMatchObject([{ expectedOn: '2026-11-07' }])
})

const driveOn = (journey: Journey): Journey => {
  for (const action of ['accept', 'pass', 'convene', 'record-visit'] as const)
    try {
      return act(journey, action)
    } catch {}
  throw new Error('nothing to do')
}

test('a department that stops for itself is told from how many days on it ends after the whole', () => {
  const days = { now: there.now, calendar: CALENDAR_2026 }
  const [promise] = longStops(item, there.state, { stepKey: 'parallel', unitId: 'water' }, days)
  expect(promise).toEqual({ of: 'promise', on: '2026-12-14', fromDays: 43 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 365 }), (expectedDays) => {
      const on = addDays(dayIn(there.now), expectedDays)
      const beyond = beyondWhole(item, there.state, { stepKey: 'parallel' }, { on, calendar: CALENDAR_2026 })
      expect(beyond !== null).toBe(expectedDays >= 43)
    }),
  )
  // The whole stops with what is no part of a project.
  expect(longStops(item, there.state, { stepKey: 'finish', unitId: 'mashangban' }, days)).toEqual([])
})

/** Departments that each give an opinion. */
const advising = (organ: StepOrgan): StepOrgan => {
  if (organ.kind !== 'parallel') return organ
  const { decides: _decides, ...opinions } = organ
  return opinions
}

test('the law comes after the promise, for a department whose stop leaves it running', () => {
  const spring = act(nothingMissing(file(item, '2026-03-02')), 'accept')
  const found = longStops(
    { ...item, steps: item.steps.map((step) => ({ ...step, organ: advising(step.organ) })) },
    spring.state,
    { stepKey: 'parallel', unitId: 'water' },
    { now: spring.now, calendar: CALENDAR_2026 },
  )
  expect(found.map(({ of, on }) => [of, on])).toEqual([
    ['promise', '2026-04-14'],
    ['law', '2026-05-08'],
  ])
  const on = plainDate('2026-05-31')
  expect(beyondWhole(item, spring.state, { stepKey: 'parallel' }, { on, calendar: CALENDAR_2026 })).toEqual({
    of: 'law',
    on: '2026-05-08',
  })
})

test('a promise that broke twice is no day of the whole any more, until another is named', () => {
  const early = act(nothingMissing(file(item, '2026-03-02')), 'accept')
  const at = (day: string) => onDay(early, day).now
  const anew = { at: at('2026-04-15'), dueOn: plainDate('2026-04-20'), reasonDigest: 'why' }
  const broken = { at: at('2026-04-15'), promisedOn: plainDate('2026-04-14'), told: [] }
  const promised = (more: object) =>
    daysOfWhole(item, { ...early.state, broken: { ...broken, ...more } }, CALENDAR_2026).promised
  expect(promised({})).toBeNull()
  expect(promised({ anew })).toBe('2026-04-20')
  expect(promised({ anew, again: { at: at('2026-04-21') } })).toBeNull()
  const later = { ...anew, at: at('2026-04-22'), dueOn: plainDate('2026-04-28') }
  expect(promised({ anew: later, again: { at: at('2026-04-21') } })).toBe('2026-04-28')
})
