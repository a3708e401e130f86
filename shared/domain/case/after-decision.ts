import { dayIn } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import type { ServiceItem } from '../service-item/item'
import { isApproverOf } from './approvals'
import type { CaseActor, CaseContext, CaseError, Pool } from './context'
import { isServedInApp, servedByHand } from './delivery-choice'
import type { CaseEvent } from './events'
import { isDisowned } from './identity'
import { basesOf, openRevocation, speakUntil, standingDecision } from './revocation'
import type { RevocationBasis } from './revocation-state'
import { stepOf } from './route'
import type { CaseState } from './state'

/** What staff may do with a decision that was signed. */
export const AFTER_DECISION = [
  'correct-decision',
  'propose-revocation',
  'record-statement',
  'revoke-decision',
  'keep-decision',
] as const
export type AfterDecision = (typeof AFTER_DECISION)[number]

/** Texts are sealed elsewhere; here stand their digests. */
export type AfterDecisionCommand =
  | {
      readonly type: 'correct-decision'
      readonly writtenDigest: string
      readonly correctedDigest: string
      readonly reasonDigest: string
    }
  | {
      readonly type: 'propose-revocation'
      readonly basis: RevocationBasis
      readonly reasonDigest: string
      readonly speakDays: number
      readonly deciders: readonly Pool[]
    }
  | { readonly type: 'record-statement'; readonly statementDigest: string }
  /** By the applicant. */
  | {
      readonly type: 'speak'
      readonly statementDigest: string
      readonly isAll: boolean
      /** The staff who write it down in the applicant's place. */
      readonly recordedBy?: string
    }
  | { readonly type: 'revoke-decision' | 'keep-decision'; readonly reasonDigest: string }

type Verdict = CaseError | null
const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError
const when = (holds: boolean, error: CaseError = REFUSED): Verdict => (holds ? null : error)

type CaseOf = { readonly item: ServiceItem; readonly state: CaseState }

const isSame = (one: Pool) => (other: Pool) => one.role === other.role && one.unitId === other.unitId

/** Who has had a step of the case: they may write down what the applicant says before them. */
const holders = ({ item, state }: CaseOf): readonly Pool[] =>
  state.steps.flatMap(({ key, parts }) =>
    parts.map(({ unitId }) => ({ role: stepOf(item, key).role, unitId })),
  )

/** Who decided, and the approvers of that organ. */
export function isOfOrgan({ item, state }: CaseOf, pool: Pool) {
  const decided = state.steps.filter(({ key }) => key === state.decision?.stepKey)
  return (
    isApproverOf(state.organUnitId, pool) ||
    holders({ item, state: { ...state, steps: decided } }).some(isSame(pool))
  )
}

/** 督查 and the county's approvers look at what organs below have decided. */
const isAbove = ({ role }: Pool) => role === 'supervisor' || role === 'county-approver'

const isDecider = ({ state }: CaseOf, pool: Pool) =>
  (openRevocation(state)?.deciders ?? []).some(isSame(pool))

const MAY: Readonly<Record<AfterDecision, (of: CaseOf, pool: Pool) => boolean>> = {
  'correct-decision': isOfOrgan,
  'propose-revocation': (of, pool) => isOfOrgan(of, pool) || isAbove(pool),
  'record-statement': (of, pool) =>
    // Whose it is to decide would be kept from deciding by it.
    !isDecider(of, pool) && (isOfOrgan(of, pool) || holders(of).some(isSame(pool))),
  'revoke-decision': isDecider,
  'keep-decision': isDecider,
}

function isTheirs(of: CaseOf, action: AfterDecision, actor: CaseActor): Verdict {
  if (actor.kind !== 'staff') return { code: 'case.not-your-task' }
  if (actor.isBarred) return { code: 'case.own-case' }
  return when(
    actor.pools.some((pool) => MAY[action](of, pool)),
    { code: 'case.not-your-task' },
  )
}

/** Nobody loses what was granted before they could speak (行政许可法 第7条); that a refusal falls takes nothing from anybody. */
function isHeard({ state }: CaseOf, { calendar, now }: CaseContext): Verdict {
  const open = openRevocation(state)
  if (!open || open.decided === 'refused' || open.heard.some(({ isAll }) => isAll)) return null
  const until = speakUntil(open, calendar)
  if (until.kind === 'unserved') return { code: 'case.hearing-unserved' }
  if (until.kind !== 'on') return { code: 'case.hearing-undated' }
  return when(dayIn(now) > until.on, { code: 'case.hearing-open' })
}

const staffIn = ({ actor }: CaseContext) => (actor.kind === 'staff' ? (actor.staffId ?? null) : null)

