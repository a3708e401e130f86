import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { SignedPaper } from './delivery-state'

/** What becomes known of whom a decision was made for, at the share that hands its papers over. No name stands in it, and no word. */
export type DeathEvent =
  | {
      readonly at: Instant
      readonly type: 'applicant-death-recorded'
      readonly stepKey: string
      readonly unitId: string
      readonly diedOn: PlainDate
      /** Of what was looked at. */
      readonly proofDigest: string
      /**
       * What was served on a day before that one; all else served nobody. Missing before it was kept: what had come into a hand counted
       * as theirs then.
       */
      readonly had?: readonly SignedPaper[]
      /** Put up in their name, with days that were not over while they lived: it hangs for nobody. Missing before it was kept: it hung on. */
      readonly hung?: readonly SignedPaper[]
    }
  /** It was recorded in error. */
  | {
      readonly at: Instant
      readonly type: 'death-record-withdrawn'
      readonly stepKey: string
      readonly unitId: string
      readonly reasonDigest: string
      /** What a family was given meanwhile for who lives, or was on its way to them: it serves nobody. Missing before it was kept: it stood as served then. */
      readonly handed?: readonly SignedPaper[]
      /** The last day to speak of who was told of a revocation before; missing where none is told. */
      readonly speakUntil?: PlainDate
      /** What was revoked meanwhile before who lives could speak, by when it was proposed; missing before it was kept. */
      readonly unheard?: readonly Instant[]
    }
