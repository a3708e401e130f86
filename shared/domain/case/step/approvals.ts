import { dayIn, type Instant, type PlainDate } from '../../kernel/plain-date'
import { isAwayBetween, longLeaveUntil } from '../../organization/duty'
import { type PoolQuestion, substitutePools } from '../../organization/pools'
import type { Registry, StaffMember } from '../../organization/registry'
import type { StaffRole } from '../../organization/staff'
import type { ServiceItem } from '../../service-item/item'
import { dueOf } from '../../time-limit/clock'
import { runningLaw } from '../clock/clocks'
import type { CaseContext } from '../context'
import type { CaseEvent } from '../events'
import { unitsOf } from '../route'
import { type CaseState, openParts, type StepTarget } from '../state'
import { disownedWords } from '../whose/disowned'
import type { Approval, ApprovalKind } from './approval-state'

type Pool = Approval['approvers'][number]

export const APPROVER_ROLES: readonly StaffRole[] = ['town-approver', 'dept-approver', 'county-approver']

/** Whom the item's law names for prolonging its limit (行政许可法 第42条: the head of the organ). */
export function extensionApprovers(item: ServiceItem, state: CaseState): readonly Pool[] {
  const approvedBy = item.statutory?.extension?.approvedBy
  return approvedBy
    ? unitsOf(approvedBy.organ, state.where).map((unitId) => ({ role: approvedBy.role, unitId }))
    : []
}

export const isAmongPools = (pools: readonly Pool[], { role, unitId }: Pool) =>
  pools.some((each) => each.role === role && each.unitId === unitId)

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
export const isAbsent =
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

/**
 * Who answers for what the holder of a share may not do alone: whose it is to, else who stands in for them as their leave says
 * (行政许可法 第42条: the head of the organ allows it); where nobody of them is there, the county's supervisors. The county's own rule.
 */
