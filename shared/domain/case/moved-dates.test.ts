import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { WorkingCalendar } from '../time-limit/calendar'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { act, file, type Journey, onDay, withdraw } from './journeys/case-fixture'
import { driveTo } from './journeys/sensible-acts'
import { movedDates } from './moved-dates'

const filed = (id: string, day = '2026-11-02') => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, day)
}
/** 2026 with one more day off. */
function without(day: string): WorkingCalendar {
  const year = CALENDAR_2026.get(2026)
  if (!year) throw new Error('no 2026')
  return new Map([[2026, { ...year, offDays: new Set([...year.offDays, day]) }]])
}
const moved = ({ item, state }: Journey, day: string) => [
  movedDates(item, state, { before: CALENDAR_2026, now: without(day) }),
  movedDates(item, state, { before: without(day), now: CALENDAR_2026 }),
]

const LATER = ['own', 'own']
const NEVER = [null, null]

test('the day that the applicant was told, later and earlier', () => {
  expect(moved(filed('LX-005'), '2026-11-10')).toEqual(LATER)
  expect(moved(filed('LX-005'), '2026-11-17')).toEqual(NEVER)
  expect(moved(filed('LX-005'), '2026-11-02')).toEqual(NEVER)
})

test('the days to answer a notice', () => {
  expect(moved(act(filed('LX-005'), 'request-correction'), '2026-11-16')).toEqual(LATER)
})

test('the law’s limit beyond the promise is the clerks’ alone', () => {
  // Promised by 16 November, decided by the 30th at the latest.
  expect(moved(act(filed('LX-028'), 'accept'), '2026-11-25')).toEqual(['shares', 'shares'])
})

test('the stage of a village, which the applicant waits for', () => {
  expect(moved(filed('LX-025'), '2026-11-05')).toEqual(LATER)
})

test('of a promise that was kept nothing is told, whoever delivers goes by their own days', () => {
  const decided = driveTo(filed('LX-028'), 'deliver')
  expect(decided.state.promiseKeptAt).not.toBeNull()
  // Decided on the 2nd; promised by the 16th, and the 17th is the last day of the delivery.
  expect(moved(decided, '2026-11-10')).toEqual(['shares', 'shares'])
  expect(moved(decided, '2026-12-10')).toEqual(NEVER)
})

test('nothing is due of what has ended', () => {
  expect(moved(withdraw(onDay(filed('LX-005'), '2026-11-03')), '2026-11-10')).toEqual(NEVER)
})

test('what had no day yet does not move', () => {
  expect(
    movedDates(filed('LX-005').item, filed('LX-005', '2026-12-28').state, {
      before: CALENDAR_2026,
      now: without('2026-12-30'),
    }),
  ).toBeNull()
})
