import type { PlainDate } from '../kernel/plain-date'
import type { CaseState } from './state'

/** A half day for which the applicant is expected, and at which organ. */
export interface Booked {
  readonly on: PlainDate
  readonly half: string
  readonly unitId: string
}

/** All that the answers book, the nearest first; none once the case is over. */
export const bookingsOf = ({
  seats,
  organUnitId,
  endedAt,
}: Pick<CaseState, 'seats' | 'organUnitId' | 'endedAt'>): readonly Booked[] =>
  endedAt === null
    ? [...(seats ?? [])]
        .sort((one, other) => (one.on < other.on ? -1 : 1))
        .map(({ on, half }) => ({ on, half, unitId: organUnitId }))
    : []

/** The one that is still to come, of today the whole day long; null where there is none. */
export const bookedOn = (bookings: readonly Booked[], today: PlainDate): Booked | null =>
  bookings.find(({ on }) => on >= today) ?? null
