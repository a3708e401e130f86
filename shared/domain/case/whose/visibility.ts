import { ENTERS_AT } from '../../organization/entering'
import { isAmongPools } from '../../organization/registry'
import type { ServiceItem } from '../../service-item/item'
import { toldOfBreak } from '../clock/told-of-break'
import type { Pool } from '../context'
import { objectionTakers } from '../publicity/objections'
import { stepOf } from '../route'
import type { CaseState, StepPart } from '../state'
import { isTold, type ToldPool } from '../step/approval-state'
import { type AskedRow, namedAtRow } from '../step/approvals'
import { officersOf } from '../visit/site-visit'

/** A case and who holds it now. */
export interface SeenCase {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly tasks: readonly (Pool & { readonly unstaffed: boolean } & AskedRow)[]
}

/** A member of staff who asks for it. */
export interface AskingStaff {
  readonly staffId: string | null
  /** Empty for who works here no more. */
  readonly pools: readonly Pool[]
  readonly isBarred: boolean
  /** Units in whose place they have acted on the case; a check of the identity and an objection that is taken are none. */
  readonly actedAt: readonly string[]
  /** They have written down why they look, and the day is not over. */
  readonly isLooking: boolean
}

/**
 * `former`: they lost it by transfer, and learn its number, its item and where it went. `objection`: they take what is said
 * against it until its notice is closed, and see what the notice says.
 */
export type StaffSight = 'staff' | 'former' | 'objection' | null

const wasOpen = (part: StepPart) => part.openedAt !== null || part.openedBefore === true

/** The holders of a case's steps, from their step on and afterwards, and whoever holds one in their place now. */
export const holdsStep = (
  { item, state, tasks }: SeenCase,
  { staffId, pools }: Pick<AskingStaff, 'staffId' | 'pools'>,
) =>
  tasks.some(
    (task) =>
      isAmongPools(pools, task) && (namedAtRow(state, task) ?? [staffId]).some((named) => named === staffId),
  ) ||
  pools.some(({ role, unitId }) =>
    state.steps.some(
      (run) =>
        stepOf(item, run.key).role === role &&
        run.parts.some((part) => part.unitId === unitId && wasOpen(part)),
    ),
  )

/** Whoever was asked to allow something, told of silence, of a broken promise or of a stop that is over, or asked whether a decision is revoked, from then on. */
const toldPools = (state: CaseState): readonly ToldPool[] => [
  ...state.approvals.flatMap(({ approvers }) => approvers),
  ...toldOfBreak(state),
  ...state.pauses.flatMap(({ over }) => over?.told ?? []),
  ...(state.silenceTold ?? []),
  ...(state.revocations ?? []).flatMap(({ deciders }) => deciders),
  ...(state.advice ?? []).flatMap(({ answerers, from }) => [...answerers, from]),
]

const wasTold = ({ state }: SeenCase, asking: AskingStaff) =>
  toldPools(state).some((told) => isTold(told, asking))

/** The notice that hangs says that they take what is said against it. */
const isObjectionTaker = ({ item, state }: SeenCase, pools: readonly Pool[]) =>
  objectionTakers(item, state).some((taker) => isAmongPools(pools, taker))

/** Whoever typed the application for somebody, until its owner takes it over. */
const entered = ({ enteredBy, takenOverAt }: CaseState, staffId: string | null) =>
  enteredBy !== null && enteredBy === staffId && takenOverAt === null

/**
 * Who may act for an applicant whose case staff entered, with the person before them, until its owner takes it over: who
 * typed it, the window or agents of that unit, and the holders of the accepting step.
 */
