import { isSettling } from '../case/delivery/settle'
import { goesToFamily } from '../case/delivery/to-family'
import { stepOf } from '../case/route'
import { dayIn } from '../kernel/plain-date'
import type { ReminderChange } from './change'

/**
 * Whether the applicant reads of an event of a change with something else: each message to the phone spends a consent
 * (WeChat: one accept, one message). Of 当场办结 the acceptance and the grant. A grant of whoever also concludes it: the end
 * follows from the same hand. The end of what was refused on that very day, or goes by post with it. What is handed over on
 * the day of the end, which has told where it is seen; what goes by post is told when it goes.
 */
export function isToldBesides(
  { item, after, events }: Pick<ReminderChange, 'item' | 'after' | 'events'>,
  { event }: ReminderChange['events'][number],
): boolean {
  const { decision, concludedAt } = after
  const together = events.map((each) => each.event)
  const isPosted = together.some((each) => each.type === 'delivered' && each.method === 'post')
  const today = dayIn(event.at)
  switch (event.type) {
    case 'accepted':
      return isSettling(together)
    case 'granted':
      return isSettling(together) || stepOf(item, event.stepKey).actions.includes('conclude')
    case 'concluded':
      return isPosted || (decision?.kind === 'refused' && dayIn(decision.at) === today)
    case 'delivered':
      return (
        // Whoever reads it has it not: it is in the hand of the family.
        !goesToFamily(after, 'result') &&
        decision?.kind === 'granted' &&
        event.method !== 'post' &&
        concludedAt !== null &&
        dayIn(concludedAt) === today
      )
    default:
      return false
  }
}
