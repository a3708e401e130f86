import type { CaseView } from '#shared/contract/case'
import { openPosting, serviceOf } from '#shared/domain/case/delivery/evolve-delivery'
import { paidFrom, payoutOf } from '#shared/domain/case/result/payout'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { placeOf } from '../booked-view'
import type { Subject } from './subject'

/**
 * How much an item pays, from when, to which card and when it was paid, as its reader may know it. Null where nothing is paid,
 * or will not be.
 */
export function payOf({ item, state }: Subject, answers: CaseView['answers']): CaseView['pay'] {
  const { decision, endedAt, paidOn } = state
  if (decision?.kind === 'refused' || state.status === 'revoked' || (endedAt !== null && decision === null))
    return null
  const from = decision === null ? null : paidFrom(item, state, dayIn(decision.at))
  const payout = payoutOf(
    item,
    Object.fromEntries(answers.map(({ key, text }) => [key, text])),
    from,
    decision?.amount,
  )
  if (payout === null) return null
  const { isStandard: _, ...told } = payout
  return { ...told, paidOn, announced: item.steps.some(({ actions }) => actions.includes('pay')) }
}

/** How a grant comes on paper to whoever wants it so; null where there is none, or it was handed over. */
export function onPaper({ item, state, reference }: Subject) {
  const { methods } = item.howToGet
  const [post, pickup] = [methods.includes('post'), methods.includes('pickup')]
  const isOnTheWay = openPosting(serviceOf(state, 'result')) !== undefined
  if (state.deliveredAt !== null || isOnTheWay || !(post || pickup)) return null
  return { post, pickupAt: pickup ? placeOf(reference, state.organUnitId) : null }
}
