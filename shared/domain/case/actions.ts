import { dayIn, type Instant } from '../kernel/plain-date'
import type { StaffRole } from '../organization/staff'
import type { ServiceItem, Step, StepAction } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import { lastAnswerOn, noticeDays } from './clocks'
import { stepOf, unitsOf } from './route'
import {
  type CaseState,
  openCorrection,
  openParts,
  type StepPart,
  type StepRun,
  type StepTarget,
} from './state'

/** Actions that only a stated reason makes valid. */
export const REASON_REQUIRED = {
  verify: false,
  return: true,
  accept: false,
  'request-correction': true,
  decline: true,
  transfer: true,
  assign: false,
  pass: false,
  fail: true,
  convene: false,
  'record-visit': false,
  'require-rectification': true,
  suspend: true,
  resume: false,
  extend: true,
  'publish-notice': false,
  'close-notice': false,
  'record-objection': true,
  grant: false,
  refuse: true,
  pay: false,
  conclude: false,
  deliver: false,
} as const satisfies Record<StepAction, boolean>

/** A role in a unit: whoever holds it may act. */
export interface Pool {
  readonly role: StaffRole
  readonly unitId: string
}

export type CaseActor =
  | { readonly kind: 'applicant' }
  | { readonly kind: 'staff'; readonly pools: readonly Pool[]; readonly isApplicant: boolean }
  | { readonly kind: 'system' }

export interface CaseContext {
  readonly now: Instant
  readonly calendar: WorkingCalendar
  readonly actor: CaseActor
  /** Everybody a share of a step belongs to, substitutes of an unstaffed pool included. */
  readonly poolsOf: (step: Step, unitId: string, openedAt: Instant) => readonly Pool[]
}

/** What an act cannot do without, by its name in the request. */
export type TargetField =
  | 'stepKey'
  | 'items'
  | 'toStepKey'
  | 'toUnitId'
  | 'staffId'
  | 'recheckOn'
  | 'basis'
  | 'expectedDays'
  | 'paidOn'
  | 'method'

export type CaseError =
  | { readonly code: 'case.action-not-allowed' }
  | { readonly code: 'case.not-your-task' }
  | { readonly code: 'case.own-case' }
  | { readonly code: 'case.reason-missing' }
  | { readonly code: 'case.identity-unconfirmed' }
  | { readonly code: 'case.visit-missing' }
  | { readonly code: 'case.rectification-open' }
  | { readonly code: 'case.publicity-running' }
  | { readonly code: 'case.second-correction' }
  | { readonly code: 'case.extended-before' }
  | { readonly code: 'case.undecided' }
  | { readonly code: 'case.unpaid' }
  | { readonly code: 'case.target-unknown'; readonly lacks: readonly TargetField[] }
  | { readonly code: 'case.recheck-day' }
  | { readonly code: 'case.officers-too-few' }

type Verdict = CaseError | null

const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError
const when = (holds: boolean, error: CaseError = REFUSED): Verdict => (holds ? null : error)

interface Place {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly step: Step
  readonly run: StepRun
  readonly part: StepPart
  readonly context: CaseContext
}

