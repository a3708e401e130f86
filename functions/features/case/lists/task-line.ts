import { type LightBasis, lightAt, lightBasis } from '#shared/domain/case/clock/case-light'
import { acceptanceClock } from '#shared/domain/case/clock/clocks'
import { type Beside, withBeside } from '#shared/domain/case/clock/row-due'
import { shareDue } from '#shared/domain/case/clock/task-light'
import { turningDays } from '#shared/domain/case/clock/turning-days'
import type { CaseContext, Pool } from '#shared/domain/case/context'
import { returnOf } from '#shared/domain/case/correction/draft-step'
import { awaitedDrafts } from '#shared/domain/case/correction/joined-notice'
import { isAskedAgain, noticesGiven } from '#shared/domain/case/correction/notices-given'
import { awaitedAt, delivers } from '#shared/domain/case/delivery/delivery-clock'
import type { ServedPaper } from '#shared/domain/case/delivery/delivery-state'
import { owedPapers } from '#shared/domain/case/delivery/owed-papers'
import { goesToFamily } from '#shared/domain/case/delivery/to-family'
import { type Issued, outcomeAt, type Standing, standingOf } from '#shared/domain/case/outcome/outcome'
import type { Outcome } from '#shared/domain/case/outcome/outcome-words'
import {
  type SettledBy,
  type Settles,
  settleDue,
  settledBy,
  settlingBeside,
  settlingIn,
} from '#shared/domain/case/revocation/settling'
import { stepOf } from '#shared/domain/case/route'
import type { CaseState, StepPart, StepRun } from '#shared/domain/case/state'
import { firstAction } from '#shared/domain/case/step/actions'
import type { Approval, ApprovalKind } from '#shared/domain/case/step/approval-state'
import { openApprovalsAt } from '#shared/domain/case/step/approvals'
import { isDecidedAt } from '#shared/domain/case/step/who-may-act'
import { openRecord, unsigned } from '#shared/domain/case/visit/visit-record'
import { isDisowned, isUnnamed } from '#shared/domain/case/whose/identity'
import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import { isAmongPools, samePool } from '#shared/domain/organization/registry'
import type { ServiceItem, StepAction } from '#shared/domain/service-item/item'
import { type ClockDue, dueOf } from '#shared/domain/time-limit/clock'
import { type Light, lightOf } from '#shared/domain/time-limit/light'
import type { Reference } from '../../service-item'
import { approversIn } from '../approvers'
import type { CaseRow } from '../case-row'
import { correctionRuleOf } from '../county-days'
import { currentState } from '../current-state'
import { stateOnTime } from '../on-time'
import { itemOf } from '../standing'
import type { CaseTask } from '../task'
import { type Signing, signingOf, standInsAt } from './signers'
import { KNOWN, type Span, spanOn, spansOf } from './spans'

/** How the case stands, and what may be done at a share of it. */
interface Open {
  readonly standing: Standing
  /** Of the case's own date. */
  readonly light: LightBasis
  readonly first: StepAction | null
  /** Units whose look whoever accepts still waits for; missing where it waits for none. */
  readonly awaits?: readonly string[]
  readonly asked: readonly ApprovalKind[]
  readonly isIdentified: boolean
}

type Nobody = 'unnamed' | 'disowned' | 'disowned-by-firm'

function nobodyIn(item: ServiceItem, state: CaseState): Nobody | null {
  if (isDisowned(state)) return state.applicant?.kind === 'firm' ? 'disowned-by-firm' : 'disowned'
  return isUnnamed(item, state) ? 'unnamed' : null
}

/** A line of another shape is not read; a widened one gets the next number. Missing in the text it is 1. */
export const TASK_LINE_SHAPE = 12
/** With what the text of every line of this shape begins. */
export const TASK_LINE_HEAD = `{"shape":${TASK_LINE_SHAPE},`

/** What a queue says of a share beside its columns: worked out when the case is written, so that no list goes by its state. */
export interface TaskLine {
  readonly shape: typeof TASK_LINE_SHAPE
  readonly due: ClockDue
  /** The whole limit that `due` comes from, in working days. */
  readonly days: number
  /** Last day before silence accepts; null where it does not. */
  readonly acceptOn: PlainDate | null
  readonly notices: number
  /** Where nobody is named: whether nobody was yet, or whoever was has not applied. */
  readonly nobody: Nobody | null
  /** What waits for the organ after its decision; missing of a share of an open step. */
  readonly settles?: Settles
  /** Of what is settled there, alone or beside the share: whom it is kept from, and who must not handle the case. */
  readonly settledBy?: SettledBy
  /** What its pool settles beside the share, each with its day; missing where that is nothing. */
  readonly beside?: Beside
  /** The paper that it has to serve beside its own work; missing where there is none. */
  readonly serve?: ServedPaper
  /** It goes to the family of whom it was for; missing of every other. */
  readonly forFamily?: true
  /** Of a share that each of its holders has to pass; missing until somebody has. */
  readonly signing?: Signing
  /** Its draft was given back to be written anew; missing where it was not. */
  readonly returned?: true
  /** Who has still to sign the record of a visit; missing where none waits. */
  readonly signs?: readonly string[]
  /** Somebody of its pool stands in for who answers a request there: it has no row of its own. */
  readonly standIn?: true
  readonly spans: readonly Span<{
    /** Whoever filed it is confirmed by then. */
    readonly known: Open
    readonly unknown: Open
  }>[]
}

