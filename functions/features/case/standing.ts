import type { CaseContext, Pool } from '#shared/domain/case/actions'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { type CaseState, openParts } from '#shared/domain/case/state'
import { staffMaySee } from '#shared/domain/case/visibility'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { asFiled } from '#shared/domain/service-item/fast-track'
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

/** The guide that a case was filed under, as it is for this case. */
export const itemOf = (
  reference: Reference,
  { serviceItemId, itemVersion, state }: Pick<CaseRow, 'serviceItemId' | 'itemVersion' | 'state'>,
) => asFiled(reference.at(serviceItemId, itemVersion), state)

/**
 * The relation of who asks to a case; null when it must not be known to them. A step that nobody holds is shown to the
 * administrator, who finds somebody for it.
 */
export function viewerOf(
  item: ServiceItem,
  { caseRow, tasks }: { readonly caseRow: CaseRow; readonly tasks: readonly CaseTask[] },
  principal: Principal,
): 'applicant' | 'staff' | null {
  const owns = principal.realNameLevel === 3 && caseRow.applicantIndex !== null
  if (caseRow.filedBy === principal.profileId) return 'applicant'
  if (owns && caseRow.applicantIndex === principal.idNumberIndex) return 'applicant'
  const unstaffed =
    tasks.some((task) => task.unstaffed) && principal.pools.some(({ role }) => role === 'admin')
  return unstaffed || staffMaySee(item, caseRow.state, principal.pools) ? 'staff' : null
}

/** The filer confirmed their identity through WeChat after filing: the case learns of it with its next event. */
export function confirmedByWechat({ state, filerConfirmed }: CaseRow, at: Instant): readonly CaseEvent[] {
  if (state.identityConfirmed || !filerConfirmed || state.endedAt !== null) return []
  const [open] = openParts(state)
  const target = { stepKey: open?.step.key ?? '', unitId: open?.part.unitId ?? state.organUnitId }
  return [{ type: 'identity-confirmed', by: 'wechat', at, ...target }]
}

/** The state that decisions and pages go by. */
export const currentState = (item: ServiceItem, caseRow: CaseRow, now: Instant): CaseState =>
  confirmedByWechat(caseRow, now).reduce<CaseState>(
    (state, event) => evolve(item, state, event),
    caseRow.state,
  )

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
