import { dayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { isLate } from '../../time-limit/clock'
import { type Light, lightOf } from '../../time-limit/light'
import { ownDue } from '../clock/clocks'
import { asAnswered, isDraftStep } from '../correction/draft-step'
import { openRevocation } from '../revocation/revocation'
import { takingBackBy } from '../revocation/taking-back'
import { unheardOf } from '../revocation/unheard'
import { dependsOn, stepOf } from '../route'
import type { CaseState, StepPart, StepRun } from '../state'
import { ownDecision } from './share-decisions'

/** How one of several units stands with its own share. */
export interface Lane {
  readonly unitId: string
  /** What it decides there for itself; null where it gives an opinion, or looks. */
  readonly decides: string | null
  readonly state:
    | 'looked'
    | 'silent'
    | 'waiting'
    | 'open'
    | 'stopped'
    | 'passed'
    | 'failed'
    | 'revoked'
    | 'closed'
  /** Of what its organ has taken back; null of all else. */
  readonly revokedOn: PlainDate | null
  /** Its organ has said that it may take it back, and hears the holder first. */
  readonly isQuestioned: boolean
  /** It fell before its holder was heard, and waits to be taken back; missing where it does not. */
  readonly isTakingBack?: true
  /** Until when; null in a year without a calendar. */
  readonly takingBackBy?: PlainDate | null
  readonly openedOn: PlainDate | null
  readonly doneOn: PlainDate | null
  /** Its own last day; null before it has begun, while it stands still, once the whole has ended without it, and where the year has no calendar. */
  readonly dueOn: PlainDate | null
  /** Of today, or of the day on which it was done; null before it has begun, and once it has nothing to do. */
  readonly light: Light | null
  /** Over its own days, whether it is done by now or not. */
  readonly late: boolean
  /** Units that must be done before it begins, and that are not. */
  readonly waitsFor: readonly string[]
  /** Units that cannot begin before it. */
  readonly holdsUp: readonly string[]
  /** 特别程序: the days that are not counted; `until` null while it lasts. */
  readonly stops: readonly { readonly from: PlainDate; readonly until: PlainDate | null }[]
  /** Until when what stops it now was expected to take; null where nothing does, and before it was kept. */
  readonly stoppedUntil: PlainDate | null
}

/**
 * The step at which several units work at once, as far as the case has come: before acceptance that at which they look, from
 * acceptance on that at which they judge. Undefined where one unit works after the other.
 */
export function laneRun(item: ServiceItem, state: CaseState): StepRun | undefined {
  const shared = state.steps.filter(({ key }) => stepOf(item, key).organ.kind === 'parallel')
  const look = shared.find(({ key }) => isDraftStep(stepOf(item, key)))
  const judged = shared.filter((run) => run !== look)
  return state.accepted === null ? (look ?? judged[0]) : judged.at(-1)
}

const ANSWERED = { passed: 'passed', failed: 'failed', drafted: 'looked' } as const
const isAnswer = (outcome: StepPart['outcome']): outcome is keyof typeof ANSWERED =>
  outcome !== null && outcome in ANSWERED

function stateOf(
  isLook: boolean,
  { status, outcome, suspendedAt, revokedAt }: StepPart,
  isEnded: boolean,
): Lane['state'] {
  if (revokedAt !== undefined) return 'revoked'
  if (isEnded && status !== 'done') return 'closed'
  if (status === 'waiting') return 'waiting'
  if (status === 'open') return suspendedAt === null ? 'open' : 'stopped'
  if (isAnswer(outcome)) return ANSWERED[outcome]
  return isLook ? 'silent' : 'closed'
}

/** The days of one share, judged on the day on which it was done. */
function daysOf(
  item: ServiceItem,
  state: CaseState,
  {
    run,
    part,
    standing,
  }: { readonly run: StepRun; readonly part: StepPart; readonly standing: Lane['state'] },
  today: PlainDate,
  calendar: WorkingCalendar,
): Pick<Lane, 'openedOn' | 'doneOn' | 'dueOn' | 'light' | 'late'> {
  const doneOn = part.doneAt === null ? null : dayIn(part.doneAt)
  if (part.openedAt === null) return { openedOn: null, doneOn, dueOn: null, light: null, late: false }
  const { due, days } = ownDue(item, state, run, part, calendar)
  const isOver = state.endedAt !== null && part.status !== 'done'
  const dueOn = due.kind === 'on' && !isOver ? due.on : null
  const dated = { openedOn: dayIn(part.openedAt), doneOn, dueOn }
  if (standing === 'silent' || standing === 'closed') return { ...dated, light: null, late: false }
  const judgedOn = doneOn ?? today
  return { ...dated, light: lightOf(due, days, judgedOn, calendar), late: part.late || isLate(due, judgedOn) }
}

function stopsOf(
  { pauses, endedAt }: CaseState,
  run: StepRun,
  { unitId }: StepPart,
): Pick<Lane, 'stops' | 'stoppedUntil'> {
  const own = pauses.filter(
    ({ clock, because, ...at }) =>
      clock === 'step' && because === 'special-procedure' && at.stepKey === run.key && at.unitId === unitId,
  )
  return {
    stops: own.map(({ from, until }) => ({
      from,
      until: until ?? (endedAt === null ? null : dayIn(endedAt)),
    })),
    stoppedUntil: (endedAt === null && own.find(({ until }) => until === null)?.expectedOn) || null,
  }
}

/**
 * Each unit of the step at which several work at once, in the order of the guide; empty where there is none. Once the whole has
 * ended nothing is left to do, stands still or counts.
 */
export function lanesOf(
  item: ServiceItem,
  state: CaseState,
  today: PlainDate,
  calendar: WorkingCalendar,
): readonly Lane[] {
  const run = laneRun(item, state)
  if (!run) return []
  const step = stepOf(item, run.key)
  const parts = run.parts.map((part) => asAnswered(item, state, run, part))
  const done = new Set(parts.filter(({ status }) => status === 'done').map(({ unitId }) => unitId))
  const waiting = parts.filter(({ status }) => status === 'waiting').map(({ unitId }) => unitId)
  const asked = openRevocation(state)?.of
  const isEnded = state.endedAt !== null
  const unheard = unheardOf(state).map(({ of }) => of?.unitId)
  return parts.map((part) => {
    const { unitId } = part
    const standing = stateOf(isDraftStep(step), part, isEnded)
    return {
      unitId,
      decides: ownDecision(item, { stepKey: run.key, unitId })?.name ?? null,
      state: standing,
      revokedOn: part.revokedAt === undefined ? null : dayIn(part.revokedAt),
      isQuestioned: asked?.stepKey === run.key && asked.unitId === unitId,
      ...(unheard.includes(unitId)
        ? { isTakingBack: true, takingBackBy: takingBackBy(state, calendar, unitId) ?? null }
        : {}),
      ...daysOf(item, state, { run, part, standing }, today, calendar),
      waitsFor: standing === 'waiting' ? dependsOn(step, unitId).filter((unit) => !done.has(unit)) : [],
      holdsUp:
        isEnded || done.has(unitId) ? [] : waiting.filter((unit) => dependsOn(step, unit).includes(unitId)),
      ...stopsOf(state, run, part),
    }
  })
}
