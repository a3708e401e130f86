import { dayIn, type Instant } from '../../kernel/plain-date'
import type { Registry, StaffMember } from '../../organization/registry'
import type { StaffRole } from '../../organization/staff'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext } from '../context'
import type { CaseEvent } from '../events'
import { unitsOf } from '../route'
import { type Approval, type ApprovalKind, type CaseState, openParts, type StepTarget } from '../state'
import { disownedWords } from '../whose/disowned'

type Pool = Approval['approvers'][number]

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

/**
 * Who answers for what the holder of a share may not do alone: whom the item names for its extension, else the approvers
 * of the share's unit; where none of them may handle the case, the county's supervisors. The county's own rule.
 */
export function approversFor(
  registry: Registry,
  { item, state }: { readonly item: ServiceItem; readonly state: CaseState },
  kind: ApprovalKind,
  unitId: string,
  isBarred: (member: StaffMember) => boolean,
): readonly Pool[] {
  if (kind !== 'extend') return superiorsOf(registry, unitId, isBarred)
  const able = heldOf(registry, extensionApprovers(item, state), isBarred)
  return able.length > 0 ? able : supervisorsOf(registry, isBarred)
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
  const able = heldOf(
    registry,
    APPROVER_ROLES.map((role) => ({ role, unitId })),
    isBarred,
  )
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
      asked.approvers.some((pool) =>
        actor.pools.some(({ role, unitId }) => role === pool.role && unitId === pool.unitId),
      ),
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

const isAmongPools = (pools: readonly Pool[], { role, unitId }: Pool) =>
  pools.some((each) => each.role === role && each.unitId === unitId)

/**
 * What has changed in who may answer what waits, since it was asked: who would be asked today comes beside whoever is there no more,
 * nobody is left, or somebody is there again. Empty where it stays; asked again it says nothing more.
 */
export const approversChanged = (
  state: CaseState,
  { now, approversOf, handlersOf }: Pick<CaseContext, 'now' | 'approversOf' | 'handlersOf'>,
): readonly ApproversChanged[] =>
  openApprovals(state).flatMap(({ stepKey, unitId, approvers, nobody, for: kind }) => {
    const isThere = (pools: readonly Pool[]) => handlersOf(pools, dayIn(now)).length > 0
    const event = { type: 'approvers-changed', at: now, stepKey, unitId, for: kind } as const
    if (isThere(approvers)) return nobody ? [{ ...event, added: [] }] : []
    const added = approversOf(kind, unitId).filter(
      (pool) => !isAmongPools(approvers, pool) && isThere([pool]),
    )
    if (added.length > 0) return [{ ...event, added }]
    return nobody ? [] : [{ ...event, added, nobody: true as const }]
  })
