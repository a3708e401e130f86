import type { ServiceItem } from '../service-item/item'
import { stepOf } from './route'
import type { CaseState, CaseStatus } from './state'

/** Beside the statuses: a check after the decision found it otherwise than it was said to be. */
export type ToldStatus = CaseStatus | 'check-failed'

/** What became of a case, as far as it is told. */
export interface Outcome {
  readonly status: CaseStatus
  readonly decision: Pick<NonNullable<CaseState['decision']>, 'kind'> | null
  readonly checkFailed: boolean
}

export const outcomeOf = (
  item: ServiceItem,
  { status, decision, steps }: Pick<CaseState, 'status' | 'decision' | 'steps'>,
): Outcome => ({
  status,
  decision,
  checkFailed: steps.some(
    ({ key, parts }) => stepOf(item, key).followUp && parts.some(({ outcome }) => outcome === 'failed'),
  ),
})

/**
 * The status that a case is told by: a refusal stays one when it is concluded and delivered, and what a check found otherwise
 * after the decision is no more done well.
 */
export function toldStatus({ status, decision, checkFailed }: Outcome): ToldStatus {
  if (checkFailed) return 'check-failed'
  const isOver = status === 'concluded' || status === 'delivered'
  return decision?.kind === 'refused' && isOver ? 'refused' : status
}
