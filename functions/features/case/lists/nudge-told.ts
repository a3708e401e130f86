import type { CaseState } from '#shared/domain/case/state'
import { sharesToNudge } from '#shared/domain/case/step/nudge'
import { nudgeHeard } from '#shared/domain/case/step/nudge-heard'
import { awayUntil } from '#shared/domain/case/step/told-of'
import { ownAmongStaff } from '#shared/domain/case/whose/barred'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { StaffMember } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../../service-item'
import type { CaseRow } from '../case-row'
import type { CaseTask } from '../task'
import { tasksOf } from './tasks'

interface Nudged {
  readonly item: ServiceItem
  /** As it stands on time. */
  readonly state: CaseState
  readonly caseRow: CaseRow
  /** As they were written. */
  readonly tasks: readonly CaseTask[]
  readonly reference: Reference
  readonly now: Instant
}

/** Who would hear of a nudge now, by what share, and of which pools they are; by the rule that tells them then. */
export function nudgeTold({ item, state, caseRow, tasks, reference, now }: Nudged) {
  const shares = sharesToNudge(item, state, { now, calendar: reference.calendar })
  if (shares.length === 0) return []
  const { ownStaff, documents } = caseRow
  const own = ownAmongStaff({ state, ownStaff })
  const heardAmong = (held: readonly CaseTask[]) =>
    nudgeHeard<CaseTask, StaffMember>(shares, held, {
      holders: (role, unitId) => reference.holders(role, unitId).filter(({ id }) => !own.includes(id)),
      isAway: awayUntil(now, reference.calendar),
    })
  const told = heardAmong(tasks)
  // A day that is over has opened other work than was written.
  const isBehind = told.length === 0 && state.version !== caseRow.state.version
  return isBehind ? heardAmong(tasksOf({ item, state, reference, now, ownStaff, documents }, tasks)) : told
}

export const unitsTold = (told: ReturnType<typeof nudgeTold>): readonly string[] => [
  ...new Set(told.map(({ task }) => task.unitId)),
]
