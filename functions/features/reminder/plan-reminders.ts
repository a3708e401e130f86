import type { StaffRole } from '#shared/domain/organization/staff'
import type { PlannedReminder } from '#shared/domain/reminder/change'
import { remindersOf } from '#shared/domain/reminder/plan'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Ids } from '../../platform/ports/ids'
import type { PlanReminders } from '../case'
import { sealBody } from './body'

/** The reference data by which the change itself was decided. */
interface PlanReference {
  readonly calendar: WorkingCalendar
  readonly units: ReadonlyMap<string, { readonly shortName: string }>
  holders(role: StaffRole, unitId: string): readonly { readonly id: string }[]
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
    const { calendar, units, holders } = reference()
    const now = clock.now()
    const context = {
      calendar,
      // Nobody is told of work that is their own case's.
      holders: (role: StaffRole, unitId: string) =>
        holders(role, unitId).filter(({ id }) => !change.ownStaff.includes(id)),
      unitName: (unitId: string) => units.get(unitId)?.shortName ?? '办事单位',
    }
    const { afterIfConfirmed: after } = change
    const unconfirmed = remindersOf(change, context, now)
    const plans = after ? either(unconfirmed, remindersOf({ ...change, after }, context, now)) : unconfirmed
    return plans.map(({ onlyIf, ...planned }: Either) => {
      const id = ids.next()
      return {
        ...(onlyIf === undefined ? {} : { onlyIf }),
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

interface Either extends PlannedReminder {
  readonly onlyIf?: boolean
}

/** What is told either way is told once. */
function either(unconfirmed: readonly PlannedReminder[], confirmed: readonly PlannedReminder[]): Either[] {
  const keyOf = (planned: PlannedReminder) => JSON.stringify(planned)
  const [without, withIt] = [unconfirmed, confirmed].map((all) => new Set(all.map(keyOf)))
  return [
    ...unconfirmed.map((each) => (withIt?.has(keyOf(each)) ? each : { ...each, onlyIf: false })),
    ...confirmed.flatMap((each) => (without?.has(keyOf(each)) ? [] : [{ ...each, onlyIf: true }])),
  ]
}
