import { exhaustive } from '../kernel/exhaustive'
import { addDays, dayIn, earlierOf, type Instant, type PlainDate } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import type { ServiceItem, StepAction } from '../service-item/item'
import { provisionalWorkingDay } from '../time-limit/calendar'
import { dueOf, isLate } from '../time-limit/clock'
import {
  approvalChoices,
  approvalToAnswer,
  type CaseContext,
  type CaseError,
  isReasonRequired,
  isWithdrawable,
  mayDisown,
  mayTakeOver,
  mayWithdraw,
  returnTargets,
  type TargetField,
  whyNot,
} from './actions'
import { openApprovals } from './approvals'
import { fixedIdentityKeys } from './brought'
import { runningLaw, taskDue } from './clocks'
import type {
  CaseEvent,
  DeliveryMethod,
  DerivedFacts,
  NewName,
  Place,
  SpecialProcedure,
  TerminationCause,
} from './events'
import { isDisowned, isUnnamed } from './identity'
import { findCheckingPool } from './identity-check'
import { stepOf } from './route'
import {
  type ApprovalKind,
  type CaseState,
  type ConfirmedBy,
  type ContentChange,
  type CorrectionItem,
  isAskedAgain,
  openCorrection,
  openParts,
  type StepTarget,
} from './state'

/** What a member of staff does at a step. Texts are sealed elsewhere; here stand their digests. */
export interface StepCommand extends StepTarget {
  readonly action: StepAction
  readonly reasonDigest: string | null
  /** `request-correction` */
  readonly items?: readonly CorrectionItem[]
  /** `return`; the step before when absent */
  readonly toStepKey?: string
  /** `transfer`: a unit that the registry knows to hold the same role */
  readonly toUnitId?: string
  /** `transfer` at the accepting step: the place that the whole case moves to */
  readonly moved?: Place | null
  /** `assign` */
  readonly staffId?: string
  /** `record-visit`: two or more */
  readonly officerIds?: readonly string[]
  /** `require-rectification` */
  readonly recheckOn?: PlainDate
  /** `suspend` */
  readonly basis?: SpecialProcedure
  readonly expectedDays?: number
  /** `pay` */
  readonly paidOn?: PlainDate
  /** `terminate` */
  readonly cause?: TerminationCause
  /** `deliver` */
  readonly method?: DeliveryMethod
  /** `request-approval`, `reject-approval`; the only one possible when absent */
  readonly for?: ApprovalKind
}

/** Answers and papers as they stand with what was brought. */
interface Brought {
  readonly answersDigest: string
  readonly facts: DerivedFacts
  readonly change: ContentChange
}

export type CaseCommand =
  | ({ readonly type: 'act' } & StepCommand)
  | {
      readonly type: 'confirm-identity'
      /** The step that is open meanwhile. */
      readonly stepKey: string
      /** Who applies, where nobody had written it. */
      readonly named?: NewName
    }
  | ({ readonly type: 'supplement' | 'add' } & Brought)
  | {
      readonly type: 'take-over'
      /** How the owner is known to be the applicant. */
      readonly confirmedBy: ConfirmedBy | null
      /** The owner's own name, where another stood beside their number. */
      readonly named?: NewName
    }
  /** Whoever filed it, for whom it is, was confirmed under another name or number than it bears. */
  | ({ readonly type: 'name-applicant' } & NewName)
  | { readonly type: 'withdraw'; readonly reasonDigest: string | null }
  | {
      readonly type: 'disown'
      /** Staff whose own the case is until now. */
      readonly staffIds: readonly string[]
    }

