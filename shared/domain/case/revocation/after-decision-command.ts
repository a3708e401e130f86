import type { Pool } from '../context'
import type { CaseEvent } from '../events'
import type { RevocationBasis } from './revocation-state'

type DecisionCorrected = Extract<CaseEvent, { type: 'decision-corrected' }>

/** Texts are sealed elsewhere; here stand their digests. */
export type AfterDecisionCommand =
  | {
      readonly type: 'correct-decision'
      /** Whose, of whom has several; missing: the first of which it may be. */
      readonly unitId?: string
      readonly writtenDigest: string
      readonly correctedDigest: string
      readonly reasonDigest: string
      readonly ofHolder?: true
      readonly named?: NonNullable<DecisionCorrected['named']>
    }
  | {
      readonly type: 'advise-revocation'
      /** Whose, of several organs that decide each their own part; missing: the only one there is to mean. */
      readonly unitId?: string
      readonly basis: RevocationBasis
      readonly reasonDigest: string
      readonly answerers: readonly Pool[]
      readonly settleDays?: number
    }
  | {
      readonly type: 'propose-revocation'
      /** As of a correction. */
      readonly unitId?: string
      readonly basis: RevocationBasis
      readonly reasonDigest: string
      readonly speakDays: number
      readonly newFactDigest?: string
      /** It says what was weighed already when the decision was kept. */
      readonly isKnownFact?: boolean
      readonly settleDays?: number
      readonly deciders: readonly Pool[]
    }
  | { readonly type: 'record-statement'; readonly unitId?: string; readonly statementDigest: string }
  /** By the applicant. */
  | {
      readonly type: 'speak'
      readonly statementDigest: string
      readonly isAll: boolean
      /** The staff who write it down in the applicant's place. */
      readonly recordedBy?: string
    }
  | {
      readonly type: 'revoke-decision'
      readonly unitId?: string
      readonly reasonDigest: string
      /** Of a refused booking: there is no room any more for what it had booked. */
      readonly seatsGone?: true
    }
  | {
      readonly type: 'keep-decision' | 'decline-advice'
      /** Whose, of several organs that decide each their own part; missing: the only one there is to mean. */
      readonly unitId?: string
      readonly reasonDigest: string
      /** Of what is taken back: there is no room any more for what it had booked. */
      readonly seatsGone?: true
    }
