import type { Instant } from '../kernel/plain-date'
import type { ToBeServed } from './delivery-state'
import type { Revocation, RevocationBasis, Statement } from './revocation-state'

interface AtOrgan {
  readonly at: Instant
  /** Of the step that decided. */
  readonly stepKey: string
  /** The organ that decided. */
  readonly unitId: string
  readonly reasonDigest: string
}

/** What happens to a decision after it was signed. Texts stand encrypted and are named by their digests. */
export type RevocationEvent =
  /** A slip of the pen in its document; the decision itself is as it was. */
  | (AtOrgan & {
      readonly type: 'decision-corrected'
      readonly writtenDigest: string
      readonly correctedDigest: string
    })
  | (AtOrgan &
      ToBeServed &
      Pick<Revocation, 'basis' | 'speakDays' | 'deciders' | 'proposedBy'> & {
        readonly type: 'revocation-proposed'
      })
  /** The applicant has spoken, or staff have written down what they said. */
  | (Statement & { readonly type: 'holder-heard' })
  | (AtOrgan &
      ToBeServed & {
        readonly type: 'decision-revoked'
        readonly basis: RevocationBasis
        /** What was revoked: what had been granted ends the case, what had been refused is decided anew. */
        readonly decided: Revocation['decided']
      })
  | (AtOrgan & { readonly type: 'decision-kept' })
