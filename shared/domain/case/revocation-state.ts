import type { Instant } from '../kernel/plain-date'
import type { StaffRole } from '../organization/staff'

/** 行政许可法 第69条第1款第1至5项, and 第2款; of what is no permit the same grounds, by the county's published rule. */
export const REVOCATION_BASES = [
  'abuse',
  'beyond-powers',
  'procedure',
  'unqualified',
  'other',
  'fraud',
] as const
export type RevocationBasis = (typeof REVOCATION_BASES)[number]

/** What was said against it: a keyed digest names the words. */
interface Statement {
  readonly at: Instant
  readonly statementDigest: string
}

/** That a decision is to be revoked, and what came of it. */
export interface Revocation {
  readonly basis: RevocationBasis
  readonly reasonDigest: string
  /** Of what was decided, and when. */
  readonly decided: 'granted' | 'refused'
  readonly decidedAt: Instant
  readonly proposedAt: Instant
  /** Working days to speak, as the county's rule was then. */
  readonly speakDays: number
  /** Whose it is to revoke or keep it. */
  readonly deciders: readonly { readonly role: StaffRole; readonly unitId: string }[]
  readonly heard: readonly Statement[]
  /** Revoked or kept; null while neither is. */
  readonly answeredAt: Instant | null
  readonly revoked: boolean | null
}
