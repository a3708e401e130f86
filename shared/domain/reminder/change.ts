import type { CaseDue } from '../case/clock/clocks'
import type { CaseContext } from '../case/context'
import type { CaseEvent } from '../case/events'
import type { CaseState } from '../case/state'
import type { Holders } from '../case/step/told-of'
import type { AwaitedReader } from '../case/whose/identity'
import type { Registry } from '../organization/registry'
import type { Leave } from '../organization/staff'
import type { ServiceItem } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import type { MessageKind } from './message-kinds'
import type { StaffTask } from './staff-task'

/** A change of a case, as far as people must be told of it. */
export interface ReminderChange {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: ServiceItem
  /** Null where it is filed with this. */
  readonly before: CaseState | null
  readonly after: CaseState
  readonly events: readonly { readonly id: string; readonly event: CaseEvent }[]
  readonly due: CaseDue
  readonly held: readonly HeldTask[]
  readonly opened: readonly HeldTask[]
  readonly parties: readonly Party[]
  /** The last digits of the card that money goes to from now on, where it has changed. */
  readonly newCard: string | null
  /** Why a limit was prolonged, which the applicant is told (行政许可法 第42条). */
  readonly reason?: string | null
  /** Where the applicant died: what else of theirs is under way. */
  readonly others?: readonly OtherCase[]
  readonly actor: { readonly staffId: string | null; readonly profileId: string | null }
}

export type HeldTask = StaffTask & {
  readonly queue: 'to-do' | 'waits-for-applicant' | 'paused'
  readonly assigneeId: string | null
  readonly barred: readonly string[]
  readonly approval: boolean
  readonly partUnitId: string
  /** Whom alone it is news to; missing where it is to all who have it. */
  readonly onlyTo?: readonly string[]
}

/** Another case of the same applicant. */
interface OtherCase extends Pick<ReminderChange, 'caseId' | 'caseNumber' | 'item'> {
  readonly tasks: readonly HeldTask[]
}

/** Somebody whose the case is, or who filed it for them; while it is being filed both are found by the statement. */
export interface Party {
  readonly recipient: 'filer' | 'owner' | `profile:${string}`
  readonly as: 'filer' | 'owner' | 'new-owner' | 'former-owner'
  /** What they have to do for the identity goes by this; anybody's words where it is missing. */
  readonly awaited?: AwaitedReader
}

interface Member {
  readonly id: string
  readonly name: string
  readonly leave?: readonly Leave[]
}

export interface PlanContext extends Holders<Member> {
  readonly calendar: WorkingCalendar
  readonly units: Registry['units']
  readonly unitName: (unitId: string) => string
  /** Of pools whoever may handle the case and is there until a day, as the doors count them. */
  readonly handlersOf: CaseContext['handlersOf']
}

/**
 * A message before it is sealed. No personal data: item, number of the case, days; beside them in the lines, which never
 * leave the house, the reason that the law has told.
 */
export interface PlannedReminder {
  /** Where it is not of the case that changed. */
  readonly caseId?: string
  readonly eventId: string
  readonly kind: MessageKind
  readonly recipient: Party['recipient'] | `staff:${string}`
  readonly urgent: boolean
  readonly channel: 'subscribe' | 'relation' | 'inbox'
  readonly templateId: string | null
  readonly title: string
  readonly lines: readonly string[]
  /** With its query, without leading slash. */
  readonly page: string
  /** Template keyword -> value, within the limits of its type. */
  readonly data: Readonly<Record<string, string>>
}