export function mayStandIn(
  { item, state, tasks }: Omit<SeenCase, 'tasks'> & { readonly tasks: readonly HeldTask[] },
  { staffId, pools }: Pick<AskingStaff, 'staffId' | 'pools'>,
): boolean {
  const { channel, enteredAt, enteredBy, takenOverAt } = state
  if (enteredBy === null || takenOverAt !== null) return false
  const roles = channel === null || channel === 'mini' ? [] : ENTERS_AT[channel]
  const accepting = state.steps.filter(({ key }) => stepOf(item, key).kind === 'accept')
  return (
    enteredBy === staffId ||
    pools.some(
      ({ role, unitId }) =>
        (unitId === enteredAt && roles.includes(role)) ||
        accepting.some(
          ({ key, parts }) =>
            (stepOf(item, key).role === role && parts.some((part) => part.unitId === unitId)) ||
            tasks.some(
              (task) =>
                !task.approval && task.stepKey === key && task.role === role && task.unitId === unitId,
            ),
        ),
    )
  )
}

type HeldTask = Pool & { readonly stepKey: string; readonly approval: boolean }

/** A step that nobody holds is shown to the administrator, who finds somebody for it; a sensitive one without its case. */
const isUnstaffed = ({ item, tasks }: SeenCase, pools: readonly Pool[]) =>
  !item.confidential && tasks.some((task) => task.unstaffed) && pools.some(({ role }) => role === 'admin')

/**
 * Under which names staff see a case or learn where it went, now or later on, beside those who look at it for a day and the
 * administrator of what nobody holds: pools as `role:unit`, members as `staff:id`, pools that only take what is said against
 * its notice, and find it by no name, as `objection:role:unit`. Whoever acts on it comes beside them.
 */
export function sightNames({ item, state, tasks }: SeenCase): readonly string[] {
  const opened = state.steps.flatMap((run) =>
    run.parts.filter(wasOpen).map(({ unitId }) => ({ role: stepOf(item, run.key).role, unitId })),
  )
  const lost = state.transfers.map(({ stepKey, unitId }) => ({ role: stepOf(item, stepKey).role, unitId }))
  const nameOf = ({ role, unitId, staffId }: ToldPool) => (staffId ? `staff:${staffId}` : `${role}:${unitId}`)
  const rows = tasks.flatMap((task): readonly ToldPool[] =>
    (namedAtRow(state, task) ?? [undefined]).map((staffId) => ({ ...task, ...(staffId ? { staffId } : {}) })),
  )
  const pools = [...rows, ...opened, ...toldPools(state), ...lost].map(nameOf)
  const objected = objectionTakers(item, state).map((pool) => `objection:${nameOf(pool)}`)
  const members = [...(state.enteredBy === null ? [] : [state.enteredBy]), ...officersOf(state)]
  return [...new Set([...pools, ...objected, ...members.map((id) => `staff:${id}`)])].sort()
}

function hadLost({ item, state }: SeenCase, pools: readonly Pool[]) {
  return state.transfers.some(({ stepKey, unitId }) =>
    pools.some((pool) => pool.unitId === unitId && pool.role === stepOf(item, stepKey).role),
  )
}

/** The case is their work: the whole of it is open to them. Who is barred from it is nobody to it. */
export function seesAsStaff(seen: SeenCase, asking: AskingStaff): boolean {
  const { pools, isBarred, actedAt, isLooking, staffId } = asking
  if (isBarred || pools.length === 0) return false
  const lost = new Set(seen.state.transfers.map(({ unitId }) => unitId))
  const acted = actedAt.some((unitId) => !lost.has(unitId))
  const supervises = isLooking && pools.some(({ role }) => role === 'supervisor')
  return (
    holdsStep(seen, asking) ||
    wasTold(seen, asking) ||
    acted ||
    supervises ||
    entered(seen.state, staffId) ||
    (staffId !== null && officersOf(seen.state).includes(staffId)) ||
    isUnstaffed(seen, pools)
  )
}

/** What a member of staff may see of a case. */
export function staffSight(seen: SeenCase, asking: AskingStaff): StaffSight {
  const { pools, isBarred, actedAt } = asking
  if (isBarred || pools.length === 0) return null
  if (seesAsStaff(seen, asking)) return 'staff'
  if (isObjectionTaker(seen, pools)) return 'objection'
  return actedAt.length > 0 || hadLost(seen, pools) ? 'former' : null
}
