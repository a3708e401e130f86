import { dayIn } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import type { ServiceItem } from '../service-item/item'
import { isApproverOf } from './approvals'
import { verdictBefore } from './case-light'
import type { CaseActor, CaseContext, CaseError, Pool } from './context'
import { isServedInApp, servedByHand } from './delivery-choice'
import type { ToBeServed } from './delivery-state'
import type { CaseEvent } from './events'
import { isDisowned } from './identity'
import { ownShareOf } from './own-share'
import {
  basesOf,
  hasSaidAll,
  openAdvice,
  openRevocation,
  speakUntil,
  standingDecision,
  wasKept,
} from './revocation'
import type { Advice, Adviser, RevocationBasis } from './revocation-state'
import { stepOf } from './route'
import { joinsDecisions } from './share-decisions'
import type { CaseState } from './state'

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

type DecisionCorrected = Extract<CaseEvent, { type: 'decision-corrected' }>

/** Texts are sealed elsewhere; here stand their digests. */
export type AfterDecisionCommand =
  | {
      readonly type: 'correct-decision'
      readonly writtenDigest: string
      readonly correctedDigest: string
      readonly reasonDigest: string
      readonly ofHolder?: true
      readonly named?: NonNullable<DecisionCorrected['named']>
    }
  | {
      readonly type: 'advise-revocation'
      readonly basis: RevocationBasis
      readonly reasonDigest: string
      readonly answerers: readonly Pool[]
      readonly settleDays?: number
    }
  | {
      readonly type: 'propose-revocation'
      readonly basis: RevocationBasis
      readonly reasonDigest: string
      readonly speakDays: number
      readonly newFactDigest?: string
      readonly settleDays?: number
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
  | { readonly type: 'revoke-decision' | 'keep-decision' | 'decline-advice'; readonly reasonDigest: string }

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
function isOfOrgan({ item, state }: CaseOf, pool: Pool) {
  const decided = state.steps.filter(({ key }) => key === state.decision?.stepKey)
  return (
    isApproverOf(state.organUnitId, pool) ||
    holders({ item, state: { ...state, steps: decided } }).some(isSame(pool))
  )
}

/** 督查 and the county's government look at what organs below have decided, and take no decision in their name. */
const adviserBy = ({ state }: CaseOf, { role, unitId }: Pool): Adviser | null => {
  if (role === 'county-approver' && unitId !== state.organUnitId) return 'government'
  return role === 'supervisor' ? 'supervisor' : null
}

const isAnswerer = ({ state }: CaseOf, pool: Pool) => (openAdvice(state)?.answerers ?? []).some(isSame(pool))

const isDecider = ({ state }: CaseOf, pool: Pool) =>
  // Others than the organ's own would sign in its name.
  pool.unitId === state.organUnitId && (openRevocation(state)?.deciders ?? []).some(isSame(pool))

const MAY: Readonly<Record<AfterDecision, (of: CaseOf, pool: Pool) => boolean>> = {
  'correct-decision': isOfOrgan,
  'advise-revocation': (of, pool) => adviserBy(of, pool) !== null,
  'decline-advice': isAnswerer,
  'propose-revocation': (of, pool) => isOfOrgan(of, pool) || isAnswerer(of, pool),
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
  if (!open || open.decided === 'refused' || hasSaidAll(open)) return null
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
  'advise-revocation': ({ state }) =>
    when(openRevocation(state) === undefined, { code: 'case.revocation-open' }) ??
    when(openAdvice(state) === undefined, { code: 'case.advice-open' }) ??
    when(!isDisowned(state)),
  // An order of the county's government is carried out: the organ weighs what the holder says, and keeps or revokes.
  'decline-advice': ({ state }) =>
    when(openAdvice(state) !== undefined) ??
    when(openAdvice(state)?.by === 'supervisor', { code: 'case.advice-ordered' }),
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
  joinsDecisions(item)
    ? whyNotOwn({ item, state }, action, context.actor)
    : (when(standingDecision(state) !== null, { code: 'case.undecided' }) ??
      isTheirs({ item, state }, action, context.actor) ??
      ASKS[action]({ item, state }, context))

/** What several organs have decided each for itself, each puts right for itself, and the office that joins them nothing. */
function whyNotOwn({ item, state }: CaseOf, action: AfterDecision, actor: CaseActor): Verdict {
  if (action !== 'correct-decision') return REFUSED
  if (actor.kind !== 'staff') return { code: 'case.not-your-task' }
  if (actor.isBarred) return { code: 'case.own-case' }
  return when(ownShareOf(item, state, actor) !== undefined, { code: 'case.not-your-task' })
}

/** Whoever may answer for the applicant speaks as long as nothing came of it, the last day or not. */
export const maySpeak = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' && openRevocation(state) !== undefined && standingDecision(state) !== null

/** Only what takes something from the holder waits for their last word, and only they, or who stands for them in all, say that it was. */
export const maySayAll = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' &&
  actor.mayWaive &&
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
  basis: RevocationBasis,
  organs: readonly Pool[],
  decided: 'granted' | 'refused',
): Verdict =>
  when(basesOf(decided).includes(basis)) ?? when(organs.length > 0, { code: 'case.revoker-missing' })

/** Who is both speaks for the government. */
function adviserIn(of: CaseOf, { actor }: CaseContext): Pick<Advice, 'by' | 'from'> | undefined {
  const pools = actor.kind === 'staff' ? actor.pools : []
  const advisers = pools.flatMap((from) => {
    const by = adviserBy(of, from)
    return by === null ? [] : [{ by, from }]
  })
  return advisers.find(({ by }) => by === 'government') ?? advisers[0]
}

type Organ = Pick<Extract<CaseEvent, { type: 'decision-kept' }>, 'at' | 'stepKey' | 'unitId' | 'reasonDigest'>
type ByStaff = Exclude<AfterDecisionCommand, { type: 'speak' | 'record-statement' }>

const within = (settleDays: number | undefined) => (settleDays === undefined ? {} : { settleDays })

function advised(
  of: CaseOf,
  { basis, answerers, settleDays }: Extract<ByStaff, { type: 'advise-revocation' }>,
  organ: Organ,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const adviser = adviserIn(of, context)
  return adviser === undefined
    ? fail(REFUSED)
    : ok([{ ...organ, type: 'revocation-advised', ...adviser, basis, answerers, ...within(settleDays) }])
}

/** As it is told in the notice: of a refusal nobody need say anything. */
function toldUntil(
  { speakDays }: Extract<ByStaff, { type: 'propose-revocation' }>,
  decided: 'granted' | 'refused',
  awaited: ToBeServed,
  { now: proposedAt, calendar }: CaseContext,
) {
  const until =
    decided === 'granted' ? speakUntil({ proposedAt, speakDays, ...awaited }, calendar) : undefined
  return until?.kind === 'on' ? { speakUntil: until.on } : {}
}

function proposedBy(
  { state }: CaseOf,
  command: Extract<ByStaff, { type: 'propose-revocation' }>,
  organ: Organ,
  context: CaseContext,
): CaseEvent {
  const { basis, speakDays, settleDays, deciders, newFactDigest } = command
  const found = newFactDigest === undefined ? {} : { newFactDigest }
  const staffId = staffIn(context)
  const by = staffId === null ? {} : { proposedBy: staffId }
  const decided = state.decision?.kind ?? 'granted'
  const awaited = servedByHand(decided === 'granted' && !context.isApplicantReached)
  const until = toldUntil(command, decided, awaited, context)
  return {
    ...organ,
    type: 'revocation-proposed',
    basis,
    speakDays,
    ...until,
    ...found,
    ...within(settleDays),
    deciders,
    ...by,
    ...awaited,
  }
}

function revokedAs(
  { item, state }: CaseOf,
  organ: Organ,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const open = openRevocation(state)
  const late = open?.decided === 'refused' ? verdictBefore(item, state, context.calendar) : undefined
  const before = late === undefined ? {} : { lateBefore: late }
  return open === undefined
    ? fail(REFUSED)
    : ok([
        {
          ...organ,
          type: 'decision-revoked',
          basis: open.basis,
          decided: open.decided,
          ...before,
          ...servedByHand(open.decided === 'granted' && !isServedInApp(state, context)),
        },
      ])
}

function byOrgan(
  of: CaseOf,
  command: ByStaff,
  organ: Organ,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  switch (command.type) {
    case 'correct-decision': {
      const { reasonDigest: _reason, type: _type, ...slip } = command
      return ok([{ ...organ, type: 'decision-corrected', ...slip }])
    }
    case 'advise-revocation':
      return advised(of, command, organ, context)
    case 'decline-advice':
      return ok([{ ...organ, type: 'advice-declined' }])
    case 'propose-revocation':
      return ok([proposedBy(of, command, organ, context)])
    case 'revoke-decision':
      return revokedAs(of, organ, context)
    case 'keep-decision':
      return ok([{ ...organ, type: 'decision-kept' }])
  }
}

/** What a command asks for itself. */
function faultIn(state: CaseState, command: ByStaff): Verdict {
  const decided = state.decision?.kind ?? 'granted'
  if (command.type === 'advise-revocation') return proposalFault(command.basis, command.answerers, decided)
  if (command.type !== 'propose-revocation') return null
  const isNew = command.newFactDigest !== undefined || !wasKept(state)
  return (
    proposalFault(command.basis, command.deciders, decided) ?? when(isNew, { code: 'case.new-fact-missing' })
  )
}

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
  const own = ownShareOf(item, state, context.actor)
  const decision = own ?? standingDecision(state)
  if (refusal !== null || decision === null) return fail(refusal ?? REFUSED)
  if (command.type === 'record-statement') {
    const byStaff = staffIn(context)
    const by = byStaff === null ? {} : { recordedBy: byStaff }
    return ok([{ type: 'holder-heard', at, statementDigest: command.statementDigest, by: 'staff', ...by }])
  }
  const fault = faultIn(state, command)
  if (fault !== null) return fail(fault)
  const organ = {
    at,
    stepKey: decision.stepKey,
    unitId: own?.unitId ?? state.organUnitId,
    reasonDigest: command.reasonDigest,
  }
  return byOrgan({ item, state }, command, organ, context)
}
