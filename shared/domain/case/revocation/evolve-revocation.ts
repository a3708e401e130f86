import type { Instant } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { returnTo } from '../advance'
import { toBeServed, withoutWish } from '../delivery/evolve-delivery'
import { end } from '../evolve-end'
import { decidedShareAt } from '../parallel/own-share'
import { changePart } from '../parts'
import type { CaseState, StepTarget } from '../state'
import { openRevocation } from './revocation'
import type { RevocationEvent } from './revocation-events'
import {
  type Advice,
  type FallenRefusal,
  isUnheard,
  type Revocation,
  type RevocationBasis,
  type Stood,
} from './revocation-state'

type EventOf<Type extends RevocationEvent['type']> = Extract<RevocationEvent, { type: Type }>

const changeOpen = (
  state: CaseState,
  change: (
    open: Revocation,
  ) => Partial<Pick<Revocation, 'heard' | 'answeredAt' | 'revoked' | 'speakUntil' | 'stood'>>,
): CaseState => ({
  ...state,
  revocations: (state.revocations ?? []).map((each) =>
    each.answeredAt === null ? { ...each, ...change(each) } : each,
  ),
})

function correct(state: CaseState, event: EventOf<'decision-corrected'>): CaseState {
  const { at, stepKey, unitId, writtenDigest, correctedDigest, ofHolder, named } = event
  const words = { at, stepKey, unitId, writtenDigest, correctedDigest, ...(ofHolder ? { ofHolder } : {}) }
  const read = { ...state, wordsCorrected: [...(state.wordsCorrected ?? []), words] }
  return ofHolder ? { ...read, ...named, nameCorrectedAt: [...(state.nameCorrectedAt ?? []), at] } : read
}

function advise(item: ServiceItem, state: CaseState, event: EventOf<'revocation-advised'>): CaseState {
  const own = decidedShareAt(item, state, event)
  const { at, by, basis, reasonDigest, from, answerers, settleDays, nobody, advisedBy } = event
  const given: Advice = {
    at,
    by,
    ...(own ? { of: { stepKey: own.stepKey, unitId: own.unitId } } : {}),
    basis,
    reasonDigest,
    from,
    answerers,
    ...(nobody ? { nobody } : {}),
    ...(advisedBy === undefined ? {} : { advisedBy }),
    ...(settleDays === undefined ? {} : { settleDays }),
    answeredAt: null,
  }
  return { ...state, advice: [...(state.advice ?? []), given] }
}

/** `own`: the share, of one of several organs. What is asked of another of them waits for its own answer. */
const answerAdvice = (state: CaseState, at: Instant, own: StepTarget | undefined): CaseState =>
  state.advice === undefined
    ? state
    : {
        ...state,
        advice: state.advice.map((each) =>
          each.of?.unitId === own?.unitId ? { ...each, answeredAt: each.answeredAt ?? at } : each,
        ),
      }

function propose(item: ServiceItem, state: CaseState, event: EventOf<'revocation-proposed'>): CaseState {
  const own = decidedShareAt(item, state, event)
  const decision = own
    ? { kind: own.isGranted ? ('granted' as const) : ('refused' as const), at: own.at }
    : state.decision
  if (decision === null) return state
  const { at, basis, reasonDigest, newFactDigest, speakDays, speakUntil, settleDays, deciders, proposedBy } =
    event
  const proposed: Revocation = {
    ...(own ? { of: { stepKey: own.stepKey, unitId: own.unitId } } : {}),
    basis,
    reasonDigest,
    ...(newFactDigest === undefined ? {} : { newFactDigest }),
    decided: decision.kind,
    decidedAt: decision.at,
    proposedAt: at,
    ...(proposedBy === undefined ? {} : { proposedBy }),
    ...(event.toBeServed ? { toBeServed: true } : {}),
    speakDays,
    ...(speakUntil === undefined ? {} : { speakUntil }),
    ...(settleDays === undefined ? {} : { settleDays }),
    deciders,
    heard: [],
    answeredAt: null,
    revoked: null,
  }
  const asked = { ...answerAdvice(state, at, own), revocations: [...(state.revocations ?? []), proposed] }
  return toBeServed(asked, 'revocation-notice', event)
}

/** What whoever decided is reproached with themselves. */
const OWN_ACTS: ReadonlySet<RevocationBasis> = new Set(['abuse', 'beyond-powers', 'procedure'])

const fallen = (
  { staffId, reasonDigest }: NonNullable<CaseState['decision']>,
  basis: RevocationBasis,
): FallenRefusal => ({
  ...(staffId === undefined ? {} : { staffId }),
  reasonDigest,
  isOwnAct: OWN_ACTS.has(basis),
})

const stoodAs = ({ status, endedAt, steps }: CaseState): Stood => ({
  status,
  endedAt,
  steps: steps.flatMap(({ key, status: was }) =>
    was === 'open' || was === 'waiting' ? [{ key, status: was }] : [],
  ),
})

const withoutFall = (state: CaseState, of: StepTarget): CaseState => ({
  ...state,
  steps: state.steps.map((run) => ({
    ...run,
    parts: run.parts.map(({ revokedAt: fallen, ...part }) =>
      fallen === undefined || (run.key === of.stepKey && part.unitId === of.unitId)
        ? part
        : { ...part, revokedAt: fallen },
    ),
  })),
})

