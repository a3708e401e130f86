import { fail, ok, type Result } from '../../kernel/result'
import type { ServiceItem } from '../../service-item/item'
import { verdictBefore } from '../clock/case-light'
import type { CaseContext, CaseError } from '../context'
import { isServedInApp, servedByHand } from '../delivery/delivery-choice'
import type { ToBeServed } from '../delivery/delivery-state'
import type { CaseEvent } from '../events'
import {
  type Begins,
  kindAtHand,
  ownShareFor,
  shareAdvised,
  shareMeant,
  whyNotAdvised,
  whyNotBegun,
} from '../parallel/own-share'
import { type DecidedShare, joinsDecisions } from '../parallel/share-decisions'
import type { CaseState, StepTarget } from '../state'
import { isDisowned } from '../whose/identity'
import type { AfterDecisionCommand } from './after-decision-command'
import { type AfterDecision, adviserBy, type CaseOf, isTheirs } from './after-decision-who'
import { answersForOwn, isAnothers, type Stands } from './own-decision'
import {
  adviceToDecline,
  basesOf,
  isAdviceUnnamed,
  mayStillChange,
  openAdvices,
  openHearing,
  openRevocation,
  speakUntil,
  standingDecision,
  wasKept,
} from './revocation'
import type { Advice } from './revocation-state'
import { isAnsweredByNobody, type Revokes, settlersBeside } from './settlers'
import { isOwnDecision } from './signer'
import { isHeard, spoken } from './speaking'
import { isOnItsWay, takenBack, toTakeBack, whyNoneStands, whyNotTakenBack } from './unheard'

type Verdict = CaseError | null
const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError
const when = (holds: boolean, error: CaseError = REFUSED): Verdict => (holds ? null : error)

const staffIn = ({ actor }: CaseContext) => (actor.kind === 'staff' ? (actor.staffId ?? null) : null)

function isProposedByAnother({ state }: CaseOf, context: CaseContext): Verdict {
  const staffId = staffIn(context)
  return when(staffId === null || openRevocation(state)?.proposedBy !== staffId, {
    code: 'case.own-proposal',
  })
}

/** Who wrote down what was said against it is not who takes something away all the same; to keep it takes nothing. */
function isRecordedByAnother({ state }: CaseOf, context: CaseContext): Verdict {
  const staffId = staffIn(context)
  const heard = openRevocation(state)?.heard ?? []
  return when(staffId === null || !heard.some(({ recordedBy }) => recordedBy === staffId), {
    code: 'case.own-record',
  })
}

/**
 * Who is above asks about one decision once at a time; an order comes over what was only suggested. What another of several organs revokes
 * of its own keeps nobody from asking: it is answered once that is settled.
 */
function whyNotAsked(of: CaseOf, context: CaseContext, own: DecidedShare | undefined): Verdict {
  const { state } = of
  const isSame = (about: { readonly of?: StepTarget }) => about.of?.unitId === own?.unitId
  const open = openRevocation(state)
  if (open && isSame(open)) return { code: 'case.revocation-open' }
  const isOrder = adviserIn(of, context, own)?.by === 'government'
  const asked = openAdvices(state).filter(isSame)
  return (
    when(!asked.some(({ by }) => !isOrder || by === 'government'), { code: 'case.advice-open' }) ??
    when(!isDisowned(state))
  )
}

/** Nothing is begun that nobody of the organ could settle. */
const isSettledBySomebody = (
  of: CaseOf,
  action: Revokes,
  context: CaseContext,
  own: DecidedShare | undefined,
): Verdict => when(settlersBeside(of, action, context, own).length > 0, { code: 'case.revoker-missing' })

const UNNAMED = { code: 'case.target-unknown', field: 'unitId' } as const satisfies CaseError

/** What is proposed is of one share; whoever names another answers what is not there. */
const isOfOpen = ({ state }: CaseOf, unitId: string | undefined): Verdict => {
  const of = openRevocation(state)?.of
  return when(unitId === undefined || of === undefined || of.unitId === unitId, UNNAMED)
}

