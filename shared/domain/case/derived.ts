import type { Instant } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { Place, RecordedFacts } from './events'
import { openRun, stepOf, unitsOf, waitingAgain, waitingRun } from './route'
import { type CaseState, openCorrection, type StepRun } from './state'

/**
 * What follows from answers that have changed: whom the case is for, its seats, its place and its steps. A confirmed
 * applicant stays confirmed, since neither name nor number of theirs can be changed. Facts that were not recorded
 * change nothing.
 */
export function deriveAgain(
  item: ServiceItem,
  state: CaseState,
  facts: RecordedFacts,
  at: Instant,
): CaseState {
  const { applicant, confirmedBy, seats, moved, stepKeys } = facts
  const known: CaseState = {
    ...state,
    ...(applicant === null ? {} : { applicant }),
    ...(seats === null ? {} : { seats }),
    ...(state.identityConfirmed || confirmedBy === null ? {} : { identityConfirmed: true, confirmedBy }),
  }
  const begun = moved?.villageAnew && state.accepted === null ? villageAnew(item, known, moved, at) : known
  const placed = moved && state.accepted === null ? moveTo(item, begun, moved, at) : known
  return stepKeys === null ? placed : withSteps(item, placed, stepKeys)
}

/** The steps whose condition holds now: what is done or under way stays, what had not begun comes and goes. */
function withSteps(item: ServiceItem, state: CaseState, keys: readonly string[]): CaseState {
  const steps = item.steps.flatMap(({ key }) => {
    const run = state.steps.find((each) => each.key === key)
    if (run && (run.status !== 'waiting' || keys.includes(key))) return [run]
    return keys.includes(key) ? [waitingRun(stepOf(item, key), state.where)] : []
  })
  return { ...state, steps }
}

/** What another village than the new one had done is open again, and moves with what is open. */
function villageAnew(item: ServiceItem, state: CaseState, { where }: Place, at: Instant): CaseState {
  const steps = state.steps.map((run) => {
    const step = stepOf(item, run.key)
    const isOther = run.parts.some(({ unitId }) => unitId !== where.villageId)
    return step.organ.kind === 'village' && run.status === 'done' && isOther
      ? openRun(step, waitingAgain(run), at)
      : run
  })
  return { ...state, steps }
}

/** The first step that an applicant's own village had done and the new one begins; undefined where nobody waits for it. */
export const stepAnew = (item: ServiceItem, before: CaseState, after: CaseState) =>
  after.steps.find(
    ({ key, status }) =>
      status === 'open' &&
      !stepOf(item, key).optional &&
      before.steps.some((run) => run.key === key && run.status === 'done'),
  )?.key

/** Who had a share goes on seeing the case; whoever has it instead of them sees it once it is open. */
export function handedOn(before: CaseState, after: CaseState): CaseState {
  const partsOf = (key: string) => before.steps.find((run) => run.key === key)?.parts ?? []
  const steps = after.steps.map((run) => ({
    ...run,
    parts: run.parts.map((part) => ({
      ...part,
      openedBefore: part.openedBefore && partsOf(run.key).some(({ unitId }) => unitId === part.unitId),
    })),
  }))
  return { ...after, steps }
}

/** A step that the changed answers ask for and that lies before what is under way; undefined when there is none. */
export const overtakenStep = (item: ServiceItem, before: CaseState, after: CaseState) => {
  const under = after.steps.findIndex(
    (run) => run.status === 'open' && !stepOf(item, run.key).optional && !stepOf(item, run.key).followUp,
  )
  return after.steps.find(
    ({ key }, index) =>
      index < under &&
      !before.steps.some((run) => run.key === key) &&
      !stepOf(item, key).followUp &&
      !stepOf(item, key).onlyIfDisputed,
  )?.key
}

/** What has not been done yet goes to the organs of the new place; what was done stays with whoever did it. */
export function moveTo(
  item: ServiceItem,
  state: CaseState,
  { where, organUnitId }: Place,
  at: Instant,
): CaseState {
  return state.steps
    .filter(({ status }) => status === 'open' || status === 'waiting')
    .reduce<CaseState>((next, run) => moveRun(item, next, run, where, at), { ...state, where, organUnitId })
}

function moveRun(
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  where: CaseState['where'],
  at: Instant,
): CaseState {
  const { organ } = stepOf(item, run.key)
  const [part] = run.parts
  const [unitId] = unitsOf(organ, where)
  const isPlaced = organ.kind === 'village' || organ.kind === 'town' || organ.kind === 'department'
  if (!isPlaced || unitId === undefined || part?.unitId === unitId) return state
  if (part === undefined)
    return replaceRun(state, { ...run, parts: waitingRun(stepOf(item, run.key), where).parts })
  return movePart(state, run, { from: part.unitId, to: unitId }, at)
}

const replaceRun = (state: CaseState, run: StepRun): CaseState => ({
  ...state,
  steps: state.steps.map((each) => (each.key === run.key ? run : each)),
})

/**
 * A share changes hands: the days of whoever has it now begin, while acceptance, promise and law go on. Whose it was before
 * is kept only where they had it before them.
 */
export function movePart(
  state: CaseState,
  run: StepRun,
  { from, to }: { readonly from: string; readonly to: string },
  at: Instant,
): CaseState {
  const had = run.status === 'open'
  const renamed = replaceRun(state, {
    ...run,
    parts: run.parts.map((part) =>
      part.unitId === from
        ? { ...part, unitId: to, assigneeId: null, ...(had ? { openedAt: at } : {}) }
        : part,
    ),
  })
  const open = openCorrection(renamed)
  return {
    ...renamed,
    pauses: renamed.pauses.map((pause) =>
      pause.stepKey === run.key && pause.unitId === from ? { ...pause, unitId: to } : pause,
    ),
    // Whoever holds it now waits for what was asked before.
    corrections: renamed.corrections.map((asked) =>
      asked === open && asked.stepKey === run.key && asked.unitId === from ? { ...asked, unitId: to } : asked,
    ),
    transfers: had
      ? [...renamed.transfers, { stepKey: run.key, unitId: from, toUnitId: to, at }]
      : renamed.transfers,
  }
}

/** The last notice asks for name and number alone: a confirmation answers it. */
export const asksForIdentity = ({ corrections }: CaseState, identityKeys: readonly string[]) =>
  corrections.at(-1)?.items.every(({ kind, name }) => kind === 'field' && identityKeys.includes(name)) ===
  true

/** The case still holds its half days: a booking that was declined, refused, withdrawn or terminated gives them back. */
export const holdsSeats = ({ status, decision }: Pick<CaseState, 'status' | 'decision'>) =>
  decision?.kind !== 'refused' &&
  !['declined', 'refused', 'withdrawn', 'terminated', 'revoked'].includes(status)
