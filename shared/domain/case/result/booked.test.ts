import { expect, test } from 'vitest'
import { instantAt, type PlainDate, plainDate } from '../../kernel/plain-date'
import { givenWith, verdictWords } from '../paper/decision-words'
import { bookedWords, bookingTold } from './booked'

const on = plainDate('2026-12-01')
const at = (day: PlainDate, clock: string) => {
  const [hour, minute] = clock.split(':').map(Number)
  return instantAt(day, (hour ?? 0) * 60 + (minute ?? 0))
}
const half = (name: string) => ({ on, half: name, unitId: 'tax' })
const morning = half('上午')
const afternoon = half('下午')

test('a half day is over at its end: 上午 at noon, 下午 as the offices close', () => {
  const told = (clock: string, isDecided = false) => bookingTold([morning], at(on, clock), isDecided)
  expect(told('8:00')).toEqual({ booked: morning, bookedBefore: null })
  expect(told('11:59')).toEqual({ booked: morning, bookedBefore: null })
  expect(told('12:00')).toEqual({ booked: null, bookedBefore: morning })
  expect(told('12:00', true)).toEqual({ booked: null, bookedBefore: null })
  expect(bookingTold([afternoon], at(on, '17:29'), false).booked).toEqual(afternoon)
  expect(bookingTold([afternoon], at(on, '17:30'), false)).toEqual({ booked: null, bookedBefore: afternoon })
})

test('after the morning the afternoon of the same day is to come', () => {
  const both = {
    seats: [afternoon, morning],
    organUnitId: 'tax',
    status: 'accepted',
    decision: null,
  } as never
  expect(bookedWords(both, at(on, '9:00'))).toContain('上午来')
  expect(bookedWords(both, at(on, '13:40'))).toContain('下午来')
  expect(bookedWords(both, at(on, '18:00'))).toBeNull()
})

test('the document that grants it has each half day, in their order', () => {
  const next = { ...morning, on: plainDate('2026-12-02') }
  const state = {
    seats: [next, afternoon, morning],
    organUnitId: 'tax',
    status: 'granted',
    decision: null,
  } as never
  const item = { resultDocument: { kind: 'decision', title: '', validYears: null } } as never
  const given = (isGranted: boolean) =>
    verdictWords({
      kind: 'granted',
      itemName: '办税预约',
      isFirm: false,
      filedOn: '2026-11-24',
      accepted: null,
      legalBasis: [],
      ...givenWith(item, state, isGranted),
    }).given
  expect(given(true)).toBe('预约时间：2026年12月1日上午、2026年12月1日下午、2026年12月2日上午。')
  expect(given(false)).toBe('')
})
