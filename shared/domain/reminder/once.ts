import type { CaseEvent } from '../case/events'
import { stepOf } from '../case/route'
import { dayIn } from '../kernel/plain-date'
import type { Told } from './resident-message'

/**
 * Whether the applicant reads of it with something else: each message to the phone spends a consent (WeChat: one accept, one
 * message). A grant of whoever also concludes it: the end follows from the same hand. The end of what was refused on that
 * very day. What is handed over on the day of the end, which has told where it is seen; what goes by post is told when it goes.
 */
export function isToldBesides(
  { item, after: { decision, concludedAt } }: Pick<Told, 'item' | 'after'>,
  event: CaseEvent,
): boolean {
  const today = dayIn(event.at)
  switch (event.type) {
    case 'granted':
      return stepOf(item, event.stepKey).actions.includes('conclude')
    case 'concluded':
      return decision?.kind === 'refused' && dayIn(decision.at) === today
    case 'delivered':
      return (
        decision?.kind === 'granted' &&
        event.method !== 'post' &&
        concludedAt !== null &&
        dayIn(concludedAt) === today
      )
    default:
      return false
  }
}
