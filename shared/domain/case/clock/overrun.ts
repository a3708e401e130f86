import { dayIn, daysBetween, type Instant, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { dueOf, isLate } from '../../time-limit/clock'
import type { CaseEvent } from '../events'
import { lawStops, resume } from '../evolve-suspension'
import { ownDecision } from '../parallel/share-decisions'
import { isPartAlone } from '../route'
import type { CaseState, ClockPause, StepTarget } from '../state'
import { distinctTold, type ToldPool } from '../step/approval-state'
import { isDisowned } from '../whose/identity'
import { runningLaw, runningPromise } from './clocks'
import { lawTold } from './moved-dates'
import { brokenPromise, isGivenUp, newDay } from './new-day'
import { isOfficeOpen, workingDayAfter } from './office-time'

type Stop = ClockPause & { readonly expectedOn: PlainDate }

/** 特别程序 that still stop something and of which nobody was told that their day is over: each once, by its own step's days. */
const waitingStops = (state: CaseState): readonly Stop[] =>
  state.endedAt !== null || isDisowned(state)
    ? []
    : state.pauses.filter(
        (pause): pause is Stop =>
          pause.clock === 'step' &&
          pause.because === 'special-procedure' &&
          pause.until === null &&
          pause.over === undefined &&
          pause.expectedOn !== undefined,
      )

/** The first working day on which somebody is told that what stops the case, or a part of it, should be done; null where nothing does. */
export const overrunsOn = (state: CaseState, calendar: WorkingCalendar): PlainDate | null =>
  waitingStops(state)
    .map(({ expectedOn }) => workingDayAfter(expectedOn, calendar))
    .sort()[0] ?? null

interface Days {
  readonly now: Instant
  readonly calendar: WorkingCalendar
}

/**
 * 行政许可法 第45条: the applicant was told how long it takes. Whatever still stops after that day is found so once, in office hours
 * (`stop-overran`), for people are told of it; it goes on stopping until its holder says that it is done.
 */
export function stopsOnTime(
  state: CaseState,
  { now, calendar, superiorsOf }: Days & { readonly superiorsOf: (unitId: string) => readonly ToldPool[] },
): CaseEvent[] {
  if (!isOfficeOpen(now, calendar)) return []
  return waitingStops(state)
    .filter(({ expectedOn }) => expectedOn < dayIn(now))
    .map(({ stepKey, unitId, basis, expectedOn }) => ({
      type: 'stop-overran',
      at: now,
      stepKey,
      unitId,
      expectedOn,
      ...(basis === undefined ? {} : { basis }),
      told: distinctTold(superiorsOf(unitId)),
    }))
}

/** The state after a stop was found over; who was told sees the case from then on. */
export const markOverrun = (
  state: CaseState,
  { at, stepKey, unitId, told }: Extract<CaseEvent, { type: 'stop-overran' }>,
): CaseState => ({
  ...state,
  pauses: state.pauses.map((pause) =>
    pause.until === null &&
    pause.clock === 'step' &&
    pause.because === 'special-procedure' &&
    pause.stepKey === stepKey &&
    pause.unitId === unitId
      ? { ...pause, over: { at, told } }
      : pause,
  ),
})

/** The last days of the whole, while they run: as promised, or promised anew, and by law; null where none runs or is known. */
export function daysOfWhole(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const [promise, law] = [runningPromise(item, state), runningLaw(item, state)]
  const promised = promise && (newDay(state, promise, calendar) ?? dueOf(promise, calendar))
  const byLaw = law && dueOf(law, calendar)
  const broken = brokenPromise(state)
  const isOver = broken !== null && (broken.anew === undefined || isGivenUp(broken))
  return {
    promised: promised?.kind === 'on' && !isOver ? promised.on : null,
    law: byLaw?.kind === 'on' ? byLaw.on : null,
  }
}

interface LastDay {
  readonly of: 'promise' | 'law'
  readonly on: PlainDate
}

/** Those of the whole that go on while one department stops for itself, the nearest first; none where the whole stops with it. */
function lastDays(
  item: ServiceItem,
  state: CaseState,
  target: Pick<StepTarget, 'stepKey'>,
  calendar: WorkingCalendar,
): readonly LastDay[] {
  if (!isPartAlone(item, target)) return []
  const { promised, law } = daysOfWhole(item, state, calendar)
  const days: LastDay[] = [
    ...(promised === null ? [] : [{ of: 'promise', on: promised } as const]),
    ...(law === null ? [] : [{ of: 'law', on: law } as const]),
  ]
  return [...days].sort((left, right) => (left.on < right.on ? -1 : Number(left.on !== right.on)))
}

/**
 * After which of the last days of the whole the end of one department's own days lies, the last of them; null where after none. No
 * procedure is forbidden for it: 行政许可法 第45条 leaves it the time that it needs.
 */
export const beyondWhole = (
  item: ServiceItem,
  state: CaseState,
  target: Pick<StepTarget, 'stepKey'>,
  { on, calendar }: { readonly on: PlainDate; readonly calendar: WorkingCalendar },
): LastDay | null =>
  lastDays(item, state, target, calendar)
    .filter((each) => on > each.on)
    .at(-1) ?? null

/** From how many days on a stop that begins today would be expected to end after each of those days that it does not stop itself, fewest first. */
export const longStops = (
  item: ServiceItem,
  state: CaseState,
  target: StepTarget,
  { now, calendar }: Days,
): readonly (LastDay & { readonly fromDays: number })[] =>
  lastDays(item, state, target, calendar)
    .filter(({ of }) => of === 'promise' || !stopsLaw(item, state, target, { now, calendar }))
    .map((last) => ({ ...last, fromDays: Math.max(1, daysBetween(dayIn(now), last.on) + 1) }))

/**
 * 行政许可法 第45条: the time of one department's procedure is in none of the limits of its section, that of 第42条第二款 for the
 * whole among them, where it decides its part for itself. What has run out stands still no more.
 */
export function stopsLaw(
  item: ServiceItem,
  state: CaseState,
  target: StepTarget,
  { now, calendar }: Days,
): boolean {
  const law = runningLaw(item, state)
  return law !== null && ownDecision(item, target) !== undefined && !isLate(dueOf(law, calendar), dayIn(now))
}

/**
 * The law's last day, where it goes on again with a department that does, or with the whole where whoever applied knows of it; null
 * where something still stops it, or its year has no calendar.
 */
export function lawGoesOn(
  item: ServiceItem,
  state: CaseState,
  event: Extract<CaseEvent, { type: 'clock-resumed' }>,
  calendar: WorkingCalendar,
): PlainDate | null {
  if (lawStops(state).length === 0) return null
  const going = resume(state, event)
  const isTold =
    isPartAlone(item, event) || going.extension !== null || lawTold(item, going, calendar) !== null
  const law = isTold ? runningLaw(item, going) : null
  const due = law && dueOf(law, calendar)
  return due?.kind === 'on' ? due.on : null
}
