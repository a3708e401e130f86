import type { ServiceItem } from '../service-item/item'
import { isApproverOf } from './approvals'
import type { CaseActor } from './context'
import { stepOf } from './route'
import { type DecidedShare, decidedShares } from './share-decisions'
import type { CaseState } from './state'

/**
 * Of several organs that each decide their own part, the decision of the actor's own organ: of whoever may sign there, and of the
 * organ's approvers. Undefined of whom has none, and once the case has ended without being handed over.
 */
export function ownShareOf(item: ServiceItem, state: CaseState, actor: CaseActor): DecidedShare | undefined {
  if (actor.kind !== 'staff') return undefined
  if (state.endedAt !== null && state.status !== 'delivered') return undefined
  return decidedShares(item, state).find(({ stepKey, unitId }) =>
    actor.pools.some(
      (pool) =>
        isApproverOf(unitId, pool) || (pool.unitId === unitId && pool.role === stepOf(item, stepKey).role),
    ),
  )
}

/** What was decided by a unit, as a paper of its own says it. */
export const decidedBy = (item: ServiceItem, state: Pick<CaseState, 'steps'>, unitId: string) =>
  decidedShares(item, state).find((share) => share.unitId === unitId)
