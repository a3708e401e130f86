import { dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import { servedInAppOn } from './delivery-choice'
import type { ServedPaper } from './delivery-state'
import { serviceOf, signedAt } from './evolve-delivery'
import type { Revocation } from './revocation-state'
import type { CaseState } from './state'

/** What went by post is served when its receipt says so; before that was recorded nobody knows when. 民事诉讼法 第91条 */
const deliveredOn = ({ deliveredAt, deliveredBy, servedOn }: CaseState): PlainDate | null => {
  if (deliveredAt === null) return null
  if (servedOn !== undefined) return servedOn
  return deliveredBy === 'post' ? null : dayIn(deliveredAt)
}

const PAPER = {
  refused: 'result',
  declined: 'decline',
  revoked: 'revocation',
  lapsed: 'termination',
} as const satisfies Readonly<Record<string, ServedPaper>>

/** The day from which remedies against the revocation of one of several organs run; null while nobody knows it. */
export function revocationServedOn(
  state: CaseState,
  { answeredAt, inAppOn }: Pick<Revocation, 'answeredAt' | 'inAppOn'>,
): PlainDate | null {
  if (inAppOn !== undefined) return inAppOn
  const service = (state.services ?? []).find(
    ({ of, signedAt: at }) => of === 'revocation' && at === answeredAt,
  )
  return service?.served?.on ?? null
}

const agreedBefore = ({ deliveryChoice }: CaseState, signed: Instant): PlainDate | null =>
  deliveryChoice?.method === 'electronic' && deliveryChoice.at <= signed ? dayIn(signed) : null

/** It was signed when they had said that they are served on the phone: that it is there serves it. 民事诉讼法 第90条 */
function inApp(state: CaseState, of: ServedPaper): PlainDate | null {
  const signed = signedAt(state, of)
  return signed !== null && serviceOf(state, of) === undefined ? agreedBefore(state, signed) : null
}

/** What they may read on the phone, and have agreed to be served by, waits for nobody to hand it over. */
export const resultInApp = (state: CaseState): PlainDate | null =>
  state.deliveredAt === null && serviceOf(state, 'result') === undefined
    ? servedInAppOn(state, signedAt(state, 'result'))
    : null

/**
 * The day from which remedies against it run: on which they had its paper. Null while nobody knows it: what was handed over
 * before it was revoked is another paper.
 */
export function remedyFrom(state: CaseState, against: keyof typeof PAPER): PlainDate | null {
  const of = PAPER[against]
  if (of === 'result') return deliveredOn(state) ?? resultInApp(state)
  return serviceOf(state, of)?.served?.on ?? inApp(state, of)
}
