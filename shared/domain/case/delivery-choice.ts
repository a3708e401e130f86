import { dayIn, type Instant, laterOf, type PlainDate } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import { type DeliveryMethod, deliveryMethods } from '../service-item/delivery-methods'
import type { ServiceItem } from '../service-item/item'
import { hasRefusal } from './against'
import type { CaseError } from './context'
import type { ToBeServed } from './delivery-state'
import { isOtherwiseThanChosen, type ServedBy } from './delivery-words'
import type { CaseState } from './state'

type Wish = Pick<CaseState, 'deliveryChoice' | 'deliveredAt'>

/**
 * They have said that they are served on the phone (民事诉讼法 第90条, which the law of permits leaves to be followed). It is said
 * until the result is theirs: what comes years later asks anew.
 */
const agreesToApp = ({ deliveryChoice, deliveredAt }: Wish) =>
  deliveryChoice?.method === 'electronic' && (deliveredAt === null || deliveryChoice.at > deliveredAt)

/** What is signed reaches them on the phone, and that it does serves it. */
export const isServedInApp = (
  state: Wish,
  { isApplicantReached }: { readonly isApplicantReached: boolean },
) => isApplicantReached && agreesToApp(state)

export const servedByHand = (isAwaited: boolean): ToBeServed => (isAwaited ? { toBeServed: true } : {})

/**
 * How staff may hand the result over at once. By post is a letter with a number of its own; what is against somebody is served
 * on the phone only where they have agreed, else into their hand.
 */
export function handedOverMethods(
  item: Pick<ServiceItem, 'howToGet'>,
  state: Wish & Pick<CaseState, 'decision' | 'steps'>,
  isReached: boolean,
): readonly DeliveryMethod[] {
  const isAgainst = hasRefusal(state)
  const methods = deliveryMethods(item, isReached).filter(
    (method) => method !== 'post' && !(isAgainst && method === 'electronic' && !agreesToApp(state)),
  )
  return methods.length > 0 || !isAgainst ? methods : ['pickup']
}

/** On the day on which it was signed, or on that of a word which came later; null while they have not agreed. 民事诉讼法 第90条 */
function servedInAppOn(state: Wish, signedAt: Instant | null): PlainDate | null {
  const { deliveryChoice } = state
  if (signedAt === null || !deliveryChoice || !agreesToApp(state)) return null
  return laterOf(dayIn(signedAt), dayIn(deliveryChoice.at))
}

/** The day on which what is handed over now is served; null where it only informs. */
export const servedAtOnce = (
  state: Wish & Pick<CaseState, 'decision'>,
  method: DeliveryMethod | null,
  at: Instant,
): PlainDate | null => (method === 'pickup' ? dayIn(at) : servedInAppOn(state, state.decision?.at ?? at))

/** Why it goes another way than was chosen, as its event keeps it; at every door that hands the result over. */
export function otherwise(
  { deliveryChoice }: Pick<CaseState, 'deliveryChoice'>,
  method: ServedBy | null,
  reasonDigest: string | null,
): Result<{ readonly otherwiseDigest?: string }, CaseError> {
  if (!isOtherwiseThanChosen(deliveryChoice?.method, method)) return ok({})
  return reasonDigest === null ? fail({ code: 'case.reason-missing' }) : ok({ otherwiseDigest: reasonDigest })
}
