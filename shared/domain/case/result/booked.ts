import { dayWords, fullDay } from '../../kernel/day-words'
import { CLOSING_MINUTE, NOON_MINUTE } from '../../kernel/office-hours'
import { dayIn, type Instant, minuteOfDayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { bookingWords } from '../../time-limit/booking-words'
import { holdsSeats } from '../derived'
import type { CaseState } from '../state'

/** A half day for which the applicant is expected, and at which organ. */
export interface Booked {
  readonly on: PlainDate
  readonly half: string
  readonly unitId: string
}

type Booking = Pick<CaseState, 'seats' | 'organUnitId' | 'status' | 'decision'>

/** 上午 ends at noon; any other part of a day when the offices close. Minutes since midnight in Asia/Shanghai. */
const endOf = (half: string) => (half === '上午' ? NOON_MINUTE : CLOSING_MINUTE)

const isPast = ({ on, half }: Pick<Booked, 'on' | 'half'>, now: Instant) =>
  on < dayIn(now) || (on === dayIn(now) && minuteOfDayIn(now) >= endOf(half))

/** What was booked is gone, and no other half day was asked for since: what is granted so would be for no day. */
export const lacksSeat = ({
  seatsGone,
  seats,
  decision,
  endedAt,
}: Booking & Pick<CaseState, 'seatsGone' | 'endedAt'>) =>
  seatsGone === true && (seats ?? []).length === 0 && decision === null && endedAt === null

/** How another half day is come by: what is under way is not moved by staff. */
export const SEAT_GONE = '原来约的时段约满了，要来就撤回来重新约'

/** What was granted stands again, but for its half day. */
export const TAKEN_MEANWHILE = '原来约的时段被别人约走了，要来请到作决定的单位另约时间'

/** All that the answers book, the nearest first: what was granted and handed over is still to be kept, what was refused is free. */
export const bookingsOf = (state: Booking): readonly Booked[] => {
  const { seats, organUnitId } = state
  return holdsSeats(state)
    ? [...(seats ?? [])]
        .sort((one, other) =>
          one.on === other.on ? endOf(one.half) - endOf(other.half) : one.on < other.on ? -1 : 1,
        )
        .map(({ on, half }) => ({ on, half, unitId: organUnitId }))
    : []
}

/** `booked` is the next that is to come; where none is, `bookedBefore` the last that went by, until the case is decided. */
export interface ToldBooking {
  readonly booked: Booked | null
  readonly bookedBefore: Booked | null
}

export function bookingTold(bookings: readonly Booked[], now: Instant, isDecided: boolean): ToldBooking {
  const booked = bookings.find((each) => !isPast(each, now)) ?? null
  const last = bookings[bookings.length - 1] ?? null
  return { booked, bookedBefore: booked === null && !isDecided ? last : null }
}

/** What is granted with a booking: 约好 12月8日 上午来. Null where nothing is still to come. */
export function bookedWords(state: Booking, now: Instant) {
  const { booked } = bookingTold(bookingsOf(state), now, true)
  return bookingWords({ booked, outcome: { key: 'granted' } }, (day) =>
    dayWords(day as PlainDate, dayIn(now)),
  )
}

/**
 * How one gets what was granted, by the guide. '' once there is nothing to come for: the half days are over, or it was handed
 * over at a counter, or sent.
 */
export function howToGetWords(
  { howToGet }: Pick<ServiceItem, 'howToGet'>,
  state: Booking & Pick<CaseState, 'deliveredBy'>,
  now: Instant,
) {
  const bookings = bookingsOf(state)
  const isOver = bookings.length > 0 && bookings.every((each) => isPast(each, now))
  const isHandedOver = state.deliveredBy === 'pickup' || state.deliveredBy === 'post'
  return isOver || isHandedOver ? '' : howToGet.text
}

/** As the document that grants it has it: every half day, whenever it is signed. */
export const bookedInFull = (state: Booking) =>
  bookingsOf(state)
    .map(({ on, half }) => fullDay(on) + half)
    .join('、') || null
