import type { Instant } from '../../kernel/plain-date'
import type { ServiceItem, Step } from '../../service-item/item'
import { finishPart, skipOpen } from '../advance'
import type { CaseEvent } from '../events'
import { changePart, changeRun } from '../parts'
import { limitDaysOf, stepOf } from '../route'
import {
  type CaseState,
  type Correction,
  type CorrectionDraft,
  type CorrectionItem,
  type DraftReturn,
  openCorrection,
  type StepPart,
  type StepRun,
  type StepTarget,
} from '../state'
import { withLastCorrection } from './correcting'
import { noticesGiven } from './notices-given'

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

/** The answered notice of which those who asked look at what came, until it is accepted or another goes out; undefined elsewhere. */
export function noticeLookedAt({ accepted, endedAt, corrections }: CaseState): Correction | undefined {
  const last = corrections.at(-1)
  const isOpen = accepted === null && endedAt === null
  return isOpen && last?.lookers !== undefined && last.suppliedAt !== null ? last : undefined
}

/** Whoever asked for something of the open notice of all departments, and so looks at what comes. 行政许可法 第32条 */
export function lookersOf(item: ServiceItem, state: CaseState): readonly string[] {
  const asked = openCorrection(state)
  if (!asked?.beforeAcceptance) return []
  const from = asked.items.flatMap((each) => each.from ?? [])
  return (draftRun(item, state)?.parts ?? []).map(({ unitId }) => unitId).filter((id) => from.includes(id))
}

/** What a unit has asked for by a notice: of nothing else it says anything once the notice is out. */
export const askedBy = ({ items }: Pick<Correction, 'items'>, unitId: string): readonly CorrectionItem[] =>
  items.filter(({ from = [] }) => from.includes(unitId))

/** Departments that have answered and may say something else until the notice goes out; of what came to it, until it is accepted. */
export const redraftTargets = (item: ServiceItem, state: CaseState): readonly StepTarget[] => {
  const lookers = noticeLookedAt(state)?.lookers
  const run = isDrafting(item, state) || lookers ? draftRun(item, state) : undefined
  return (run?.parts ?? [])
    .filter(({ outcome, unitId }) => outcome === 'drafted' && (!lookers || lookers.includes(unitId)))
    .map(({ unitId }) => ({ stepKey: run?.key ?? '', unitId }))
}

/**
 * The working days of a share. Whoever accepts has their own only once each department has had its days: until then they
 * wait for others.
 */
export function shareDays(item: ServiceItem, state: CaseState, run: StepRun, unitId: string): number {
  const step = stepOf(item, run.key)
  const days = limitDaysOf(step, unitId)
  const waits = noticesGiven(state).length === 0 || noticeLookedAt(state) !== undefined
  const drafts = step.kind === 'accept' && waits ? draftRun(item, state) : undefined
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
    stepOf(item, run.key).kind === 'accept' && (isDrafting(item, state) || noticeLookedAt(state))
      ? draftRun(item, state)
      : undefined
  if (part.openedAt === null) return null
  return (drafts?.parts ?? []).reduce((last, { openedAt, unitId }) => {
    const givenAt = returnOf(item, state, { stepKey: drafts?.key ?? '', unitId })?.since ?? openedAt
    return givenAt !== null && givenAt > last ? givenAt : last
  }, part.openedAt)
}

const isOf =
  ({ unitId, stepKey }: StepTarget) =>
  (each: StepTarget) =>
    each.unitId === unitId && each.stepKey === stepKey

/**
 * Why and when the draft of a department was given back; undefined while it was not, once it is written anew, and once the notice went
 * out.
 */
export const returnOf = (item: ServiceItem, state: CaseState, of: StepTarget): DraftReturn | undefined =>
  isDrafting(item, state) ? state.drafts?.find(isOf(of))?.returned : undefined

/** Whether it is written anew, and there is nothing else to look at: what it asked for stands meanwhile, and nobody waits. */
export const isOut = (item: ServiceItem, state: CaseState, of: StepTarget) =>
  returnOf(item, state, of)?.since !== undefined

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
  const isOther = (each: StepTarget) => !isOf(event)(each)
  const notice = noticeLookedAt(state)
  const drafted = notice
    ? withLastCorrection(state, { looks: [...(notice.looks ?? []).filter(isOther), draft] })
    : { ...state, drafts: [...(state.drafts ?? []).filter(isOther), draft] }
  const part = draftRun(item, state)?.parts.find((each) => each.unitId === unitId)
  if (part?.status !== 'open') return drafted
  const finished = finishPart(item, drafted, event, 'drafted')
  const answered = answeredBefore(item, state, part, event)
  return answered ? changePart(finished, event, () => answered) : finished
}

