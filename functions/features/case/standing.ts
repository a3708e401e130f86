import type { CaseActor, CaseContext, Pool } from '#shared/domain/case/actions'
import { approversFor } from '#shared/domain/case/approvals'
import { isBarred } from '#shared/domain/case/barred'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { type CaseState, openParts } from '#shared/domain/case/state'
import { type StaffSight, staffSight } from '#shared/domain/case/visibility'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { asFiled } from '#shared/domain/service-item/fast-track'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import type { CaseTask } from './outbox'
import type { CaseRow, Relation } from './queries'
import { isMemberBarred } from './tasks'

/** The reference data that a statement has seen the revision of. */
export async function referenceAt({ reference }: Pick<CaseDeps, 'reference'>, revision: number) {
  const known = await reference.cached()
  return known.revision === revision ? known : reference.refresh()
}

/** The guide that a case was filed under, as it is for this case. */
export const itemOf = (
  reference: Reference,
  { serviceItemId, itemVersion, state }: Pick<CaseRow, 'serviceItemId' | 'itemVersion' | 'state'>,
) => asFiled(reference.at(serviceItemId, itemVersion), state)

/** What the principal is to a case beside their work: its owner, whoever filed it, or whoever typed it for somebody. */
export interface Claim {
  readonly owner: boolean
  readonly filer: boolean
  readonly typist: boolean
}

/** A row of a list is as good as the whole case. */
type Held = Pick<CaseRow, 'applicantIndex' | 'serviceItemId' | 'filedBy' | 'ownerId' | 'state'>

const holdsPower = ({ powers }: Principal, { applicantIndex, serviceItemId }: Held) =>
  powers.some(
    ({ firmIndex, itemIds }) =>
      firmIndex === applicantIndex && (itemIds === null || itemIds.includes(serviceItemId)),
  )

export function claimOf(caseRow: Held, principal: Principal): Claim {
  const { applicantIndex, filedBy, ownerId, state } = caseRow
  const isPerson = principal.realNameLevel === 3 && principal.idNumberIndex === applicantIndex
  const entered = state.enteredBy !== null && ownerId === null
  const files = (ownerId ?? filedBy) === principal.profileId
  return {
    owner: applicantIndex !== null && (isPerson || holdsPower(principal, caseRow)),
    filer: files && !entered,
    typist: files && entered,
  }
}

/** Filed by somebody else for the principal, who may have it alone from now on. */
export function mayTakeOver(caseRow: Held, principal: Principal) {
  const { owner, filer } = claimOf(caseRow, principal)
  return owner && !filer && caseRow.ownerId === null
}

/** A case as a statement has found it for who asks. */
export interface FoundCase {
  readonly caseRow: CaseRow
  readonly tasks: readonly CaseTask[]
  readonly relation: Relation | null
}

export type Viewer = 'applicant' | 'staff' | 'former'

/** The relation of who asks to a case; null when it must not be known to them. */
export function viewerOf(item: ServiceItem, found: FoundCase, principal: Principal): Viewer | null {
  const { caseRow } = found
  const { owner, filer } = claimOf(caseRow, principal)
  if (owner || filer) return 'applicant'
  return sightOf(item, found, principal)
}

/** What the asking member of staff may see, whatever else the case is to them. */
export const sightOf = (
  item: ServiceItem,
  { caseRow, tasks, relation }: FoundCase,
  principal: Principal,
): StaffSight =>
  staffSight(
    { item, state: caseRow.state, tasks },
    {
      staffId: principal.staffId,
      pools: principal.pools,
      isBarred: isBarred(caseRow, principal),
      actedAt: relation?.actedAt ?? [],
      isLooking: relation?.isLooking ?? false,
    },
  )

/** Whoever filed it was confirmed after filing, or was given a power: the case learns of it with its next event. */
export function confirmedSince(
  { state, filerConfirmed }: Pick<CaseRow, 'state' | 'filerConfirmed'>,
  at: Instant,
): readonly CaseEvent[] {
  if (state.identityConfirmed || !filerConfirmed || state.endedAt !== null) return []
  const [open] = openParts(state)
  const target = { stepKey: open?.step.key ?? '', unitId: open?.part.unitId ?? state.organUnitId }
  const by = state.applicant?.kind === 'firm' ? 'power' : 'wechat'
  return [{ type: 'identity-confirmed', by, at, ...target }]
}

/** The state that decisions and pages go by. */
export const currentState = (
  item: ServiceItem,
  caseRow: Pick<CaseRow, 'state' | 'filerConfirmed'>,
  now: Instant,
): CaseState =>
  confirmedSince(caseRow, now).reduce<CaseState>((state, event) => evolve(item, state, event), caseRow.state)

export const staffActor = (caseRow: CaseRow, principal: Principal): CaseActor => ({
  kind: 'staff',
  staffId: principal.staffId,
  pools: principal.pools,
  // Whoever may act for the firm is as little a stranger to its case.
  isBarred: isBarred(caseRow, principal) || claimOf(caseRow, principal).owner,
})

export function staffContext(
  caseRow: CaseRow,
  tasks: readonly CaseTask[],
  principal: Principal,
  reference: Reference,
  now: Instant,
): CaseContext {
  const poolsOf = (key: string, unitId: string): readonly Pool[] =>
    tasks.filter((task) => !task.approval && task.stepKey === key && task.partUnitId === unitId)
  const item = reference.at(caseRow.serviceItemId, caseRow.itemVersion)
  return {
    now,
    calendar: reference.calendar,
    actor: staffActor(caseRow, principal),
    poolsOf: (step, unitId) => poolsOf(step.key, unitId),
    approversOf: (kind, unitId) =>
      approversFor(reference, { item, state: caseRow.state }, kind, unitId, (member) =>
        isMemberBarred(caseRow, member),
      ),
  }
}
