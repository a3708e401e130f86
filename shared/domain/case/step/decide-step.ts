import { exhaustive } from '../../kernel/exhaustive'
import { dayIn, type Instant } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { ServiceItem } from '../../service-item/item'
import { wordedIn } from '../../service-item/notice'
import { isLate } from '../../time-limit/clock'
import { publicityDays } from '../../time-limit/publicity'
import { whyNotNewDay } from '../clock/broken-promise'
import { taskDue } from '../clock/clocks'
import { isUndated } from '../clock/extended'
import { lawGoesOn, stopsLaw } from '../clock/overrun'
import type { CaseContext, CaseError, UnknownField } from '../context'
import { correctionRequested, drafted } from '../correction/decide-correction'
import { draftReturned } from '../correction/return-draft'
import { isRefusedInPart } from '../delivery/against'
import { isServedInApp, phoneLost, servedByHand } from '../delivery/delivery-choice'
import type { CaseEvent, TerminationCause } from '../events'
import { extend } from '../evolve-suspension'
import { joinedVerdict, joinsDecisions, ownDecision } from '../parallel/share-decisions'
import { isRaisedInTime } from '../publicity/objections'
import { isPayday } from '../result/payout'
import { stepOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { isRecheckDay } from '../visit/recheck'
import { visitRecorded, visitSigned } from '../visit/site-visit'
import { isDisowned } from '../whose/identity'
import { approvalChoices, whyNot } from './actions'
import { openApprovals } from './approvals'
import { allowedAs, approvalToAnswer } from './approvers'
import {
  delivered,
  inPlace,
  refusedInApp,
  settled,
  signedBy,
  toldOfDeath,
  withAmount,
} from './decide-serving'
import { signedOr } from './joint-signing'
import { returnTargets } from './return-targets'
import { type CommandOf, isReasonRequired, type StepCommand } from './step-command'

const unknown = (field: UnknownField) => fail({ code: 'case.target-unknown', field } as const)

/** Decides what follows from an act of staff at a step. */
export function decideStep(
  item: ServiceItem,
  state: CaseState,
  command: StepCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const refusal = whyNot(item, state, command.action, command, context)
  if (refusal) return fail(refusal)
  if (isReasonRequired(item, state, command.action, command) && command.reasonDigest === null)
    return fail({ code: 'case.reason-missing' })
  return eventsOf(item, state, command, context)
}

function eventsOf(
  item: ServiceItem,
  state: CaseState,
  command: StepCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const base = { at: context.now, stepKey: command.stepKey, unitId: command.unitId }
  switch (command.action) {
    case 'verify':
      return ok([{ ...base, type: 'verified', outcome: 'verified', reasonDigest: command.reasonDigest }])
    case 'accept':
      return ok([{ ...base, type: 'accepted', bySilence: false }])
    case 'draft-nothing':
      return drafted(item, state, base, [])
    case 'draft-correction':
      return drafted(item, state, base, command.items)
    case 'decline':
      return ok([
        {
          ...base,
          type: 'declined',
          reasonDigest: command.reasonDigest,
          // Who says that they have not applied is told; nothing was asked for that remedies could run against.
          ...inPlace(command, context),
          ...servedByHand(!isDisowned(state) && !isServedInApp(state, context)),
        },
      ])
    case 'return-draft':
      return draftReturned(item, state, command, context)
    case 'request-correction':
      return correctionRequested(item, state, command, context)
    case 'transfer':
      return command.toUnitId === command.unitId
        ? unknown('toUnitId')
        : ok([
            {
              ...base,
              type: 'transferred',
              reasonDigest: command.reasonDigest,
              toUnitId: command.toUnitId,
              moved: command.moved,
            },
          ])
    case 'assign':
      return ok([{ ...base, type: 'assigned', staffId: command.staffId }])
    case 'pass':
      return ok([
        signedOr(item, state, { ...examined(item, state, command, context), outcome: 'passed' }, context),
      ])
    case 'fail':
      return ok([failed(item, state, command, context)])
    case 'convene':
      return ok([{ ...examined(item, state, command, context), outcome: 'convened' }])
    case 'return':
      return returned(item, state, command, context)
    case 'record-visit':
      return visitRecorded(item, state, command, context)
    case 'sign-visit':
      return visitSigned(state, command, context)
    case 'require-rectification':
      return isRecheckDay(item, state, command.recheckOn, context)
        ? ok([
            {
              ...base,
              type: 'rectification-required',
              reasonDigest: command.reasonDigest,
              recheckOn: command.recheckOn,
              orderedOn: dayIn(context.now),
            },
          ])
        : fail({ code: 'case.recheck-day' })
    case 'suspend':
      return ok([suspended(item, state, command, context)])
    case 'resume':
      return ok([resumed(item, state, base, context)])
    case 'extend':
      return ok([prolonged(item, state, command, context)])
    case 'promise-anew':
      return promisedAnew(item, state, command, context)
    case 'publish-notice':
      return published(item, command, base, context)
    case 'close-notice':
      return ok([{ ...base, type: 'notice-closed' }])
    case 'record-objection':
      return objected(item, state, command, context)
    case 'grant':
      return ok([
        joinsDecisions(item)
          ? joined(item, state, base, context)
          : {
              ...base,
              type: 'granted',
              reasonDigest: command.reasonDigest,
              ...withAmount(command),
              ...signedBy(command, context),
            },
      ])
    case 'refuse':
      return refused(state, command, base, context)
    case 'pay':
      return isPayday(state, command.paidOn, context)
        ? ok([{ ...base, type: 'payment-recorded', paidOn: command.paidOn }])
        : unknown('paidOn')
    case 'conclude':
      return ok([{ ...base, type: 'concluded' }])
    case 'deliver':
      return delivered(item, state, command, context)
    case 'settle':
      return settled(item, state, command, context)
    case 'terminate':
      return command.cause === causeOf(state)
        ? ok([{ ...base, type: 'terminated', cause: command.cause, ...toldOfDeath(command) }])
        : unknown('cause')
    case 'request-approval':
      return requested(item, state, command, context)
    case 'reject-approval': {
      const asked = approvalToAnswer({ item, state }, command, context, command.for)
      const { reasonDigest } = command
      return asked
        ? ok([{ ...base, type: 'approval-rejected', reasonDigest, for: asked.for }])
        : unknown('for')
    }
    default:
      return exhaustive(command)
  }
}

function suspended(
  item: ServiceItem,
  state: CaseState,
  command: CommandOf<'suspend'>,
  context: CaseContext,
): CaseEvent {
  const { stepKey, unitId, reasonDigest, basis, expectedDays } = command
  const law = stopsLaw(item, state, command, context) ? ({ stopsLaw: true } as const) : {}
  return {
    type: 'clock-suspended',
    at: context.now,
    stepKey,
    unitId,
    reasonDigest,
    basis,
    expectedDays,
    ...law,
  }
}

function resumed(
  item: ServiceItem,
  state: CaseState,
  base: StepTarget & { readonly at: Instant },
  { calendar }: CaseContext,
): CaseEvent {
  const event = { ...base, type: 'clock-resumed' as const }
  const lawOn = lawGoesOn(item, state, event, calendar)
  return lawOn === null ? event : { ...event, lawOn }
}

function prolonged(
  item: ServiceItem,
  state: CaseState,
  command: StepTarget & { readonly reasonDigest: string },
  context: CaseContext,
): CaseEvent {
  const { stepKey, unitId, reasonDigest } = command
  const event = {
    type: 'limit-extended' as const,
    at: context.now,
    stepKey,
    unitId,
    reasonDigest,
    days: item.statutory?.extension?.days ?? 0,
    ...allowedAs({ item, state }, command, context),
  }
  return isUndated(item, extend(state, event), context.calendar) ? { ...event, undated: true } : event
}

function promisedAnew(
  item: ServiceItem,
  state: CaseState,
  { stepKey, unitId, newDueOn, reasonDigest }: CommandOf<'promise-anew'>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const wrong = whyNotNewDay(item, state, newDueOn, context)
  if (wrong) return fail(wrong)
  return ok([{ type: 'promised-anew', at: context.now, stepKey, unitId, newDueOn, reasonDigest }])
}

/** Only what the notice prints and somebody typed as they liked is told in other words. */
function published(
  item: ServiceItem,
  { stepKey, tells = [] }: CommandOf<'publish-notice'>,
  base: StepTarget & { readonly at: Instant },
  { calendar }: CaseContext,
): Result<CaseEvent[], CaseError> {
  const keys = wordedIn(item, stepKey)
  if (tells.some(({ key }) => !keys.includes(key))) return unknown('tells')
  const { publicity } = stepOf(item, stepKey)
  const days = publicity && publicityDays(dayIn(base.at), publicity, calendar)
  return ok([
    {
      ...base,
      type: 'notice-published',
      ...(days ? { lastOn: days.lastOn } : {}),
      ...(tells.length > 0 ? { tells } : {}),
    },
  ])
}

/**
 * In the days of the notice, and not after today: what is said later is no objection to it. What was typed on its page was taken
 * there in its days, also where another hangs by now.
 */
function objected(
  item: ServiceItem,
  state: CaseState,
  { stepKey, unitId, reasonDigest, raisedOn: named, objectionId }: CommandOf<'record-objection'>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const { now: at } = context
  const raisedOn = named ?? dayIn(at)
  const run = state.steps.find(({ key }) => key === stepKey)
  if (raisedOn > dayIn(at)) return unknown('raisedOn')
  const isInTime = run && (objectionId !== undefined || isRaisedInTime(item, run, raisedOn, context))
  return isInTime
    ? ok([
        {
          type: 'objection-recorded',
          at,
          stepKey,
          unitId,
          reasonDigest,
          raisedOn,
          ...(objectionId === undefined ? {} : { objectionId }),
        },
      ])
    : fail({ code: 'case.publicity-over' })
}

/** Why staff may end a case now. */
const causeOf = (state: CaseState): TerminationCause => (isDisowned(state) ? 'disowned' : 'deceased')

function requested(
  item: ServiceItem,
  state: CaseState,
  command: CommandOf<'request-approval' | 'reject-approval'>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const choices = approvalChoices(item, state, command, context)
  const kind = command.for ?? (choices.length === 1 ? choices[0] : undefined)
  if (kind === undefined) return unknown('for')
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
      reasonDigest,
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
    ...(ownDecision(item, command) ? { isDecision: true as const, ...signedBy(command, context) } : {}),
  }
}

