import type { Instant } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { returnTo } from './advance'
import { toBeServed } from './evolve-delivery'
import { end } from './evolve-end'
import type { RevocationEvent } from './revocation-events'
import type { Revocation } from './revocation-state'
import type { CaseState } from './state'

type EventOf<Type extends RevocationEvent['type']> = Extract<RevocationEvent, { type: Type }>

const changeOpen = (
  state: CaseState,
  change: (open: Revocation) => Partial<Pick<Revocation, 'heard' | 'answeredAt' | 'revoked'>>,
): CaseState => ({
  ...state,
  revocations: (state.revocations ?? []).map((each) =>
    each.answeredAt === null ? { ...each, ...change(each) } : each,
  ),
})

function propose(state: CaseState, event: EventOf<'revocation-proposed'>): CaseState {
  const { decision } = state
  if (decision === null) return state
  const { at, basis, reasonDigest, speakDays, deciders, proposedBy } = event
  const proposed: Revocation = {
    basis,
    reasonDigest,
    decided: decision.kind,
    decidedAt: decision.at,
    proposedAt: at,
    ...(proposedBy === undefined ? {} : { proposedBy }),
    ...(event.toBeServed ? { toBeServed: true } : {}),
    speakDays,
    deciders,
    heard: [],
    answeredAt: null,
    revoked: null,
  }
  const asked = { ...state, revocations: [...(state.revocations ?? []), proposed] }
  return toBeServed(asked, 'revocation-notice', event)
}

/**
 * What was granted ends with its grant. What was refused goes back to who refused it: the promise and the law's days begin
 * anew with that day, since what was refused had used them up.
 */
function revoke(item: ServiceItem, state: CaseState, at: Instant): CaseState {
  const { decision } = state
  const answered = changeOpen(state, () => ({ answeredAt: at, revoked: true }))
  if (decision?.kind !== 'refused') return end(answered, 'revoked', at)
  return returnTo(
    item,
    {
      ...answered,
      status: state.accepted === null ? 'submitted' : 'examining',
      decision: null,
      decidedAnewAt: at,
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

/** A decision that was signed is corrected, questioned, kept or revoked. */
export function applyAfterDecision(item: ServiceItem, state: CaseState, event: RevocationEvent): CaseState {
  switch (event.type) {
    case 'decision-corrected':
      return state
    case 'revocation-proposed':
      return propose(state, event)
    case 'holder-heard': {
      const { type: _type, ...said } = event
      return changeOpen(state, ({ heard }) => ({ heard: [...heard, said] }))
    }
    case 'decision-kept':
      return changeOpen(state, () => ({ answeredAt: event.at, revoked: false }))
    case 'decision-revoked':
      return toBeServed(revoke(item, state, event.at), 'revocation', event)
  }
}