/** What each action asks of the case beyond standing at its step. */
const CONDITIONS = {
  verify: () => null,
  accept: ({ state }) => when(state.receivedAt !== null && state.accepted === null),
  decline: ({ state }) => when(state.accepted === null),
  transfer: ({ state }) => when(state.accepted === null),
  'request-correction': ({ item, state, context, part }) =>
    when(openCorrection(state) === undefined && leavesTimeToAnswer(item, state, context)) ??
    when(state.corrections.length === 0 || maySecondCorrection(context, part.unitId), {
      code: 'case.second-correction',
    }),
  assign: ({ step, state }) => when(step.kind !== 'conclude' || state.decision?.kind === 'granted'),
  pass: (place) => visitDone(place),
  fail: (place) => visitDone(place),
  convene: () => null,
  'record-visit': ({ step, state }) => when(step.kind !== 'conclude' || state.decision?.kind === 'granted'),
  'require-rectification': ({ part }) =>
    when(part.visited && part.rectifyBy === null, { code: 'case.visit-missing' }),
  suspend: ({ part }) => when(part.suspendedAt === null),
  resume: ({ part }) => when(part.suspendedAt !== null),
  extend: ({ item, state }) =>
    when(item.statutory?.extension != null && state.decision === null) ??
    when(state.extension === null, { code: 'case.extended-before' }),
  'publish-notice': ({ run }) => when(run.publishedOn === null),
  'close-notice': ({ item, run, context }) => {
    const notice = noticeDays(item, run, context.calendar)
    return (
      when(notice !== null) ??
      when(notice !== null && dayIn(context.now) >= notice.closableOn, { code: 'case.publicity-running' })
    )
  },
  'record-objection': ({ run }) => when(run.publishedOn !== null),
  grant: ({ state }) =>
    when(state.decision === null) ?? when(state.identityConfirmed, { code: 'case.identity-unconfirmed' }),
  refuse: ({ state }) => when(state.decision === null),
  return: ({ item, state, run }) => when(returnTargets(item, state, run.key).length > 0),
  pay: ({ state }) =>
    when(state.decision?.kind === 'granted', { code: 'case.undecided' }) ??
    when(state.paidOn === null) ??
    when(state.identityConfirmed, { code: 'case.identity-unconfirmed' }),
  conclude: ({ step, state, part }) =>
    when(state.decision !== null, { code: 'case.undecided' }) ??
    when(state.concludedAt === null) ??
    when(step.officersMin < 2 || state.decision?.kind === 'refused' || part.visited, {
      code: 'case.visit-missing',
    }) ??
    when(!step.actions.includes('pay') || state.decision?.kind === 'refused' || state.paidOn !== null, {
      code: 'case.unpaid',
    }),
  deliver: ({ state }) => when(state.concludedAt !== null, { code: 'case.undecided' }),
} as const satisfies Record<StepAction, (place: Place) => Verdict>

/** 行政许可法 第34条: nobody judges a site that two officers have not seen. */
function visitDone({ step, part }: Place): Verdict {
  if (!step.actions.includes('record-visit')) return null
  return (
    when(part.rectifyBy === null, { code: 'case.rectification-open' }) ??
    when(part.visited, { code: 'case.visit-missing' })
  )
}

const APPROVERS: readonly StaffRole[] = ['town-approver', 'dept-approver', 'county-approver']

/** 一次性告知: a second notice is for the approver of the notice's unit, else the county's supervisor, to answer for. */
function maySecondCorrection({ actor }: CaseContext, unitId: string) {
  return (
    actor.kind === 'staff' &&
    actor.pools.some(
      (pool) => pool.role === 'supervisor' || (APPROVERS.includes(pool.role) && pool.unitId === unitId),
    )
  )
}

/** A notice after acceptance must be answered before the law's date comes near: one without a day left is none. */
function leavesTimeToAnswer(item: ServiceItem, state: CaseState, { now, calendar }: CaseContext) {
  const latest = lastAnswerOn(item, state, calendar)
  return latest === null || latest > dayIn(now)
}

/** The steps a case may be sent back to: those that judged it after acceptance. */
export function returnTargets(item: ServiceItem, state: CaseState, fromKey: string): readonly string[] {
  const from = state.steps.findIndex((run) => run.key === fromKey)
  return state.steps
    .filter((run, index) => {
      const { kind } = stepOf(item, run.key)
      return index < from && run.status === 'done' && ['examine', 'inspect', 'publicise'].includes(kind)
    })
    .filter((run) => state.steps.findIndex((each) => each.key === run.key) > acceptIndex(item, state))
    .map((run) => run.key)
}

const acceptIndex = (item: ServiceItem, state: CaseState) =>
  state.steps.findIndex((run) => stepOf(item, run.key).kind === 'accept')

