import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { Revocation } from '../revocation/revocation-state'
import type { DeliveryChoice, OwnInApp, ServedInApp, Service, SignedPaper } from './delivery-state'

/** That whom it was decided for has died, as whoever hands its papers over recorded it. */
export interface DeathRecord {
  readonly at: Instant
  /** The day on which they died, as the proof has it. */
  readonly diedOn: PlainDate
  /** Of what was looked at. */
  readonly proofDigest: string
  /** What they had before: it stays served as it was. */
  readonly had: readonly SignedPaper[]
  /** What was dropped with it, and is theirs again where it was recorded in error. */
  readonly dropped: {
    readonly deliveryChoice?: DeliveryChoice
    readonly inApp: readonly ServedInApp[]
    /** Papers that became somebody's to serve by it. */
    readonly owed: readonly SignedPaper[]
    /** As they had gone, of what was theirs no more by it, or on its way to them; missing where nothing was. */
    readonly services?: readonly Service[]
    /** The refusals of several organs that came to the phone since then; missing where none did. */
    readonly own?: readonly OwnInApp[]
    /** What was to be revoked, as it stood; missing where nothing was, or they had its notice. */
    readonly revocation?: Revocation
    /** As of the case; missing where it had none. */
    readonly owedAgain?: Instant
  }
}
