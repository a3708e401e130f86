import { dayIn, type Instant } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { finishPart, keepPromise, openStep } from './advance'
import type { CaseStatus } from './case-status'
import { served, withOwnInApp } from './delivery/evolve-delivery'
import type { CaseEvent } from './events'
import { stepOf } from './route'
import type { CaseState } from './state'

/** The organ grants or refuses. */
export function decideOn(
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
      ...(event.type === 'granted' && event.amount !== undefined ? { amount: event.amount } : {}),
      ...(event.staffId !== undefined ? { staffId: event.staffId } : {}),
      ...(event.toBeServed ? { toBeServed: true } : {}),
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

export function conclude(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'concluded' },
): CaseState {
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

export function deliver(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'delivered' },
): CaseState {
  const delivered: CaseState = {
    ...state,
    status: 'delivered',
    deliveredAt: event.at,
    deliveredBy: event.method,
    ...(event.servedOn === undefined ? {} : { servedOn: event.servedOn }),
    endedAt: event.at,
  }
  const { servedOn: on, refusedOn } = event
  const had = withOwnInApp(delivered, refusedOn)
  return finishPart(item, on ? served(had, 'result', { ...event, on }) : had, event, 'concluded')
}

/** Nothing of it is open or waits any more. */
export function end(state: CaseState, status: CaseStatus, at: Instant): CaseState {
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
