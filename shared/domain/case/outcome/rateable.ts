import type { CaseStatus } from '../case-status'
import { unheardOf } from '../revocation/unheard'
import type { CaseState } from '../state'

/**
 * A case is rated once it is concluded (办结), and only where something was decided: 一事一评 (GB/T 39734-2020).
 * No organ escapes its rating by revoking what it decided.
 */
const RATEABLE: readonly CaseStatus[] = ['concluded', 'delivered', 'revoked']

/** Nobody is asked what they think of a revocation that is being taken back. */
export const isRateable = (state: Pick<CaseState, 'status' | 'revocations'>) =>
  RATEABLE.includes(state.status) && unheardOf(state).length === 0
