import type { Registry, StaffMember } from '../../organization/registry'
import type { Pool } from '../context'
import { heldOf, supervisorsOf } from './approvers'

/**
 * Who hears that nobody answered at a unit and the law answered for it (行政许可法 第32条): its liaison, else that of the unit
 * above it, and the county's supervisors. They see the case from then on.
 */
export function watchersOfSilence(
  registry: Registry,
  unitId: string,
  isBarred: (member: StaffMember) => boolean,
): readonly Pool[] {
  const liaisons = [unitId, registry.units.get(unitId)?.parentId].flatMap((id) =>
    typeof id === 'string' ? heldOf(registry, [{ role: 'liaison', unitId: id }], isBarred) : [],
  )
  return [...liaisons.slice(0, 1), ...supervisorsOf(registry, isBarred)].map(({ role, unitId: unit }) => ({
    role,
    unitId: unit,
  }))
}
