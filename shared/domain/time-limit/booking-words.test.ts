import { expect, test } from 'vitest'
import { bookingWords, isToAskAbout } from './booking-words'

const half = { on: '2026-12-08', half: '上午' }
const day = (on: string) => on.slice(5)
const outcome = (key: string) => ({ outcome: { key } })

test('a half day is agreed once it is granted; before, it is asked for, on time or late', () => {
  expect(bookingWords({ booked: half }, day)).toBe('约了 12-08 上午来，还没定下来')
  for (const key of ['open', 'late', 'correcting', 'suspended'])
    expect(bookingWords({ booked: half, ...outcome(key) }, day), key).toBe('约了 12-08 上午来，还没定下来')
  expect(bookingWords({ booked: half, ...outcome('granted') }, day)).toBe('约好 12-08 上午来')
  const past = { booked: null, bookedBefore: half, ...outcome('late') }
  expect(bookingWords(past, day)).toBe('约的 12-08 上午过了，还没定下来')
  expect(bookingWords({ booked: null, bookedBefore: null }, day)).toBeNull()
})

test('whoever has no word of it calls before they go: once it is late, or the day has come', () => {
  expect(isToAskAbout({ booked: half, ...outcome('open') }, '2026-12-07')).toBe(false)
  expect(isToAskAbout({ booked: half, ...outcome('open') }, '2026-12-08')).toBe(true)
  expect(isToAskAbout({ booked: half, ...outcome('late') }, '2026-12-01')).toBe(true)
  expect(isToAskAbout({ booked: half, ...outcome('granted') }, '2026-12-08')).toBe(false)
  // The answer to a filing has no outcome, and without a booking not even that.
  expect(isToAskAbout({ booked: half }, '2026-12-08')).toBe(true)
  expect(isToAskAbout({}, '2026-12-08')).toBe(false)
  expect(isToAskAbout({ booked: null, bookedBefore: half, ...outcome('late') }, '2026-12-09')).toBe(false)
})
