import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { evolve } from '../evolve'
import { act, file, type Journey, onDay } from '../journeys/case-fixture'
import { breaksOn, promiseOnTime, whyNotAnew } from './broken-promise'
import { caseLight } from './case-light'
import { dueOfCase } from './clocks'

// A look at the site stops the promise, and no day of the law (ADR 0097): its twenty days may be over first.
const item = packItems().find(({ id }) => id === 'LX-034')
if (!item) throw new Error('no LX-034')
const atTheSite = act(act(file(item, '2026-03-02'), 'accept'), 'pass')
const dueOn = ({ state }: Journey) => dueOfCase(item, state, CALENDAR_2026)
const foundOn = (journey: Journey, day: string) => {
  const at = onDay(journey, day)
  const context = { now: at.now, calendar: CALENDAR_2026, superiorsOf: () => [], supervisors: () => [] }
  const events = promiseOnTime(at.item, at.state, context)
  return {
    events,
    context,
    after: { ...at, state: events.reduce((state, event) => evolve(item, state, event), at.state) },
  }
}
const LAW = '2026-03-16'

test('while the promise alone stands still the law’s day is told with what is waited for', () => {
  expect(dueOn(atTheSite)).toMatchObject({ kind: 'waits-for', because: 'step', lawOn: LAW })
})

test('once that day is over it is late, however long the site is waited for', () => {
  expect(caseLight(item, atTheSite.state, LAW as never, CALENDAR_2026).kind).toBe('paused')
  expect(caseLight(item, atTheSite.state, '2026-03-18' as never, CALENDAR_2026)).toEqual({
    kind: 'late',
    daysLate: 2,
  })
})

test('it is found once, as the law’s day, and told as no promise; no day is named while the promise stands still', () => {
  expect(breaksOn(item, atTheSite.state, CALENDAR_2026)).toBe('2026-03-17')
  expect(foundOn(atTheSite, LAW).events).toEqual([])
  const { events, context, after } = foundOn(atTheSite, '2026-03-17')
  expect(events).toMatchObject([{ type: 'promise-broken', promisedOn: LAW, byLaw: true, unnamed: true }])
  expect(events[0]).not.toHaveProperty('again')
  expect(whyNotAnew(item, after.state, context)).not.toBeNull()
  for (const day of ['2026-03-18', '2026-06-01']) expect(foundOn(after, day).events, day).toEqual([])
  expect(breaksOn(item, after.state, CALENDAR_2026)).toBeNull()
})

test('where it goes on after that, a day may be named, and what was promised is not blamed once more', () => {
  const told = foundOn(atTheSite, '2026-03-17').after
  const seen = act(act(onDay(told, '2026-03-18'), 'record-visit'), 'pass')
  const { events, context } = foundOn(seen, '2026-03-19')
  expect(events).toEqual([])
  expect(whyNotAnew(item, seen.state, context)).toBeNull()
  expect(dueOn(seen)).toMatchObject({ on: LAW, clock: 'statutory' })
})
