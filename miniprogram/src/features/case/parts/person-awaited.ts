import type { CaseView } from '#shared/contract/case'

/** A person is to be seen first, so that no office can keep the day alone; of a firm's power its own words tell. */
export const isPersonAwaited = ({
  identityAwaited,
  applicantKind,
}: Pick<CaseView, 'identityAwaited' | 'applicantKind'>) =>
  identityAwaited !== null && applicantKind !== 'firm'
