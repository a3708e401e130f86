import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { WorkingCalendar } from '../time-limit/calendar'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { act, file, type Journey, onDay, withdraw } from './journeys/case-fixture'
import { driveTo } from './journeys/sensible-acts'
import { countMoved, movedDates } from './moved-dates'

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

const OWN = ['own', 'own']
const NOT_OWN = ['shares', 'shares']
const countedBy = ({ item, state }: Journey, day: string) =>
  countMoved(item, state, { before: CALENDAR_2026, now: without(day) })

test('the day that the applicant was told, later and earlier', () => {
  expect(moved(filed('LX-005'), '2026-11-10')).toEqual(OWN)
  expect(moved(filed('LX-005'), '2026-11-17')).toEqual(NOT_OWN)
  expect(moved(filed('LX-005'), '2026-11-02')).toEqual(NOT_OWN)
})

test('the days to answer a notice', () => {
  expect(moved(act(filed('LX-005'), 'request-correction'), '2026-11-16')).toEqual(OWN)
})

test('the law’s limit beyond the promise is nobody’s day', () => {
  // Promised by 16 November, decided by the 30th at the latest.
  const accepted = act(filed('LX-028'), 'accept')
  expect(moved(accepted, '2026-11-25')).toEqual(NOT_OWN)
  expect(countedBy(accepted, '2026-11-25')).toEqual({ isMoved: false, shares: 0 })
  expect(countedBy(accepted, '2026-11-10')).toEqual({ isMoved: true, shares: 1 })
})

test('the stage of a village, which the applicant waits for', () => {
  expect(moved(filed('LX-025'), '2026-11-05')).toEqual(OWN)
})

test('of a promise that was kept nothing is told, whoever delivers goes by their own days', () => {
  const decided = driveTo(filed('LX-028'), 'deliver')
  expect(decided.state.promiseKeptAt).not.toBeNull()
  // Decided on the 2nd; promised by the 16th, and the 17th is the last day of the delivery.
  expect(moved(decided, '2026-11-10')).toEqual(NOT_OWN)
  expect(countedBy(decided, '2026-11-10')).toEqual({ isMoved: true, shares: 1 })
})

test('nothing is due of what has ended', () => {
  const ended = withdraw(onDay(filed('LX-005'), '2026-11-03'))
  expect(countedBy(ended, '2026-11-10')).toEqual({ isMoved: false, shares: 0 })
})

test('what had no day yet does not move', () => {
  expect(
    movedDates(filed('LX-005').item, filed('LX-005', '2026-12-28').state, {
      before: CALENDAR_2026,
      now: without('2026-12-30'),
    }),
  ).toBe('shares')
})
