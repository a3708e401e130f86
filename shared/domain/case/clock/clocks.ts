import { dayIn, type Instant, instantAt, type PlainDate, yearOf } from '../../kernel/plain-date'
import type { ServiceItem, Step } from '../../service-item/item'
import {
  addWorkingDays,
  type Due,
  subtractWorkingDays,
  type WorkingCalendar,
} from '../../time-limit/calendar'
import { type ClockDue, dueOf, type LegalClock, type Pause } from '../../time-limit/clock'
import { type PublicityDays, publicityDays } from '../../time-limit/publicity'
import { isDraftStep, shareDays, shareStart } from '../correction/draft-step'
import { deliveryClocks, handingOverClock, servingClock } from '../delivery/delivery-clock'
import { asIfResumed } from '../evolve-suspension'
import { stepOf } from '../route'
import {
  type CaseState,
  type ClockPause,
  type Correction,
  openCorrection,
  type StepPart,
  type StepRun,
} from '../state'
import type { SpecialProcedure } from '../step/special-procedures'
import { isLeftOut, isLeftOutByOrgan, nobodysDays } from '../whose/identity'
import { newDay } from './new-day'

/** 行政许可法 第32条: told within five days, or accepted from the day of receipt. */
const ACCEPTANCE_DAYS = 5
/** A notice after acceptance must leave the reviewer these days before the law's last one. */
const CORRECTION_MARGIN_DAYS = 3

/** The answer to a notice comes at any hour, and who applies; the other pauses are ended by an organ at work. */
function hourOf({ corrections }: CaseState, { because, from, until, goesOnAt }: ClockPause): Instant | null {
  if (because === 'applicant') return goesOnAt ?? null
  if (because !== 'correction') return null
  const answers = corrections.flatMap(({ askedAt, suppliedAt, lapsedAt }) => {
    const at = suppliedAt ?? lapsedAt
    return at !== null && dayIn(askedAt) === from && dayIn(at) === until ? [at] : []
  })
  return answers.at(-1) ?? null
}

/** While it names nobody every clock stands still, but where the organ itself has left the name out, or a step's at the unit that has. */
function nobodysPause(item: ServiceItem, state: CaseState): readonly Pause[] {
  const days = nobodysDays(item, state)
  if (days === null || isLeftOutByOrgan(item, state)) return []
  const until = days.until === null ? null : dayIn(days.until)
  return [{ from: dayIn(days.since), until, stoppedAt: days.since }]
}

const ownPauses = (state: CaseState, matches: (pause: ClockPause) => boolean): readonly Pause[] =>
  state.pauses.filter(matches).map((pause) => ({
    from: pause.from,
    until: pause.until,
    goesOnAt: hourOf(state, pause),
    ...(pause.stoppedAt ? { stoppedAt: pause.stoppedAt } : {}),
    ...(pause.because === 'applicant' ? { isNobodys: true } : {}),
  }))

const pausesOf = (
  item: ServiceItem,
  state: CaseState,
  matches: (pause: ClockPause) => boolean,
): readonly Pause[] => [...ownPauses(state, matches), ...nobodysPause(item, state)]

/** Runs from receipt until somebody accepts, declines or gives the one notice; null before receipt and afterwards. */
export function acceptanceClock(item: ServiceItem, state: CaseState): LegalClock | null {
  const waiting = state.receivedAt !== null && state.accepted === null && state.endedAt === null
  if (!waiting || state.receivedAt === null || openCorrection(state)) return null
  const days = item.steps.find((step) => step.kind === 'accept')?.acceptDeadlineDays
  const pauses = nobodysPause(item, state)
  return { startedAt: state.receivedAt, days: days ?? ACCEPTANCE_DAYS, unit: 'working', pauses }
}

/** Runs from the day the application was complete; null while a village stage comes first. */
export function promisedClock(item: ServiceItem, state: CaseState): LegalClock | null {
  if (state.completeAt === null) return null
  return {
    startedAt: state.completeAt,
    days: item.promisedDays,
    unit: 'working',
    pauses: pausesOf(item, state, (pause) => pause.clock === 'promised'),
  }
}

