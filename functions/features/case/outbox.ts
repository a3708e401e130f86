import type { CaseDue } from '#shared/domain/case/clock/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { CaseTask, OpenedTask } from './task'
import type { Party } from './whose/parties'

/** What a change of a case is, for whoever must tell people about it. */
interface CaseChange {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: ServiceItem
  readonly before: CaseState | null
  readonly after: CaseState
  readonly events: readonly { readonly id: string; readonly event: CaseEvent }[]
  readonly due: CaseDue
  /** Every task that stands after it. */
  readonly held: readonly CaseTask[]
  /** Tasks that this change opened. */
  readonly opened: readonly OpenedTask[]
  /** Staff whose own the case is: nobody is told of work that they must not do. */
  readonly ownStaff: readonly string[]
  /** Whom it is told beside staff. */
  readonly parties: readonly Party[]
  /** The last digits of the card that money goes to from now on, where it has changed. */
  readonly newCard: string | null
  /** Why a limit was prolonged, which the applicant is told (行政许可法 第42条); numbers in it are masked. */
  readonly reason?: string | null
  /** What else of an applicant who died is under way. */
  readonly others?: readonly {
    readonly caseId: string
    readonly caseNumber: string
    readonly item: ServiceItem
    readonly tasks: readonly CaseTask[]
  }[]
  /** Who caused the change need not be told of it. */
  readonly actor: { readonly staffId: string | null; readonly profileId: string | null }
}

/** Stands for the number of a case that is being filed: the statement that draws it also writes the reminder. */
export const CASE_NUMBER_TO_COME = '{case-number}'

/** A row of the outbox, written in the transaction of the change. */
export interface OutboxRow {
  readonly id: string
  /** Where it is not of the case that changed. */
  readonly caseId?: string
  readonly eventId: string
  readonly kind: string
  readonly recipient: Party['recipient'] | `staff:${string}`
  readonly urgent: boolean
  readonly templateId: string | null
  readonly bodySealed: string
  readonly channel: 'subscribe' | 'relation' | 'inbox'
  readonly availableAt: string
}

/** Plans the reminders of a change; given to the case feature by app.ts, since reminders come after cases. */
export type PlanReminders = (change: CaseChange) => readonly OutboxRow[]
