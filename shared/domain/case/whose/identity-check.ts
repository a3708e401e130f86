import type { StaffRole } from '../../organization/staff'
import type { ServiceItem } from '../../service-item/item'
import type { CaseActor, Pool } from '../context'
import type { CaseState } from '../state'
import { isWithdrawable } from './applicant-acts'
import { isUnnamed } from './identity'

/** How often one member of staff may look for cases by a card's number: a counter sees one person after the other. */
export const LOOK_UPS_AN_HOUR = 60

/** As it is called where it stands among the acts. */
export const IDENTITY_CHECK = '当面核身份'

/** Who has people before them. */
export const FACE_TO_FACE: readonly StaffRole[] = [
  'village-agent',
  'town-window',
  'window',
  'dept-window',
  'project-officer',
]

/**
 * By which of their pools an actor may check the identity for this case: counter and village agent, who have the person
 * and the card before them, in the applicant's place, where it was typed or in a unit of its steps. Undefined when they
 * may not: what is decided was decided on whoever it names, and nobody who comes afterwards is written into it.
 */
export function findCheckingPool(item: ServiceItem, state: CaseState, actor: CaseActor): Pool | undefined {
  if (actor.kind !== 'staff' || actor.isBarred || state.identityConfirmed || !isWithdrawable(state))
    return undefined
  if (state.applicant?.disowned && !isUnnamed(item, state)) return undefined
  const units = new Set([
    state.where.villageId,
    state.where.townId,
    item.departmentId,
    state.enteredAt,
    ...state.steps.flatMap((run) => run.parts.map((part) => part.unitId)),
  ])
  return actor.pools.find((pool) => FACE_TO_FACE.includes(pool.role) && units.has(pool.unitId))
}

export const mayConfirmIdentity = (item: ServiceItem, state: CaseState, actor: CaseActor) =>
  findCheckingPool(item, state, actor) !== undefined
