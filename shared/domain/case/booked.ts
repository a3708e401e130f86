import { dayWords, fullDay } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import { holdsSeats } from './derived'
import type { CaseState } from './state'

/** A half day for which the applicant is expected, and at which organ. */
export interface Booked {
  readonly on: PlainDate
  readonly half: string
  readonly unitId: string
}

type Booking = Pick<CaseState, 'seats' | 'organUnitId' | 'status' | 'decision'>

/** All that the answers book, the nearest first: what was granted and handed over is still to be kept, what was refused is free. */
export const bookingsOf = (state: Booking): readonly Booked[] => {
  const { seats, organUnitId } = state
  return holdsSeats(state)
    ? [...(seats ?? [])]
        .sort((one, other) => (one.on < other.on ? -1 : 1))
        .map(({ on, half }) => ({ on, half, unitId: organUnitId }))
    : []
}

/** `over`: its day is past. */
export interface ToldBooking extends Booked {
  readonly over: boolean
}

/**
 * The one that is still to come, of today the whole day long; else, while nobody has said that it stands, the last that has
 * gone by. Null where there is none.
 */
export function bookingTold(
  bookings: readonly Booked[],
  today: PlainDate,
  isOver: boolean,
): ToldBooking | null {
  const next = bookings.find(({ on }) => on >= today)
  if (next) return { ...next, over: false }
  const last = bookings[bookings.length - 1]
  return last === undefined || isOver ? null : { ...last, over: true }
}

/** What is granted with a booking: 约好 12月8日 上午来. Null where nothing is still to come. */
export function bookedWords(state: Booking, today: PlainDate) {
  const booked = bookingTold(bookingsOf(state), today, true)
  return booked && `约好 ${dayWords(booked.on, today)} ${booked.half}来`
}

/** As the document that grants it has it: every half day. */
export const bookedInFull = (state: Booking) =>
  bookingsOf(state)
    .map(({ on, half }) => fullDay(on) + half)
    .join('、') || null
