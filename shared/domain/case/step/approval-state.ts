import type { Instant } from '../../kernel/plain-date'
import type { StaffRole } from '../../organization/staff'

/** What the holder of a step may ask somebody else to allow. */
export const APPROVAL_KINDS = ['extend', 'request-correction', 'suspend'] as const
export type ApprovalKind = (typeof APPROVAL_KINDS)[number]

/** 一次性告知 is said once: whatever comes after it bears this name, on its document too. */
export const SECOND_NOTICE = '再次补正告知'

/** As the office says it. */
export const APPROVAL_LABELS = {
  extend: '延长期限',
  'request-correction': SECOND_NOTICE,
  suspend: '暂停计时',
} as const satisfies Record<ApprovalKind, string>

/** A request for approval (请示) at a share of a step. */
export interface Approval {
  readonly for: ApprovalKind
  readonly stepKey: string
  readonly unitId: string
  readonly askedAt: Instant
  /** Staff id. */
  readonly askedBy: string | null
  /** Whose task the answer is; they see the case from now on. */
  readonly approvers: readonly { readonly role: StaffRole; readonly unitId: string }[]
  /** None of them is there, nor who would stand in; missing where somebody is. */
  readonly nobody?: true
  readonly reasonDigest: string
  /** An event of its own closed it: done as asked, refused, or the law's date. What its step or case ended is not written. */
  readonly answeredAt: Instant | null
  /** Done as asked, or refused; null until then, and where nobody can answer any more. */
  readonly granted: boolean | null
}