/** Decides what follows from a command; the events are not yet part of the case. */
export function decide(
  item: ServiceItem,
  state: CaseState,
  command: CaseCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const at = context.now
  switch (command.type) {
    case 'act':
      return decideStep(item, state, command, context)
    case 'confirm-identity':
      return checked(item, state, command, context)
    case 'supplement':
      return maySupplement(state, context)
        ? ok([{ type: 'supplemented', at, ...broughtBy(command) }])
        : fail({ code: 'case.action-not-allowed' })
    case 'add':
      return context.actor.kind === 'applicant' && isWithdrawable(state) && !state.applicant?.disowned
        ? ok([{ type: 'added', at, ...broughtBy(command) }])
        : fail({ code: 'case.action-not-allowed' })
    case 'take-over':
      return mayTakeOver(state, context.actor)
        ? ok([
            { type: 'taken-over', at },
            ...(command.named ? [{ type: 'applicant-named', at, ...command.named } as const] : []),
            ...confirmedWith(state, command.confirmedBy, at),
          ])
        : fail({ code: 'case.action-not-allowed' })
    case 'name-applicant':
      return namedAnew(state, command, at)
    case 'withdraw':
      return mayWithdraw(state, context.actor)
        ? ok([{ type: 'withdrawn', at, reasonDigest: command.reasonDigest }])
        : fail({ code: 'case.action-not-allowed' })
    case 'disown':
      return mayDisown(state, context.actor)
        ? ok([{ type: 'disowned', at, staffIds: command.staffIds }])
        : fail({ code: 'case.action-not-allowed' })
    default:
      return exhaustive(command)
  }
}

/** What names nobody any more is not brought back under the number that was disowned. */
const maySupplement = (state: CaseState, { actor }: CaseContext) =>
  actor.kind === 'applicant' && state.endedAt === null && openCorrection(state) && !state.applicant?.disowned

/** What is decided, confirmed or somebody's by a takeover stays under the name that it has. */
const isNamedAnew = (state: CaseState) =>
  isWithdrawable(state) &&
  !state.identityConfirmed &&
  state.takenOverAt === null &&
  state.applicant?.takenFrom === 'filer'

function namedAnew(
  state: CaseState,
  { applicant, answersDigest, change }: NewName,
  at: Instant,
): Result<CaseEvent[], CaseError> {
  return isNamedAnew(state)
    ? ok([{ type: 'applicant-named', at, applicant, answersDigest, change }])
    : fail({ code: 'case.action-not-allowed' })
}

const broughtBy = ({ answersDigest, facts, change }: Brought) => ({
  answersDigest,
  ...facts,
  change,
})

/** How the applicant of a case that was not confirmed yet is known from now on; nothing where there is nothing to confirm. */
export function confirmedWith(state: CaseState, by: ConfirmedBy | null, at: Instant): CaseEvent[] {
  if (by === null || state.identityConfirmed || !isWithdrawable(state)) return []
  const [open] = openParts(state)
  const { stepKey, unitId } = {
    stepKey: open?.step.key ?? '',
    unitId: open?.part.unitId ?? state.organUnitId,
  }
  return [{ type: 'identity-confirmed', by, at, stepKey, unitId }]
}

function checked(
  item: ServiceItem,
  state: CaseState,
  { stepKey, named }: Extract<CaseCommand, { type: 'confirm-identity' }>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const at = context.now
  const place = findCheckingPool(item, state, context.actor)
  const lacksName = isUnnamed(item, state)
  if (!place || (named && !lacksName)) return fail({ code: 'case.action-not-allowed' })
  if (lacksName && !named) return fail({ code: 'case.applicant-unnamed' })
  return ok([
    ...(named ? [{ type: 'applicant-named', at, ...named } as const] : []),
    { type: 'identity-confirmed', by: 'face-to-face', at, stepKey, unitId: place.unitId },
  ])
}

const lacks = (...fields: readonly TargetField[]) =>
  fail({ code: 'case.target-unknown', lacks: fields } as const)

/** No order to put something right leaves more than a year for it. */
const LONGEST_RECHECK_DAYS = 365

/**
 * Whether a site may be looked at again on a day: a working day to come, before the law's date where that still runs,
 * because an order to put something right stops no clock. A year without calendar works on weekdays.
 */
function isRecheckDay(item: ServiceItem, state: CaseState, day: PlainDate, { now, calendar }: CaseContext) {
  const today = dayIn(now)
  const law = runningLaw(item, state)
  const due = law && dueOf(law, calendar)
  const longest = addDays(today, LONGEST_RECHECK_DAYS)
  const latest = due?.kind === 'on' && due.on > today ? earlierOf(due.on, longest) : longest
  return day > today && day <= latest && provisionalWorkingDay(calendar)(day)
}

