import { mayApplyAgain } from '#shared/domain/case/again'
import type { Standing } from '#shared/domain/case/outcome'
import { mayBar } from '../filing/duplicates'
import type { Claim } from '../standing'
import { reasonIn, type Subject, textOf } from './subject'

/** A later case of the same is known to who sees it: to its owner, and to whoever filed it. */
function hasLater({ read, item, state, principal }: Subject, { owner }: Pick<Claim, 'owner'>) {
  const isTheirs = ({ filedBy, ownerId }: Subject['read']['later'][number]) =>
    owner || (ownerId ?? filedBy) === principal.profileId
  return mayBar(item, state.applicant) && read.later.some(isTheirs)
}

/** Whether the reader is offered the same once more, and gets what this case leaves for it. */
export const appliesAgain = (
  subject: Subject,
  claim: Pick<Claim, 'owner'>,
  standing: Pick<Standing, 'key'>,
) =>
  subject.viewer === 'applicant' &&
  mayApplyAgain(standing, subject.state, subject.read.events) &&
  !hasLater(subject, claim)

/** Why it ended without what was applied for, where somebody decided so. */
export function reasonOfEnd(subject: Subject): string | null {
  const ended = subject.read.events.findLast(({ type }) => type === 'refused' || type === 'declined')
  return ended ? textOf(subject, reasonIn(ended)) : null
}
