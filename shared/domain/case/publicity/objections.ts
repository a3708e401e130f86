import { dayIn, type PlainDate, yearOf } from '../../kernel/plain-date'
import type { ServiceItem, StepAction } from '../../service-item/item'
import { type PublicityDays, publicityDays } from '../../time-limit/publicity'
import { noticeDays } from '../clock/clocks'
import type { CaseContext, Pool } from '../context'
import { stepOf } from '../route'
import type { CaseState, StepPart, StepRun, StepTarget } from '../state'

export type AsOf = Pick<CaseContext, 'now' | 'calendar'>

/** How a notice stands: it `runs` until its last day is `over`, and may be closed from the working day after it on. */
export function noticeStage(
  item: ServiceItem,
  run: StepRun,
  { now, calendar }: AsOf,
): 'runs' | 'over' | 'closable' | null {
  const notice = run.status === 'open' ? noticeDays(item, run, calendar) : null
  if (notice === null) return null
  const today = dayIn(now)
  if (today <= notice.lastOn) return 'runs'
  return today < notice.closableOn ? 'over' : 'closable'
}

/** Since when the notice hangs that may still be objected to: until it is closed, or, once somebody has, until a new one hangs. */
const hungOn = ({ status, publishedOn, objectedOf }: StepRun): PlainDate | null =>
  status === 'open' || status === 'waiting' ? (publishedOn ?? objectedOf ?? null) : null

/** Whether somebody may still come with what was said, or written, in the days of a notice. */
export const takesObjections = (run: StepRun) => hungOn(run) !== null

/**
 * Whether what is said against a notice was said in its days. In a year without a calendar nobody knows yet whether the last of
 * them is a day off, and moves: nobody is sent away before it is closed.
 */
export function isRaisedInTime(
  item: ServiceItem,
  run: StepRun,
  raisedOn: PlainDate,
  { calendar }: Pick<AsOf, 'calendar'>,
): boolean {
  const { publicity } = stepOf(item, run.key)
  const from = hungOn(run)
  if (publicity === null || from === null) return false
  const { lastOn }: PublicityDays = publicityDays(from, publicity, calendar, run.publicUntil)
  return raisedOn >= from && (raisedOn <= lastOn || !calendar.has(yearOf(lastOn)))
}

/** What a village has put up, and nobody has closed. */
const hangingIn = (item: ServiceItem, { steps, endedAt }: CaseState) =>
  endedAt === null
    ? steps.find((run) => takesObjections(run) && stepOf(item, run.key).organ.kind === 'village')
    : undefined

/**
 * Who takes an objection to a publicity beside those who hold it. A village's notice is signed by the organ that decides, and
 * sends objections there: whoever accepts for that organ sees the notice until it is closed.
 */
export function objectionTakers(item: ServiceItem, state: CaseState): readonly Pool[] {
  if (!hangingIn(item, state)) return []
  return state.steps.flatMap(({ key, parts }) => {
    const { kind, role } = stepOf(item, key)
    const isTheirs = (unitId: string) => kind === 'accept' && unitId === state.organUnitId
    return parts.filter(({ unitId }) => isTheirs(unitId)).map(({ unitId }) => ({ role, unitId }))
  })
}

/** Who comes after the first objector finds the step gone back from, and is heard all the same. */
export const isObjectedAnew = ({ objectedOf, status }: StepRun) =>
  status === 'waiting' && objectedOf !== undefined

export const objectedTargets = ({ steps }: CaseState): readonly StepTarget[] =>
  steps
    .filter(isObjectedAnew)
    .flatMap(({ key, parts }) => parts.map(({ unitId }) => ({ stepKey: key, unitId })))

/** Beside the holders: whoever put up what was objected to, since nobody has it as work then, and who takes objections. */
export const objectionPools = (
  item: ServiceItem,
  state: CaseState,
  { run, part }: { readonly run: StepRun; readonly part: Pick<StepPart, 'unitId'> },
): readonly Pool[] => [
  ...(run.objectedOf === undefined ? [] : [{ role: stepOf(item, run.key).role, unitId: part.unitId }]),
  ...objectionTakers(item, state),
]

/** Once the days of a notice are over it is to be closed, and until it may be there is nothing to do. */
export function toDoOfNotice(
  item: ServiceItem,
  state: CaseState,
  { stepKey }: StepTarget,
  at: AsOf,
  actions: readonly StepAction[],
): readonly StepAction[] {
  const run = state.steps.find(({ key }) => key === stepKey)
  const stage = run ? noticeStage(item, run, at) : null
  if (stage === 'over') return []
  return stage === 'closable' ? actions.filter((action) => action !== 'record-objection') : actions
}
