import { identityKeysOf } from '../application/item-answers'
import { exhaustive } from '../kernel/exhaustive'
import { dayIn, type Instant } from '../kernel/plain-date'
import { asFiled } from '../service-item/fast-track'
import type { ServiceItem, Step, SuspendableClock } from '../service-item/item'
import { answerApproval, requestOf } from './approvals'
import { askForCorrection, goOn, supplement, withLastCorrection } from './correcting'
import { asksForIdentity, deriveAgain, handedOn, movePart, moveTo, overtakenStep, stepAnew } from './derived'
import type { CaseEvent } from './events'
import { changePart, changeRun, closePauses, pause } from './parts'
import { isPartAlone, openReadyParts, openRun, stepOf, waitingAgain, waitingRun } from './route'
import { type CaseState, type CaseStatus, openCorrection, type StepOutcome, UNRECORDED } from './state'

/** Applies one event, `filed` to null. Replaying all events of a case gives its row. */
export function evolve(guide: ServiceItem, state: CaseState | null, event: CaseEvent): CaseState {
  const item = asFiled(guide, event.type === 'filed' ? event : state)
  if (event.type === 'filed') return file(item, event)
  if (state === null) throw new Error(`a case begins with "filed", not "${event.type}"`)
  return { ...apply(item, state, event), version: state.version + 1 }
}

export const replay = (item: ServiceItem, events: readonly CaseEvent[]): CaseState => {
  const state = events.reduce<CaseState | null>((before, event) => evolve(item, before, event), null)
  if (!state) throw new Error('a case without events')
  return state
}

function file(item: ServiceItem, event: CaseEvent & { type: 'filed' }): CaseState {
  const steps = event.stepKeys.map((key) => waitingRun(stepOf(item, key), event.where))
  const filed: CaseState = {
    serviceItemId: event.serviceItemId,
    itemVersion: event.itemVersion,
    status: 'submitted',
    version: 1,
    where: event.where,
    organUnitId: event.organUnitId,
    filedAt: event.at,
    ...(event.fastTrack ? { fastTrack: true } : {}),
    answersDigest: event.answersDigest,
    receivedAt: null,
    completeAt: null,
    accepted: null,
    identityConfirmed: event.identityConfirmed,
    ...UNRECORDED,
    applicant: event.applicant ?? null,
    confirmedBy: event.confirmedBy ?? null,
    seats: event.seats ?? null,
    channel: event.channel ?? null,
    src: event.src ?? null,
    assisted: event.assisted ?? null,
    enteredBy: event.enteredBy ?? null,
    enteredAt: event.enteredAt ?? null,
    relatives: event.relatives ?? [],
    steps,
    corrections: [],
    pauses: [],
    extension: null,
    decision: null,
    promiseKeptAt: null,
    concludedAt: null,
    deliveredAt: null,
    deliveredBy: null,
    paidOn: null,
    endedAt: null,
  }
  const waitsForVillage = steps.some((run) => stepOf(item, run.key).completesApplication)
  const received = waitsForVillage ? filed : { ...filed, receivedAt: event.at, completeAt: event.at }
  return openNext(item, received, -1, event.at)
}

