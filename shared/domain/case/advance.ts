import { dayIn, type Instant } from '../kernel/plain-date'
import type { ServiceItem, Step } from '../service-item/item'
import { changePart, changeRun, closePauses, pause } from './parts'
import { receive } from './receipt'
import { openReadyParts, openRun, stepOf, waitingAgain } from './route'
import type { CaseState, StepOutcome } from './state'

type AtPart = { readonly stepKey: string; readonly unitId: string; readonly at: Instant }

const isDisputed = (item: ServiceItem, state: CaseState) =>
  state.steps.some(
    (run) =>
      stepOf(item, run.key).organ.kind === 'parallel' &&
      run.parts.some((part) => part.outcome === 'failed' || part.late),
  )

const isSkipped = (item: ServiceItem, state: CaseState, step: Step) =>
  step.followUp || (step.onlyIfDisputed && !isDisputed(item, state))

/** Opens the step after `index`; a pre-check that is optional opens the one behind it too. */
export function openNext(item: ServiceItem, state: CaseState, index: number, at: Instant): CaseState {
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

export function openStep(state: CaseState, step: Step, at: Instant): CaseState {
  const opened = changeRun(state, step.key, (run) => openRun(step, run, at))
  const unitId = opened.steps.find((run) => run.key === step.key)?.parts[0]?.unitId ?? ''
  return pause(opened, step.suspends, { because: 'step', stepKey: step.key, unitId, on: dayIn(at) })
}

export function finishPart(
  item: ServiceItem,
  state: CaseState,
  target: AtPart,
  outcome: StepOutcome,
): CaseState {
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
  const complete = step.completesApplication ? receive(item, closed, at) : closed
  // An optional pre-check has opened its successor already, and holds nobody up.
  if (step.optional || step.followUp) return complete
  const index = complete.steps.findIndex((run) => run.key === step.key)
  return keepPromise(item, openNext(item, complete, index, at), at)
}

/** The promise is kept when no step that counts is left. */
export function keepPromise(item: ServiceItem, state: CaseState, at: Instant): CaseState {
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
export const skipOpen = (state: CaseState, key: string, at: Instant) =>
  changeRun(state, key, (run) => ({
    ...run,
    status: 'skipped',
    doneAt: at,
    parts: run.parts.map((part) =>
      part.status === 'done' ? part : { ...part, status: 'done', doneAt: at, outcome: 'closed' },
    ),
  }))

/** The pre-checks that are still open beside the step that accepts. */
export const skipPreChecks = (item: ServiceItem, state: CaseState, at: Instant) =>
  state.steps
    .filter(({ key, status }) => status === 'open' && stepOf(item, key).optional)
    .reduce((next, { key }) => skipOpen(next, key, at), state)

export const stepBefore = (state: CaseState, key: string) => {
  const index = state.steps.findIndex((run) => run.key === key)
  return state.steps[index - 1]?.key ?? key
}

export function returnTo(item: ServiceItem, state: CaseState, toStepKey: string, at: Instant): CaseState {
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
