import { dayIn, earlierOf, type PlainDate } from '../../kernel/plain-date'
import type { Revocation } from '../revocation/revocation-state'
import type { CaseState, StepTarget } from '../state'
import type { ServedPaper } from './delivery-state'
import { serviceAt, serviceOf } from './evolve-delivery'
import { inAppOn } from './in-app'

/** What went by post is served when its receipt says so; before that was recorded nobody knows when. 民事诉讼法 第91条 */
const deliveredOn = (state: CaseState): PlainDate | null => {
  const { deliveredAt, deliveredBy, owedAgain, servedOn } = state
  if (owedAgain !== undefined) return serviceOf(state, 'result')?.served?.on ?? null
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

/** On the phone or by hand, whichever was first. */
function firstOf(agreed: PlainDate | null, had: PlainDate | null): PlainDate | null {
  return agreed !== null && had !== null ? earlierOf(agreed, had) : (agreed ?? had)
}

/** The day from which remedies against the revocation of one of several organs run; null while nobody knows it. */
export function revocationServedOn(
  state: CaseState,
  { answeredAt: at }: Pick<Revocation, 'answeredAt'>,
): PlainDate | null {
  if (at === null) return null
  return firstOf(inAppOn(state, 'revocation', at), serviceAt(state, 'revocation', at)?.served?.on ?? null)
}

/**
 * The day from which remedies against it run: on which they had its paper first. Null while nobody knows it: what was handed over
 * before it was revoked is another paper.
 */
export function remedyFrom(state: CaseState, against: keyof typeof PAPER): PlainDate | null {
  const of = PAPER[against]
  const had = of === 'result' ? deliveredOn(state) : (serviceOf(state, of)?.served?.on ?? null)
  return firstOf(inAppOn(state, of), had)
}

/** Of what one of several organs has refused: on the phone since it was signed, or with what joins the decisions. */
export function ownRemedyFrom(state: CaseState, { stepKey, unitId }: StepTarget): PlainDate | null {
  const part = state.steps.find(({ key }) => key === stepKey)?.parts.find((each) => each.unitId === unitId)
  return firstOf(part?.inAppOn ?? null, remedyFrom(state, 'refused'))
}
