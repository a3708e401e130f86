import { dayIn } from '../../kernel/plain-date'
import { COMMON_ACTIONS, type ServiceItem, type StepAction } from '../../service-item/item'
import { dueOf, isLate } from '../../time-limit/clock'
import { whyNotAnew } from '../clock/broken-promise'
import { noticeDays, runningLaw } from '../clock/clocks'
import { leavesTimeToAnswer } from '../clock/told-days'
import type { CaseContext } from '../context'
import { isDraftStep, redraftTargets } from '../correction/draft-step'
import { whyNotJoined } from '../correction/joined-notice'
import { isAskedAgain } from '../correction/notices-given'
import { whyNotReturn } from '../correction/return-draft'
import { openPosting, serviceOf } from '../delivery/evolve-delivery'
import { closingShare } from '../delivery/settle'
import { goesToFamily } from '../delivery/to-family'
import { joinsDecisions, whyNotOwnDecision } from '../parallel/share-decisions'
import { isObjectedAnew, objectedTargets, takesObjections, toDoOfNotice } from '../publicity/objections'
import { whyNotPaid } from '../result/payout'
import { whyNotAgainst } from '../result/renewed-by-law'
import { isPartAlone, stepOf } from '../route'
import { type CaseState, openCorrection, openParts, type StepTarget } from '../state'
import { openRecord } from '../visit/visit-record'
import { isSeen, orderIsOver, visitDone } from '../visit/visit-verdict'
import { isWithdrawable } from '../whose/applicant-acts'
import { refusedBeforeBy } from '../whose/barred'
import { isDisowned, isUnnamed } from '../whose/identity'
import { APPROVAL_KINDS, type ApprovalKind } from './approval-state'
import { openApprovals, openApprovalsAt } from './approvals'
import { extensionApprovers } from './approvers'
import { hasSigned } from './joint-signing'
import { isJointlyDisowned } from './leading'
import { mayHeadRow } from './leads-on'
import { type CaseOf, type Position, positionOf, REFUSED, shareAt, type Verdict, when } from './position'
import { returnTargets } from './return-targets'
import { isReasonRequired } from './step-command'
import { holdsTask, isAmong, maySecondCorrection, requestsAt } from './who-may-act'

/** What each action asks of the case beyond standing at its step. */
const CONDITIONS = {
  verify: () => null,
  accept: (position) => mayAccept(position),
  // As each of the four would be, one after the other; what needs a reason to be granted is not done in passing.
  settle: (position) =>
    when(closingShare(position.item, position.state, shareAt(position)) !== null) ??
    mayAccept(position) ??
    isNamed(position) ??
    mayGrant(position) ??
    when(!isReasonRequired(position.item, position.state, 'grant'), { code: 'case.reason-missing' }),
  decline: (position: CaseOf) => when(position.state.accepted === null) ?? isAddressed(position),
  transfer: ({ state }) => when(state.accepted === null),
  'draft-correction': (position) => isNamed(position),
  'draft-nothing': () => null,
  'return-draft': (position) =>
    isNamed(position) ?? whyNotReturn(position.item, position.state, position.step),
  'request-correction': (position) =>
    noticePossible(position) ??
    whyNotJoined(position, 'request-correction') ??
    when(!isAskedAgain(position.state) || maySecondCorrection(position), {
      code: 'case.second-correction',
    }),
  assign: ({ step, state }) => when(step.kind !== 'conclude' || state.decision?.kind === 'granted'),
  pass: (position) =>
    notSigned(position) ??
    visitDone(position) ??
    stays(position) ??
    whyNotOwnDecision(position, shareAt(position), true),
  // A good result may come early; the days that were given to put things right are not cut short by a bad one.
  fail: (position) =>
    notSigned(position) ??
    visitDone(position) ??
    orderIsOver(position) ??
    stays(position) ??
    whyNotOwnDecision(position, shareAt(position), false),
  convene: (position) => isNamed(position),
  'record-visit': ({ step, state }) => when(step.kind !== 'conclude' || state.decision?.kind === 'granted'),
  'sign-visit': ({ part }) => when(openRecord(part) !== undefined),
  'require-rectification': (position) => isNamed(position) ?? isSeen(position) ?? orderIsOver(position),
  suspend: (position) => isNamed(position) ?? when(position.part.suspendedAt === null),
  resume: ({ part }) => when(part.suspendedAt !== null),
  extend: (position) => {
    const { item, state, context } = position
    const law = runningLaw(item, state)
    return (
      isNamed(position) ??
      when(item.statutory?.extension != null && law !== null) ??
      when(state.extension === null, { code: 'case.extended-before' }) ??
      // 行政许可法 第42条 prolongs a limit that has not run out.
      when(law === null || !isLate(dueOf(law, context.calendar), dayIn(context.now)), {
        code: 'case.limit-over',
      })
    )
  },
  'publish-notice': (position) => when(position.run.publishedOn === null) ?? isNamed(position),
  'close-notice': (position) => {
    const { item, run, context } = position
    const notice = noticeDays(item, run, context.calendar)
    return (
      when(notice !== null) ??
      isNamed(position) ??
      when(notice !== null && dayIn(context.now) >= notice.closableOn, { code: 'case.publicity-running' })
    )
  },
  'record-objection': (position) => isNamed(position) ?? when(takesObjections(position.run)),
  grant: (position) => mayGrant(position),
  refuse: (position: CaseOf) => when(position.state.decision === null) ?? isAddressed(position),
  return: ({ item, state, run }) => when(returnTargets(item, state, run.key).length > 0),
  pay: ({ state }) => whyNotPaid(state),
  conclude: ({ step, state, part }) =>
    when(state.decision !== null, { code: 'case.undecided' }) ??
    when(state.concludedAt === null) ??
    (step.officersMin < 2 || state.decision?.kind === 'refused' ? null : isSeen({ part })) ??
    when(!step.actions.includes('pay') || state.decision?.kind === 'refused' || state.paidOn !== null, {
      code: 'case.unpaid',
    }),
  // What is on its way is served by its receipt, or by hand: else nobody could write down what became of it.
  deliver: ({ state }) =>
    when(state.concludedAt !== null, { code: 'case.undecided' }) ??
    when(!openPosting(serviceOf(state, 'result')), { code: 'case.posted-before' }) ??
    // Into whose hand it came is written down where papers are served.
    when(!goesToFamily(state, 'result'), { code: 'case.goes-to-family' }),
  'promise-anew': (position) =>
    isNamed(position) ?? whyNotAnew(position.item, position.state, position.context),
  'request-approval': (position) => when(choicesAt(position).length > 0),
  'reject-approval': (position) => when(requestsAt(position).length > 0),
  // A firm does not die; what was decided stands. Who says that they have not applied is alive: the case ends because of that.
  terminate: (position) =>
    when(isWithdrawable(position.state)) ??
    (isDisowned(position.state)
      ? null
      : (when(position.state.applicant?.kind !== 'firm') ?? isAddressed(position))),
} as const satisfies Record<StepAction, (position: Position) => Verdict>

