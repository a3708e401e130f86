import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { evolve } from '../evolve'
import { act, file, type Journey, onDay, withdraw } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { noticeDays } from './clocks'
import { datesMoved, dayChanges, lawMoved, movedDates } from './moved-dates'
import { isToldOtherwise, toldDays } from './told-days'

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
const changedBy = ({ item, state }: Journey, day: string) =>
  dayChanges(item, state, { before: CALENDAR_2026, now: without(day) })

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
  expect(changedBy(accepted, '2026-11-25')).toEqual([])
  expect(changedBy(accepted, '2026-11-10')).toEqual([
    { of: 'promised', from: '2026-11-16', to: '2026-11-17' },
    { of: 'share', from: '2026-11-11', to: '2026-11-12' },
  ])
})

test('the stage of a village, which the applicant waits for', () => {
  expect(moved(filed('LX-025'), '2026-11-05')).toEqual(OWN)
})

test('of a promise that was kept nothing is told, whoever delivers goes by their own days', () => {
  const decided = driveTo(filed('LX-028'), 'deliver')
  expect(decided.state.promiseKeptAt).not.toBeNull()
  // Decided on the 2nd; ten working days to hand it over.
  expect(moved(decided, '2026-11-10')).toEqual(NOT_OWN)
  expect(changedBy(decided, '2026-11-10')).toEqual([{ of: 'share', from: '2026-11-16', to: '2026-11-17' }])
})

test('nothing is due of what has ended', () => {
  const ended = withdraw(onDay(filed('LX-005'), '2026-11-03'))
  expect(changedBy(ended, '2026-11-10')).toEqual([])
})

test('what had no day yet does not move', () => {
  expect(
    movedDates(filed('LX-005').item, filed('LX-005', '2026-12-28').state, {
      before: CALENDAR_2026,
      now: without('2026-12-30'),
    }),
  ).toBe('shares')
})

test('what is dated at last, and what loses its day, say of which limit it is', () => {
  const { item, state } = filed('LX-005', '2026-12-28')
  const known = new Map(CALENDAR_2026).set(2027, { offDays: new Set(['2027-01-01']), workDays: new Set() })
  const changes = dayChanges(item, state, { before: CALENDAR_2026, now: known })
  expect(changes.map(({ of, from }) => [of, from])).toEqual([
    ['promised', null],
    ['acceptance', null],
  ])
  const [first] = changes
  expect(dayChanges(item, state, { before: known, now: CALENDAR_2026 })[0]).toEqual({
    of: 'promised',
    from: first?.to,
    to: null,
  })
})

/** 2026 with one day off that is worked. */
function worked(day: string): WorkingCalendar {
  const year = CALENDAR_2026.get(2026)
  if (!year) throw new Error('no 2026')
  return new Map([[2026, { ...year, workDays: new Set([...year.workDays, day]) }]])
}

test('a day that a notice has in writing is not taken back', () => {
  const { item, state } = act(filed('LX-005'), 'request-correction')
  const days = { before: CALENDAR_2026, now: worked('2026-11-07') }
  expect(state.corrections.map(({ answerBy }) => answerBy)).toEqual(['2026-11-16'])
  expect(dayChanges(item, state, days).filter(({ of }) => of === 'correction')).toEqual([])
})

test('nor is the last day of a publicity', () => {
  const item = packItems().find(({ steps }) => steps.some(({ publicity }) => publicity?.unit === 'working'))
  const step = item?.steps.find(({ publicity }) => publicity !== null)
  if (!item || !step) throw new Error('no item hangs for working days')
  const hung = act(driveTo(filed(item.id), step.key), 'publish-notice')
  const run = hung.state.steps.find(({ publishedOn }) => publishedOn !== null)
  if (!run) throw new Error('nothing hangs')
  const told = noticeDays(item, run, CALENDAR_2026)?.lastOn
  const shorter = new Map(CALENDAR_2026)
  for (const day of ['2026-11-07', '2026-11-08', '2026-11-14', '2026-11-15', '2026-11-21', '2026-11-22'])
    shorter.set(2026, {
      offDays: new Set(),
      workDays: new Set([...(shorter.get(2026)?.workDays ?? []), day]),
    })
  const { publicUntil, ...unkept } = run
  expect(publicUntil).toBe(told)
  expect(noticeDays(item, run, shorter)?.lastOn).toBe(told)
  expect(noticeDays(item, unkept, shorter)?.lastOn).not.toBe(told)

  // A longer year tells a later day, and that one stands then, also when the year is taken back.
  const longer = toldDays(item, hung.state, without('2026-11-06'))
  const [later] = longer.publicUntil ?? []
  expect(later?.on.localeCompare(told ?? '')).toBe(1)
  expect(isToldOtherwise(hung.state, longer)).toBe(true)
  const moved = evolve(item, hung.state, { type: 'dates-moved', at: hung.now, year: 2026, ...longer })
  expect(toldDays(item, moved, CALENDAR_2026)).toEqual(longer)
  expect(isToldOtherwise(moved, toldDays(item, moved, CALENDAR_2026))).toBe(false)
})

test('the law’s day that stands beside what is waited for moves with a word', () => {
  const { item, state } = driveTo(filed('LX-034', '2026-11-02'), 'site')
  const days = { before: CALENDAR_2026, now: without('2026-11-10') }
  const event = datesMoved(item, state, days, {
    at: state.filedAt,
    year: 2026,
    isOwn: lawMoved(item, state, days) !== undefined,
  })
  expect(event).toMatchObject({ lawOn: expect.stringMatching(/^2026-11/) })
  expect(event).not.toHaveProperty('sharesOnly')
})
