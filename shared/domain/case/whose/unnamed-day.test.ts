import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { plainDate } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { breaksOn, promiseOnTime, whyNotAnew } from '../clock/broken-promise'
import { evolve } from '../evolve'
import { act, file, type Journey, onDay } from '../journeys/case-fixture'

const permit = packItems().find(({ id }) => id === 'LX-028')
if (!permit) throw new Error('no LX-028')

const breaksAt = (journey: Journey, day: string) => {
  const at = onDay(journey, day)
  const context = {
    now: at.now,
    calendar: CALENDAR_2026,
    superiorsOf: () => [],
    supervisors: () => [],
  }
  const events = promiseOnTime(at.item, at.state, context)
  const state = events.reduce((before, event) => evolve(at.item, before, event), at.state)
  return { events, context, after: { ...at, state } }
}

test('on the law’s last day nobody is asked for a new one, and nobody is blamed for not naming it', () => {
  // Accepted on 10 February: nineteen days are over on 13 March, the law's twenty on the 16th.
  const late = act(file({ ...permit, promisedDays: 19 }, '2026-02-10'), 'accept')
  const { events, context, after } = breaksAt(late, '2026-03-16')
  expect(events).toMatchObject([{ type: 'promise-broken', promisedOn: '2026-03-13', unnamed: true }])
  expect(whyNotAnew(after.item, after.state, context)).toEqual({ code: 'case.new-day-beyond-law' })
  expect(after.state.broken).toMatchObject({ unnamed: true })
  const again = breaksAt(after, '2026-03-17')
  expect(again.events).toMatchObject([
    { type: 'promise-broken', promisedOn: '2026-03-16', again: true, byLaw: true },
  ])
  expect(again.events[0]).not.toHaveProperty('undated')
  expect(breaksAt(again.after, '2026-03-18').events).toEqual([])
})

test('where a day is left it is asked for, as before', () => {
  const late = act(file(permit, '2026-02-10'), 'accept')
  const { events, after } = breaksAt(late, '2026-03-03')
  expect(events).toMatchObject([{ type: 'promise-broken', promisedOn: '2026-03-02' }])
  expect(events[0]).not.toHaveProperty('unnamed')
  expect(breaksAt(after, '2026-03-05').events).toMatchObject([{ again: true, undated: true }])
})

test('a day that was named late, after none was named in time or the law’s day was over, is waited for as any other', () => {
  const late = act(file(permit, '2026-02-10'), 'accept')
  const undated = breaksAt(breaksAt(late, '2026-03-03').after, '2026-03-05').after
  const byLaw = breaksAt(
    breaksAt(act(file({ ...permit, promisedDays: 19 }, '2026-02-10'), 'accept'), '2026-03-16').after,
    '2026-03-17',
  ).after
  for (const told of [undated, byLaw]) {
    const day = onDay(told, '2026-03-18')
    const named = act(day, 'promise-anew', { newDueOn: plainDate('2026-03-20') })
    expect(breaksOn(named.item, named.state, CALENDAR_2026)).toBe('2026-03-23')
    expect(breaksAt(named, '2026-03-20').events).toEqual([])
    const { events, after } = breaksAt(named, '2026-03-23')
    expect(events).toMatchObject([{ type: 'promise-broken', promisedOn: '2026-03-20', again: true }])
    for (const why of ['undated', 'byLaw']) expect(events[0]).not.toHaveProperty(why)
    expect(breaksOn(named.item, after.state, CALENDAR_2026)).toBeNull()
    for (const next of ['2026-03-24', '2026-06-01']) expect(breaksAt(after, next).events, next).toEqual([])
  }
})

test('of what was refused, or has ended, no new day is promised', () => {
  const late = act(file(permit, '2026-02-10'), 'accept')
  const { context, after } = breaksAt(late, '2026-03-03')
  expect(whyNotAnew(after.item, after.state, context)).toBeNull()
  const decision = { kind: 'refused', at: after.now, stepKey: 'review', reasonDigest: 'why' } as const
  const none = { code: 'case.action-not-allowed' }
  expect(whyNotAnew(after.item, { ...after.state, decision }, context)).toEqual(none)
  expect(whyNotAnew(after.item, { ...after.state, endedAt: after.now }, context)).toEqual(none)
  expect(
    whyNotAnew(after.item, { ...after.state, decision: { ...decision, kind: 'granted' } }, context),
  ).toBeNull()
})

test('what stands still is asked for a day once it goes on', () => {
  const { after } = breaksAt(act(file(permit, '2026-02-10'), 'accept'), '2026-03-03')
  const [part] = after.state.steps.find(({ status }) => status === 'open')?.parts ?? []
  const pause = {
    clock: 'promised' as const,
    unitId: part?.unitId ?? '',
    stepKey: 'review',
    because: 'special-procedure' as const,
    from: plainDate('2026-03-03'),
    until: plainDate('2026-03-10'),
  }
  const stopped = { ...after, state: { ...after.state, pauses: [pause] } }
  expect(breaksAt(stopped, '2026-03-10').events).toEqual([])
  expect(breaksAt(stopped, '2026-03-12').events).toMatchObject([{ again: true, undated: true }])
})

test('a promise that runs to 办结 is broken once where it was refused, without a new day, and not once more', () => {
  const late = act(file(permit, '2026-02-10'), 'accept')
  const refused = (journey: Journey, kind: 'refused' | 'granted'): Journey => ({
    ...journey,
    state: {
      ...journey.state,
      decision: { kind, at: journey.now, stepKey: 'review', reasonDigest: null },
    },
  })
  const first = breaksAt(refused(late, 'refused'), '2026-03-03')
  expect(first.events).toMatchObject([{ promisedOn: '2026-03-02', unnamed: true }])
  expect(first.events[0]).not.toHaveProperty('again')
  expect(breaksOn(late.item, first.after.state, CALENDAR_2026)).toBeNull()
  for (const day of ['2026-03-05', '2026-06-01']) expect(breaksAt(first.after, day).events, day).toEqual([])
  expect(breaksAt(refused(late, 'granted'), '2026-03-03').events).toMatchObject([
    { promisedOn: '2026-03-02' },
  ])
  const { after } = breaksAt(late, '2026-03-03')
  expect(breaksAt(refused(after, 'refused'), '2026-03-05').events).toEqual([])
  expect(breaksAt(refused(after, 'granted'), '2026-03-05').events).toMatchObject([{ again: true }])
})
