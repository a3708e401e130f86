import type { PlainDate } from '../kernel/plain-date'
import { hasDutyHoursBetween, type Span } from './duty'
import type { Registry } from './registry'

/** Everybody who holds `role` in `unitId` may take the work. */
interface Pool {
  readonly role: string
  readonly unitId: string
  /** `own`: the unit's own holders; `window`: the town's window beside a village; `liaison`: nobody else is there. */
  readonly because: 'own' | 'window' | 'liaison'
}

export interface Pools {
  /** At least one, unless neither the unit nor the one above it has a liaison. */
  readonly pools: readonly Pool[]
  /** The unit has no holder of the role: shown to the administrator. */
  readonly unstaffed: boolean
}

export interface PoolQuestion {
  readonly role: string
  readonly unitId: string
  /** From now until the step is due. */
  readonly span: Span
  readonly isWorkingDay: (day: PlainDate) => boolean
}

const VILLAGE_ROLE = 'village-agent'
const TOWN_ROLE = 'town-window'

function liaisonPools(registry: Registry, unitId: string): readonly Pool[] {
  const place = [unitId, registry.units.get(unitId)?.parentId].find(
    (id) => typeof id === 'string' && registry.holders('liaison', id).length > 0,
  )
  return place ? [{ role: 'liaison', unitId: place, because: 'liaison' }] : []
}

function villagePools(registry: Registry, { role, unitId, span, isWorkingDay }: PoolQuestion): Pools {
  const agents = registry.holders(role, unitId)
  const own: Pool[] = agents.length > 0 ? [{ role, unitId, because: 'own' }] : []
  const inTime = agents.some((agent) => hasDutyHoursBetween(agent, unitId, span, isWorkingDay))
  const townId = registry.units.get(unitId)?.parentId
  const windows: Pool[] =
    !inTime && townId && registry.holders(TOWN_ROLE, townId).length > 0
      ? [{ role: TOWN_ROLE, unitId: townId, because: 'window' }]
      : []
  const pools = [...own, ...windows]
  return {
    pools: pools.length > 0 ? pools : liaisonPools(registry, unitId),
    unstaffed: agents.length === 0,
  }
}

/**
 * Who may take a unit's share of a step. A village's step whose agent has no duty hours left before it is due belongs to
 * the town's window too; any other step whose unit has no holder goes to that unit's liaison. The county's own rule.
 */
export function holderPools(registry: Registry, question: PoolQuestion): Pools {
  const { role, unitId } = question
  if (role === VILLAGE_ROLE && registry.units.get(unitId)?.kind === 'village')
    return villagePools(registry, question)
  const staffed = registry.holders(role, unitId).length > 0
  return staffed
    ? { pools: [{ role, unitId, because: 'own' }], unstaffed: false }
    : { pools: liaisonPools(registry, unitId), unstaffed: true }
}
