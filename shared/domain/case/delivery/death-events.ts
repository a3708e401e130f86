import type { Instant, PlainDate } from '../../kernel/plain-date'

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
    }
  /** It was recorded in error. */
  | {
      readonly at: Instant
      readonly type: 'death-record-withdrawn'
      readonly stepKey: string
      readonly unitId: string
      readonly reasonDigest: string
    }
