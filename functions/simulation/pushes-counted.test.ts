import { expect, test } from 'vitest'
import { type County, countPushes, momentOf, type Taken, type Urgent } from './pushes-counted'

const DAY = '2026-11-24'
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const evenings = {
  partTime: true,
  dutyHours: [{ days: [...weekdays], periods: ['18:30-20:30'] }],
  leave: [],
}
const county: County = {
  workers: new Map([
    ['whole', { partTime: false, dutyHours: [], leave: [] }],
    ['part', evenings],
    ['away', { ...evenings, leave: [{ from: '2026-11-24', to: '2026-11-25', substituteId: null }] }],
  ]),
  worksOn: (day) => !['2026-11-28', '2026-11-29'].includes(day),
  holdsPower: (openid) => openid === 'firm',
  perDay: { resident: { max: 3 }, enterprise: { max: 5 }, 'part-timer': { max: 3 }, staff: { max: 6 } },
}
const at = (clock: string, day = DAY) =>
  momentOf(day, Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))
const push = (
  openid: string,
  clock: string,
  more: Partial<Taken> & { readonly day?: string } = {},
): Taken => ({
  openid,
  as: county.workers.has(openid) ? 'work' : 'own',
  at: at(clock, more.day),
  ...more,
})
const NOW = at('22:00', '2026-11-27')
const counted = (taken: readonly Taken[], urgent: readonly Urgent[] = []) =>
  countPushes(county, { people: 9, taken, urgent, now: NOW }).figures
const none = { overLimit: 0, inQuietHours: 0, outsideDuty: 0, lateUrgent: 0, urgentDropped: 0 }
const times = (count: number, openid: string, from = 9) =>
  Array.from({ length: count }, (_, nth) => push(openid, `${String(from).padStart(2, '0')}:${10 + nth}`))

test('what may be is counted and found right', () => {
  const taken = [...times(3, 'anna'), ...times(5, 'firm'), ...times(6, 'whole'), ...times(3, 'part', 19)]
  expect(counted(taken)).toEqual({ people: 9, sent: 17, ...none })
})

test.each([
  ['anna', 4, 1, 9],
  ['firm', 6, 1, 9],
  ['whole', 8, 2, 9],
  ['part', 4, 1, 19],
] as const)('of %s %i pushes a day are %i too many', (openid, count, over, from) => {
  expect(counted(times(count, openid, from))).toMatchObject({ ...none, overLimit: over })
})

test('another day, and another capacity of the same person, begins anew', () => {
  const own = times(3, 'whole').map((each) => ({ ...each, as: 'own' as const }))
  expect(
    counted([...times(6, 'whole'), ...own, push('whole', '09:00', { day: '2026-11-25' })]),
  ).toMatchObject(none)
})

test.each([
  ['07:59', 1],
  ['08:00', 0],
  ['21:59', 0],
  ['22:00', 1],
] as const)('a push to a resident at %s: %i by night', (clock, count) => {
  expect(counted([push('anna', clock)])).toMatchObject({ ...none, inQuietHours: count })
})

test.each([
  ['whole', '08:29', DAY, 1],
  ['whole', '08:30', DAY, 0],
  ['whole', '17:30', DAY, 0],
  ['whole', '17:31', DAY, 1],
  ['whole', '10:00', '2026-11-28', 1],
  ['part', '10:00', DAY, 1],
  ['part', '18:30', DAY, 0],
  ['part', '20:30', DAY, 1],
  ['part', '19:00', '2026-11-29', 1],
  ['away', '19:00', DAY, 1],
  ['away', '19:00', '2026-11-26', 0],
  ['nobody', '10:00', DAY, 1],
] as const)('a push to %s at work at %s on %s: %i outside their hours', (openid, clock, day, count) => {
  expect(counted([push(openid, clock, { day, as: 'work' })])).toMatchObject({ ...none, outsideDuty: count })
})

const warned = (more: Partial<Urgent> = {}): Urgent => ({
  what: 'due-today',
  openid: 'whole',
  as: 'work',
  from: at('08:30'),
  until: at('17:30'),
  rangAt: null,
  settledAt: null,
  wasOpen: true,
  wasAllowed: true,
  ...more,
})

test.each([
  ['in time', { rangAt: at('17:29') }, 0],
  ['after closing', { rangAt: at('17:31') }, 1],
  ['on another day', { rangAt: at('08:30', '2026-11-25') }, 1],
  ['where nothing ends', { until: null, rangAt: at('08:30', '2026-11-25') }, 0],
  ['where it was written after hours', { from: at('17:31'), rangAt: at('08:30', '2026-11-25') }, 0],
  ['to whoever is there in the evening alone', { openid: 'part', rangAt: at('18:30') }, 0],
] as const)('an urgent push %s: %i late', (_when, more, count) => {
  expect(counted([], [warned(more)])).toMatchObject({ ...none, lateUrgent: count })
})

test('what the whole day’s limit was used up for is not late; one that was left is', () => {
  const late = warned({ rangAt: at('08:30', '2026-11-25') })
  expect(counted(times(6, 'whole'), [late])).toMatchObject(none)
  expect(counted(times(5, 'whole'), [late])).toMatchObject({ ...none, lateUrgent: 1 })
})

test.each([
  ['and the work was open', {}, 1],
  ['and waits, though its day is over', { settledAt: null }, 1],
  ['and the inbox alone has it', { settledAt: at('09:00') }, 1],
  ['and the work was done, or another’s', { wasOpen: false }, 0],
  ['and no consent was left, or the account is not bound', { wasAllowed: false }, 0],
  ['and no hour of theirs came', { openid: 'away' }, 0],
  ['and its day is still to come', { until: at('17:30', '2026-11-30') }, 0],
  ['and nothing ends, but an hour of theirs has come', { until: null }, 1],
  ['and nothing ends, nor has an hour come', { until: null, from: at('17:31', '2026-11-27') }, 0],
] as const)('an urgent reminder that never rang %s: %i dropped', (_why, more, count) => {
  expect(counted([], [warned(more)])).toMatchObject({ ...none, urgentDropped: count })
})

test('what the whole day’s limit was used up for is not dropped; one that was left is', () => {
  expect(counted(times(6, 'whole'), [warned()])).toMatchObject(none)
  expect(counted(times(5, 'whole'), [warned()])).toMatchObject({ ...none, urgentDropped: 1 })
})
