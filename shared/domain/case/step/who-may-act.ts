import { isOutsider, VILLAGE_ROLE } from '../../organization/pools'
import { isAmongPools } from '../../organization/registry'
import type { ServiceItem, StepAction } from '../../service-item/item'
import { toldOfBreak } from '../clock/told-of-break'
import type { CaseContext, Pool, StandIn } from '../context'
import { isAskedAgain } from '../correction/notices-given'
import { ownDecision } from '../parallel/share-decisions'
import { objectionPools } from '../publicity/objections'
import { stepOf } from '../route'
import type { StepTarget } from '../state'
import { isAwaitedFrom } from '../visit/site-visit'
import { type Approval, type ApprovalKind, isTold } from './approval-state'
import { isOwnRequest, openApprovals, openApprovalsAt } from './approvals'
import { answersAs, extensionApprovers, isApproverOf } from './approvers'
import { isJointlyDisowned, leadersOfCase, ledShare } from './leading'
import { type Position, shareAt, type Verdict, when } from './position'

const poolsOfActor = ({ context: { actor } }: Position) => (actor.kind === 'staff' ? actor.pools : [])
export const isAmong = (position: Position, pools: readonly Pool[]) =>
  poolsOfActor(position).some((own) => isAmongPools(pools, own))

/** Requests that wait at this share, for what an action does or for anything. */
export const requestsAt = ({ state, run, part }: Position, action?: StepAction): readonly Approval[] =>
  openApprovalsAt(state, { stepKey: run.key, unitId: part.unitId }).filter(
    (asked) => action === undefined || asked.for === action,
  )

/** As whom the actor may answer those of them that they did not make. */
function answeringAt(position: Position, action?: StepAction): readonly Pool[] {
  const { actor } = position.context
  if (actor.kind !== 'staff') return []
  return requestsAt(position, action)
    .filter((asked) => !isOwnRequest(asked, actor))
    .flatMap((asked) => answersAs(position, asked, actor) ?? [])
}

/** What they have asked for waits for another: it is not theirs to allow by any office of their own. */
const hasAsked = ({ state, context }: Position, kind: ApprovalKind) =>
  openApprovals(state).some((asked) => asked.for === kind && isOwnRequest(asked, context.actor))

const holdersOf = ({ step, part, context }: Position) => context.poolsOf(step, part.unitId)

/** Whoever works on the step and is the very person who approves need ask nobody. */
const approvesOwnStep = (position: Position) =>
  isAmong(position, holdersOf(position)) &&
  poolsOfActor(position).some((pool) => isApproverOf(position.part.unitId, pool))

const isSupervisor = ({ role }: Pool) => role === 'supervisor'

const superiorsNow = ({ part, context }: Position) => context.approversOf('request-correction', part.unitId)

/** The county's supervisor answers for a unit where nobody of it does. */
const supervises = (position: Position) => superiorsNow(position).every(isSupervisor)

/** 一次性告知: a second notice is for the approver of the notice's unit, else for the county's supervisor, to answer for. */
export function maySecondCorrection(position: Position) {
  if (answeringAt(position, 'request-correction').length > 0) return true
  const signsAlone = supervisorPools(position).length > 0 || approvesOwnStep(position)
  return signsAlone && !hasAsked(position, 'request-correction')
}

const supervisorPools = (position: Position): readonly Pool[] => {
  const pools = poolsOfActor(position).filter(isSupervisor)
  return pools.length > 0 && supervises(position) ? pools : []
}

const DECISIONS: ReadonlySet<StepAction> = new Set(['grant', 'refuse', 'decline', 'settle'])

/** Whether a share is there to be decided: its row is for whoever decides. Not to accept is said in passing. */
export const isDecidedAt = (item: ServiceItem, { stepKey, unitId }: StepTarget) =>
  stepOf(item, stepKey).actions.some((action) => action !== 'decline' && DECISIONS.has(action)) ||
  ownDecision(item, { stepKey, unitId }) !== undefined

/** It is a decision in the organ's name: of the whole, or of one of several organs. */
const decides = (position: Position, action: StepAction) =>
  DECISIONS.has(action) || ((action === 'pass' || action === 'fail') && isOwnShare(position))

const isOwnShare = ({ item, run, part }: Position) =>
  ownDecision(item, { stepKey: run.key, unitId: part.unitId }) !== undefined