/** A case as it is now, and who of the staff may not judge it. */
export interface StaffedCase {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly now: Instant
  readonly ownStaff: readonly string[]
  readonly documents: readonly Issued[]
}

/** A share as it stands before one of its pools. */
interface Share {
  readonly run: StepRun
  readonly part: StepPart
  /** Of the step itself; who was asked to allow something is none of them. */
  readonly holders: readonly Pool[]
  /** Who is to end it, where it is disowned and joint. */
  readonly leaders: readonly Pool[]
  readonly pool: Pool
}

/** Who has it beside others of their pool, who hold the share itself, is told by a message of their own. */
const isAskedAt = (share: Share, approvers: Approval['approvers']) =>
  approvers.some((each) => samePool(each, share.pool) && (each.staffId === undefined || !isHeldBy(share)))

const hasStandIn = (state: CaseState, share: Share) =>
  isHeldBy(share) &&
  openApprovalsAt(state, { stepKey: share.run.key, unitId: share.part.unitId })
    .flatMap(({ approvers }) => approvers)
    .some((each) => each.staffId !== undefined && samePool(each, share.pool))

/** Whom the row of a request is for, where it is not for all of its pool. */
const namedIn = (state: CaseState, share: Share) =>
  openApprovalsAt(state, { stepKey: share.run.key, unitId: share.part.unitId })
    .flatMap(({ approvers }) => approvers)
    .find((each) => !isHeldBy(share) && samePool(each, share.pool))?.staffId ?? null

/** Whom the row of a share is for, where they decide it in place of its holders. */
const deciderIn = (staffed: StaffedCase, { run, part, pool }: Share) => {
  const target = { stepKey: run.key, unitId: part.unitId }
  if (!isDecidedAt(staffed.item, target)) return null
  return standInsAt(staffed, target).find((each) => samePool(each, pool))?.staffId ?? null
}

const contextAt = (staffed: StaffedCase, share: Share, state: CaseState, now: Instant): CaseContext => ({
  now,
  calendar: staffed.reference.calendar,
  correctionRule: correctionRuleOf(staffed.reference),
  actor: {
    kind: 'staff',
    staffId: namedIn(state, share) ?? deciderIn({ ...staffed, state, now }, share),
    pools: [share.pool],
    isBarred: false,
  },
  poolsOf: () => share.holders,
  signersAt: () => [],
  standInsAt: (target) => standInsAt({ ...staffed, state, now }, target),
  leadersAt: () => share.leaders,
  handlersOf: () => [],
  isReached: true,
  isApplicantReached: true,
  approversOf: (kind, unitId) => approversIn({ ...staffed, state, now }).approversOf(kind, unitId, null),
})

function openAt(staffed: StaffedCase, share: Share, now: Instant, isFilerKnown: boolean): Open {
  const { item, reference } = staffed
  const filerConfirmed = isFilerKnown ? KNOWN : null
  const state = stateOnTime(item, { state: staffed.state, filerConfirmed }, reference, now)
  const target = { stepKey: share.run.key, unitId: share.part.unitId }
  const first = firstAction(item, state, target, contextAt(staffed, share, state, now))
  const { calendar } = reference
  const awaits =
    stepOf(item, share.run.key).kind === 'accept' ? awaitedDrafts(item, state, { now, calendar }) : []
  return {
    standing: standingOf(item, state, { calendar, documents: staffed.documents }),
    light: lightBasis(item, state, calendar),
    first,
    ...(awaits.length > 0 ? { awaits: awaits.map(({ unitId }) => unitId) } : {}),
    asked: openApprovalsAt(state, target)
      .filter(({ approvers }) => isAskedAt(share, approvers))
      .map((each) => each.for),
    isIdentified: state.identityConfirmed,
  }
}

function acceptOn({ item, state, reference }: StaffedCase, { run }: Share) {
  const clock = stepOf(item, run.key).kind === 'accept' ? acceptanceClock(item, state) : null
  const due = clock && dueOf(clock, reference.calendar)
  return due?.kind === 'on' ? due.on : null
}

const spansOfShare = (staffed: StaffedCase, share: Share): TaskLine['spans'] =>
  spansOf(
    staffed.now,
    turningDays(staffed.item, staffed.state, share.run, staffed.reference.calendar),
    (at) => ({ known: openAt(staffed, share, at, true), unknown: openAt(staffed, share, at, false) }),
  )

const isHeldBy = ({ holders, pool }: Share) => isAmongPools(holders, pool)

const settlingOfShare = (state: CaseState, share: Share) =>
  settlingIn(state, {
    ...share.pool,
    stepKey: share.run.key,
    partUnitId: share.part.unitId,
    approval: !isHeldBy(share),
  })

