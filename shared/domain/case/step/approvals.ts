import type { Instant } from '../../kernel/plain-date'
import { type HeldRole, samePool } from '../../organization/registry'
import type { CaseContext } from '../context'
import type { CaseEvent } from '../events'
import { type CaseState, openParts, type StepTarget } from '../state'
import { disownedWords } from '../whose/disowned'
import type { Approval, ApprovalKind } from './approval-state'

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

/** The row of a share before a pool, as far as it says whose it is. */
export interface AskedRow extends HeldRole {
  readonly stepKey: string
  readonly partUnitId: string
  readonly approval: boolean
}

/** Whose alone the row of a request is, by staff id; null where it is its whole pool's. */
export function namedAtRow(state: CaseState, row: AskedRow): readonly string[] | null {
  if (!row.approval) return null
  const asked = openApprovalsAt(state, { stepKey: row.stepKey, unitId: row.partUnitId })
    .flatMap(({ approvers }) => approvers)
    .filter((each) => samePool(each, row))
  const named = asked.flatMap(({ staffId }) => staffId ?? [])
  return named.length > 0 && named.length === asked.length ? named : null
}

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
