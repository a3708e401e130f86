import type { CaseView } from '#shared/contract/case'
import { asksTakeover } from '#shared/domain/account/takeover-words'
import { momentDay } from '../../../ui/words/dates'

/** A person is to be seen first, so that no office can keep the day alone; of a firm's power its own words tell. */
export const isPersonAwaited = ({
  identityAwaited,
  applicantKind,
  personAwaited,
}: Pick<CaseView, 'identityAwaited' | 'applicantKind' | 'personAwaited'>) =>
  personAwaited ?? (identityAwaited !== null && applicantKind !== 'firm')

/** Their identity was seen only after the promised day: no office could have kept it alone. */
export function wasSeenLate({
  dueOn,
  timeline,
  applicantKind,
}: Pick<CaseView, 'dueOn' | 'timeline' | 'applicantKind'>) {
  const seen = timeline.find(({ type }) => type === 'identity-confirmed')
  return applicantKind === 'person' && dueOn !== null && seen !== undefined && momentDay(seen.at) > dueOn
}

/** The reader's own identity is confirmed, and the case has only to be taken over. */
export const isTakeoverAwaited = (view: CaseView) =>
  isPersonAwaited(view) && view.mayTakeOver && asksTakeover(view.identityAwaited?.words ?? null)
