import { expect, test } from 'vitest'
import { instantAt, type PlainDate, plainDate } from '../kernel/plain-date'
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