function apply(item: ServiceItem, state: CaseState, event: Exclude<CaseEvent, { type: 'filed' }>): CaseState {
  switch (event.type) {
    case 'verified':
      return finishPart(item, state, event, event.outcome)
    case 'accepted':
      return accept(item, state, event)
    case 'declined':
      return end(state, 'declined', event.at)
    case 'correction-requested':
      return askForCorrection(answerApproval(state, 'request-correction', event, true), event)
    case 'correction-reminded':
      return withLastCorrection(state, { remindedAt: event.at })
    case 'supplemented':
      return changeAnswers(item, supplement(state, event.at), event)
    case 'added':
      return changeAnswers(item, state, event)
    case 'applicant-named':
      return { ...state, applicant: event.applicant, answersDigest: event.answersDigest }
    case 'taken-over':
      return { ...state, takenOverAt: event.at }
    case 'correction-lapsed':
      return goOn(withLastCorrection(state, { lapsedAt: event.at }), event.at)
    case 'examined':
      return finishPart(item, markExamined(state, event), event, event.outcome)
    case 'returned':
      return returnTo(item, state, event.toStepKey, event.at)
    case 'transferred':
      return transfer(item, state, event)
    case 'assigned':
      return changePart(state, event, () => ({ assigneeId: event.staffId }))
    case 'visit-recorded':
      return changePart(state, event, () => ({ visited: true, rectifyBy: null }))
    case 'rectification-required':
      return changePart(state, event, () => ({ visited: false, rectifyBy: event.recheckOn }))
    case 'clock-suspended':
      return suspend(item, answerApproval(state, 'suspend', event, true), event)
    case 'clock-resumed':
      return resume(state, event)
    case 'limit-extended':
      return {
        ...answerApproval(state, 'extend', event, true),
        extension: { days: event.days, on: dayIn(event.at) },
      }
    case 'approval-requested':
      return { ...state, approvals: [...state.approvals, requestOf(event)] }
    case 'approval-rejected':
      return answerApproval(state, event.for, event, false)
    case 'notice-published':
      return changeRun(state, event.stepKey, (run) => ({ ...run, publishedOn: dayIn(event.at) }))
    case 'notice-closed':
      return finishPart(item, state, event, 'publicised')
    case 'objection-recorded':
      return returnTo(item, state, stepBefore(state, event.stepKey), event.at)
    case 'identity-confirmed':
      return confirm(item, state, event)
    case 'granted':
    case 'refused':
      return decideOn(item, state, event)
    case 'payment-recorded':
      return { ...state, paidOn: event.paidOn }
    case 'concluded':
      return conclude(item, state, event)
    case 'delivered':
      return deliver(item, state, event)
    case 'withdrawn':
    case 'terminated':
      return end(state, event.type, event.at)
    case 'handed-over':
    case 'dates-filled':
      return state
    default:
      return exhaustive(event)
  }
}

/** Answers as they stand now, and what follows from them; a step that they ask for and that was passed is gone back to. */
function changeAnswers(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'supplemented' | 'added' },
): CaseState {
  const { type: _type, at, answersDigest, change, ...facts } = event
  const changes = change ? [...state.changes, { ...change, at }] : state.changes
  const next = deriveAgain(item, { ...state, answersDigest, changes }, facts, at)
  const overtaken = overtakenStep(item, state, next) ?? stepAnew(item, state, next)
  const back = overtaken === undefined ? next : returnTo(item, next, overtaken, at)
  const isAnew = facts.moved?.villageAnew === true && state.accepted === null
  return isAnew ? beforeReceipt(item, handedOn(state, back)) : back
}

/** Where a village stage comes first, its end is the receipt. */
function beforeReceipt(item: ServiceItem, state: CaseState): CaseState {
  const isStage = state.steps.some(
    ({ key, status }) => status !== 'done' && stepOf(item, key).completesApplication,
  )
  return isStage ? { ...state, receivedAt: null, completeAt: null } : state
}

/** Before the case is accepted it moves whole, and nobody of the old place is left to look at it. */
function transfer(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'transferred' },
): CaseState {
  const run = state.steps.find(({ key }) => key === event.stepKey)
  if (!run) return state
  const handed = movePart(state, run, { from: event.unitId, to: event.toUnitId }, event.at)
  if (!event.moved) return handed
  const closed = handed.steps
    .filter(({ key, status }) => status === 'open' && stepOf(item, key).optional)
    .reduce((next, { key }) => skipOpen(next, key, event.at), handed)
  return moveTo(item, closed, event.moved, event.at)
}

/** What was asked of name and number only is answered by the card in hand. */
function confirm(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'identity-confirmed' },
): CaseState {
  const confirmed: CaseState = { ...state, identityConfirmed: true, confirmedBy: event.by }
  return openCorrection(confirmed) && asksForIdentity(confirmed, identityKeysOf(item))
    ? supplement(confirmed, event.at)
    : confirmed
}

type AtPart = { readonly stepKey: string; readonly unitId: string; readonly at: Instant }

function markExamined(state: CaseState, event: CaseEvent & { type: 'examined' }): CaseState {
  const marked = changePart(state, event, () => ({ late: event.late }))
  // A check after the decision changes no status, and one unit's opinion does not end the wait for another's answer.
  const stays = event.outcome === 'convened' || state.decision !== null || openCorrection(state)
  return stays ? marked : { ...marked, status: 'examining' }
}

