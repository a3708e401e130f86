import type { CaseContext, Pool } from '#shared/domain/case/actions'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { type CaseState, openParts } from '#shared/domain/case/state'
import { staffMaySee } from '#shared/domain/case/visibility'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import type { CaseTask } from './outbox'
import type { CaseRow } from './queries'

/** The reference data that a statement has seen the revision of. */
export async function referenceAt({ reference }: Pick<CaseDeps, 'reference'>, revision: number) {
  const known = await reference.cached()
  return known.revision === revision ? known : reference.refresh()
}

/** What the principal is to a case beside their work: its owner, whoever filed it, or whoever typed it for somebody. */
export interface Relation {
  readonly owner: boolean
  readonly filer: boolean
  readonly typist: boolean
}

const holdsPower = ({ powers }: Principal, { applicantIndex, serviceItemId }: CaseRow) =>
  powers.some(
    ({ firmIndex, itemIds }) =>
      firmIndex === applicantIndex && (itemIds === null || itemIds.includes(serviceItemId)),
  )

export function relationOf(caseRow: CaseRow, principal: Principal): Relation {
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
 * The relation of who asks to a case; null when it must not be known to them. A step that nobody holds is shown to the
 * administrator, who finds somebody for it.
 */
export function viewerOf(
  item: ServiceItem,
  { caseRow, tasks }: { readonly caseRow: CaseRow; readonly tasks: readonly CaseTask[] },
  principal: Principal,
): 'applicant' | 'staff' | null {
  const { owner, filer, typist } = relationOf(caseRow, principal)
  if (owner || filer) return 'applicant'
  if (typist) return 'staff'
  const unstaffed =
    tasks.some((task) => task.unstaffed) && principal.pools.some(({ role }) => role === 'admin')
  return unstaffed || staffMaySee(item, caseRow.state, principal.pools) ? 'staff' : null
}

/** Whoever filed it was confirmed after filing, or was given a power: the case learns of it with its next event. */
export function confirmedSince({ state, filerConfirmed }: CaseRow, at: Instant): readonly CaseEvent[] {
  if (state.identityConfirmed || !filerConfirmed || state.endedAt !== null) return []
  const [open] = openParts(state)
  const target = { stepKey: open?.step.key ?? '', unitId: open?.part.unitId ?? state.organUnitId }
  const by = state.applicant?.kind === 'firm' ? 'power' : 'wechat'
  return [{ type: 'identity-confirmed', by, at, ...target }]
}

/** The state that decisions and pages go by. */
export const currentState = (item: ServiceItem, caseRow: CaseRow, now: Instant): CaseState =>
  confirmedSince(caseRow, now).reduce<CaseState>((state, event) => evolve(item, state, event), caseRow.state)

/** Nobody handles a case that is their own, filed by themselves or for their number. */
const isApplicant = (caseRow: CaseRow, principal: Principal) =>
  caseRow.filedBy === principal.profileId ||
  (caseRow.applicantIndex !== null && caseRow.applicantIndex === principal.idNumberIndex)

export function staffContext(
  caseRow: CaseRow,
  tasks: readonly CaseTask[],
  principal: Principal,
  reference: Reference,
  now: Instant,
): CaseContext {
  const poolsOf = (key: string, unitId: string): readonly Pool[] =>
    tasks.filter((task) => task.stepKey === key && task.partUnitId === unitId)
  return {
    now,
    calendar: reference.calendar,
    actor: { kind: 'staff', pools: principal.pools, isApplicant: isApplicant(caseRow, principal) },
    poolsOf: (step, unitId) => poolsOf(step.key, unitId),
  }
}
