import { dayIn } from '../../kernel/plain-date'
import type { CaseState } from '../state'

/** Notices that were given to somebody: what a disownment ended had asked whoever has not applied. */
export const noticesGiven = ({ corrections, disownments }: Pick<CaseState, 'corrections' | 'disownments'>) =>
  corrections.filter(({ lapsedAt }) => !disownments.some(({ at }) => at === lapsedAt))

/** A notice from now on is not the first of this case: 一次性告知 was said. */
export const isAskedAgain = (state: CaseState) => askedBefore(state) !== null

/**
 * The day on which the applicant was told before the notice at index `at`: by another, or that all departments have what they
 * need. Null where `at` is the first, 一次性告知.
 */
export const askedBefore = (
  { corrections, disownments, draftsClosedAt }: CaseState,
  at = corrections.length,
) => {
  const [before] = noticesGiven({ corrections: corrections.slice(0, at), disownments }).slice(-1)
  if (before) return dayIn(before.askedAt)
  // Each department had said what it needs, and it was accepted as complete.
  const asked = corrections[at]?.askedAt
  const isLater = draftsClosedAt !== undefined && (asked === undefined || asked > draftsClosedAt)
  return isLater ? dayIn(draftsClosedAt) : null
}
