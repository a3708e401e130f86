import { dayIn, type PlainDate } from '../../kernel/plain-date'
import { isAwayBetween, longLeaveUntil } from '../../organization/duty'
import { isOutsider, type PoolQuestion, standInsWithin } from '../../organization/pools'
import { isAmongPools, type Registry, type StaffMember, samePool } from '../../organization/registry'
import type { StaffRole } from '../../organization/staff'
import type { ServiceItem } from '../../service-item/item'
import { dueOf } from '../../time-limit/clock'
import { runningLaw } from '../clock/clocks'
import type { CaseContext, Pool } from '../context'
import type { CaseEvent } from '../events'
import { unitsOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { type Approval, type ApprovalKind, type Approver, isTold } from './approval-state'
import { isOwnRequest, openApprovals, openApprovalsAt } from './approvals'

export const APPROVER_ROLES: readonly StaffRole[] = ['town-approver', 'dept-approver', 'county-approver']

/** Whom the item's law names for prolonging its limit (行政许可法 第42条: the head of the organ). */
export function extensionApprovers(item: ServiceItem, state: CaseState): readonly Pool[] {
  const approvedBy = item.statutory?.extension?.approvedBy
  return approvedBy
    ? unitsOf(approvedBy.organ, state.where).map((unitId) => ({ role: approvedBy.role, unitId }))
    : []
}

export const isApproverOf = (unitId: string, pool: Pool) =>
  APPROVER_ROLES.includes(pool.role) && pool.unitId === unitId

interface CaseOf {
  readonly item: ServiceItem
  readonly state: CaseState
}

/** Whose it is to answer, whoever is there: whom the item names for its extension, else the approvers of the share's unit. */
export const approversNamed = (
  { item, state }: CaseOf,
  kind: ApprovalKind,
  unitId: string,
): readonly Pool[] => (kind === 'extend' ? extensionApprovers(item, state) : approversOf(unitId))

const approversOf = (unitId: string) => APPROVER_ROLES.map((role): Pool => ({ role, unitId }))

/** Who must not answer, and until when whoever does has to be there. */
export type Answering = Pick<PoolQuestion, 'isBarred' | 'isWorkingDay' | 'span'>

/** Who is not to be counted on for an answer. */
const isAbsent =
  ({ isBarred, isWorkingDay, span }: Answering) =>
  (member: StaffMember) =>
    isBarred(member) || isAwayBetween(member, span, isWorkingDay)

/** More time is of use until the law's last day; what has no day, or one that is over, waits for nobody on long leave. */
export function answeredUntil(
  { item, state }: CaseOf,
  kind: ApprovalKind,
  { now, calendar }: Pick<CaseContext, 'now' | 'calendar'>,
): PlainDate {
  const today = dayIn(now)
  const law = kind === 'extend' ? runningLaw(item, state) : null
  const due = law && dueOf(law, calendar)
  return due?.kind === 'on' && due.on >= today ? due.on : longLeaveUntil(today)
}

/** Who answers for what the holder of a share may not do alone. */
export const approversFor = (
  registry: Registry,
  of: CaseOf,
  kind: ApprovalKind,
  unitId: string,
  asked: Answering,
): readonly Approver[] => answerersOf(registry, approversNamed(of, kind, unitId), asked)

/** Who answers for a unit's share. */
export const superiorsOf = (registry: Registry, unitId: string, asked: Answering): readonly Approver[] =>
  answerersOf(registry, approversOf(unitId), asked)

/**
 * Those whose it is; where nobody of them is there, the very people of the same organ who stand in for them (行政许可法 第42条: the head
 * of the organ allows it), and nobody by the office that they share; else the county's supervisors. The county's own rule.
 */
function answerersOf(registry: Registry, named: readonly Pool[], asked: Answering): readonly Approver[] {
  const able = heldOf(registry, named, isAbsent(asked))
  if (able.length > 0) return able.map((pool) => ({ ...pool, because: 'holder' }))
  const substitutes = named
    .flatMap((pool) => standInsWithin(registry, { ...asked, ...pool }))
    .map((each): Approver => ({ ...each, role: each.role as StaffRole, because: 'substitute' }))
  if (substitutes.length > 0)
    return substitutes.filter(
      (each, at) => substitutes.findIndex(({ staffId }) => staffId === each.staffId) === at,
    )
  return supervisorsOf(registry, isAbsent(asked)).map((pool) => ({ ...pool, because: 'supervision' }))
}

/** Pools of which somebody may handle the case. */
export const heldOf = (
  registry: Registry,
  pools: readonly Pool[],
  isBarred: (member: StaffMember) => boolean,
) => pools.filter(({ role, unitId }) => registry.holders(role, unitId).some((member) => !isBarred(member)))

export const supervisorsOf = (registry: Registry, isBarred: (member: StaffMember) => boolean) =>
  heldOf(
    registry,
    [...registry.units.keys()].map((unitId): Pool => ({ role: 'supervisor', unitId })),
    isBarred,
  )

/** Why somebody is asked. An older event does not say it: whom the law names, 督查, or who stood in for them by their office. */
function whyAsked(
  of: CaseOf,
  { for: kind, unitId }: Approval,
  approver: Approver,
): NonNullable<Approver['because']> {
  if (approver.because) return approver.because
  if (isAmongPools(approversNamed(of, kind, unitId), approver)) return 'holder'
  return isOutsider(approver.role) ? 'supervision' : 'substitute'
}

/** As whom somebody may answer a request: who stands in does it as the very person who is named. */
export const answersAs = (
  of: CaseOf,
  asked: Approval,
  actor: { readonly staffId?: string | null; readonly pools: readonly Pool[] },
): Approver | undefined =>
  asked.approvers
    .map((approver) => ({ ...approver, because: whyAsked(of, asked, approver) }))
    .find(
      (approver) =>
        isTold(approver, actor) &&
        (approver.because !== 'substitute' || (approver.staffId !== undefined && !asked.nobody)),
    )

/** The request that the actor is to answer at a share: of one kind, or the first. */
export const approvalToAnswer = (
  of: CaseOf,
  target: StepTarget,
  { actor }: Pick<CaseContext, 'actor'>,
  kind?: ApprovalKind,
): Approval | undefined =>
  openApprovalsAt(of.state, target).find(
    (asked) =>
      (kind === undefined || asked.for === kind) &&
      actor.kind === 'staff' &&
      !isOwnRequest(asked, actor) &&
      answersAs(of, asked, actor) !== undefined,
  )

/** As whom the actor allows more time, where the law does not name them: an event without it was of whom it names. */
export function allowedAs(
  of: CaseOf,
  target: StepTarget,
  context: Pick<CaseContext, 'actor'>,
): { readonly allowedBy?: Approver } {
  const { actor } = context
  if (actor.kind !== 'staff') return {}
  const named = extensionApprovers(of.item, of.state)
  if (actor.pools.some((own) => isAmongPools(named, own))) return {}
  const asked = approvalToAnswer(of, target, context, 'extend')
  const allowedBy = asked && answersAs(of, asked, actor)
  return allowedBy ? { allowedBy } : {}
}

type ApproversChanged = Extract<CaseEvent, { type: 'approvers-changed' }>

const isSame = (left: Approver) => (right: Approver) =>
  samePool(left, right) && left.staffId === right.staffId

/** Others come beside whoever was asked, or in their place; whether anybody is there stands as it was found last. */
export function changeApprovers(state: CaseState, event: ApproversChanged): CaseState {
  const open = openApprovalsAt(state, event)
  const { added, removed = [] } = event
  return {
    ...state,
    approvals: state.approvals.map((asked) => {
      if (asked.for !== event.for || !open.includes(asked)) return asked
      const { nobody: _nobody, ...rest } = asked
      const kept = asked.approvers.filter((each) => !removed.some(isSame(each)))
      return { ...rest, approvers: [...kept, ...added], ...(event.nobody ? { nobody: event.nobody } : {}) }
    }),
  }
}

interface Answerers extends Pick<CaseContext, 'now'> {
  /** Whom `askedBy` would ask today. */
  readonly approversOf: (kind: ApprovalKind, unitId: string, askedBy: string | null) => readonly Approver[]
}

/**
 * What has changed in who may answer what waits, since it was asked: who would be asked today comes, and who stood in, or 督查, goes
 * where they would not be; whose it is by law keeps it. Nobody is left, or somebody is there again. Empty where it stays; asked
 * again it says nothing more.
 */
export const approversChanged = (
  of: CaseOf,
  { now, approversOf: askedToday }: Answerers,
): readonly ApproversChanged[] =>
  openApprovals(of.state).flatMap((asked): readonly ApproversChanged[] => {
    const { stepKey, unitId, approvers, nobody, for: kind, askedBy } = asked
    const event = { type: 'approvers-changed', at: now, stepKey, unitId, for: kind } as const
    const today = askedToday(kind, unitId, askedBy)
    // The row stays where it is until somebody is found.
    if (today.length === 0) return nobody ? [] : [{ ...event, added: [], nobody: true as const }]
    const added = today.filter((each) => !approvers.some(isSame(each)))
    const removed = approvers.filter(
      (each) => !today.some(isSame(each)) && whyAsked(of, asked, each) !== 'holder',
    )
    if (added.length === 0 && removed.length === 0 && !nobody) return []
    return [{ ...event, added, ...(removed.length > 0 ? { removed } : {}) }]
  })
