import { STAFF_ROLES } from '#shared/domain/organization/staff'
import type { Reference } from '../../service-item'

/** Everybody at work who has a role in the unit: names by their ids. */
export const membersOf = (reference: Reference, unitId: string): ReadonlyMap<string, string> =>
  new Map(
    STAFF_ROLES.flatMap((role) => reference.holders(role, unitId).map(({ id, name }) => [id, name] as const)),
  )
