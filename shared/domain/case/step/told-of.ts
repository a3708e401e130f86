import type { Instant, PlainDate } from '../../kernel/plain-date'
import { isAwayBetween, spanUntil } from '../../organization/duty'
import type { Leave, StaffRole } from '../../organization/staff'
import { provisionalWorkingDay, type WorkingCalendar } from '../../time-limit/calendar'

/** An open share of a step before one of its pools. */
export interface ToldShare {
  readonly stepKey: string
  readonly partUnitId: string
  readonly role: StaffRole
  readonly unitId: string
  readonly assigneeId: string | null
  /** Relatives by the applicant's word, who must leave it to others. */
  readonly barred: readonly string[]
}

interface Member {
  readonly id: string
}

/** Who holds which post, less whose own the case is, and who of them is away until a day. */
export interface Holders<Person extends Member> {
  readonly holders: (role: StaffRole, unitId: string) => readonly Person[]
  readonly isAway: (person: Person, dueOn: PlainDate | null) => boolean
}

/** Whoever is on leave as long as a share runs is not disturbed before: then those hear of it too who could do it in time. */
export const awayUntil =
  (now: Instant, calendar: WorkingCalendar) =>
  ({ leave = [] }: { readonly leave?: readonly Leave[] }, dueOn: PlainDate | null): boolean =>
    isAwayBetween({ leave }, spanUntil(now, dueOn), provisionalWorkingDay(calendar))

/**
 * Whom of a pool a share is told: the one to whom it was given, while they hold it in this pool or in another of its pools
 * and may handle it, unless they are away as long as it runs; else every holder who may. `held` are the shares of its case, or
 * those of this share.
 */
export function toldOf<Person extends Member>(
  task: ToldShare & { readonly dueOn: PlainDate | null },
  held: readonly ToldShare[],
  { holders, isAway }: Holders<Person>,
): readonly Person[] {
  const able = ({ role, unitId, barred }: ToldShare) =>
    holders(role, unitId).filter(({ id }) => !barred.includes(id))
  const isAssignee = ({ id }: Member) => id === task.assigneeId
  const isHeld = held.some(
    (each) =>
      each.stepKey === task.stepKey &&
      each.partUnitId === task.partUnitId &&
      able(each).some((person) => isAssignee(person) && !isAway(person, task.dueOn)),
  )
  return isHeld ? able(task).filter(isAssignee) : able(task)
}
