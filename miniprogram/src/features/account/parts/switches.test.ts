import { expect, test } from 'vitest'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { isOnOf, isSettled, nightOf, pressed, settled } from './switches'

const kinds = (progress: boolean, money: boolean): ReminderSettings => ({
  kinds: [
    { kind: 'to-do', on: true, fixed: true },
    { kind: 'progress', on: progress, fixed: false },
    { kind: 'money', on: money, fixed: false },
  ],
  ways: [
    { way: 'wechat', on: true, to: null },
    { way: 'sms', on: true, to: '154****2714' },
  ],
  night: { from: '22:00', until: '08:00' },
})
const START = { known: kinds(true, true), wanted: {} }

test('a switch moves at once, and goes back where it was not taken', () => {
  const moved = pressed(START, { of: 'progress', value: false })
  expect(isOnOf(moved, 'progress')).toBe(false)
  expect(isOnOf(moved, 'money')).toBe(true)
  expect(isOnOf(settled(moved, 'progress', null), 'progress')).toBe(true)
  expect(isOnOf(settled(moved, 'progress', kinds(false, true)), 'progress')).toBe(false)
})

test('of two that are under way each is settled by its own answer, whichever comes first', () => {
  const both = pressed(pressed(START, { of: 'progress', value: false }), { of: 'money', value: false })
  // The server wrote the first before the second, and its answer comes last.
  const second = settled(both, 'money', kinds(false, false))
  expect(isOnOf(second, 'progress')).toBe(false)
  const first = settled(second, 'progress', kinds(false, true))
  expect([isOnOf(first, 'progress'), isOnOf(first, 'money')]).toEqual([false, false])
  expect(first.wanted).toEqual({})
})

test('what was not taken of one leaves the other as it is', () => {
  const both = pressed(pressed(START, { of: 'progress', value: false }), { of: 'money', value: false })
  const failed = settled(both, 'progress', null)
  expect([isOnOf(failed, 'progress'), isOnOf(failed, 'money')]).toEqual([true, false])
})

test('what was lost before another was pressed stands as the answer to that one tells, unless it is pressed again', () => {
  const lost = settled(pressed(START, { of: 'progress', value: false }), 'progress', null)
  const other = pressed(lost, { of: 'money', value: false })
  const told = settled(other, 'money', kinds(false, false), ['progress'])
  expect([isOnOf(told, 'progress'), isOnOf(told, 'money')]).toEqual([false, false])
  const again = pressed(other, { of: 'progress', value: false })
  const older = settled(again, 'money', kinds(true, false), ['progress'])
  expect(isOnOf(older, 'progress')).toBe(false)
  expect(older.known.kinds.find(({ kind }) => kind === 'progress')?.on).toBe(true)
})

test('a way and a night are settled as a kind is, and an older answer tells nothing of them', () => {
  const night = { from: '20:00', until: '09:00' } as const
  const all = pressed(pressed(START, { of: 'sms', value: false }), { of: 'night', value: night })
  expect([isOnOf(all, 'sms'), isOnOf(all, 'wechat'), nightOf(all)]).toEqual([false, true, night])
  const taken = { ...kinds(true, true), night }
  const first = settled(all, 'night', taken)
  expect([isOnOf(first, 'sms'), nightOf(first)]).toEqual([false, night])
  const back = settled(first, 'sms', null)
  expect([isOnOf(back, 'sms'), nightOf(back)]).toEqual([true, night])
  expect(isSettled(taken, { of: 'night', value: night })).toBe(true)
  expect(isSettled(taken, { of: 'sms', value: false })).toBe(false)
  expect(settled(all, 'progress', kinds(true, true)).known.night).toEqual(START.known.night)
})
