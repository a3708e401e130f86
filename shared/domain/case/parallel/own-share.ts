import type { ServiceItem } from '../../service-item/item'
import type { CaseActor, CaseError, Pool } from '../context'
import type { AfterDecision } from '../revocation/after-decision-who'
import {
  adviceToDecline,
  isAskedOf,
  mayStillChange,
  openAdvices,
  openRevocation,
} from '../revocation/revocation'
import { whyNoneStands } from '../revocation/unheard'
import { stepOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { isApproverOf } from '../step/approvers'
import { isDisowned } from '../whose/identity'
import { type DecidedShare, decidedShares, isStanding, ownDecision } from './share-decisions'

/**
 * Of several organs that each decide their own part, the decisions of the actor's own organs: of whoever may sign there, and of an
 * organ's approvers. Empty of whom has none, and once the case has ended without being handed over.
 */
function ownSharesOf(
  item: ServiceItem,
  state: CaseState,
  action: Begins,
  actor: CaseActor,
): readonly DecidedShare[] {
  if (actor.kind !== 'staff' || !mayStillChange(state)) return []
  return decidedShares(item, state).filter(({ stepKey, unitId }) =>
    actor.pools.some(
      (pool) =>
        isApproverOf(unitId, pool) ||
        (pool.unitId === unitId && pool.role === stepOf(item, stepKey).role) ||
        (action === 'propose-revocation' && isAskedAbout(state, unitId, pool)),
    ),
  )
}

/** Who is above has asked them to answer for what this unit has decided. */
const isAskedAbout = (state: CaseState, unitId: string, pool: Pool) =>
  openAdvices(state).some((advice) => advice.of?.unitId === unitId && isAskedOf(advice, pool))

export type Begins = 'correct-decision' | 'propose-revocation'

/** Why nothing may become of what one of several organs has decided; null where it may. One of them revokes at a time. */
export function whyNotBegun(state: CaseState, own: DecidedShare, action: Begins): CaseError | null {
  const open = openRevocation(state)
  if (own.revokedAt !== undefined) return { code: 'case.revoked-before' }
  if (action === 'correct-decision')
    return open?.of?.unitId === own.unitId ? { code: 'case.revocation-open' } : null
  if (!isStanding(own)) return { code: 'case.own-refusal-stands' }
  if (open !== undefined) return { code: 'case.revocation-open' }
  return isDisowned(state) ? { code: 'case.action-not-allowed' } : null
}

/**
 * Which decision of theirs the actor means: that of the unit they name, else the one that they are asked from above to look at
 * again, else the first of which it may be. Undefined of whom has none there.
 */
export function ownShareFor(
  item: ServiceItem,
  state: CaseState,
  action: Begins,
  actor: CaseActor,
  unitId?: string,
): DecidedShare | undefined {
  const own = ownSharesOf(item, state, action, actor)
  if (unitId !== undefined) return own.find((share) => share.unitId === unitId)
  const mayBe = own.filter((share) => whyNotBegun(state, share, action) === null)
  const asked = action === 'propose-revocation' ? openAdvices(state) : []
  return (
    asked.flatMap(({ of }) => mayBe.find(({ unitId }) => unitId === of?.unitId) ?? [])[0] ??
    mayBe[0] ??
    own[0]
  )
}

/**
 * Which decision who is above the organs means: that of the unit they name, else the only one there is to mean. Undefined where they
 * could mean several: of those they name one.
 */
export function shareAdvised(item: ServiceItem, state: CaseState, unitId?: string): DecidedShare | undefined {
  const decided = mayStillChange(state) ? decidedShares(item, state) : []
  if (unitId !== undefined) return decided.find((share) => share.unitId === unitId)
  const standing = decided.filter(isStanding)
  const meant = standing.length > 0 ? standing : decided
  return meant.length === 1 ? meant[0] : undefined
}

/**
 * Why nobody above the organs may ask that one of their decisions is looked at again; null where it may be. What was refused is not
 * revoked by its organ, so nobody asks for that. 行政许可法 第60条, 第69条第1款
 */
export function whyNotAdvised(item: ServiceItem, state: CaseState, unitId?: string): CaseError | null {
  const own = shareAdvised(item, state, unitId)
  if (own?.revokedAt !== undefined) return { code: 'case.revoked-before' }
  if (own) return isStanding(own) ? null : { code: 'case.own-refusal-stands' }
  const decides = state.steps.some(({ key: stepKey, parts }) =>
    parts.some((part) => part.unitId === unitId && ownDecision(item, { stepKey, unitId: part.unitId })),
  )
  const isMissing = unitId === undefined ? decidedShares(item, state).length === 0 : decides
  return isMissing || !mayStillChange(state)
    ? whyNoneStands(state)
    : { code: 'case.target-unknown', field: 'unitId' }
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

/**
 * The share whose decision an act is about: what is open or asked from above, else the actor's own, or what who is above names.
 * Undefined where one organ decides the whole.
 */
export const shareMeant = (
  item: ServiceItem,
  state: CaseState,
  action: AfterDecision,
  actor: CaseActor,
  unitId?: string,
): DecidedShare | undefined => {
  if (action === 'correct-decision' || action === 'propose-revocation')
    return ownShareFor(item, state, action, actor, unitId)
  if (action === 'advise-revocation') return shareAdvised(item, state, unitId)
  const { of } =
    (action === 'decline-advice' ? adviceToDecline(state, actor, unitId) : openRevocation(state)) ?? {}
  return of && decidedShareAt(item, state, of)
}

/** What was decided that something becomes of. */
export const kindAtHand = (
  { decision }: Pick<CaseState, 'decision'>,
  own: Pick<DecidedShare, 'isGranted'> | undefined,
): 'granted' | 'refused' => (own ? (own.isGranted ? 'granted' : 'refused') : (decision?.kind ?? 'granted'))
