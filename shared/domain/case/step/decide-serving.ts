import { dayIn } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import { deliveryMethods } from '../../service-item/delivery-methods'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import { handedOverMethods, isServedInApp, otherwise, servedAtOnce } from '../delivery/delivery-choice'
import { resultHad } from '../delivery/own-served'
import { closingShare, mayBePosted, settlingEvents } from '../delivery/settle'
import type { CaseEvent } from '../events'
import type { CaseState, StepTarget } from '../state'
import type { CommandOf } from './step-command'
import { standsInAt } from './who-may-act'

const unknown = fail({ code: 'case.target-unknown', field: 'method' } as const)

/** What one of several organs refuses is theirs on the phone as it is signed, where they have agreed to that. */
export const refusedInApp = (state: CaseState, context: CaseContext) =>
  isServedInApp(state, context) ? { inAppOn: dayIn(context.now) } : {}

/** Whoever hands the result over: refused with what the form has to say otherwise. */
export function delivered(
  item: ServiceItem,
  state: CaseState,
  { stepKey, unitId, method, reasonDigest }: CommandOf<'deliver'>,
  { now: at, isReached }: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (method === 'post' && mayBePosted(item, state, 'result')) return fail({ code: 'case.post-unnumbered' })
  if (!handedOverMethods(item, state, isReached).includes(method)) return unknown
  const why = otherwise(state, method, reasonDigest)
  if (!why.ok) return why
  const { on: servedOn, ...copy } = resultHad(state, servedAtOnce(state, method, at), method)
  return ok([{ type: 'delivered', at, stepKey, unitId, method, servedOn, ...copy, ...why.value }])
}

export const withAmount = ({ amount }: { readonly amount?: number | undefined }) =>
  amount === undefined ? {} : { amount }

/** In whose place it is decided, where a leave names the actor. */
export const inPlace = (target: StepTarget, context: CaseContext) => {
  const standIn = standsInAt(target, context)
  return standIn ? { inPlaceOf: standIn.inPlaceOf } : {}
}

/** The member of staff whose name a decision bears, and for whom. */
export const signedBy = (target: StepTarget, context: CaseContext) => {
  const { actor } = context
  return actor.kind === 'staff' && actor.staffId
    ? { staffId: actor.staffId, ...inPlace(target, context) }
    : {}
}

/** By whoever could do each of them. */
export function settled(
  item: ServiceItem,
  state: CaseState,
  { stepKey, unitId, method, amount, reasonDigest }: CommandOf<'settle'>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const { now: at, isReached } = context
  const closing = closingShare(item, state, { stepKey, unitId })
  if (!closing) return fail({ code: 'case.action-not-allowed' })
  if (method === 'post' && deliveryMethods(item, isReached).includes(method))
    return fail({ code: 'case.post-unnumbered' })
  if (method !== null && !handedOverMethods(item, state, isReached).includes(method)) return unknown
  const why = otherwise(state, method, reasonDigest)
  if (!why.ok) return why
  const how = { method, servedOn: servedAtOnce(state, method, at), ...why.value }
  const decided = { ...withAmount({ amount }), ...signedBy(closing, context) }
  return ok(settlingEvents(at, { stepKey, unitId }, closing, how, decided))
}

/** The family gets it in writing at the counter; nobody else can be served for who has died, and least on their phone. */
export const toldOfDeath = ({ cause, unitId: toldBy }: CommandOf<'terminate'>) =>
  cause === 'deceased' ? { toldBy, toBeServed: true as const } : {}