/** How a share stood before its draft was given back; undefined where it was not, or where it looks at something new. */
function answeredBefore(
  item: ServiceItem,
  state: CaseState,
  part: StepPart,
  { stepKey }: Pick<StepTarget, 'stepKey'>,
): Pick<StepPart, 'status' | 'outcome' | 'openedAt' | 'doneAt'> | undefined {
  const { since, answeredAt } = returnOf(item, state, { stepKey, unitId: part.unitId }) ?? {}
  return since === undefined || answeredAt === undefined
    ? undefined
    : { status: 'done', outcome: 'drafted', openedAt: since, doneAt: answeredAt }
}

/** A share as all others are told of it: what is written anew was answered already, and nobody waits for it. */
export const asAnswered = (item: ServiceItem, state: CaseState, run: StepRun, part: StepPart): StepPart => ({
  ...part,
  ...answeredBefore(item, state, part, { stepKey: run.key }),
})

/** Whoever has said nothing by now has nothing to add; of whoever writes anew what they said first stands. */
export function closeDrafts(item: ServiceItem, state: CaseState, at: CaseEvent['at']): CaseState {
  const run = draftRun(item, state)
  if (run?.status !== 'open') return state
  const parts = run.parts.map((part) => asAnswered(item, state, run, part))
  return skipOpen(
    changeRun(state, run.key, () => ({ ...run, parts })),
    run.key,
    at,
  )
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
  const isSaid = ({ unitId, outcome }: StepPart) =>
    outcome === 'drafted' || isOut(item, state, { stepKey: run.key, unitId })
  const wanted = run.parts.filter((part) => isSaid(part) && isWanted(part.unitId)).map(({ unitId }) => unitId)
  return openAnew(besideReturn(state, wanted), run, wanted, at)
}

const besideWhatCame = ({ since: _since, answeredAt: _answeredAt, ...why }: DraftReturn): DraftReturn => why

/** Of those that write anew: from now on they look at what came, too. */
const besideReturn = (state: CaseState, units: readonly string[]): CaseState =>
  state.drafts === undefined
    ? state
    : {
        ...state,
        drafts: state.drafts.map((draft) =>
          draft.returned && units.includes(draft.unitId)
            ? { ...draft, returned: besideWhatCame(draft.returned) }
            : draft,
        ),
      }

/** It is that department's to do again. What it looked at is nothing new: the days of whoever accepts stay as they are. */
export function returnDraft(
  item: ServiceItem,
  state: CaseState,
  { at, reasonDigest, toUnitId: unitId }: CaseEvent & { type: 'draft-returned' },
): CaseState {
  const run = draftRun(item, state)
  const { openedAt: since, doneAt } = run?.parts.find((part) => part.unitId === unitId) ?? {}
  if (!run || !since) return state
  const answered = doneAt ? { answeredAt: doneAt } : {}
  const returned = { at, version: state.version + 1, reasonDigest, since, ...answered }
  const drafts = (state.drafts ?? []).map((draft) =>
    isOf({ stepKey: run.key, unitId })(draft) ? { ...draft, returned } : draft,
  )
  return openAnew({ ...state, drafts }, run, [unitId], at)
}

/** Their shares are open once more, with days of their own. */
const openAnew = (state: CaseState, run: StepRun, units: readonly string[], at: Instant): CaseState =>
  units.reduce(
    (next, unitId) =>
      changePart(next, { stepKey: run.key, unitId }, () => ({
        status: 'open',
        openedAt: at,
        doneAt: null,
        outcome: null,
      })),
    units.length === 0 ? state : changeRun(state, run.key, () => ({ ...run, status: 'open', doneAt: null })),
  )

/** What came to the notice is looked at by whoever asked for it. Nobody waits for them: the day for acceptance is the law's. */
export function lookAtAnswer(
  item: ServiceItem,
  state: CaseState,
  { at, lookers }: CaseEvent & { type: 'supplemented' },
): CaseState {
  const run = draftRun(item, state)
  return lookers === undefined || !run || state.accepted !== null
    ? state
    : openAnew(withLastCorrection(state, { lookers }), run, lookers, at)
}