/** Money is paid for a decision: on its day at the earliest, and none that is still to come. */
const isPayday = ({ decision }: CaseState, day: PlainDate, { now }: CaseContext) =>
  decision !== null && day >= dayIn(decision.at) && day <= dayIn(now)

function decideStep(
  item: ServiceItem,
  state: CaseState,
  command: StepCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const refusal = whyNot(item, state, command.action, command, context)
  if (refusal) return fail(refusal)
  if (isReasonRequired(state, command.action) && command.reasonDigest === null)
    return fail({ code: 'case.reason-missing' })
  return eventsOf(item, state, command, context)
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one row for each action, nothing nested
function eventsOf(
  item: ServiceItem,
  state: CaseState,
  command: StepCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const base = { at: context.now, stepKey: command.stepKey, unitId: command.unitId }
  const reasonDigest = command.reasonDigest ?? ''
  switch (command.action) {
    case 'verify':
      return ok([{ ...base, type: 'verified', outcome: 'verified', reasonDigest: command.reasonDigest }])
    case 'accept':
      return ok([{ ...base, type: 'accepted', bySilence: false }])
    case 'decline':
      return ok([{ ...base, type: 'declined', reasonDigest }])
    case 'request-correction':
      return correctionRequested(item, state, command, context)
    case 'transfer':
      return command.toUnitId && command.toUnitId !== command.unitId
        ? ok([
            {
              ...base,
              type: 'transferred',
              reasonDigest,
              toUnitId: command.toUnitId,
              moved: command.moved ?? null,
            },
          ])
        : lacks('toUnitId')
    case 'assign':
      return command.staffId
        ? ok([{ ...base, type: 'assigned', staffId: command.staffId }])
        : lacks('staffId')
    case 'pass':
      return ok([{ ...examined(item, state, command, context), outcome: 'passed' }])
    case 'fail':
      return ok([failed(item, state, command, context)])
    case 'convene':
      return ok([{ ...examined(item, state, command, context), outcome: 'convened' }])
    case 'return':
      return returned(item, state, command, context)
    case 'record-visit':
      return new Set(command.officerIds).size >= Math.max(2, stepOf(item, command.stepKey).officersMin)
        ? ok([
            {
              ...base,
              type: 'visit-recorded',
              officerIds: command.officerIds ?? [],
              noteDigest: reasonDigest,
            },
          ])
        : fail({ code: 'case.officers-too-few' })
    case 'require-rectification':
      if (!command.recheckOn) return lacks('recheckOn')
      return isRecheckDay(item, state, command.recheckOn, context)
        ? ok([{ ...base, type: 'rectification-required', reasonDigest, recheckOn: command.recheckOn }])
        : fail({ code: 'case.recheck-day' })
    case 'suspend':
      return command.basis && command.expectedDays
        ? ok([
            {
              ...base,
              type: 'clock-suspended',
              reasonDigest,
              basis: command.basis,
              expectedDays: command.expectedDays,
            },
          ])
        : lacks(
            ...(command.basis ? [] : ['basis' as const]),
            ...(command.expectedDays ? [] : ['expectedDays' as const]),
          )
    case 'resume':
      return ok([{ ...base, type: 'clock-resumed' }])
    case 'extend':
      return ok([
        { ...base, type: 'limit-extended', reasonDigest, days: item.statutory?.extension?.days ?? 0 },
      ])
    case 'publish-notice':
      return ok([{ ...base, type: 'notice-published' }])
    case 'close-notice':
      return ok([{ ...base, type: 'notice-closed' }])
    case 'record-objection':
      return ok([{ ...base, type: 'objection-recorded', reasonDigest }])
    case 'grant':
      return ok([{ ...base, type: 'granted', reasonDigest: command.reasonDigest }])
    case 'refuse':
      return ok([{ ...base, type: 'refused', reasonDigest }])
    case 'pay':
      return command.paidOn && isPayday(state, command.paidOn, context)
        ? ok([{ ...base, type: 'payment-recorded', paidOn: command.paidOn }])
        : lacks('paidOn')
    case 'conclude':
      return ok([{ ...base, type: 'concluded' }])
    case 'deliver':
      return command.method ? ok([{ ...base, type: 'delivered', method: command.method }]) : lacks('method')
    case 'terminate':
      return command.cause === causeOf(state)
        ? ok([{ ...base, type: 'terminated', cause: command.cause }])
        : lacks('cause')
    case 'request-approval':
      return requested(item, state, command, context)
    case 'reject-approval': {
      const asked = approvalToAnswer(state, command, context, command.for)
      return asked ? ok([{ ...base, type: 'approval-rejected', reasonDigest, for: asked.for }]) : lacks('for')
    }
    default:
      return exhaustive(command.action)
  }
}

/** Why staff may end a case now. */
const causeOf = (state: CaseState): TerminationCause => (isDisowned(state) ? 'disowned' : 'deceased')

function correctionRequested(
  item: ServiceItem,
  state: CaseState,
  { items = [], stepKey, unitId, reasonDigest }: StepCommand,
  { now, correctionRule: rule }: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (items.length === 0) return lacks('items')
  const fixed = fixedIdentityKeys(item, state)
  if (items.some(({ kind, name }) => kind === 'field' && fixed.includes(name)))
    return fail({ code: 'case.identity-fixed' })
  const second = isAskedAgain(state)
  const words = { reasonDigest: reasonDigest ?? '', items, second, rule }
  return ok([{ type: 'correction-requested', at: now, stepKey, unitId, ...words }])
}

function requested(
  item: ServiceItem,
  state: CaseState,
  command: StepCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const choices = approvalChoices(item, state, command, context)
  const kind = command.for ?? (choices.length === 1 ? choices[0] : undefined)
  if (kind === undefined) return lacks('for')
  if (!choices.includes(kind)) {
    const asked = openApprovals(state).some((each) => each.for === kind)
    return fail({ code: asked ? 'case.approval-asked' : 'case.action-not-allowed' })
  }
  const { stepKey, unitId, reasonDigest } = command
  return ok([
    {
      type: 'approval-requested',
      at: context.now,
      stepKey,
      unitId,
      reasonDigest: reasonDigest ?? '',
      for: kind,
      askedBy: context.actor.kind === 'staff' ? (context.actor.staffId ?? null) : null,
      approvers: context.approversOf(kind, unitId),
    },
  ])
}

function examined(item: ServiceItem, state: CaseState, command: StepCommand, context: CaseContext) {
  const run = state.steps.find((each) => each.key === command.stepKey)
  const part = run?.parts.find((each) => each.unitId === command.unitId)
  const late =
    run !== undefined &&
    part !== undefined &&
    isLate(taskDue(item, state, run, part, context.calendar), dayIn(context.now))
  return {
    type: 'examined' as const,
    at: context.now,
    stepKey: command.stepKey,
    unitId: command.unitId,
    late,
    reasonDigest: command.reasonDigest,
  }
}

/** A village that finds the facts otherwise passes its opinion on; it decides nothing. */
function failed(item: ServiceItem, state: CaseState, command: StepCommand, context: CaseContext): CaseEvent {
  const { late, ...base } = examined(item, state, command, context)
  return stepOf(item, command.stepKey).kind === 'verify'
    ? { ...base, type: 'verified', outcome: 'failed' }
    : { ...base, late, outcome: 'failed' }
}

function returned(
  item: ServiceItem,
  state: CaseState,
  command: StepCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const targets = returnTargets(item, state, command.stepKey)
  const toStepKey = command.toStepKey ?? targets.at(-1)
  if (!toStepKey || !targets.includes(toStepKey)) return lacks('toStepKey')
  const { stepKey, unitId, reasonDigest } = command
  return ok([
    { type: 'returned', at: context.now, stepKey, unitId, reasonDigest: reasonDigest ?? '', toStepKey },
  ])
}
