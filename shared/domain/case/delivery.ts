import { dayIn, type PlainDate } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import type { ServiceItem } from '../service-item/item'
import { whyNot } from './actions'
import type { CaseActor, CaseContext, CaseError, UnknownField } from './context'
import { servingShare } from './delivery-clock'
import { type Carrier, SERVED_PAPERS, type ServedPaper } from './delivery-state'
import type { DeliveryMethod } from './delivery-words'
import type { CaseEvent } from './events'
import { openPosting, serviceOf, signedAt } from './evolve-delivery'
import { openRevocation } from './revocation'
import { stepOf } from './route'
import { deliveryMethods, mayBePosted } from './settle'
import type { CaseState } from './state'

/** What staff write down of a paper that goes to somebody. */
export const DELIVERY_ACTS = ['post', 'record-receipt', 'record-return', 'hand-over'] as const
export type DeliveryAct = (typeof DELIVERY_ACTS)[number]

/** Texts are sealed elsewhere; here stand their digests. */
export type DeliveryCommand =
  | {
      readonly type: 'choose-delivery'
      readonly method: DeliveryMethod
      /** Null where it is not posted. */
      readonly addressDigest: string | null
    }
  | {
      readonly type: 'post'
      readonly of: ServedPaper
      readonly carrier: Carrier
      readonly trackingDigest: string
      readonly postedOn: PlainDate
    }
  | { readonly type: 'record-receipt'; readonly of: ServedPaper; readonly receivedOn: PlainDate }
  | {
      readonly type: 'record-return'
      readonly of: ServedPaper
      readonly returnedOn: PlainDate
      readonly reasonDigest: string
    }
  | {
      readonly type: 'hand-over'
      readonly of: ServedPaper
      readonly takenOn: PlainDate
      /** Null where it was the addressee. */
      readonly takerDigest: string | null
    }

type Verdict = CaseError | null
type StaffCommand = Exclude<DeliveryCommand, { type: 'choose-delivery' }>
const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError

/** Papers that somebody has not been served yet. What a refusal that is to fall would bring takes nothing from anybody. */
export function owedPapers(state: CaseState): readonly ServedPaper[] {
  return SERVED_PAPERS.filter((of) => {
    if (signedAt(state, of) === null || serviceOf(state, of)?.served) return false
    if (of === 'result') return state.concludedAt !== null && state.endedAt === null
    return of !== 'revocation-notice' || openRevocation(state)?.decided === 'granted'
  })
}

/** The result is handed over by whoever holds its step; what comes beside it by whoever had that post. */
function isTheirs(item: ServiceItem, state: CaseState, of: ServedPaper, context: CaseContext): Verdict {
  const share = servingShare(item, state, of)
  if (!share) return REFUSED
  if (of === 'result') return whyNot(item, state, 'deliver', share, context)
  const { actor } = context
  if (actor.kind !== 'staff') return { code: 'case.not-your-task' }
  if (actor.isBarred) return { code: 'case.own-case' }
  const step = stepOf(item, share.stepKey)
  const pools = [{ role: step.role, unitId: share.unitId }, ...context.poolsOf(step, share.unitId)]
  return actor.pools.some((own) =>
    pools.some(({ role, unitId }) => role === own.role && unitId === own.unitId),
  )
    ? null
    : { code: 'case.not-your-task' }
}

/** Why an act with a paper is refused, null when it is allowed. Buttons and checks both ask here. */
export function whyNotDelivery(
  item: ServiceItem,
  state: CaseState,
  act: DeliveryAct,
  of: ServedPaper,
  context: CaseContext,
): Verdict {
  if (!owedPapers(state).includes(of)) return REFUSED
  const theirs = isTheirs(item, state, of, context)
  if (theirs) return theirs
  const isOnTheWay = openPosting(serviceOf(state, of)) !== undefined
  if (act === 'hand-over') return null
  if (act !== 'post') return isOnTheWay ? null : { code: 'case.not-posted' }
  if (isOnTheWay) return { code: 'case.posted-before' }
  return mayBePosted(item, state, of) ? null : REFUSED
}

const unknown = (field: UnknownField) => fail({ code: 'case.target-unknown', field } as const)

/** Nothing arrives before it was signed or sent, and nothing is written down ahead. */
function firstDay(state: CaseState, { type, of }: StaffCommand): PlainDate {
  const letter = openPosting(serviceOf(state, of))
  const signed = dayIn(signedAt(state, of) ?? state.filedAt)
  return letter && (type === 'record-receipt' || type === 'record-return') ? letter.postedOn : signed
}

