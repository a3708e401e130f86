import type { CaseActor, CaseContext, Pool } from '#shared/domain/case/actions'
import { approversFor } from '#shared/domain/case/approvals'
import { isBarred } from '#shared/domain/case/barred'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { type CaseState, openParts } from '#shared/domain/case/state'
import { type StaffSight, staffSight } from '#shared/domain/case/visibility'
import type { Instant } from '#shared/domain/kernel/plain-date'
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
  const owns = principal.realNameLevel === 3 && caseRow.applicantIndex !== null
  const typedForAnother = caseRow.state.enteredBy !== null && caseRow.state.enteredBy === principal.staffId
  if (caseRow.filedBy === principal.profileId && !typedForAnother) return 'applicant'
  if (owns && caseRow.applicantIndex === principal.idNumberIndex) return 'applicant'
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

export const staffActor = (caseRow: CaseRow, principal: Principal): CaseActor => ({
  kind: 'staff',
  staffId: principal.staffId,
  pools: principal.pools,
  isBarred: isBarred(caseRow, principal),
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
