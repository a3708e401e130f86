import type { CaseActor, CaseContext, Pool } from '#shared/domain/case/actions'
import { approversFor } from '#shared/domain/case/approvals'
import { isBarred } from '#shared/domain/case/barred'
import type { Bringer } from '#shared/domain/case/brought'
import { confirmedWith } from '#shared/domain/case/decide'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import { type StaffSight, staffSight } from '#shared/domain/case/visibility'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { asFiled } from '#shared/domain/service-item/fast-track'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import type { Reference } from '../service-item'
import type { CaseRow, OwnedCase, Relation } from './case-row'
import type { CaseDeps } from './deps'
import type { CaseTask } from './outbox'
import { isMemberBarred } from './tasks'

/** The reference data that a statement has seen the revision of. */
export const referenceAt = ({ reference }: Pick<CaseDeps, 'reference'>, revision: number) =>
  reference.since(revision)

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

const holdsPower = (
  { powers }: Principal,
  { applicantIndex, serviceItemId }: Pick<CaseRow, 'applicantIndex' | 'serviceItemId'>,
) =>
  powers.some(
    ({ firmIndex, itemIds }) =>
      firmIndex === applicantIndex && (itemIds === null || itemIds.includes(serviceItemId)),
  )

export function claimOf(
  caseRow: Pick<CaseRow, 'applicantIndex' | 'serviceItemId' | 'filedBy' | 'ownerId' | 'state'>,
  principal: Principal,
): Claim {
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

/**
 * What somebody may do with a case that is theirs, null for whose it is not. Once there is an owner, whoever filed for them
 * keeps reading and answering, and takes nothing back.
 */
export function applicantActor(
  { owners, ownerId }: Pick<OwnedCase, 'owners' | 'ownerId'>,
  { owner, filer, typist }: Claim,
): Extract<CaseActor, { kind: 'applicant' }> | null {
  if (!owner && !filer && !typist) return null
  return {
    kind: 'applicant',
    mayWithdraw: owner || owners.length === 0,
    mayTakeOver: owner && !filer && ownerId === null,
  }
}
/** What somebody may bring goes by this. Where the form asks for no number, whoever files is who it is for. */
export const bringerOf = (
  { applicantIndex, owners }: Pick<OwnedCase, 'applicantIndex' | 'owners'>,
  claim: Claim,
): Bringer => ({
  ...claim,
  owner: claim.owner || (applicantIndex === null && claim.filer),
  ownerKnown: owners.length > 0,
})

/** The one rating is the owner's where one is known; else whoever filed it gives it. 一事一评 */
export const isRater = ({ owners }: Pick<OwnedCase, 'owners'>, { owner, filer }: Claim) =>
  owner || (filer && owners.length === 0)

/** Whoever filed for somebody reads what they brought themselves; whoever else sees the case reads all of it. */
export const readsOwnAlone = ({ applicantIndex }: CaseRow, { owner, filer }: Claim) =>
  filer && !owner && applicantIndex !== null

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

/**
 * Whoever filed it was confirmed after filing, or was given a power: the case learns of it with its next event, and counts
 * from when it happened.
 */
export function confirmedSince({ state, filerConfirmed }: CaseRow, now: Instant): readonly CaseEvent[] {
  if (filerConfirmed === null) return []
  const by = state.applicant?.kind === 'firm' ? 'power' : 'wechat'
  return confirmedWith(state, by, filerConfirmed.at ?? now)
}

/** The state that decisions and pages go by. */
export const currentState = (item: ServiceItem, caseRow: CaseRow, now: Instant): CaseState =>
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
