import type { ServiceItem } from '../service-item/item'
import type { AfterDecision } from './after-decision-who'
import { isApproverOf } from './approvals'
import type { CaseActor } from './context'
import { mayStillChange, openRevocation } from './revocation'
import { stepOf } from './route'
import { type DecidedShare, decidedShares } from './share-decisions'
import type { CaseState, StepTarget } from './state'

/**
 * Of several organs that each decide their own part, the decision of the actor's own organ: of whoever may sign there, and of the
 * organ's approvers. Undefined of whom has none, and once the case has ended without being handed over.
 */
export function ownShareOf(item: ServiceItem, state: CaseState, actor: CaseActor): DecidedShare | undefined {
  if (actor.kind !== 'staff' || !mayStillChange(state)) return undefined
  return decidedShares(item, state).find(({ stepKey, unitId }) =>
    actor.pools.some(
      (pool) =>
        isApproverOf(unitId, pool) || (pool.unitId === unitId && pool.role === stepOf(item, stepKey).role),
    ),
  )
}

/** Of several organs that each decide their own part, the decision at a share; undefined elsewhere, and of what is not decided. */
export const decidedShareAt = (
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  { stepKey, unitId }: StepTarget,
) => decidedShares(item, state).find((share) => share.stepKey === stepKey && share.unitId === unitId)

/** What was decided by a unit, as a paper of its own says it. */
export const decidedBy = (item: ServiceItem, state: Pick<CaseState, 'steps'>, unitId: string) =>
  decidedShares(item, state).find((share) => share.unitId === unitId)

/** The share whose decision an act is about: what is open, else the actor's own. Undefined where one organ decides the whole. */
export const shareMeant = (
  item: ServiceItem,
  state: CaseState,
  action: AfterDecision,
  actor: CaseActor,
): DecidedShare | undefined => {
  const begins = action === 'correct-decision' || action === 'propose-revocation'
  const of = begins ? undefined : openRevocation(state)?.of
  return of ? decidedShareAt(item, state, of) : ownShareOf(item, state, actor)
}

/**
 * Whether they signed the decision themselves: who wrote a reason does not say alone that another word was meant, a second person of
 * the organ reads both.
 */
export const isOwnDecision = (
  { decision }: Pick<CaseState, 'decision'>,
  own: Pick<DecidedShare, 'staffId'> | undefined,
  actor: CaseActor,
): boolean => {
  const signer = own ? own.staffId : decision?.staffId
  return actor.kind === 'staff' && signer !== undefined && actor.staffId === signer
}

/** What was decided that something becomes of. */
export const kindAtHand = (
  { decision }: Pick<CaseState, 'decision'>,
  own: Pick<DecidedShare, 'isGranted'> | undefined,
): 'granted' | 'refused' => (own ? (own.isGranted ? 'granted' : 'refused') : (decision?.kind ?? 'granted'))
