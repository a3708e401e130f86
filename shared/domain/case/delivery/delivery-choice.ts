import { dayIn, type Instant, type PlainDate } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import { type DeliveryMethod, deliveryMethods } from '../../service-item/delivery-methods'
import type { ServiceItem } from '../../service-item/item'
import type { CaseError } from '../context'
import type { CaseState } from '../state'
import { hasRefusal } from './against'
import type { ToBeServed } from './delivery-state'
import { isOtherwiseThanChosen, type ServedBy } from './delivery-words'
import { agreesToApp, type Wish } from './in-app'

/** What is signed reaches them on the phone, and that it does serves it. */
export const isServedInApp = (
  state: Wish,
  { isApplicantReached }: { readonly isApplicantReached: boolean },
) => isApplicantReached && agreesToApp(state)

/** They have agreed to the phone, and their account is closed or the power of who filed for them over: it reaches nobody of theirs. */
export const phoneLost = (
  state: Wish,
  { isApplicantReached }: { readonly isApplicantReached: boolean },
): ToBeServed => servedByHand(agreesToApp(state) && !isApplicantReached)

export const servedByHand = (isAwaited: boolean): ToBeServed => (isAwaited ? { toBeServed: true } : {})

/**
 * How staff may hand the result over at once. By post is a letter with a number of its own; on the phone what is against somebody is
 * served only where they have agreed, and nothing where they have asked for it otherwise: else into their hand.
 */
export function handedOverMethods(
  item: Pick<ServiceItem, 'howToGet'>,
  state: Wish & Pick<CaseState, 'decision' | 'steps'>,
  isReached: boolean,
): readonly DeliveryMethod[] {
  const isAgainst = hasRefusal(state)
  const isFreeTo = !isAgainst && state.deliveryChoice === undefined
  const methods = deliveryMethods(item, isReached).filter(
    (method) => method !== 'post' && (method !== 'electronic' || agreesToApp(state) || isFreeTo),
  )
  return methods.length > 0 || isFreeTo ? methods : ['pickup']
}

/** The day on which what is handed over now is served; null where it only informs. */
export const servedAtOnce = (state: Wish, method: DeliveryMethod | null, at: Instant): PlainDate | null =>
  method === 'pickup' || agreesToApp(state) ? dayIn(at) : null

/** Why it goes another way than was chosen, as its event keeps it; at every door that hands the result over. */
export function otherwise(
  { deliveryChoice }: Pick<CaseState, 'deliveryChoice'>,
  method: ServedBy | null,
  reasonDigest: string | null,
): Result<{ readonly otherwiseDigest?: string }, CaseError> {
  if (!isOtherwiseThanChosen(deliveryChoice?.method, method)) return ok({})
  return reasonDigest === null ? fail({ code: 'case.reason-missing' }) : ok({ otherwiseDigest: reasonDigest })
}