function dueAt(
  { item, state, reference }: StaffedCase,
  share: Share,
): Pick<TaskLine, 'due' | 'days' | 'settles' | 'beside'> {
  const { calendar } = reference
  const settling = settlingOfShare(state, share)
  if (!settling) {
    const own = shareDue(item, state, share, calendar)
    return isHeldBy(share) ? withBeside(state, share, own, calendar) : own
  }
  return { due: settleDue(state, settling, calendar), days: settling.days, settles: settling.of }
}

function settledByAt(staffed: StaffedCase, share: Share): Pick<TaskLine, 'settledBy'> {
  const { state } = staffed
  const row = { ...share.pool, stepKey: share.run.key, partUnitId: share.part.unitId }
  const settling = isHeldBy(share)
    ? settlingBeside(state, { ...row, approval: false })
    : settlingOfShare(state, share)
  return settling ? { settledBy: settledBy(staffed, settling) } : {}
}

/** Nobody hands it over in passing whom it is for has died: who of the family takes it is written down. */
const resultForFamily = (item: ServiceItem, state: CaseState, { run }: Share) =>
  delivers(stepOf(item, run.key)) && owedPapers(state).includes('result') && goesToFamily(state, 'result')
    ? ('result' as const)
    : undefined

export function taskLine(staffed: StaffedCase, share: Share): TaskLine {
  const { item, state } = staffed
  const isSettling = settlingOfShare(state, share) !== null
  const serve = isSettling
    ? null
    : (awaitedAt(item, state, { stepKey: share.run.key, unitId: share.part.unitId }) ??
      resultForFamily(item, state, share))
  const record = openRecord(share.part)
  return {
    shape: TASK_LINE_SHAPE,
    ...dueAt(staffed, share),
    ...settledByAt(staffed, share),
    acceptOn: acceptOn(staffed, share),
    notices: Math.max(noticesGiven(state).length, Number(isAskedAgain(state))),
    nobody: nobodyIn(item, state),
    ...(serve ? { serve } : {}),
    ...(serve && goesToFamily(state, serve) ? { forFamily: true as const } : {}),
    ...signingOf(staffed, share.run, share.part),
    ...(returnOf(item, state, { stepKey: share.run.key, unitId: share.part.unitId })
      ? { returned: true as const }
      : {}),
    ...(record ? { signs: unsigned(record) } : {}),
    ...(hasStandIn(state, share) ? { standIn: true as const } : {}),
    spans: spansOfShare(staffed, share),
  }
}

/**
 * As it is kept with the task: null where the confirmation of whoever filed it would be a receipt, since its dates go by the
 * hour of that then. The queue goes by the state.
 */
export function keptLine(staffed: StaffedCase, share: Share): string | null {
  const { item, state, now } = staffed
  const known = currentState(item, { state, filerConfirmed: KNOWN }, now)
  const isForetold = known.receivedAt === state.receivedAt && known.corrections === state.corrections
  return isForetold ? JSON.stringify(taskLine(staffed, share)) : null
}

/** A row of a queue or of what runs out. */
interface LinedTask
  extends Pick<CaseTask, 'stepKey' | 'partUnitId' | 'role' | 'unitId' | 'approval' | 'line'> {
  /** The case itself, where no line tells of it as it stands. */
  readonly unlined: CaseRow | null
}

/**
 * What is said of a share now, in a queue and in a reminder alike: by its line as the last write left it; where none is kept,
 * or one from before lines were, by the case itself. Null where the case knows no such share any more.
 */
export function lineOfTask(task: LinedTask, reference: Reference, now: Instant): TaskLine | null {
  const { unlined } = task
  if (task.line !== null && unlined === null) return JSON.parse(task.line)
  const run = unlined?.state.steps.find(({ key }) => key === task.stepKey)
  const part = run?.parts.find(({ unitId }) => unitId === task.partUnitId)
  if (!unlined || !run || !part) return null
  const { role, unitId } = task
  const pool = { role, unitId }
  const { ownStaff, documents } = unlined
  const item = itemOf(reference, unlined)
  const state = currentState(item, unlined, now)
  const [holders, leaders] = task.approval ? [[], [pool]] : [[pool], []]
  return taskLine({ item, state, reference, now, ownStaff, documents }, { run, part, holders, leaders, pool })
}

/** The line on a day. */
export function lineOn(
  { due, days, spans }: TaskLine,
  today: PlainDate,
  { isFilerKnown, calendar }: { readonly isFilerKnown: boolean; readonly calendar: Reference['calendar'] },
): Pick<Open, 'first' | 'awaits' | 'asked' | 'isIdentified'> & {
  readonly light: Light
  readonly outcome: Outcome
} {
  const { known, unknown } = spanOn(spans, today)
  const { standing, light, ...open } = isFilerKnown ? known : unknown
  return {
    ...open,
    light: lightOf(due, days, today, calendar),
    outcome: outcomeAt(standing, lightAt(light, today, calendar), 'staff'),
  }
}