/**
 * 行政许可法 第22、24条: an organ decides by its own people: who holds the step in it, else the very person whom their leave names.
 * Whoever else has the work only carries it on; of a village, which is no organ, who stands in finishes it too.
 */
function mayDecide(position: Position, pools: readonly Pool[]): boolean {
  const { step, part, context } = position
  const { role } = step
  const isHolders = (pool: Pool) => pool.role === role && pool.unitId === part.unitId
  if (role === VILLAGE_ROLE)
    return isAmong(
      position,
      pools.filter((pool) => pool.role === role || !isOutsider(pool.role)),
    )
  return isAmong(position, pools.filter(isHolders)) || standsInAt(shareAt(position), context) !== undefined
}

/** In whose place the actor decides a share; undefined where they hold it themselves, and of who does not. */
export const standsInAt = (
  target: StepTarget,
  { actor, standInsAt }: Pick<CaseContext, 'actor' | 'standInsAt'>,
): StandIn | undefined =>
  actor.kind === 'staff' ? standInsAt(target).find(({ staffId }) => staffId === actor.staffId) : undefined

/** Whether it is theirs to do; else why not. */
export function holdsTask(position: Position, action: StepAction): Verdict {
  const { actor } = position.context
  if (actor.kind === 'system') return null
  if (actor.kind === 'applicant') return { code: 'case.not-your-task' }
  // Whose pool has handed the case over because of them is told why.
  if (actor.isBarred && actor.pools.length > 0) return { code: 'case.own-case' }
  // Their name stands in it: whichever role they hold there.
  if (action === 'sign-visit')
    return when(isAwaitedFrom(position.part, position.context), { code: 'case.not-your-task' })
  const pools = poolsFor(position, action)
  if (isAmong(position, pools))
    return when(!decides(position, action) || mayDecide(position, pools), {
      code: 'case.not-your-organ',
    })
  return { code: wasAskedHere(position, action) ? 'case.approval-answered' : 'case.not-your-task' }
}

/** They were asked for it at this share, and the request waits no more. */
function wasAskedHere(position: Position, action: StepAction) {
  const { actor } = position.context
  return position.state.approvals.some(
    (asked) =>
      actor.kind === 'staff' &&
      !isOwnRequest(asked, actor) &&
      asked.stepKey === position.run.key &&
      asked.unitId === position.part.unitId &&
      (action === asked.for || action === 'reject-approval') &&
      asked.approvers.some((approver) => isTold(approver, actor)),
  )
}

/** Of a broken promise who may name its new day for this unit: 督查 where nobody of it answers, or it broke again. */
function namesNewDay(position: Position): readonly Pool[] {
  const {
    state,
    part: { unitId },
    context: { actor },
  } = position
  if (actor.kind !== 'staff') return []
  const isHeadThere = () => superiorsNow(position).some((each) => isApproverOf(unitId, each))
  return toldOfBreak(state).filter((told) => {
    if (!isTold(told, actor)) return false
    if (isSupervisor(told)) return state.broken?.again !== undefined || supervises(position)
    return told.unitId === unitId && (told.staffId === undefined || !isHeadThere())
  })
}

/** Who may do an action at a share: its holders, and whoever was asked to. */
function poolsFor(position: Position, action: StepAction): readonly Pool[] {
  const { item, state } = position
  const held = holdersOf(position)
  const asked = answeringAt(position, action === 'reject-approval' ? undefined : action)
  if (action === 'reject-approval') return asked
  if (action === 'terminate' && isJointlyDisowned(item, state, position.run)) return leadersOf(position)
  if (action === 'extend') {
    const allowsOwn = isAmong(position, held) && !hasAsked(position, 'extend')
    return [...asked, ...(allowsOwn ? extensionApprovers(item, state) : [])]
  }
  if (action === 'promise-anew') return [...held, ...namesNewDay(position)]
  if (action === 'record-objection') return [...held, ...objectionPools(item, state, position)]
  if (position.part.outcome === 'drafted') return [{ role: position.step.role, unitId: position.part.unitId }]
  const second = action === 'request-correction' && isAskedAgain(state)
  return [...held, ...asked, ...(second ? supervisorPools(position) : [])]
}

function leadersOf({ item, state, run, part, context }: Position): readonly Pool[] {
  const led = ledShare(item, state)
  if (led?.stepKey !== run.key || led.unitId !== part.unitId) return []
  return [...leadersOfCase(item, state), ...context.leadersAt(led)]
}