/** A village that finds the facts otherwise passes its opinion on; it decides nothing. */
function failed(item: ServiceItem, state: CaseState, command: StepCommand, context: CaseContext): CaseEvent {
  const { late, ...base } = examined(item, state, command, context)
  return stepOf(item, command.stepKey).kind === 'verify'
    ? { ...base, type: 'verified', outcome: 'failed' }
    : {
        ...base,
        late,
        outcome: 'failed',
        ...(ownDecision(item, command) ? refusedInApp(state, context) : {}),
      }
}

function returned(
  item: ServiceItem,
  state: CaseState,
  command: CommandOf<'return'>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const targets = returnTargets(item, state, command.stepKey)
  const toStepKey = command.toStepKey ?? targets.at(-1)
  if (toStepKey === undefined || !targets.includes(toStepKey)) return unknown('toStepKey')
  const { stepKey, unitId, reasonDigest } = command
  return ok([{ type: 'returned', at: context.now, stepKey, unitId, reasonDigest, toStepKey }])
}

/** What several organs have each decided goes out by their own reasons, and what one refused not on a phone that reaches nobody. */
function joined(
  item: ServiceItem,
  state: CaseState,
  base: { readonly at: Instant; readonly stepKey: string; readonly unitId: string },
  context: CaseContext,
): CaseEvent {
  const type = joinedVerdict(item, state)
  const isAgainst = type === 'refused' || isRefusedInPart(state)
  return { ...base, type, reasonDigest: null, ...(isAgainst ? phoneLost(state, context) : {}) }
}

/** 行政诉讼法 第71条: what fell is not decided again for the very reason for which it was. */
function refused(
  state: CaseState,
  { reasonDigest, isFallenReason }: CommandOf<'refuse'>,
  base: { readonly at: Instant; readonly stepKey: string; readonly unitId: string },
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const isAlike = (state.refusedBefore ?? []).some((fallen) => fallen.reasonDigest === reasonDigest)
  if (isAlike || isFallenReason) return fail({ code: 'case.same-refusal' })
  return ok([
    { ...base, type: 'refused', reasonDigest, ...signedBy(base, context), ...phoneLost(state, context) },
  ])
}
