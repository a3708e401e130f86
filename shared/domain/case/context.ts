import type { Instant, PlainDate } from '../kernel/plain-date'
import type { StaffRole } from '../organization/staff'
import type { Step } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import type { Speaker } from './delivery/delivery-state'
import type { CorrectionRule, StepTarget } from './state'
import type { ApprovalKind } from './step/approval-state'

/** A role in a unit: whoever holds it may act. */
export interface Pool {
  readonly role: StaffRole
  readonly unitId: string
}

/** The very person whom a leave names, of the same organ. */
export interface StandIn {
  readonly staffId: string
  /** Staff id. */
  readonly inPlaceOf: string
}

export type CaseActor =
  | {
      readonly kind: 'applicant'
      readonly mayWithdraw: boolean
      readonly mayTakeOver: boolean
      readonly mayDisown: boolean
      /** They wait for it themselves, or filed it for whoever does. */
      readonly mayNudge: boolean
      /** What was decided is theirs to answer for. */
      readonly isHolder: boolean
      /** It is the holder, or may give up in their place what the law gives them: a power to apply for one thing does not reach so far. */
      readonly mayWaive: boolean
      readonly speaksAs: Speaker
    }
  | {
      readonly kind: 'staff'
      readonly staffId?: string | null
      readonly pools: readonly Pool[]
      readonly isBarred: boolean
    }
  | { readonly kind: 'system' }

export interface CaseContext {
  readonly now: Instant
  readonly calendar: WorkingCalendar
  /** Of notices that go out now. */
  readonly correctionRule: CorrectionRule
  readonly actor: CaseActor
  /** The applicant, or whoever filed for them, has an account: what is sent to a phone reaches somebody. */
  readonly isReached: boolean
  /** The applicant themselves has one: what is against them is not told to the phone of who filed it for them alone. */
  readonly isApplicantReached: boolean
  /** Everybody a share of a step belongs to, substitutes of an unstaffed pool included. */
  readonly poolsOf: (step: Step, unitId: string) => readonly Pool[]
  /** Whoever holds a share, is there until it is due and may handle the case: of a step that each of them has to pass. */
  readonly signersAt: (target: StepTarget) => readonly string[]
  /** Who decides a share in place of its holders, of whom nobody is there. */
  readonly standInsAt: (target: StepTarget) => readonly StandIn[]
  /** Who has the task of ending a disowned joint case at a share of it: whoever leads it, substitutes included. */
  readonly leadersAt: (target: StepTarget) => readonly Pool[]
  /** Whoever holds one of these pools, may handle the case and is not away until a day; of no day nobody is asked whether they are. */
  readonly handlersOf: (pools: readonly Pool[], until: PlainDate | null) => readonly string[]
  /** Who answers for what the holder of a unit's share may not do alone; empty when there is nobody. */
  readonly approversOf: (kind: ApprovalKind, unitId: string) => readonly Pool[]
}

/** What the case knows nothing of as an act names it, by its name in the command. */
export type UnknownField =
  | 'stepKey'
  | 'toStepKey'
  | 'toUnitId'
  | 'raisedOn'
  | 'tells'
  | 'paidOn'
  | 'cause'
  | 'for'
  | 'method'
  | 'address'
  | 'postedOn'
  | 'receivedOn'
  | 'returnedOn'
  | 'takenOn'
  | 'taker'
  | 'family'
  | 'diedOn'
  | 'unitId'

export type CaseError =
  | { readonly code: 'case.action-not-allowed' }
  | { readonly code: 'case.not-your-task' }
  | { readonly code: 'case.signed-before' }
  | { readonly code: 'case.own-case' }
  | { readonly code: 'case.reason-missing' }
  | { readonly code: 'case.identity-unconfirmed' }
  | { readonly code: 'case.rests-on-refused' }
  | { readonly code: 'case.visit-missing' }
  | { readonly code: 'case.visit-unsigned' }
  | { readonly code: 'case.visit-changed' }
  | { readonly code: 'case.visit-points' }
  | { readonly code: 'case.visit-remark' }
  | { readonly code: 'case.visit-words' }
  | { readonly code: 'case.visit-day' }
  | { readonly code: 'case.visit-why-anew' }
  | { readonly code: 'case.rectification-open' }
  | { readonly code: 'case.publicity-running' }
  | { readonly code: 'case.publicity-over' }
  | { readonly code: 'case.second-correction' }
  | { readonly code: 'case.drafts-awaited' }
  | { readonly code: 'case.drafts-unsent' }
  | { readonly code: 'case.draft-left-out' }
  | { readonly code: 'case.draft-unreturnable' }
  | { readonly code: 'case.extended-before' }
  | { readonly code: 'case.limit-over' }
  | { readonly code: 'case.undecided' }
  | { readonly code: 'case.undo-over' }
  | { readonly code: 'case.unpaid' }
  | { readonly code: 'case.target-unknown'; readonly field: UnknownField }
  | { readonly code: 'case.recheck-day' }
  | { readonly code: 'case.promise-runs' }
  | { readonly code: 'case.promised-anew' }
  | { readonly code: 'case.new-day-past' }
  | { readonly code: 'case.new-day-off' }
  | { readonly code: 'case.new-day-beyond-law' }
  | { readonly code: 'case.new-day-before-shares' }
  | { readonly code: 'time-limit.calendar-missing'; readonly year: number }
  | { readonly code: 'case.officers-too-few' }
  | { readonly code: 'case.identity-fixed' }
  | { readonly code: 'case.applicant-unnamed' }
  | { readonly code: 'application.disowned' }
  | { readonly code: 'case.named-disowner' }
  | { readonly code: 'case.hearing-open' }
  | { readonly code: 'case.hearing-undated' }
  | { readonly code: 'case.hearing-unserved' }
  | { readonly code: 'case.not-posted' }
  | { readonly code: 'case.posted-before' }
  | { readonly code: 'case.taking-back' }
  | { readonly code: 'case.revoked-unheard' }
  | { readonly code: 'case.not-returned' }
  | { readonly code: 'case.announcement-runs' }
  | { readonly code: 'case.post-unnumbered' }
  | { readonly code: 'case.goes-to-family' }
  | { readonly code: 'case.own-proposal' }
  | { readonly code: 'case.own-record' }
  | { readonly code: 'case.own-slip' }
  | { readonly code: 'case.own-decision' }
  | { readonly code: 'case.own-advice' }
  | { readonly code: 'case.not-your-organ' }
  | { readonly code: 'case.revocation-open' }
  | { readonly code: 'case.own-refusal-stands' }
  | { readonly code: 'case.revoked-before' }
  | { readonly code: 'case.look-unasked' }
  | { readonly code: 'case.revocation-unserved' }
  | { readonly code: 'case.advice-open' }
  | { readonly code: 'case.new-fact-missing' }
  | { readonly code: 'case.renewed-by-law' }
  | { readonly code: 'case.advice-ordered' }
  | { readonly code: 'case.revoker-missing' }
  | { readonly code: 'case.refused-before' }
  | { readonly code: 'case.same-refusal' }
  | { readonly code: 'case.nudged-before' }
  | { readonly code: 'case.nudge-unheard' }
  | { readonly code: 'case.approval-asked' }
  | { readonly code: 'case.approval-answered' }