const ASKS: Readonly<Record<AfterDecision, (of: CaseOf, context: CaseContext, unitId?: string) => Verdict>> =
  {
    'correct-decision': ({ state }) =>
      when(openRevocation(state) === undefined, { code: 'case.revocation-open' }),
    'advise-revocation': (of, context) =>
      whyNotAsked(of, context, undefined) ?? isSettledBySomebody(of, 'advise-revocation', context, undefined),
    // An order of the county's government is carried out: the organ weighs what the holder says, and keeps or revokes.
    'decline-advice': (of, context, unitId) => {
      const advice = adviceToDecline(of.state, context.actor, unitId)
      return (
        when(!isAdviceUnnamed(of.state, context.actor, unitId), UNNAMED) ??
        when(advice !== undefined) ??
        when(advice?.by === 'supervisor', { code: 'case.advice-ordered' }) ??
        isAnothers(of, 'decline-advice', context, unitId)
      )
    },
    'propose-revocation': (of, context) =>
      when(openRevocation(of.state) === undefined, { code: 'case.revocation-open' }) ??
      when(!isDisowned(of.state)) ??
      isSettledBySomebody(of, 'propose-revocation', context, undefined),
    'record-statement': ({ state }) => when(openRevocation(state) !== undefined),
    'revoke-decision': (of, context) =>
      when(openRevocation(of.state) !== undefined) ??
      isProposedByAnother(of, context) ??
      isRecordedByAnother(of, context) ??
      isHeard(of, context),
    // What one person has begun, the same person does not end: it would be weighed by nobody, and an order answered by nobody.
    'keep-decision': (of, context) =>
      when(openRevocation(of.state) !== undefined) ??
      isProposedByAnother(of, context) ??
      isAnothers(of, 'keep-decision', context),
  }

/**
 * Why an act on a signed decision is refused; null when it is allowed. Buttons and checks both ask here. `unitId`: whose, of whom has
 * several.
 */
export const whyNotAfter = (
  item: ServiceItem,
  state: CaseState,
  action: AfterDecision,
  context: CaseContext,
  unitId?: string,
): Verdict => {
  const unheard = action === 'keep-decision' ? toTakeBack(state, context.actor, unitId) : undefined
  if (unheard) return whyNotTakenBack(state, unheard, context.actor)
  return joinsDecisions(item)
    ? whyNotOwn({ item, state }, action, context, unitId)
    : (when(standingDecision(state) !== null, whyNoneStands(state)) ??
        isTheirs({ item, state }, action, context.actor) ??
        when(unitId === undefined || unitId === state.organUnitId, UNNAMED) ??
        ASKS[action]({ item, state }, context))
}

/**
 * What several organs have decided each for itself, each corrects and revokes for itself, and the office that joins them nothing.
 * One of them revokes at a time: what was proposed first is settled first. Who is above asks the one of them whose decision it is.
 */
function whyNotOwn(of: CaseOf, action: AfterDecision, context: CaseContext, unitId?: string): Verdict {
  const { actor } = context
  switch (action) {
    case 'advise-revocation': {
      const own = shareAdvised(of.item, of.state, unitId)
      return (
        isTheirs(of, action, actor, own) ??
        whyNotAsked(of, context, own) ??
        whyNotAdvised(of.item, of.state, unitId) ??
        isSettledBySomebody(of, action, context, own)
      )
    }
    case 'decline-advice':
      return (
        when(mayStillChange(of.state)) ?? isTheirs(of, action, actor) ?? ASKS[action](of, context, unitId)
      )
    case 'correct-decision':
    case 'propose-revocation':
      return whyNotOwnBegun(of, action, context, unitId)
    case 'record-statement':
    case 'revoke-decision':
    case 'keep-decision':
      return (
        when(openHearing(of.state) !== undefined) ??
        isOfOpen(of, unitId) ??
        isTheirs(of, action, actor) ??
        ASKS[action](of, context, unitId) ??
        when(action !== 'revoke-decision' || !isOnItsWay(of.state, 'revocation'), {
          code: 'case.revocation-unserved',
        })
      )
  }
}

function whyNotOwnBegun(of: CaseOf, action: Begins, context: CaseContext, unitId?: string): Verdict {
  const { item, state } = of
  const { actor } = context
  if (actor.kind !== 'staff') return { code: 'case.not-your-task' }
  if (actor.isBarred) return { code: 'case.own-case' }
  const own = ownShareFor(item, state, action, actor, unitId)
  if (own === undefined) return { code: 'case.not-your-task' }
  const begun = whyNotBegun(state, own, action)
  return begun ?? (action === 'propose-revocation' ? isSettledBySomebody(of, action, context, own) : null)
}

