import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, instantAt, plainDate } from '../../kernel/plain-date'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { answerByTold, toldBy } from '../correction/correcting'
import { evolve } from '../evolve'
import { act, file } from '../journeys/case-fixture'
import { type CaseState, openCorrection } from '../state'
import { decideOnTime, nextOnTime } from '../step/decide-on-time'
import { answerByToTell } from './told-days'

// A notice of December: its reminder is on the 30th, and the days of grace lie in a year whose calendar comes later.
const FULL: WorkingCalendar = new Map([
  ...CALENDAR_2026,
  [2027, { offDays: new Set(['2027-01-01']), workDays: new Set<string>() }],
])
const item = packItems().find(({ id }) => id === 'LX-005')
if (!item) throw new Error('no LX-005')
const asked = act(file(item, '2026-12-16'), 'request-correction')
const at = (day: string) => instantAt(plainDate(day), 10 * 60)
const context = (day: string, calendar: WorkingCalendar) =>
  ({ ...CONTEXT, now: at(day), calendar }) as Parameters<typeof decideOnTime>[2]
const CONTEXT = { actor: { kind: 'system' }, correctionRule: { limitDays: 10, graceDays: 5 } }
const onTime = (state: CaseState, day: string, calendar: WorkingCalendar) =>
  decideOnTime(item, state, context(day, calendar))
const reminded = () => {
  const [event] = onTime(asked.state, '2026-12-30', CALENDAR_2026)
  if (!event) throw new Error('nobody is reminded')
  expect(event).toMatchObject({ type: 'correction-reminded' })
  expect('answerBy' in event).toBe(false)
  return evolve(item, asked.state, event)
}
const toTell = (state: CaseState, day: string, calendar = FULL) =>
  answerByToTell(item, state, calendar, plainDate(day))
const filled = (state: CaseState, day: string) =>
  evolve(item, state, {
    type: 'dates-filled',
    at: at(day),
    year: 2027,
    ...toldBy({ answerBy: toTell(state, day) }),
  })

test('the day from before the reminder says nothing of its days of grace', () => {
  const open = openCorrection(asked.state)
  const after = openCorrection(reminded())
  expect([open && answerByTold(open), after?.answerBy, after && answerByTold(after)]).toEqual([
    '2026-12-30',
    '2026-12-30',
    undefined,
  ])
})

test('it is told once its calendar is there, once, and ends the case on the day after', () => {
  const state = reminded()
  expect(toTell(state, '2026-12-31', CALENDAR_2026)).toBeUndefined()
  expect(toTell(state, '2026-12-31')).toBe('2027-01-07')
  const told = filled(state, '2026-12-31')
  expect(toTell(told, '2026-12-31')).toBeUndefined()
  expect(onTime(told, '2027-01-07', FULL)).toEqual([])
  expect(onTime(told, '2027-01-08', FULL)).toMatchObject([{ type: 'terminated' }])
  expect(nextOnTime(item, told, FULL)).toBe('2027-01-08')
})

test('a calendar that comes after the day ends nothing, and the days of grace begin with what is told', () => {
  const state = reminded()
  expect(onTime(state, '2027-01-20', FULL)).toEqual([])
  const on = toTell(state, '2027-01-20')
  expect(on).toBe('2027-01-27')
  const told = filled(state, '2027-01-20')
  expect(onTime(told, '2027-01-27', FULL)).toEqual([])
  expect(onTime(told, dayIn(at(addDays(plainDate('2027-01-27'), 1))), FULL)).toMatchObject([
    { type: 'terminated' },
  ])
})