const DAY_OF = {
  post: 'postedOn',
  'record-receipt': 'receivedOn',
  'record-return': 'returnedOn',
  'hand-over': 'takenOn',
} as const satisfies Record<DeliveryAct, UnknownField>

function dayNamed(command: StaffCommand): PlainDate {
  switch (command.type) {
    case 'post':
      return command.postedOn
    case 'record-receipt':
      return command.receivedOn
    case 'record-return':
      return command.returnedOn
    case 'hand-over':
      return command.takenOn
  }
}

/** The event by which somebody has it: of the result it ends the case. */
function servedBy(
  command: Extract<StaffCommand, { type: 'record-receipt' | 'hand-over' }>,
  base: { readonly at: CaseContext['now']; readonly stepKey: string; readonly unitId: string },
): CaseEvent {
  const method = command.type === 'hand-over' ? 'pickup' : 'post'
  const on = dayNamed(command)
  const taken =
    command.type === 'hand-over' && command.takerDigest !== null ? { takerDigest: command.takerDigest } : {}
  return command.of === 'result'
    ? { ...base, type: 'delivered', method, servedOn: on, ...taken }
    : { ...base, type: 'served', of: command.of, method, on, ...taken }
}

const hasAwaited = (state: CaseState) =>
  SERVED_PAPERS.some((of) => serviceOf(state, of) !== undefined && owedPapers(state).includes(of))

/** Over the applicant's own word nobody says another one. */
const isOthersToSay = ({ deliveryChoice }: CaseState, actor: Extract<CaseActor, { kind: 'applicant' }>) =>
  (actor.mayWithdraw || actor.speaksAs === 'staff') && deliveryChoice?.by !== 'owner'

/**
 * The applicant says how they want it, until it is on its way; so does whoever filed it for them, as long as that tells nothing of
 * whether there is an owner.
 */
export const mayChooseDelivery = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' &&
  (actor.speaksAs === 'owner' || isOthersToSay(state, actor)) &&
  ((state.endedAt === null && state.deliveredAt === null) || hasAwaited(state)) &&
  !SERVED_PAPERS.some((of) => openPosting(serviceOf(state, of)))

/** The ways that may be chosen: of the guide's, and on the phone by the applicant's own word. */
export const choosableMethods = (
  item: ServiceItem,
  isReached: boolean,
  actor: CaseActor | null,
): readonly DeliveryMethod[] =>
  deliveryMethods(item, isReached).filter(
    (method) => method !== 'electronic' || (actor?.kind === 'applicant' && actor.speaksAs === 'owner'),
  )

function chosen(
  item: ServiceItem,
  state: CaseState,
  { method, addressDigest }: Extract<DeliveryCommand, { type: 'choose-delivery' }>,
  { actor, now: at, isReached }: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (actor.kind !== 'applicant' || !mayChooseDelivery(state, actor)) return fail(REFUSED)
  if (!choosableMethods(item, isReached, actor).includes(method)) return unknown('method')
  if ((method === 'post') !== (addressDigest !== null)) return unknown('address')
  const by = actor.speaksAs
  return ok([
    { type: 'delivery-chosen', at, by, method, ...(addressDigest === null ? {} : { addressDigest }) },
  ])
}

/** Decides what follows from how a paper goes to whom it is for. */
export function decideDelivery(
  item: ServiceItem,
  state: CaseState,
  command: DeliveryCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (command.type === 'choose-delivery') return chosen(item, state, command, context)
  const refusal = whyNotDelivery(item, state, command.type, command.of, context)
  const share = servingShare(item, state, command.of)
  if (refusal || !share) return fail(refusal ?? REFUSED)
  const day = dayNamed(command)
  if (day < firstDay(state, command) || day > dayIn(context.now)) return unknown(DAY_OF[command.type])
  const base = { at: context.now, ...share }
  switch (command.type) {
    case 'post': {
      const { of, carrier, trackingDigest, postedOn } = command
      return ok([{ ...base, type: 'posted', of, carrier, trackingDigest, postedOn }])
    }
    case 'record-return': {
      const { of, returnedOn, reasonDigest } = command
      return ok([{ ...base, type: 'post-returned', of, returnedOn, reasonDigest }])
    }
    case 'record-receipt':
    case 'hand-over':
      return ok([servedBy(command, base)])
  }
}