/** Runs from acceptance, or from the application where the item's law says so; null where no law sets a limit. */
export function statutoryClock(item: ServiceItem, state: CaseState): LegalClock | null {
  if (item.statutory === null) return null
  const startedAt = statutoryStart(item.statutory.from, state)
  if (startedAt === null) return null
  return {
    startedAt,
    days: item.statutory.days + (state.extension?.days ?? 0),
    unit: item.statutory.unit,
    pauses: pausesOf(item, state, (pause) => pause.clock === 'statutory'),
  }
}

function statutoryStart(from: 'acceptance' | 'application', state: CaseState): Instant | null {
  if (state.decidedAnewAt !== undefined) return state.decidedAnewAt
  if (from === 'acceptance') return state.accepted && instantAt(state.accepted.on, 0)
  // 法律援助法 第43条 counts from receipt, and a supplement is a new one; the applicant's days are not the organ's.
  return state.accepted === null && openCorrection(state) ? null : state.receivedAt
}

/** The days of one unit at one open step. */
export function stepClock(
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  part: StepPart,
): LegalClock | null {
  const startedAt = shareStart(item, state, run, part)
  if (startedAt === null) return null
  return {
    startedAt,
    days: shareDays(item, state, run, part.unitId),
    unit: 'working',
    pauses: [
      ...ownPauses(
        state,
        (pause) => pause.clock === 'step' && pause.stepKey === run.key && pause.unitId === part.unitId,
      ),
      ...(isLeftOut(item, state, part.unitId) ? [] : nobodysPause(item, state)),
    ],
  }
}

/** What is shown as the date of a case, and what stands in its place while there is none. */
export type CaseDue =
  | {
      readonly kind: 'on'
      readonly on: PlainDate
      readonly clock: 'promised' | 'statutory'
      /** Promised in place of the broken promise; missing where no day is. What is late goes by `on` all the same. */
      readonly anew?: PlainDate
    }
  | { readonly kind: 'calendar-missing'; readonly year: number }
  | {
      readonly kind: 'waits-for'
      readonly stepKey: string
      /** `correction`: the applicant is asked; `stage`: a village stage comes before the application; `applicant`: nobody is named. */
      readonly because: 'stage' | 'step' | 'correction' | 'special-procedure' | 'applicant'
      /** Of `special-procedure`; missing where it was not kept. */
      readonly basis?: SpecialProcedure
      /**
       * The stage's own last day, the last of a publicity after it, or on which it is to be published while it is not, the one on which
       * a stop was expected to end; null where none is known.
       */
      readonly until: PlainDate | null
      /** How long the publicity lasts that is awaited and has not begun: its last day is known once it is published. */
      readonly unpublished?: NonNullable<Step['publicity']>
      /** Since when the promise stands still. */
      readonly since: PlainDate
      /** The law's last day, which the promise alone stands still before; missing where the law's days stand still too, or run nowhere. */
      readonly lawOn?: PlainDate
    }

/**
 * The earlier of promised and statutory: the promise counts, the law binds. While the promise stands still there is no
 * date for the applicant, even where the law's runs on.
 */
export function dueOfCase(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): CaseDue {
  const due = firstDueOf(item, state, calendar)
  const anew = due.kind === 'on' ? newDay(state, runningPromise(item, state), calendar) : null
  return due.kind === 'on' && anew?.kind === 'on' ? { ...due, anew: anew.on } : due
}

function firstDueOf(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): CaseDue {
  const nobody = nobodysDays(item, state)
  if (nobody?.until === null) return waitsForApplicant(item, state, nobody.since)
  const promised = promisedClock(item, state)
  if (promised === null) return waitsForStage(item, state, calendar)
  const byPromise = dueOf(promised, calendar)
  if (byPromise.kind === 'paused')
    return { ...standsStill(item, state, byPromise.since, calendar), ...lawMeanwhile(item, state, calendar) }
  const statutory = statutoryClock(item, state)
  const byLaw = statutory && dueOf(statutory, calendar)
  if (byLaw?.kind === 'on' && !(byPromise.kind === 'on' && byPromise.on <= byLaw.on))
    return { ...byLaw, clock: 'statutory' }
  return byPromise.kind === 'on' ? { ...byPromise, clock: 'promised' } : byPromise
}