/** Who is both speaks for the government. */
function adviserIn(
  of: CaseOf,
  { actor }: CaseContext,
  own: DecidedShare | undefined,
): Pick<Advice, 'by' | 'from'> | undefined {
  const pools = actor.kind === 'staff' ? actor.pools : []
  const advisers = pools.flatMap((from) => {
    const by = adviserBy(of, from, own)
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
  own: DecidedShare | undefined,
): Result<CaseEvent[], CaseError> {
  const adviser = adviserIn(of, context, own)
  if (adviser === undefined) return fail(REFUSED)
  const advisedBy = staffIn(context)
  const nobody = isAnsweredByNobody(of, adviser.by, (pools) => context.handlersOf(pools, null), own)
  return ok([
    {
      ...organ,
      type: 'revocation-advised',
      ...adviser,
      basis,
      answerers,
      ...(nobody ? { nobody } : {}),
      ...(advisedBy === null ? {} : { advisedBy }),
      ...within(settleDays),
    },
  ])
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
  decided: 'granted' | 'refused',
  command: Extract<ByStaff, { type: 'propose-revocation' }>,
  organ: Organ,
  context: CaseContext,
): CaseEvent {
  const { basis, speakDays, settleDays, deciders, newFactDigest } = command
  const found = newFactDigest === undefined ? {} : { newFactDigest }
  const staffId = staffIn(context)
  const by = staffId === null ? {} : { proposedBy: staffId }
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
  { seatsGone }: Extract<ByStaff, { type: 'revoke-decision' }>,
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
          ...(seatsGone && open.decided === 'refused' ? { seatsGone } : {}),
          ...servedByHand(open.decided === 'granted' && !isServedInApp(state, context)),
          ...(state.death === undefined ? {} : { whileDeceased: true as const }),
        },
      ])
}

/** Whoever holds it for wrong is told that nobody else was there to answer. */
function byItself(
  of: CaseOf,
  { type, unitId }: { readonly type: Stands; readonly unitId?: string },
  context: CaseContext,
) {
  const own = answersForOwn(of, type, context, unitId)
  if (!own?.isAlone) return {}
  return own.as === 'signer' ? { bySigner: true as const } : { byAdviser: true as const }
}

function byOrgan(
  of: CaseOf,
  command: ByStaff,
  organ: Organ,
  context: CaseContext,
  own: DecidedShare | undefined,
): Result<CaseEvent[], CaseError> {
  switch (command.type) {
    case 'correct-decision': {
      const { reasonDigest: _reason, type: _type, unitId: _unit, ...slip } = command
      return ok([{ ...organ, type: 'decision-corrected', ...slip }])
    }
    case 'advise-revocation':
      return advised(of, command, organ, context, own)
    case 'decline-advice':
      return ok([{ ...organ, type: 'advice-declined', ...byItself(of, command, context) }])
    case 'propose-revocation':
      return ok([proposedBy(kindAtHand(of.state, own), command, organ, context)])
    case 'revoke-decision':
      return revokedAs(of, command, organ, context)
    case 'keep-decision':
      return ok([{ ...organ, type: 'decision-kept', ...byItself(of, command, context) }])
  }
}

/** What a command asks for itself. */
function faultIn(
  state: CaseState,
  command: ByStaff,
  own: DecidedShare | undefined,
  { actor }: CaseContext,
): Verdict {
  if (command.type === 'correct-decision')
    return when(command.ofHolder === true || !isOwnDecision(state, own, actor), { code: 'case.own-slip' })
  const decided = kindAtHand(state, own)
  if (command.type === 'advise-revocation') return when(basesOf(decided).includes(command.basis))
  if (command.type !== 'propose-revocation') return null
  const isNew = (command.newFactDigest !== undefined && command.isKnownFact !== true) || !wasKept(state, own)
  return when(basesOf(decided).includes(command.basis)) ?? when(isNew, { code: 'case.new-fact-missing' })
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
  const unitId = 'unitId' in command ? command.unitId : undefined
  const refusal = whyNotAfter(item, state, command.type, context, unitId)
  const unheard = command.type === 'keep-decision' ? toTakeBack(state, context.actor, unitId) : undefined
  if (unheard && refusal === null && command.type === 'keep-decision')
    return ok([takenBack(state, unheard, command, context)])
  const own = joinsDecisions(item) ? shareMeant(item, state, command.type, context.actor, unitId) : undefined
  const decision = own ?? standingDecision(state)
  if (refusal !== null || decision === null) return fail(refusal ?? REFUSED)
  if (command.type === 'record-statement') {
    const byStaff = staffIn(context)
    const by = byStaff === null ? {} : { recordedBy: byStaff }
    return ok([{ type: 'holder-heard', at, statementDigest: command.statementDigest, by: 'staff', ...by }])
  }
  const fault = faultIn(state, command, own, context)
  if (fault !== null) return fail(fault)
  const organ = {
    at,
    stepKey: decision.stepKey,
    unitId: own?.unitId ?? state.organUnitId,
    reasonDigest: command.reasonDigest,
  }
  return byOrgan({ item, state }, command, organ, context, own)
}
