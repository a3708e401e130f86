import { dayIn, type PlainDate } from '../kernel/plain-date'
import type { ServedPaper } from './delivery-state'
import { serviceOf, signedAt } from './evolve-delivery'
import type { CaseState } from './state'

/** What went by post is served when its receipt says so; before that was recorded nobody knows when. 民事诉讼法 第91条 */
const deliveredOn = ({ deliveredAt, deliveredBy, servedOn }: CaseState): PlainDate | null => {
  if (deliveredAt === null) return null
  if (servedOn !== undefined) return servedOn
  return deliveredBy === 'post' ? null : dayIn(deliveredAt)
}

const PAPER = { refused: 'result', declined: 'decline', revoked: 'revocation' } as const satisfies Record<
  'refused' | 'declined' | 'revoked',
  ServedPaper
>

/** It was signed when they had said that they are served on the phone: that it is there serves it. 民事诉讼法 第90条 */
function inApp(state: CaseState, of: ServedPaper): PlainDate | null {
  const { deliveryChoice } = state
  const signed = signedAt(state, of)
  const isAgreed = deliveryChoice?.method === 'electronic' && signed !== null && deliveryChoice.at <= signed
  return isAgreed && serviceOf(state, of) === undefined ? dayIn(signed) : null
}

/**
 * The day from which remedies against it run: on which they had its paper. Null while nobody knows it: what was handed over
 * before it was revoked is another paper.
 */
export function remedyFrom(state: CaseState, against: keyof typeof PAPER): PlainDate | null {
  const of = PAPER[against]
  if (of === 'result') return deliveredOn(state)
  return serviceOf(state, of)?.served?.on ?? inApp(state, of)
}