const isDisputed = (item: ServiceItem, state: CaseState) =>
  state.steps.some(
    (run) =>
      stepOf(item, run.key).organ.kind === 'parallel' &&
      run.parts.some((part) => part.outcome === 'failed' || part.late),
  )

const isSkipped = (item: ServiceItem, state: CaseState, step: Step) =>
  step.followUp || (step.onlyIfDisputed && !isDisputed(item, state))

/** Opens the step after `index`; a pre-check that is optional opens the one behind it too. */
function openNext(item: ServiceItem, state: CaseState, index: number, at: Instant): CaseState {
  let next = state
  for (let position = index + 1; position < state.steps.length; position += 1) {
    const run = next.steps[position]
    if (run?.status !== 'waiting') continue
    const step = stepOf(item, run.key)
    if (step.followUp) continue
    if (step.onlyIfDisputed && !isDisputed(item, next)) {
      next = changeRun(next, run.key, (each) => ({ ...each, status: 'skipped' }))
      continue
    }
    next = openStep(next, step, at)
    if (!step.optional) return next
  }
  return next
}

function openStep(state: CaseState, step: Step, at: Instant): CaseState {
  const opened = changeRun(state, step.key, (run) => openRun(step, run, at))
  const unitId = opened.steps.find((run) => run.key === step.key)?.parts[0]?.unitId ?? ''
  return pause(opened, step.suspends, { because: 'step', stepKey: step.key, unitId, on: dayIn(at) })
}

function finishPart(item: ServiceItem, state: CaseState, target: AtPart, outcome: StepOutcome): CaseState {
  const step = stepOf(item, target.stepKey)
  const done = changePart(state, target, () => ({ status: 'done', doneAt: target.at, outcome }))
  const run = done.steps.find((each) => each.key === target.stepKey)
  if (run?.parts.some((part) => part.status !== 'done')) {
    return changeRun(done, target.stepKey, (each) => openReadyParts(step, each, target.at))
  }
  return finishStep(item, done, step, target.at)
}

function finishStep(item: ServiceItem, state: CaseState, step: Step, at: Instant): CaseState {
  const closed = closePauses(
    changeRun(state, step.key, (run) => ({ ...run, status: 'done', doneAt: at })),
    'step',
    step.key,
    dayIn(at),
  )
  const complete = step.completesApplication ? { ...closed, receivedAt: at, completeAt: at } : closed
  // An optional pre-check has opened its successor already, and holds nobody up.
  if (step.optional || step.followUp) return complete
  const index = complete.steps.findIndex((run) => run.key === step.key)
  return keepPromise(item, openNext(item, complete, index, at), at)
}

/** The promise is kept when no step that counts is left. */
function keepPromise(item: ServiceItem, state: CaseState, at: Instant): CaseState {
  if (state.promiseKeptAt !== null) return state
  const left = state.steps.some((run) => {
    const step = stepOf(item, run.key)
    const unfinished = run.status === 'open' || (run.status === 'waiting' && !isSkipped(item, state, step))
    const concluded = step.kind === 'conclude' && state.concludedAt !== null
    return step.countsTowardPromise && unfinished && !concluded
  })
  return left ? state : { ...state, promiseKeptAt: at }
}

/** A pre-check that nobody waits for any more. */
const skipOpen = (state: CaseState, key: string, at: Instant) =>
  changeRun(state, key, (run) => ({
    ...run,
    status: 'skipped',
    doneAt: at,
    parts: run.parts.map((part) => ({ ...part, status: 'done', doneAt: at, outcome: 'closed' })),
  }))

function accept(item: ServiceItem, state: CaseState, event: CaseEvent & { type: 'accepted' }): CaseState {
  const on = event.bySilence && state.receivedAt ? dayIn(state.receivedAt) : dayIn(event.at)
  const closed = state.steps
    .filter((run) => run.status === 'open' && stepOf(item, run.key).optional)
    .reduce((next, { key }) => skipOpen(next, key, event.at), state)
  const accepted = { ...closed, status: 'accepted' as const, accepted: { on, bySilence: event.bySilence } }
  return finishPart(item, accepted, event, 'accepted')
}

const stepBefore = (state: CaseState, key: string) => {
  const index = state.steps.findIndex((run) => run.key === key)
  return state.steps[index - 1]?.key ?? key
}