const mayAccept = (position: Position): Verdict =>
  when(position.state.receivedAt !== null && position.state.accepted === null) ??
  isAddressed(position) ??
  whyNotJoined(position, 'accept') ??
  stays(position)

const notSigned = ({ part, context: { actor } }: Position): Verdict =>
  when(!hasSigned(part, actor), { code: 'case.signed-before' })

/** Whose refusal fell does not refuse again: another one looks at it anew. 行政诉讼法 第71条 */
const isAnotherWho = ({ state, context: { actor } }: Position, action: StepAction): Verdict =>
  when(action !== 'refuse' || !refusedBeforeBy(state, actor), { code: 'case.refused-before' })

const mayGrant = ({ item, state }: CaseOf): Verdict =>
  when(state.decision === null) ??
  // What several organs have signed is handed over as it is: each had to know whom it grants to.
  when(state.identityConfirmed || joinsDecisions(item), { code: 'case.identity-unconfirmed' })

/** 行政许可法 第32、38、44条: a document of the law is given to somebody. */
const isAddressed = ({ item, state }: CaseOf): Verdict =>
  when(!isUnnamed(item, state), { code: 'case.applicant-unnamed' })

/** Nothing is asked of, and no name is put up for, who says that they have not applied. 个人信息保护法 第8条 */
const isNamed = (position: Position): Verdict => isAddressed(position) ?? when(!isDisowned(position.state))

/** What nobody applies for does not come to departments that judge it each for itself. */
function stays({ item, state, run }: Position): Verdict {
  const from = state.steps.indexOf(run)
  const next = state.steps.find(
    ({ key, status }, index) => index > from && status === 'waiting' && !stepOf(item, key).optional,
  )
  return when(!isDisowned(state) || next === undefined || !isPartAlone(item, { stepKey: next.key }))
}

const noticePossible = (position: Position): Verdict => {
  const { item, state, context } = position
  return (
    isNamed(position) ??
    when(
      openCorrection(state) === undefined &&
        leavesTimeToAnswer(item, state, context.calendar, dayIn(context.now)),
    )
  )
}

/** What the holder of a share may ask somebody else to allow now. */
function choicesAt(position: Position): readonly ApprovalKind[] {
  const { item, state, step, part, context } = position
  const possible = {
    extend: () =>
      !step.followUp &&
      CONDITIONS.extend(position) === null &&
      !isAmong(position, extensionApprovers(item, state)),
    'request-correction': () =>
      step.actions.includes('request-correction') &&
      isAskedAgain(state) &&
      noticePossible(position) === null &&
      !maySecondCorrection(position),
    suspend: () => step.actions.includes('suspend') && CONDITIONS.suspend(position) === null,
  } as const satisfies Record<ApprovalKind, () => boolean>
  return APPROVAL_KINDS.filter(
    (kind) =>
      possible[kind]() &&
      !isAskedAlready(position, kind) &&
      context.approversOf(kind, part.unitId).length > 0,
  )
}

const isAskedAlready = (position: Position, kind: ApprovalKind) =>
  kind === 'extend'
    ? openApprovals(position.state).some((asked) => asked.for === 'extend')
    : requestsAt(position, kind).length > 0

