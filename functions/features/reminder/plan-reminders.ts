import { awayUntil } from '#shared/domain/case/step/told-of'
import type { Registry, StaffMember } from '#shared/domain/organization/registry'
import type { StaffRole } from '#shared/domain/organization/staff'
import { remindersOf } from '#shared/domain/reminder/plan'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Ids } from '../../platform/ports/ids'
import { handlersIn, type PlanReminders } from '../case'
import { sealBody } from './body'

/** The reference data by which the change itself was decided. */
interface PlanReference {
  readonly calendar: WorkingCalendar
  readonly units: Registry['units']
  holders(role: StaffRole, unitId: string): readonly StaffMember[]
}

export interface PlanDeps {
  readonly cipher: Cipher
  readonly ids: Ids
  readonly clock: Clock
  /** Asked at each change, so that new units and holders are known. */
  readonly reference: () => PlanReference
}

/** Turns a change of a case into rows of the outbox, to be written in its transaction. */
export function createPlanReminders({ cipher, ids, clock, reference }: PlanDeps): PlanReminders {
  return (change) => {
    const known = reference()
    const { calendar, units, holders } = known
    const now = clock.now()
    const context = {
      calendar,
      units,
      // Nobody is told of work that is their own case's.
      holders: (role: StaffRole, unitId: string) =>
        holders(role, unitId).filter(({ id }) => !change.ownStaff.includes(id)),
      isAway: awayUntil(now, calendar),
      handlersOf: handlersIn({ state: change.after, ownStaff: change.ownStaff, reference: known, now }),
      unitName: (unitId: string) => units.get(unitId)?.shortName ?? '办事单位',
    }
    return remindersOf(change, context, now).map((planned) => {
      const id = ids.next()
      return {
        id,
        ...(planned.caseId === undefined ? {} : { caseId: planned.caseId }),
        eventId: planned.eventId,
        kind: planned.kind,
        recipient: planned.recipient,
        urgent: planned.urgent,
        templateId: planned.templateId,
        bodySealed: sealBody(cipher, id, planned),
        channel: planned.channel,
        availableAt: now,
      }
    })
  }
}
