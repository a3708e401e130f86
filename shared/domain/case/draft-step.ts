import type { ServiceItem, Step } from '../service-item/item'
import { finishPart, skipOpen } from './advance'
import type { CaseEvent } from './events'
import { limitDaysOf, stepOf } from './route'
import { type CaseState, type CorrectionDraft, noticesGiven, type StepRun, type StepTarget } from './state'

/** Departments look at the shared papers before acceptance, each for itself. */
export const isDraftStep = ({ actions }: Pick<Step, 'actions'>) => actions.includes('draft-correction')

/** The step at which the departments of a case draft; undefined where its guide has none. */
export const draftRun = (item: ServiceItem, { steps }: Pick<CaseState, 'steps'>) =>
  steps.find(({ key }) => isDraftStep(stepOf(item, key)))

/** What the departments say is still to be sent: nobody has accepted, and no notice has gone out. */
export const isDrafting = (item: ServiceItem, state: CaseState) =>
  state.accepted === null &&
  state.endedAt === null &&
  state.corrections.length === 0 &&
  draftRun(item, state) !== undefined

/** Departments that have answered and may say something else until the notice goes out. */
export const redraftTargets = (item: ServiceItem, state: CaseState): readonly StepTarget[] => {
  const run = isDrafting(item, state) ? draftRun(item, state) : undefined
  return (run?.parts ?? [])
    .filter(({ outcome }) => outcome === 'drafted')
    .map(({ unitId }) => ({ stepKey: run?.key ?? '', unitId }))
}

/**
 * The working days of a share. Whoever accepts has their own only once each department has had its days: until then they
 * wait for others.
 */
export function shareDays(item: ServiceItem, state: CaseState, run: StepRun, unitId: string): number {
  const step = stepOf(item, run.key)
  const days = limitDaysOf(step, unitId)
  const drafts =
    step.kind === 'accept' && noticesGiven(state).length === 0 ? draftRun(item, state) : undefined
  return drafts ? days + stepOf(item, drafts.key).limitDays : days
}

const isOf =
  ({ unitId, stepKey }: StepTarget) =>
  (each: StepTarget) =>
    each.unitId === unitId && each.stepKey === stepKey

/** What a department says stands in place of what it said before. */
export function recordDraft(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'correction-drafted' },
): CaseState {
  const { at, stepKey, unitId, items } = event
  const draft: CorrectionDraft = { stepKey, unitId, at, version: state.version + 1, items }
  const others = (state.drafts ?? []).filter((each) => !isOf(event)(each))
  return finishPart(item, { ...state, drafts: [...others, draft] }, event, 'drafted')
}

/** Whoever has said nothing by now has nothing to add. */
export function closeDrafts(item: ServiceItem, state: CaseState, at: CaseEvent['at']): CaseState {
  const run = draftRun(item, state)
  return run?.status === 'open' ? skipOpen(state, run.key, at) : state
}
