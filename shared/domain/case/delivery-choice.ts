import { dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { ToBeServed } from './delivery-state'
import type { DeliveryMethod } from './delivery-words'
import { deliveryMethods } from './settle'
import type { CaseState } from './state'

/** They have said that they are served on the phone. 民事诉讼法 第90条, which the law of permits leaves to be followed */
const agreesToApp = ({ deliveryChoice }: Pick<CaseState, 'deliveryChoice'>) =>
  deliveryChoice?.method === 'electronic'

/** What is signed reaches them on the phone, and that it does serves it. */
export const isServedInApp = (
  state: Pick<CaseState, 'deliveryChoice'>,
  { isReached }: { readonly isReached: boolean },
) => isReached && agreesToApp(state)

export const servedByHand = (isAwaited: boolean): ToBeServed => (isAwaited ? { toBeServed: true } : {})

/**
 * How staff may hand the result over at once. By post is a letter with a number of its own; what is against somebody is served
 * on the phone only where they have agreed, else into their hand.
 */
export function handedOverMethods(
  item: Pick<ServiceItem, 'howToGet'>,
  state: Pick<CaseState, 'decision' | 'deliveryChoice'>,
  isReached: boolean,
): readonly DeliveryMethod[] {
  const isAgainst = state.decision?.kind === 'refused'
  const methods = deliveryMethods(item, isReached).filter(
    (method) => method !== 'post' && !(isAgainst && method === 'electronic' && !agreesToApp(state)),
  )
  return methods.length > 0 || !isAgainst ? methods : ['pickup']
}

/** The day on which what is handed over now is served; null where it only informs. */
export const servedAtOnce = (
  state: Pick<CaseState, 'deliveryChoice'>,
  method: DeliveryMethod | null,
  at: Instant,
): PlainDate | null => (method === 'pickup' || agreesToApp(state) ? dayIn(at) : null)
