import type { PlainDate } from '../kernel/plain-date'
import type { CaseState } from './state'

/** The half day for which the applicant is expected, and at which organ. */
export interface Booked {
  readonly on: PlainDate
  readonly half: string
  readonly unitId: string
}

/** The nearest of what the answers book; null where they book nothing, and once the case is over. */
export function bookedOf({
  seats,
  organUnitId,
  endedAt,
}: Pick<CaseState, 'seats' | 'organUnitId' | 'endedAt'>): Booked | null {
  const [seat] = [...(seats ?? [])].sort((one, other) => (one.on < other.on ? -1 : 1))
  return seat && endedAt === null ? { on: seat.on, half: seat.half, unitId: organUnitId } : null
}