const samePool = (left: Pool, right: Pool) => left.role === right.role && left.unitId === right.unitId

function holdsTask(place: Place, action: StepAction): Verdict {
  const { actor } = place.context
  if (actor.kind === 'system') return null
  if (actor.kind === 'applicant') return { code: 'case.not-your-task' }
  const allowed = poolsFor(place, action)
  if (!allowed.some((pool) => actor.pools.some((own) => samePool(own, pool))))
    return { code: 'case.not-your-task' }
  return when(!actor.isApplicant, { code: 'case.own-case' })
}

function poolsFor({ item, state, step, part, context }: Place, action: StepAction): readonly Pool[] {
  const extension = item.statutory?.extension
  if (action === 'extend' && extension) {
    const { role, organ } = extension.approvedBy
    return unitsOf(organ, state.where).map((unitId) => ({ role, unitId }))
  }
  const pools = context.poolsOf(step, part.unitId, part.openedAt ?? context.now)
  const { actor } = context
  const second = action === 'request-correction' && state.corrections.length > 0
  return second && actor.kind === 'staff' && maySecondCorrection(context, part.unitId)
    ? [...pools, ...actor.pools]
    : pools
}

/** While the applicant is asked, the step that asked stands still; while a special procedure runs, only its end or a visit. */
function standsStill({ state, run, part }: Place, action: StepAction): Verdict {
  const asked = openCorrection(state)
  if (asked && asked.stepKey === run.key && asked.unitId === part.unitId) return REFUSED
  return when(part.suspendedAt === null || action === 'resume' || action === 'record-visit')
}

/** Why an action is refused, null when it is allowed. The pages' buttons and the verbs' checks both ask here. */
export function whyNot(
  item: ServiceItem,
  state: CaseState,
  action: StepAction,
  target: StepTarget,
  context: CaseContext,
): Verdict {
  const run = state.steps.find((each) => each.key === target.stepKey)
  const part = run?.parts.find((each) => each.unitId === target.unitId)
  if (!run || !part) return { code: 'case.target-unknown', lacks: ['stepKey'] }
  const step = stepOf(item, run.key)
  const place: Place = { item, state, step, run, part, context }
  const holder = holdsTask(place, action)
  if (holder) return holder
  const open = run.status === 'open' && part.status === 'open' && step.actions.includes(action)
  if (!open || (state.endedAt !== null && !step.followUp)) return REFUSED
  return standsStill(place, action) ?? CONDITIONS[action](place)
}

export interface AllowedAction extends StepTarget {
  readonly action: StepAction
}

/** Everything the actor may do with the open steps, in the order of the item's table. */
export function allowedActions(item: ServiceItem, state: CaseState, context: CaseContext): AllowedAction[] {
  return openParts(state).flatMap(({ step: run, part }) =>
    stepOf(item, run.key)
      .actions.map((action) => ({ action, stepKey: run.key, unitId: part.unitId }))
      .filter(({ action, ...target }) => whyNot(item, state, action, target, context) === null),
  )
}

/** The applicant may take the application back until it is decided. */
export const mayWithdraw = (state: CaseState) => state.endedAt === null && state.decision === null

const FACE_TO_FACE: readonly StaffRole[] = [
  'village-agent',
  'town-window',
  'window',
  'dept-window',
  'project-officer',
]

/** Counter and village agent, who have the person and the card before them, confirm the identity for this case. */
export function mayConfirmIdentity(item: ServiceItem, state: CaseState, actor: CaseActor) {
  if (actor.kind !== 'staff' || actor.isApplicant || state.identityConfirmed || state.endedAt !== null)
    return false
  const units = new Set([
    state.where.villageId,
    state.where.townId,
    item.departmentId,
    ...state.steps.flatMap((run) => run.parts.map((part) => part.unitId)),
  ])
  return actor.pools.some((pool) => FACE_TO_FACE.includes(pool.role) && units.has(pool.unitId))
}
