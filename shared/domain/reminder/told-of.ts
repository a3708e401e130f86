import type { StaffRole } from '../organization/staff'

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

/**
 * Whom of a pool a share is told: the one to whom it was given, while they hold it in this pool or in another of its pools
 * and may handle it, unless `isAway` as long as it runs; else every holder who may. `held` are the shares of its case, or those of this share; `holders` leaves
 * out whose own the case is.
 */
export function toldOf<Person extends Member>(
  task: ToldShare,
  held: readonly ToldShare[],
  holders: (role: StaffRole, unitId: string) => readonly Person[],
  isAway: (person: Person) => boolean = () => false,
): readonly Person[] {
  const able = ({ role, unitId, barred }: ToldShare) =>
    holders(role, unitId).filter(({ id }) => !barred.includes(id))
  const isAssignee = ({ id }: Member) => id === task.assigneeId
  const isHeld = held.some(
    (each) =>
      each.stepKey === task.stepKey &&
      each.partUnitId === task.partUnitId &&
      able(each).some((person) => isAssignee(person) && !isAway(person)),
  )
  return isHeld ? able(task).filter(isAssignee) : able(task)
}
