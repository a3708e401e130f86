import type { PlainDate } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'

/** An open share of a step at one pool of staff, as the queue shows it. */
export interface CaseTask {
  readonly stepKey: string
  readonly partUnitId: string
  readonly role: StaffRole
  readonly unitId: string
  readonly queue: 'to-do' | 'waits-for-applicant' | 'paused'
  readonly assigneeId: string | null
  readonly dueOn: PlainDate | null
  readonly sortOn: PlainDate
  readonly openedAt: string
  readonly unstaffed: boolean
  /** Relatives by the applicant's word who must leave it to others though they hold the pool. */
  readonly barred: readonly string[]
  /** Of whoever was asked to allow something, leads a disowned joint case and ends it, or settles what comes after a decision; the share is not theirs. */
  readonly approval: boolean
  /** A `TaskLine` as JSON; null in rows from before it was kept. */
  readonly line: string | null
}

/** Work that comes to somebody. */
export interface OpenedTask extends CaseTask {
  /** To these alone, beside or in place of who had it; missing where it comes to all who have it. */
  readonly onlyTo?: readonly string[]
}
