import type { Instant } from '../kernel/plain-date'
import type { ServiceItem, Step } from '../service-item/item'
import { finishPart, skipOpen } from './advance'
import type { CaseEvent } from './events'
import { changePart, changeRun } from './parts'
import { limitDaysOf, stepOf } from './route'
import {
  type CaseState,
  type CorrectionDraft,
  noticesGiven,
  type StepPart,
  type StepRun,
  type StepTarget,
} from './state'

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

/** When the days of a share begin: those of whoever accepts with the last department that was given something to look at. */
export function shareStart(
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  part: StepPart,
): Instant | null {
  const drafts =
    stepOf(item, run.key).kind === 'accept' && isDrafting(item, state) ? draftRun(item, state) : undefined
  if (part.openedAt === null) return null
  return (drafts?.parts ?? []).reduce(
    (last, { openedAt }) => (openedAt !== null && openedAt > last ? openedAt : last),
    part.openedAt,
  )
}

const isOf =
  ({ unitId, stepKey }: StepTarget) =>
  (each: StepTarget) =>
    each.unitId === unitId && each.stepKey === stepKey

/**
 * What a department says stands in place of what it said before; when it had answered is told by the first, or by what it said
 * of what came since.
 */
export function recordDraft(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'correction-drafted' },
): CaseState {
  const { at, stepKey, unitId, items } = event
  const draft: CorrectionDraft = { stepKey, unitId, at, version: state.version + 1, items }
  const others = (state.drafts ?? []).filter((each) => !isOf(event)(each))
  const drafted = { ...state, drafts: [...others, draft] }
  const part = draftRun(item, state)?.parts.find((each) => each.unitId === unitId)
  return part?.status === 'open' ? finishPart(item, drafted, event, 'drafted') : drafted
}

/** Whoever has said nothing by now has nothing to add. */
export function closeDrafts(item: ServiceItem, state: CaseState, at: CaseEvent['at']): CaseState {
  const run = draftRun(item, state)
  return run?.status === 'open' ? skipOpen(state, run.key, at) : state
}

/**
 * 行政许可法 第32条: what was asked for and came by itself is looked at by whoever asked, within days of its own. Any sheet may
 * bear the name, and what it lacks can be asked for once only after acceptance.
 */
export function lookAnew(
  item: ServiceItem,
  state: CaseState,
  { at, change }: CaseEvent & { type: 'added' | 'supplemented' },
): CaseState {
  const run = isDrafting(item, state) ? draftRun(item, state) : undefined
  if (run?.status !== 'open' && run?.status !== 'done') return state
  const came = { material: change?.papers ?? [], field: change?.fields ?? [] }
  const isWanted = (unitId: string) =>
    state.drafts?.some(
      (draft) => draft.unitId === unitId && draft.items.some(({ kind, name }) => came[kind].includes(name)),
    )
  const wanted = run.parts.filter(({ unitId, outcome }) => outcome === 'drafted' && isWanted(unitId))
  return wanted.reduce(
    (next, { unitId }) =>
      changePart(next, { stepKey: run.key, unitId }, () => ({
        status: 'open',
        openedAt: at,
        doneAt: null,
        outcome: null,
      })),
    wanted.length === 0 ? state : changeRun(state, run.key, () => ({ ...run, status: 'open', doneAt: null })),
  )
}
