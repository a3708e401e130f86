import { dayIn, type Instant } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import { type DeliveryMethod, deliveryMethods } from '../../service-item/delivery-methods'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import type { CaseActor, CaseContext, CaseError } from '../context'
import type { CaseEvent } from '../events'
import type { CaseState } from '../state'
import { servingShare } from './delivery-clock'
import { SERVED_PAPERS } from './delivery-state'
import { applyDelivery, openPosting, serviceOf } from './evolve-delivery'
import { inAppOn } from './in-app'
import { dated, waitingPapers } from './owed-papers'
import { unservedRefusals } from './own-served'

const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError

/** Over the applicant's own word nobody says another one. */
const isOthersToSay = ({ deliveryChoice }: CaseState, actor: Extract<CaseActor, { kind: 'applicant' }>) =>
  (actor.mayWithdraw || actor.speaksAs === 'staff') && deliveryChoice?.by !== 'owner'

/** What is against them is theirs by their own word already: no later one moves the days that run. */
const isTheirsInApp = (state: CaseState) => inAppOn(state, 'result') !== null

/**
 * The applicant says how they want it, until it is on its way; so does whoever filed it for them, as long as that tells nothing of
 * whether there is an owner.
 */
export const mayChooseDelivery = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' &&
  // What ends for a death is handed to the family: nobody's word on a phone is the dead's.
  state.isDeceased !== true &&
  (actor.speaksAs === 'owner' || isOthersToSay(state, actor)) &&
  ((state.endedAt === null && state.deliveredAt === null && !isTheirsInApp(state)) ||
    waitingPapers(state).length > 0) &&
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

interface Wished {
  readonly method: DeliveryMethod
  /** Null where it is not posted. */
  readonly addressDigest: string | null
}

/** Decides what follows from how they want it. */
export function chosen(
  item: ServiceItem,
  state: CaseState,
  { method, addressDigest }: Wished,
  { actor, now: at, isReached, calendar }: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (actor.kind !== 'applicant' || !mayChooseDelivery(state, actor)) return fail(REFUSED)
  if (!choosableMethods(item, isReached, actor).includes(method))
    return fail({ code: 'case.target-unknown', field: 'method' } as const)
  if ((method === 'post') !== (addressDigest !== null))
    return fail({ code: 'case.target-unknown', field: 'address' } as const)
  const by = actor.speaksAs
  const said = {
    type: 'delivery-chosen',
    at,
    by,
    method,
    ...(addressDigest === null ? {} : { addressDigest }),
  } as const
  if (method !== 'electronic') return ok([said])
  const serves = refusalsServed(state, said)
  return ok([
    { ...said, ...(serves.length === 0 ? {} : { serves }) },
    ...servedInApp(item, state, at, calendar),
  ])
}

/** What organs of a project have refused by then, if nothing that is put up has served it before. */
function refusalsServed(state: CaseState, said: Extract<CaseEvent, { type: 'delivery-chosen' }>) {
  if (state.decision !== null && inAppOn(applyDelivery(state, said), 'result') === null) return []
  return unservedRefusals(state).map((target) => ({ ...target, on: dayIn(said.at) }))
}

/** What they read on the phone already is theirs with their word, on the day of that word. 民事诉讼法 第90条 */
const servedInApp = (
  item: ServiceItem,
  state: CaseState,
  at: Instant,
  calendar: WorkingCalendar,
): CaseEvent[] =>
  waitingPapers(state).flatMap((of) => {
    const share = servingShare(item, state, of)
    if (!share) return []
    return [dated(state, { type: 'served', at, ...share, of, method: 'electronic', on: dayIn(at) }, calendar)]
  })
