import { expect, test } from 'vitest'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { isOnOf, pressed, settled } from './switches'

const kinds = (progress: boolean, money: boolean): ReminderSettings => ({
  kinds: [
    { kind: 'to-do', on: true, fixed: true },
    { kind: 'progress', on: progress, fixed: false },
    { kind: 'money', on: money, fixed: false },
  ],
})
const START = { known: kinds(true, true), wanted: {} }

test('a switch moves at once, and goes back where it was not taken', () => {
  const moved = pressed(START, 'progress', false)
  expect(isOnOf(moved, 'progress')).toBe(false)
  expect(isOnOf(moved, 'money')).toBe(true)
  expect(isOnOf(settled(moved, 'progress', null), 'progress')).toBe(true)
  expect(isOnOf(settled(moved, 'progress', kinds(false, true)), 'progress')).toBe(false)
})

test('of two that are under way each is settled by its own answer, whichever comes first', () => {
  const both = pressed(pressed(START, 'progress', false), 'money', false)
  // The server wrote the first before the second, and its answer comes last.
  const second = settled(both, 'money', kinds(false, false))
  expect(isOnOf(second, 'progress')).toBe(false)
  const first = settled(second, 'progress', kinds(false, true))
  expect([isOnOf(first, 'progress'), isOnOf(first, 'money')]).toEqual([false, false])
  expect(first.wanted).toEqual({})
})

test('what was not taken of one leaves the other as it is', () => {
  const both = pressed(pressed(START, 'progress', false), 'money', false)
  const failed = settled(both, 'progress', null)
  expect([isOnOf(failed, 'progress'), isOnOf(failed, 'money')]).toEqual([true, false])
})

test('what was lost before another was pressed stands as the answer to that one tells, unless it is pressed again', () => {
  const lost = settled(pressed(START, 'progress', false), 'progress', null)
  const other = pressed(lost, 'money', false)
  const told = settled(other, 'money', kinds(false, false), ['progress'])
  expect([isOnOf(told, 'progress'), isOnOf(told, 'money')]).toEqual([false, false])
  const again = pressed(other, 'progress', false)
  const older = settled(again, 'money', kinds(true, false), ['progress'])
  expect(isOnOf(older, 'progress')).toBe(false)
  expect(older.known.kinds.find(({ kind }) => kind === 'progress')?.on).toBe(true)
})