function returnTo(item: ServiceItem, state: CaseState, toStepKey: string, at: Instant): CaseState {
  const target = state.steps.findIndex((run) => run.key === toStepKey)
  const reset = state.steps.map((run, index) =>
    index < target || stepOf(item, run.key).optional ? run : waitingAgain(run),
  )
  const closed = {
    ...state,
    steps: reset,
    pauses: state.pauses.map((each) =>
      each.until === null && each.because !== 'correction' ? { ...each, until: dayIn(at) } : each,
    ),
  }
  return openStep(closed, stepOf(item, toStepKey), at)
}

function suspend(item: ServiceItem, state: CaseState, event: CaseEvent & { type: 'clock-suspended' }) {
  const parallel = isPartAlone(item, event)
  const clocks: (SuspendableClock | 'step')[] = parallel ? ['step'] : ['promised', 'statutory', 'step']
  const stopped = pause(
    changePart(state, event, () => ({ suspendedAt: event.at })),
    clocks,
    { because: 'special-procedure', stepKey: event.stepKey, unitId: event.unitId, on: dayIn(event.at) },
  )
  return parallel ? stopped : { ...stopped, status: 'suspended' as const }
}

function resume(state: CaseState, event: CaseEvent & { type: 'clock-resumed' }): CaseState {
  const on = dayIn(event.at)
  const going: CaseState = {
    ...changePart(state, event, () => ({ suspendedAt: null })),
    pauses: state.pauses.map((each) =>
      each.until === null && each.because === 'special-procedure' && each.unitId === event.unitId
        ? { ...each, until: on }
        : each,
    ),
  }
  return going.status === 'suspended' ? { ...going, status: 'examining' } : going
}

function decideOn(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'granted' | 'refused' },
): CaseState {
  const step = stepOf(item, event.stepKey)
  const decided: CaseState = {
    ...state,
    status: event.type,
    decision: {
      kind: event.type,
      at: event.at,
      stepKey: event.stepKey,
      reasonDigest: event.type === 'refused' ? event.reasonDigest : null,
    },
  }
  if (step.kind === 'conclude') return decided
  const skipping = event.type === 'refused' ? skipToConclude(item, decided, step.key) : decided
  return finishPart(item, skipping, event, 'decided')
}

/** A refusal goes straight to the step that delivers it, and leaves nothing to check afterwards. */
function skipToConclude(item: ServiceItem, state: CaseState, decidingKey: string): CaseState {
  const from = state.steps.findIndex((run) => run.key === decidingKey)
  const to = state.steps.findIndex((run, index) => index > from && stepOf(item, run.key).kind === 'conclude')
  return {
    ...state,
    steps: state.steps.map((run, index) =>
      (index > from && index < to) || stepOf(item, run.key).followUp
        ? { ...run, status: 'skipped' as const }
        : run,
    ),
  }
}

function conclude(item: ServiceItem, state: CaseState, event: CaseEvent & { type: 'concluded' }): CaseState {
  const concluded = { ...state, status: 'concluded' as const, concludedAt: event.at }
  const followUps = item.steps.filter(
    (step) =>
      step.followUp &&
      state.decision?.kind === 'granted' &&
      state.steps.some((run) => run.key === step.key && run.status === 'waiting'),
  )
  const opened = followUps.reduce<CaseState>((next, step) => openStep(next, step, event.at), concluded)
  return keepPromise(item, opened, event.at)
}

function deliver(item: ServiceItem, state: CaseState, event: CaseEvent & { type: 'delivered' }): CaseState {
  const delivered: CaseState = {
    ...state,
    status: 'delivered',
    deliveredAt: event.at,
    deliveredBy: event.method,
    endedAt: event.at,
  }
  return finishPart(item, delivered, event, 'concluded')
}

function end(state: CaseState, status: CaseStatus, at: Instant): CaseState {
  return {
    ...state,
    status,
    endedAt: at,
    corrections: state.corrections.map((each) =>
      each.suppliedAt === null && each.lapsedAt === null ? { ...each, lapsedAt: at } : each,
    ),
    pauses: state.pauses.map((each) => (each.until === null ? { ...each, until: dayIn(at) } : each)),
    steps: state.steps.map((run) =>
      run.status === 'open' || run.status === 'waiting' ? { ...run, status: 'skipped' as const } : run,
    ),
  }
}