function lawMeanwhile(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const due = lawsDay(item, state, calendar)
  return due?.kind === 'on' ? { lawOn: due.on } : {}
}

function waitsForApplicant(item: ServiceItem, { steps }: CaseState, since: Instant): CaseDue {
  const open = steps.find((run) => run.status === 'open' && !stepOf(item, run.key).optional)
  const stepKey = open?.key ?? steps[0]?.key ?? ''
  return { kind: 'waits-for', stepKey, because: 'applicant', until: null, since: dayIn(since) }
}

/** The stage before the application: the step of it that is open, or that asked. */
function waitsForStage(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): CaseDue {
  const run = state.steps.find((each) => each.status === 'open' && !stepOf(item, each.key).optional)
  const unpublished = run && run.publishedOn === null ? stepOf(item, run.key).publicity : null
  return {
    kind: 'waits-for',
    stepKey: run?.key ?? state.steps[0]?.key ?? '',
    because: openCorrection(state) ? 'correction' : 'stage',
    since: dayIn(run?.openedAt ?? state.filedAt),
    // Of a notice too the day on which it may be closed: the one that the light counts to.
    until: run ? lastDayOf(item, state, run, calendar) : null,
    ...(unpublished ? { unpublished } : {}),
  }
}

/** The last day of the open share of a step; null where it has none. */
function lastDayOf(item: ServiceItem, state: CaseState, run: StepRun, calendar: WorkingCalendar) {
  const part = run.parts.find((each) => each.status === 'open')
  const due = part && taskDue(item, state, run, part, calendar)
  return due?.kind === 'on' ? due.on : null
}

function standsStill(
  item: ServiceItem,
  state: CaseState,
  since: PlainDate,
  calendar: WorkingCalendar,
): CaseDue {
  // A step that counts apart may be stopped once more: what came last is why.
  const pause = state.pauses.filter((each) => each.until === null && each.clock === 'promised').at(-1)
  const open = state.steps.find((run) => run.status === 'open' && !stepOf(item, run.key).optional)
  const run = pause ? state.steps.find(({ key }) => key === pause.stepKey) : open
  return {
    kind: 'waits-for',
    stepKey: run?.key ?? state.steps[0]?.key ?? '',
    because: pause?.because ?? 'step',
    ...(pause?.basis ? { basis: pause.basis } : {}),
    since,
    ...(pause?.because === 'special-procedure'
      ? { until: pause.expectedOn ?? null }
      : ((run && publicityOf(item, state, run, calendar)) ?? { until: null })),
  }
}

/** What a publicity is waited for by: its last day, or, while it has not begun, by when it is to and its length; null where the step has none. */
function publicityOf(
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  calendar: WorkingCalendar,
): Pick<CaseDue & { kind: 'waits-for' }, 'until' | 'unpublished'> | null {
  const { publicity } = stepOf(item, run.key)
  if (publicity === null) return null
  const notice = noticeDays(item, run, calendar)
  return notice
    ? { until: notice.lastOn }
    : { until: lastDayOf(item, state, run, calendar), unpublished: publicity }
}

/**
 * Last day to answer an open notice: its period, and before acceptance the days of grace after the one reminder; never before
 * the day that was told.
 */
export function correctionDue(
  item: ServiceItem,
  state: CaseState,
  correction: Correction,
  calendar: WorkingCalendar,
): Due {
  const due = correctionDueBy(item, state, correction, calendar)
  const told = correction.answerBy
  return told !== undefined && due.kind === 'on' && due.on < told ? { kind: 'on', on: told } : due
}

/** What an event tells of the open notice: its last day; nothing while there is none, or no calendar for it. */
export function answerByOf(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const open = openCorrection(state)
  const due = open && correctionDue(item, state, open, calendar)
  return due?.kind === 'on' ? { answerBy: due.on } : {}
}

function correctionDueBy(
  item: ServiceItem,
  state: CaseState,
  correction: Correction,
  calendar: WorkingCalendar,
): Due {
  const { limitDays, graceDays } = correction.rule
  if (correction.remindedAt !== null && correction.beforeAcceptance) {
    return addWorkingDays(calendar, dayIn(correction.remindedAt), graceDays)
  }
  const period = addWorkingDays(calendar, dayIn(correction.askedAt), limitDays)
  const known = asIfResumed(state, dayIn(correction.askedAt))
  const latest = correction.beforeAcceptance ? null : lastAnswerOn(item, known, calendar)
  if (latest === null || (period.kind === 'on' && period.on <= latest)) return period
  return { kind: 'on', on: latest }
}

