import type { ServiceItem } from '../service-item/item'
import type { Pool } from './context'
import { stepOf } from './route'
import type { CaseState } from './state'

/**
 * Who takes an objection to a running publicity beside those who hold it. A village's notice is signed by the organ that
 * decides, and sends objections there: whoever accepts for that organ sees the case while the notice runs.
 */
export function objectionTakers(item: ServiceItem, state: CaseState): readonly Pool[] {
  const running = state.steps.find(({ status, publishedOn }) => status === 'open' && publishedOn !== null)
  if (!running || stepOf(item, running.key).organ.kind !== 'village' || state.endedAt !== null) return []
  return state.steps.flatMap(({ key, parts }) => {
    const { kind, role } = stepOf(item, key)
    const isTheirs = (unitId: string) => kind === 'accept' && unitId === state.organUnitId
    return parts.filter(({ unitId }) => isTheirs(unitId)).map(({ unitId }) => ({ role, unitId }))
  })
}
