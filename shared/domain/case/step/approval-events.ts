import type { Instant } from '../../kernel/plain-date'
import type { Approval, ApprovalKind } from './approval-state'

interface AtStep {
  readonly at: Instant
  readonly stepKey: string
  readonly unitId: string
}
interface Reasoned {
  readonly reasonDigest: string
}

/** What becomes of a request (请示). Reasons stand encrypted and are named by their digests. */
export type ApprovalEvent =
  | (AtStep &
      Reasoned & {
        readonly type: 'approval-requested'
        readonly for: ApprovalKind
        /** Staff id. */
        readonly askedBy: string | null
        readonly approvers: Approval['approvers']
      })
  | (AtStep & Reasoned & { readonly type: 'approval-rejected'; readonly for: ApprovalKind })
  /** The law's date passed before anybody answered: what has run out is prolonged by nobody (行政许可法 第42条). */
  | (AtStep & { readonly type: 'approval-lapsed'; readonly for: ApprovalKind })
  /** Others are there than when it was asked: who has it from now on and who no more, that nobody has, or somebody again. */
  | (AtStep & {
      readonly type: 'approvers-changed'
      readonly for: ApprovalKind
      readonly added: Approval['approvers']
      /** Who is not asked any more, since others are there; missing in older events, where nobody lost it. */
      readonly removed?: Approval['approvers']
      /** Nobody may answer; missing where somebody may. */
      readonly nobody?: true
    })
