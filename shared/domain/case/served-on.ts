import { dayIn, earlierOf, type PlainDate } from '../kernel/plain-date'
import type { ServedPaper } from './delivery-state'
import { serviceOf } from './evolve-delivery'
import { inAppOn } from './in-app'
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
  { answeredAt, inAppOn: agreed }: Pick<Revocation, 'answeredAt' | 'inAppOn'>,
): PlainDate | null {
  if (agreed !== undefined) return agreed
  const service = (state.services ?? []).find(
    ({ of, signedAt: at }) => of === 'revocation' && at === answeredAt,
  )
  return service?.served?.on ?? null
}

/**
 * The day from which remedies against it run: on which they had its paper first, on the phone or by hand. Null while nobody knows
 * it: what was handed over before it was revoked is another paper.
 */
export function remedyFrom(state: CaseState, against: keyof typeof PAPER): PlainDate | null {
  const of = PAPER[against]
  const agreed = inAppOn(state, of)
  const had = of === 'result' ? deliveredOn(state) : (serviceOf(state, of)?.served?.on ?? null)
  return agreed !== null && had !== null ? earlierOf(agreed, had) : (agreed ?? had)
}
