import type { ServiceItem } from '../service-item/item'
import type { AfterDecision } from './after-decision-who'
import { isApproverOf } from './approvals'
import type { CaseActor, CaseError } from './context'
import { isDisowned } from './identity'
import { mayStillChange, openRevocation } from './revocation'
import { stepOf } from './route'
import { type DecidedShare, decidedShares, isStanding } from './share-decisions'
import type { CaseState, StepTarget } from './state'

/**
 * Of several organs that each decide their own part, the decisions of the actor's own organs: of whoever may sign there, and of an
 * organ's approvers. Empty of whom has none, and once the case has ended without being handed over.
 */
function ownSharesOf(item: ServiceItem, state: CaseState, actor: CaseActor): readonly DecidedShare[] {
  if (actor.kind !== 'staff' || !mayStillChange(state)) return []
  return decidedShares(item, state).filter(({ stepKey, unitId }) =>
    actor.pools.some(
      (pool) =>
        isApproverOf(unitId, pool) || (pool.unitId === unitId && pool.role === stepOf(item, stepKey).role),
    ),
  )
}

export type Begins = 'correct-decision' | 'propose-revocation'

/** Why nothing may become of what one of several organs has decided; null where it may. One of them revokes at a time. */
export function whyNotBegun(state: CaseState, own: DecidedShare, action: Begins): CaseError | null {
  const open = openRevocation(state)
  if (own.revokedAt !== undefined) return { code: 'case.undecided' }
  if (action === 'correct-decision')
    return open?.of?.unitId === own.unitId ? { code: 'case.revocation-open' } : null
  if (!isStanding(own)) return { code: 'case.own-refusal-stands' }
  if (open !== undefined) return { code: 'case.revocation-open' }
  return isDisowned(state) ? { code: 'case.action-not-allowed' } : null
}

/**
 * Which decision of theirs the actor means: that of the unit they name, else the first of which it may be. Undefined of whom has
 * none there.
 */
export function ownShareFor(
  item: ServiceItem,
  state: CaseState,
  action: Begins,
  actor: CaseActor,
  unitId?: string,
): DecidedShare | undefined {
  const own = ownSharesOf(item, state, actor)
  if (unitId !== undefined) return own.find((share) => share.unitId === unitId)
  return own.find((share) => whyNotBegun(state, share, action) === null) ?? own[0]
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
  unitId?: string,
): DecidedShare | undefined => {
  if (action === 'correct-decision' || action === 'propose-revocation')
    return ownShareFor(item, state, action, actor, unitId)
  const of = openRevocation(state)?.of
  return of && decidedShareAt(item, state, of)
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