/** Whether whoever works on it may end it by a decision, too. */
export const mayBeDecidedAgainst = (of: CaseOf) =>
  openParts(of.state).some(({ step: { key } }) =>
    stepOf(of.item, key).actions.some(
      (action) => (action === 'decline' || action === 'refuse') && CONDITIONS[action](of) === null,
    ),
  )

const STILL_POSSIBLE: ReadonlySet<StepAction> = new Set(['resume', 'record-visit', 'sign-visit'])

/** While the applicant is asked, the step that asked stands still; while a special procedure runs, only its end or a visit. */
function standsStill({ item, state, run, part }: Position, action: StepAction): Verdict {
  if (action === 'reject-approval' || action === 'terminate') return null
  if (isJointlyDisowned(item, state, run)) return REFUSED
  const asked = openCorrection(state)
  if (asked && asked.stepKey === run.key && asked.unitId === part.unitId) return REFUSED
  return when(part.suspendedAt === null || STILL_POSSIBLE.has(action))
}

/** What is possible at a share at all: the guide's actions of its step, what was asked for, and what may be needed anywhere. */
const offers = (position: Position, action: StepAction) =>
  (COMMON_ACTIONS.some((each) => each === action) && !isDraftStep(position.step)) ||
  position.step.actions.some((each) => each === action) ||
  requestsAt(position, action).length > 0

/** Why an action is refused, null when it is allowed. The pages' buttons and the verbs' checks both ask here. */
export function whyNot(
  item: ServiceItem,
  state: CaseState,
  action: StepAction,
  target: StepTarget,
  context: CaseContext,
): Verdict {
  const position = positionOf(item, state, target, context)
  if (!position) return { code: 'case.target-unknown', field: 'stepKey' }
  const holder = holdsTask(position, action)
  if (holder) return holder
  const { run, part, step } = position
  const isOpen =
    (run.status === 'open' && part.status === 'open') ||
    (action === 'record-objection' && isObjectedAnew(run)) ||
    redraftTargets(item, state).some(({ stepKey, unitId }) => stepKey === run.key && unitId === part.unitId)
  if (!isOpen || !offers(position, action) || (state.endedAt !== null && !step.followUp)) return REFUSED
  return (
    standsStill(position, action) ??
    whyNotAgainst(item, state, action, context.now) ??
    isAnotherWho(position, action) ??
    CONDITIONS[action](position)
  )
}

export interface AllowedAction extends StepTarget {
  readonly action: StepAction
}

const possibleAt = (item: ServiceItem, state: CaseState, target: StepTarget): ReadonlySet<StepAction> =>
  new Set<StepAction>([
    ...stepOf(item, target.stepKey).actions,
    ...openApprovalsAt(state, target).map((each) => each.for),
    ...COMMON_ACTIONS,
  ])

/** Everything the actor may do with the open steps, in the order of the item's table, then what may be asked or answered. */
export function allowedActions(item: ServiceItem, state: CaseState, context: CaseContext): AllowedAction[] {
  const open = openParts(state).map(({ step: run, part }) => ({ stepKey: run.key, unitId: part.unitId }))
  return [...open, ...objectedTargets(state), ...redraftTargets(item, state)].flatMap((target) =>
    [...possibleAt(item, state, target)]
      .filter((action) => whyNot(item, state, action, target, context) === null)
      .map((action) => ({ action, ...target })),
  )
}

/** The shares that the actor carries on in place of a unit that has nobody, and that its own people have to decide. */
export const awaitsItsOrgan = (
  item: ServiceItem,
  state: CaseState,
  context: CaseContext,
): readonly StepTarget[] =>
  openParts(state)
    .map(({ step: run, part }) => ({ stepKey: run.key, unitId: part.unitId }))
    .filter((target) =>
      [...possibleAt(item, state, target)].some(
        (action) => whyNot(item, state, action, target, context)?.code === 'case.not-your-organ',
      ),
    )

/**
 * The first of what the actor may do at one share that brings it on; null where it only waits. What was disowned is ended before
 * all else.
 */
export const firstAction = (
  item: ServiceItem,
  state: CaseState,
  target: StepTarget,
  context: CaseContext,
): StepAction | null => {
  const asked = new Set<StepAction>(openApprovalsAt(state, target).map((each) => each.for))
  const possible = toDoOfNotice(item, state, target, context, [...possibleAt(item, state, target)]).filter(
    (action) => mayHeadRow(action, asked.has(action)),
  )
  const ordered = [...(isDisowned(state) ? ['terminate' as const] : []), ...possible]
  return ordered.find((action) => whyNot(item, state, action, target, context) === null) ?? null
}

/** What the actor may ask for at an open share, in the order of the kinds. */
export function approvalChoices(
  item: ServiceItem,
  state: CaseState,
  target: StepTarget,
  context: CaseContext,
): readonly ApprovalKind[] {
  const position = positionOf(item, state, target, context)
  if (!position || whyNot(item, state, 'request-approval', target, context) !== null) return []
  return choicesAt(position)
}
