import type { CaseState, CaseStatus } from './state'

/** The status that a case is told by: a refusal stays one when it is concluded and delivered. */
export const toldStatus = ({
  status,
  decision,
}: {
  readonly status: CaseStatus
  readonly decision: Pick<NonNullable<CaseState['decision']>, 'kind'> | null
}): CaseStatus =>
  decision?.kind === 'refused' && (status === 'concluded' || status === 'delivered') ? 'refused' : status
