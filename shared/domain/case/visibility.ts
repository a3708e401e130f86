import type { StaffRole } from '../organization/staff'
import type { ServiceItem } from '../service-item/item'
import type { Pool } from './actions'
import { stepOf } from './route'
import type { CaseState } from './state'

const OF_THE_ORGAN: readonly StaffRole[] = ['liaison', 'town-approver', 'dept-approver']

/**
 * Whether staff with these pools may see a case: whoever works on one of its steps in its place, the town's window
 * (which stands in for a village), approver and liaison of an organ it passes through, the county's supervisor.
 */
export function staffMaySee(item: ServiceItem, state: CaseState, pools: readonly Pool[]) {
  const organs = new Set(state.steps.flatMap((run) => run.parts.map((part) => part.unitId)))
  const worksOn = (pool: Pool) =>
    state.steps.some(
      (run) =>
        stepOf(item, run.key).role === pool.role && run.parts.some((part) => part.unitId === pool.unitId),
    )
  const extension = item.statutory?.extension?.approvedBy
  return pools.some(
    (pool) =>
      pool.role === 'supervisor' ||
      worksOn(pool) ||
      (pool.role === 'town-window' && pool.unitId === state.where.townId) ||
      (pool.role === 'village-agent' && pool.unitId === state.where.villageId) ||
      (OF_THE_ORGAN.includes(pool.role) && (organs.has(pool.unitId) || pool.unitId === state.organUnitId)) ||
      (extension?.role === pool.role &&
        extension.organ.kind === 'unit' &&
        extension.organ.unitId === pool.unitId),
  )
}