/** Who proposed it, or wrote down what was said against it, is not who weighs it. */
function isAnothers({ state }: CaseOf, context: CaseContext): Verdict {
  const open = openRevocation(state)
  const staffId = staffIn(context)
  if (!open || staffId === null) return null
  if (open.proposedBy === staffId) return { code: 'case.own-proposal' }
  return when(!open.heard.some(({ recordedBy }) => recordedBy === staffId), { code: 'case.own-record' })
}

const ASKS: Readonly<Record<AfterDecision, (of: CaseOf, context: CaseContext) => Verdict>> = {
  'correct-decision': ({ state }) =>
    when(openRevocation(state) === undefined, { code: 'case.revocation-open' }),
  'propose-revocation': ({ state }) =>
    when(openRevocation(state) === undefined, { code: 'case.revocation-open' }) ?? when(!isDisowned(state)),
  'record-statement': ({ state }) => when(openRevocation(state) !== undefined),
  'revoke-decision': (of, context) =>
    when(openRevocation(of.state) !== undefined) ?? isAnothers(of, context) ?? isHeard(of, context),
  'keep-decision': ({ state }) => when(openRevocation(state) !== undefined),
}

/** Why an act on a signed decision is refused; null when it is allowed. Buttons and checks both ask here. */
export const whyNotAfter = (
  item: ServiceItem,
  state: CaseState,
  action: AfterDecision,
  context: CaseContext,
): Verdict =>
  when(standingDecision(state) !== null, { code: 'case.undecided' }) ??
  isTheirs({ item, state }, action, context.actor) ??
  ASKS[action]({ item, state }, context)

/** Whoever may answer for the applicant speaks as long as nothing came of it, the last day or not. */
export const maySpeak = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' && openRevocation(state) !== undefined && standingDecision(state) !== null

/** Only what takes something from the holder waits for their last word. */
export const maySayAll = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' &&
  actor.isHolder &&
  maySpeak(state, actor) &&
  openRevocation(state)?.decided === 'granted'

function spoken(
  state: CaseState,
  { statementDigest, isAll, recordedBy }: Extract<AfterDecisionCommand, { type: 'speak' }>,
  { actor, now: at }: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (actor.kind !== 'applicant' || !maySpeak(state, actor)) return fail(REFUSED)
  if (isAll && !maySayAll(state, actor)) return fail(REFUSED)
  return ok([
    {
      type: 'holder-heard',
      at,
      statementDigest,
      by: actor.speaksAs,
      ...(actor.isHolder ? { isHolders: true } : {}),
      ...(isAll ? { isAll: true } : {}),
      ...(recordedBy === undefined ? {} : { recordedBy }),
    },
  ])
}

const proposalFault = (
  { basis, deciders }: Extract<AfterDecisionCommand, { type: 'propose-revocation' }>,
  decided: 'granted' | 'refused',
): Verdict =>
  when(basesOf(decided).includes(basis)) ?? when(deciders.length > 0, { code: 'case.revoker-missing' })

/** Decides what follows from an act on a signed decision. */
export function decideAfter(
  item: ServiceItem,
  state: CaseState,
  command: AfterDecisionCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const at = context.now
  if (command.type === 'speak') return spoken(state, command, context)
  const refusal = whyNotAfter(item, state, command.type, context)
  const decision = standingDecision(state)
  if (refusal !== null || decision === null) return fail(refusal ?? REFUSED)
  const byStaff = staffIn(context)
  if (command.type === 'record-statement') {
    const { statementDigest } = command
    const by = byStaff === null ? {} : { recordedBy: byStaff }
    return ok([{ type: 'holder-heard', at, statementDigest, by: 'staff', ...by }])
  }
  const proposer = byStaff === null ? {} : { proposedBy: byStaff }
  const organ = {
    at,
    stepKey: decision.stepKey,
    unitId: state.organUnitId,
    reasonDigest: command.reasonDigest,
  }
  switch (command.type) {
    case 'correct-decision': {
      const { writtenDigest, correctedDigest } = command
      return ok([{ ...organ, type: 'decision-corrected', writtenDigest, correctedDigest }])
    }
    case 'propose-revocation': {
      const { basis, speakDays, deciders } = command
      const fault = proposalFault(command, decision.kind)
      if (fault !== null) return fail(fault)
      return ok([
        {
          ...organ,
          type: 'revocation-proposed',
          basis,
          speakDays,
          deciders,
          ...proposer,
          ...servedByHand(decision.kind === 'granted' && !context.isReached),
        },
      ])
    }
    case 'revoke-decision': {
      const basis = openRevocation(state)?.basis
      return basis === undefined
        ? fail(REFUSED)
        : ok([
            {
              ...organ,
              type: 'decision-revoked',
              basis,
              decided: decision.kind,
              ...servedByHand(decision.kind === 'granted' && !isServedInApp(state, context)),
            },
          ])
    }
    case 'keep-decision':
      return ok([{ ...organ, type: 'decision-kept' }])
  }
}
