import type { CaseStatus } from '../case-status'

/**
 * A case is rated once it is concluded (办结), and only where something was decided: 一事一评 (GB/T 39734-2020).
 * No organ escapes its rating by revoking what it decided.
 */
const RATEABLE: readonly CaseStatus[] = ['concluded', 'delivered', 'revoked']

export const mayBeRated = (status: CaseStatus) => RATEABLE.includes(status)