/** The last day that the law leaves for an answer after acceptance; null while it sets none or its date is unknown. */
export function lastAnswerOn(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
): PlainDate | null {
  const clock = state.accepted === null ? null : statutoryClock(item, state)
  const law = clock && dueOf(clock, calendar)
  if (law?.kind !== 'on') return null
  const latest = subtractWorkingDays(calendar, law.on, CORRECTION_MARGIN_DAYS)
  return latest.kind === 'on' ? latest.on : null
}

/** Last and closing day of the publicity of an open step; null while none is published. */
export function noticeDays(item: ServiceItem, run: StepRun, calendar: WorkingCalendar): PublicityDays | null {
  const { publicity } = stepOf(item, run.key)
  if (publicity === null || run.publishedOn === null) return null
  return publicityDays(run.publishedOn, publicity, calendar, run.publicUntil)
}

/** When an open share of a step runs out: its own days, its publicity, or those of the law, whichever is nearest. */
export function taskDue(
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  part: StepPart,
  calendar: WorkingCalendar,
): ClockDue {
  const step = stepOf(item, run.key)
  const serving = servingClock(item, state, run, part)
  if (serving) return dueOf(serving, calendar)
  const own = stepClock(item, state, run, part)
  if (own === null) return { kind: 'paused', since: dayIn(state.filedAt) }
  const notice = noticeDays(item, run, calendar)
  if (notice !== null) {
    const closable = yearOf(notice.closableOn)
    return calendar.has(closable)
      ? { kind: 'on', on: notice.closableOn }
      : { kind: 'calendar-missing', year: closable }
  }
  const due = dueOf(own, calendar)
  const isAccepting = step.kind === 'accept' || isDraftStep(step)
  const law = isAccepting ? acceptanceClock(item, state) : handingOverClock(item, state, step)
  if (law === null || due.kind !== 'on') return due
  const deadline = dueOf(law, calendar)
  return deadline.kind === 'on' && deadline.on < due.on ? deadline : due
}

/** With the days of the clock that it comes from, which say when it is soon. */
export interface NearestDue {
  readonly due: ClockDue
  readonly days: number
}

/** Of an open share alone. */
export const ownDue = (
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  part: StepPart,
  calendar: WorkingCalendar,
): NearestDue => ({
  due: taskDue(item, state, run, part, calendar),
  days: servingClock(item, state, run, part)?.days ?? shareDays(item, state, run, part.unitId),
})

/** What runs out first for whoever holds an open share: its own date, the promise that is not kept yet, or the law. */
export function nearestDue(
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  part: StepPart,
  calendar: WorkingCalendar,
): NearestDue {
  const own = ownDue(item, state, run, part, calendar)
  if (own.due.kind === 'paused') return own
  return [runningPromise(item, state), runningLaw(item, state), ...deliveryClocks(item, state, run.key, part)]
    .flatMap((clock) => (clock ? [{ due: dueOf(clock, calendar), days: clock.days }] : []))
    .reduce<NearestDue>((nearest, each) => (isBefore(each.due, nearest.due) ? each : nearest), own)
}

/** The promise, until it is kept: afterwards nobody can be late for it. */
export const runningPromise = (item: ServiceItem, state: CaseState): LegalClock | null =>
  state.promiseKeptAt === null && state.endedAt === null ? promisedClock(item, state) : null

/** The law's limit, until the decision that it is for. */
export const runningLaw = (item: ServiceItem, state: CaseState): LegalClock | null =>
  state.decision === null && state.endedAt === null ? statutoryClock(item, state) : null

/** When the law's limit runs out; null where none runs. */
export function lawsDay(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): ClockDue | null {
  const law = runningLaw(item, state)
  return law && dueOf(law, calendar)
}

export const isBefore = (left: ClockDue, right: ClockDue) =>
  left.kind === 'on' && (right.kind !== 'on' || left.on < right.on)
