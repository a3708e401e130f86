import type { CaseView } from '#shared/contract/case'

/** A person is to be seen first, so that no office can keep the day alone; of a firm's power its own words tell. */
export const isPersonAwaited = ({
  identityAwaited,
  applicantKind,
  personAwaited,
}: Pick<CaseView, 'identityAwaited' | 'applicantKind' | 'personAwaited'>) =>
  personAwaited ?? (identityAwaited !== null && applicantKind !== 'firm')

/** The reader's own identity is confirmed, and the case has only to be taken over. */
export const isTakeoverAwaited = (view: CaseView) =>
  isPersonAwaited(view) &&
  view.mayTakeOver &&
  view.identityAwaited !== null &&
  !view.identityAwaited.otherName
