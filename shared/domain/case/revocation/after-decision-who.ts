import type { ServiceItem } from '../../service-item/item'
import type { CaseActor, CaseError, Pool } from '../context'
import { ownDecision } from '../parallel/share-decisions'
import { stepOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { isApproverOf } from '../step/approvers'
import { isAskedOf, openAdvices, openRevocation } from './revocation'
import type { Adviser } from './revocation-state'

/** What staff may do with a decision that was signed. */
export const AFTER_DECISION = [
  'correct-decision',
  'advise-revocation',
  'decline-advice',
  'propose-revocation',
  'record-statement',
  'revoke-decision',
  'keep-decision',
] as const
export type AfterDecision = (typeof AFTER_DECISION)[number]

/** Those that begin something of a decision: of several organs' decisions they name one. */
export const BEGUN_ACTS = [
  'correct-decision',
  'advise-revocation',
  'propose-revocation',
] as const satisfies AfterDecision[]

type Verdict = CaseError | null

export type CaseOf = { readonly item: ServiceItem; readonly state: CaseState }

const isSame = (one: Pool) => (other: Pool) => one.role === other.role && one.unitId === other.unitId

/** Who has had a step of the case. */
const holders = ({ item, state }: CaseOf): readonly Pool[] =>
  state.steps.flatMap(({ key, parts }) =>
    parts.map(({ unitId }) => ({ role: stepOf(item, key).role, unitId })),
  )

/** Of several organs that decide each its own part, none writes into what another weighs: whose it is, and who joins them. */
const servesHearing = (of: CaseOf, pool: Pool, own: StepTarget | undefined) =>
  isOfOrgan(of, pool, own) ||
  of.state.steps.some(({ key: stepKey, parts }) =>
    parts.some(
      ({ unitId }) =>
        isSame({ role: stepOf(of.item, stepKey).role, unitId })(pool) &&
        (unitId === own?.unitId || !decidesBeside(of, { stepKey, unitId })),
    ),
  )

/** Of a step of several units, one that decides its own part somewhere: beside its own it fronts for nobody. */
const decidesBeside = ({ item }: CaseOf, { stepKey, unitId }: StepTarget) =>
  stepOf(item, stepKey).organ.kind === 'parallel' &&
  item.steps.some(({ key }) => ownDecision(item, { stepKey: key, unitId }) !== undefined)

/** Whose decision it is that something becomes of: that of the whole, or the share of one of several organs. */
const decidedBy = ({ state }: CaseOf, own: StepTarget | undefined): StepTarget =>
  own ?? { stepKey: state.decision?.stepKey ?? '', unitId: state.organUnitId }

/** Who decided, and the approvers of that organ. */
function isOfOrgan(of: CaseOf, pool: Pool, own?: StepTarget) {
  const by = decidedBy(of, own)
  const decided = of.state.steps.filter(({ key }) => key === by.stepKey)
  return (
    isApproverOf(by.unitId, pool) ||
    ((own === undefined || pool.unitId === own.unitId) &&
      holders({ ...of, state: { ...of.state, steps: decided } }).some(isSame(pool)))
  )
}

/**
 * 督查 and the county's government look at what organs below have decided, and take no decision in their name. `own`: the share, of
 * one of several organs.
 */
export const adviserBy = (of: CaseOf, { role, unitId }: Pool, own?: StepTarget): Adviser | null => {
  if (role === 'county-approver' && unitId !== decidedBy(of, own).unitId) return 'government'
  return role === 'supervisor' ? 'supervisor' : null
}

const isAnswerer = ({ state }: CaseOf, pool: Pool) =>
  openAdvices(state).some((advice) => isAskedOf(advice, pool))

function isDecider(of: CaseOf, pool: Pool) {
  const open = openRevocation(of.state)
  // Others than the organ's own would sign in its name.
  return pool.unitId === decidedBy(of, open?.of).unitId && (open?.deciders ?? []).some(isSame(pool))
}

const MAY: Readonly<Record<AfterDecision, (of: CaseOf, pool: Pool, own?: StepTarget) => boolean>> = {
  'correct-decision': (of, pool) => isOfOrgan(of, pool),
  'advise-revocation': (of, pool, own) => adviserBy(of, pool, own) !== null,
  'decline-advice': isAnswerer,
  'propose-revocation': (of, pool) => isOfOrgan(of, pool) || isAnswerer(of, pool),
  'record-statement': (of, pool) =>
    // Whose it is to decide would be kept from deciding by it.
    !isDecider(of, pool) && servesHearing(of, pool, openRevocation(of.state)?.of),
  'revoke-decision': isDecider,
  'keep-decision': isDecider,
}

/**
 * Whether the act is theirs: of whoever decided, of whose it is to weigh it, or of who is above them. `own`: the share that who is
 * above means, of one of several organs.
 */
export function isTheirs(of: CaseOf, action: AfterDecision, actor: CaseActor, own?: StepTarget): Verdict {
  if (actor.kind !== 'staff') return { code: 'case.not-your-task' }
  if (actor.isBarred) return { code: 'case.own-case' }
  return actor.pools.some((pool) => MAY[action](of, pool, own)) ? null : { code: 'case.not-your-task' }
}
