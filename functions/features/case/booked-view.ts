import type { CaseSummary } from '#shared/contract/case'
import type { ToldBooking } from '#shared/domain/case/booked'
import { unitName } from '#shared/domain/organization/registry'
import type { Reference } from '../service-item'

/** Where an office receives people: name and address, or the organ where the county tells none. */
export function placeOf(reference: Reference, unitId: string) {
  const point = reference.servicePoints.get(unitId)
  return point ? `${point.name}，${point.address}` : unitName(reference, unitId)
}

/** With name and address of the place, where the county tells them, else with the organ. */
export function bookedView(booked: ToldBooking | null, reference: Reference) {
  if (booked === null) return null
  const { on, half, unitId, over } = booked
  return {
    on,
    half,
    place: placeOf(reference, unitId),
    over,
  } satisfies CaseSummary['booked']
}