export function approversFor(
  registry: Registry,
  of: CaseOf,
  kind: ApprovalKind,
  unitId: string,
  asked: Answering,
): readonly Pool[] {
  const named = approversNamed(of, kind, unitId)
  const able = heldOf(registry, named, isAbsent(asked))
  if (able.length > 0) return able
  const substitutes = named
    .flatMap((pool) => substitutePools(registry, { ...asked, ...pool }))
    .map(({ role, unitId: unit }): Pool => ({ role: role as StaffRole, unitId: unit }))
  return substitutes.length > 0
    ? substitutes.filter((pool, at) => !isAmongPools(substitutes.slice(0, at), pool))
    : supervisorsOf(registry, isAbsent(asked))
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

/** Who answers for a unit's share: the unit's approvers, else the county's supervisors. */
export function superiorsOf(
  registry: Registry,
  unitId: string,
  isBarred: (member: StaffMember) => boolean,
): readonly Pool[] {
  const able = heldOf(registry, approversOf(unitId), isBarred)
  return able.length > 0 ? able : supervisorsOf(registry, isBarred)
}

/** Who says that they have not applied has ended what was asked for their application. */
const isDisownedSince = ({ disownments }: CaseState, { askedAt }: Approval) =>
  disownments.some(({ at }) => at >= askedAt)

/** Requests that wait for an answer: nobody answers one whose share is done, handed over or opened anew. */
export const openApprovals = (state: CaseState): readonly Approval[] => {
  const open = openParts(state)
  return state.approvals.filter(
    (asked) =>
      asked.answeredAt === null &&
      !isDisownedSince(state, asked) &&
      open.some(
        ({ step, part }) =>
          step.key === asked.stepKey &&
          part.unitId === asked.unitId &&
          (part.openedAt === null || part.openedAt <= asked.askedAt),
      ),
  )
}

export const openApprovalsAt = (state: CaseState, { stepKey, unitId }: StepTarget) =>
  openApprovals(state).filter((asked) => asked.stepKey === stepKey && asked.unitId === unitId)

/**
 * Why the organ asks for it: what whoever allowed it wrote is for whoever asked, and stands on no paper. A second notice alone gives
 * the reason of whoever signed it (`noticeReason`), which they wrote for it to be read.
 */
export const reasonAskedFor = (
  { approvals }: Pick<CaseState, 'approvals'>,
  kind: ApprovalKind,
  { at, reasonDigest }: { readonly at: Instant; readonly reasonDigest: string | null },
) =>
  approvals.find((each) => each.for === kind && each.granted === true && each.answeredAt === at)
    ?.reasonDigest ?? reasonDigest

/** Why a notice was given, as its paper and its reader have it. One from before the signer's reason stood there goes on as it was. */
export const noticeReason = (
  state: Pick<CaseState, 'approvals'>,
  event: Extract<CaseEvent, { type: 'correction-requested' }>,
) => (event.toldReason ? event.reasonDigest : reasonAskedFor(state, 'request-correction', event))

export const requestOf = ({
  at,
  type: _type,
  ...asked
}: CaseEvent & { type: 'approval-requested' }): Approval => ({
  ...asked,
  askedAt: at,
  answeredAt: null,
  granted: null,
})

/** What came before anybody answered. */
const LAPSED_WORDS = {
  limit: '法定期限先到了',
  ended: '这件已经结束',
  'handed-over': '这一步转给别的单位了',
  step: '这一步已经往下走了',
} as const
export type LapsedBecause = keyof typeof LAPSED_WORDS | 'disowned'

export const lapsedWords = (because: LapsedBecause, state: Pick<CaseState, 'applicant'>) =>
  because === 'disowned' ? disownedWords(state) : LAPSED_WORDS[because]

/** Why a request that nobody answered is not open any more. `isTooLate`: the law's date has ended it. */
export function lapsedBecause(state: CaseState, asked: Approval, isTooLate: boolean): LapsedBecause {
  if (isTooLate) return 'limit'
  if (isDisownedSince(state, asked)) return 'disowned'
  const isAtShare = ({ stepKey, unitId }: StepTarget) => stepKey === asked.stepKey && unitId === asked.unitId
  if (state.transfers.some((each) => isAtShare(each) && each.at >= asked.askedAt)) return 'handed-over'
  // An end leaves the shares as they stood.
  const run = state.steps.find(({ key }) => key === asked.stepKey)
  return state.endedAt !== null && run?.status === 'skipped' ? 'ended' : 'step'
}

/** A limit is prolonged once for the whole case; everything else is allowed at one share of a step. */
export function answerApproval(
  state: CaseState,
  kind: ApprovalKind,
  at: StepTarget & { readonly at: Instant },
  granted: boolean | null,
): CaseState {
  const open = kind === 'extend' ? openApprovals(state) : openApprovalsAt(state, at)
  const isAnswered = (asked: Approval) => asked.for === kind && open.includes(asked)
  return {
    ...state,
    approvals: state.approvals.map((asked) =>
      isAnswered(asked) ? { ...asked, answeredAt: at.at, granted } : asked,
    ),
  }
}

/** Nobody allows what they have asked for themselves. */
export const isOwnRequest = ({ askedBy }: Approval, actor: CaseContext['actor']) =>
  askedBy !== null && actor.kind === 'staff' && actor.staffId === askedBy

/** The request that the actor is to answer at a share: of one kind, or the first. */
export const approvalToAnswer = (
  state: CaseState,
  target: StepTarget,
  { actor }: CaseContext,
  kind?: ApprovalKind,
): Approval | undefined =>
  openApprovalsAt(state, target).find(
    (asked) =>
      (kind === undefined || asked.for === kind) &&
      actor.kind === 'staff' &&
      !isOwnRequest(asked, actor) &&
      asked.approvers.some((pool) => isAmongPools(actor.pools, pool)),
  )

type ApproversChanged = Extract<CaseEvent, { type: 'approvers-changed' }>

/** Others come beside whoever was asked; whether anybody is there stands as it was found last. */
export function changeApprovers(state: CaseState, event: ApproversChanged): CaseState {
  const open = openApprovalsAt(state, event)
  return {
    ...state,
    approvals: state.approvals.map((asked) => {
      if (asked.for !== event.for || !open.includes(asked)) return asked
      const { nobody: _nobody, ...rest } = asked
      const approvers = [...asked.approvers, ...event.added]
      return { ...rest, approvers, ...(event.nobody ? { nobody: event.nobody } : {}) }
    }),
  }
}

interface Answerers extends Pick<CaseContext, 'now'> {
  /** Whom `askedBy` would ask today. */
  readonly approversOf: (kind: ApprovalKind, unitId: string, askedBy: string | null) => readonly Pool[]
  /** Somebody of them is there to answer. */
  readonly isAnswered: (asked: Approval, pools: readonly Pool[]) => boolean
}

/**
 * What has changed in who may answer what waits, since it was asked: who would be asked today comes beside whoever is there no more,
 * nobody is left, or somebody is there again. Empty where it stays; asked again it says nothing more.
 */
export const approversChanged = (
  state: CaseState,
  { now, approversOf: askedToday, isAnswered }: Answerers,
): readonly ApproversChanged[] =>
  openApprovals(state).flatMap((asked) => {
    const { stepKey, unitId, approvers, nobody, for: kind, askedBy } = asked
    const event = { type: 'approvers-changed', at: now, stepKey, unitId, for: kind } as const
    if (isAnswered(asked, approvers)) return nobody ? [{ ...event, added: [] }] : []
    const added = askedToday(kind, unitId, askedBy).filter((pool) => !isAmongPools(approvers, pool))
    if (added.length > 0) return [{ ...event, added }]
    return nobody ? [] : [{ ...event, added, nobody: true as const }]
  })