const HANDED_OVER = { status: 'delivered', steps: [] } as const satisfies Partial<Stood>

/**
 * It stands as it stood, and nothing of it was weighed. What was open then is begun anew that day: nobody is late with what was not
 * theirs to do.
 */
function takeBack(
  state: CaseState,
  { at, unheard, seatsGone }: Pick<EventOf<'decision-kept'>, 'at' | 'unheard' | 'seatsGone'>,
): CaseState {
  const taken = (state.revocations ?? []).find(({ proposedAt }) => proposedAt === unheard)
  const kept = {
    ...state,
    revocations: (state.revocations ?? []).map((each) =>
      each === taken ? { ...each, revoked: false, takenBackAt: at } : each,
    ),
  }
  if (taken?.of) return withoutFall(kept, taken.of)
  // Revoked before it was kept how it stood: it had been handed over.
  const { status, endedAt, steps } = taken?.stood ?? { ...HANDED_OVER, endedAt: state.deliveredAt }
  const was = new Map(steps.map((each) => [each.key, each.status]))
  return {
    ...kept,
    status,
    endedAt,
    ...(seatsGone ? { seats: [] } : {}),
    steps: kept.steps.map((run) => ({
      ...run,
      status: was.get(run.key) ?? run.status,
      parts: run.parts.map((part) =>
        was.get(run.key) === 'open' && part.status === 'open' ? { ...part, openedAt: at } : part,
      ),
    })),
  }
}

/**
 * What one of several organs has granted falls alone: the others stand, and the case with them. What else was granted ends with
 * its grant. What was refused goes back to who refused it: the promise and the law's days begin
 * anew with that day, since what was refused had used them up.
 */
function revoke(
  item: ServiceItem,
  state: CaseState,
  { at, basis, lateBefore, seatsGone, whileDeceased }: EventOf<'decision-revoked'>,
): CaseState {
  const { decision } = state
  const of = openRevocation(state)?.of
  const isWhole = of === undefined && decision?.kind === 'granted'
  const stood = isWhole && whileDeceased ? { stood: stoodAs(state) } : {}
  const answered = changeOpen(state, () => ({ answeredAt: at, revoked: true, ...stood }))
  if (of) return changePart(answered, of, () => ({ revokedAt: at }))
  if (decision?.kind !== 'refused') return end(answered, 'revoked', at)
  return returnTo(
    item,
    {
      ...(state.deliveredAt === null ? answered : withoutWish(answered)),
      status: state.accepted === null ? 'submitted' : 'examining',
      decision: null,
      refusedBefore: [...(state.refusedBefore ?? []), fallen(decision, basis)],
      decidedAnewAt: at,
      ...(lateBefore === undefined ? {} : { lateBefore }),
      ...(seatsGone ? { seatsGone, seats: [] } : {}),
      completeAt: at,
      extension: null,
      promiseKeptAt: null,
      concludedAt: null,
      deliveredAt: null,
      deliveredBy: null,
      endedAt: null,
      pauses: [],
    },
    decision.stepKey,
    at,
  )
}

/** Others come beside those who had it; whether anybody is left stands as it was found last. */
function changeSettlers(item: ServiceItem, state: CaseState, event: EventOf<'settlers-changed'>): CaseState {
  const own = decidedShareAt(item, state, event)
  const told = event.nobody ? { nobody: event.nobody } : {}
  const { settles } = event
  const isOf = ({ of }: Pick<Advice, 'of'>) => of?.unitId === own?.unitId
  const isMeant = (each: Pick<Advice, 'answeredAt' | 'of'>) => each.answeredAt === null && isOf(each)
  if (settles !== 'advice')
    return {
      ...state,
      revocations: (state.revocations ?? []).map((each) => {
        if (settles === 'unheard' ? !isUnheard(each) || !isOf(each) : !isMeant(each)) return each
        const { nobody: _nobody, ...open } = each
        return { ...open, deciders: [...each.deciders, ...event.added], ...told }
      }),
    }
  return {
    ...state,
    advice: (state.advice ?? []).map((each) => {
      if (!isMeant(each)) return each
      const { nobody: _nobody, ...asked } = each
      return { ...asked, answerers: [...each.answerers, ...event.added], ...told }
    }),
  }
}

/** A decision that was signed is corrected, questioned, kept or revoked. */
export function applyAfterDecision(item: ServiceItem, state: CaseState, event: RevocationEvent): CaseState {
  switch (event.type) {
    case 'decision-corrected':
      return correct(state, event)
    case 'revocation-advised':
      return advise(item, state, event)
    case 'advice-declined':
      return answerAdvice(state, event.at, decidedShareAt(item, state, event))
    case 'revocation-proposed':
      return propose(item, state, event)
    case 'settlers-changed':
      return changeSettlers(item, state, event)
    case 'hearing-dated':
      return changeOpen(state, () => ({ speakUntil: event.speakUntil }))
    case 'holder-heard': {
      const { type: _type, ...said } = event
      return changeOpen(state, ({ heard }) => ({ heard: [...heard, said] }))
    }
    case 'decision-kept':
      return event.unheard === undefined
        ? changeOpen(state, () => ({ answeredAt: event.at, revoked: false }))
        : toBeServed(takeBack(state, event), 'revocation-withdrawn', event)
    case 'decision-revoked':
      return toBeServed(revoke(item, state, event), 'revocation', event)
  }
}
