import { mayApplyAgain } from '#shared/domain/case/outcome/again'
import type { Standing } from '#shared/domain/case/outcome/outcome'
import { mayBar } from '../filing/duplicates'
import { appliedAgain, laterKnownTo } from '../later'
import type { Claim } from '../standing'
import { asOfNumber, reasonNow, type Subject } from './subject'

/** Of the cases of the same, those that the reader sees. */
const seenLater = ({ read, principal }: Subject, claim: Pick<Claim, 'owner'>) =>
  laterKnownTo(read.later, claim, principal.profileId)

/** The newest in which the reader has applied for the same since; null for staff, and where there is none. */
export const againOf = (subject: Subject, claim: Pick<Claim, 'owner'>) =>
  subject.viewer === 'applicant'
    ? appliedAgain(
        subject.item,
        { id: subject.caseRow.id, applicant: subject.state.applicant },
        seenLater(subject, claim),
      )
    : null

/** Whether the reader is offered the same once more, and gets what this case leaves for it. */
export const appliesAgain = (
  subject: Subject,
  claim: Pick<Claim, 'owner'>,
  standing: Pick<Standing, 'key'>,
) =>
  subject.viewer === 'applicant' &&
  mayApplyAgain(standing, asOfNumber(subject), subject.read.events) &&
  againOf(subject, claim) === null &&
  !(mayBar(subject.item, subject.state.applicant) && seenLater(subject, claim).length > 0)

/** Why it ended without what was applied for, where somebody decided so and it stands. */
export function reasonOfEnd(subject: Subject, { key }: Pick<Standing, 'key'>): string | null {
  if (key !== 'refused' && key !== 'declined') return null
  const ended = subject.read.events.findLast(({ type }) => type === key)
  return ended ? reasonNow(subject, ended) : null
}
