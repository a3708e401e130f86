import type { CaseSummary } from '#shared/contract/case'
import type { Booked, ToldBooking } from '#shared/domain/case/result/booked'
import { unitName } from '#shared/domain/organization/registry'
import type { Reference } from '../service-item'

/** Where an office receives people: name and address, or the organ where the county tells none. */
export function placeOf(reference: Reference, unitId: string) {
  const point = reference.servicePoints.get(unitId)
  return point ? `${point.name}，${point.address}` : unitName(reference, unitId)
}

const withPlace = (booked: Booked | null, reference: Reference) =>
  booked && { on: booked.on, half: booked.half, place: placeOf(reference, booked.unitId) }

/** With name and address of the place, where the county tells them, else with the organ. */
export const bookedView = ({ booked, bookedBefore }: ToldBooking, reference: Reference) =>
  ({
    booked: withPlace(booked, reference),
    bookedBefore: withPlace(bookedBefore, reference),
  }) satisfies Pick<CaseSummary, 'booked' | 'bookedBefore'>
