import { addDays, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { Due, WorkingCalendar } from '../../time-limit/calendar'
import { type ClockDue, dueOf } from '../../time-limit/clock'
import { draftRun } from '../correction/draft-step'
import { stepOf } from '../route'
import { type CaseState, openCorrection, type StepRun } from '../state'
import { acceptanceClock, correctionDue, lastAnswerOn, noticeDays, runningLaw, taskDue } from './clocks'

/**
 * The days, in order and each once, on which time alone changes how a case stands: silence accepts, a notice ends or comes
 * too late, the days of a publicity are over, the law's limit has run out. Days that nobody knows yet are missing.
 */
export function caseTurningDays(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
): readonly PlainDate[] {
  const notices = state.steps.flatMap((run) =>
    run.status === 'open' ? (noticeDays(item, run, calendar) ?? []) : [],
  )
  return inOrder([
    ...limitsOf(item, state, calendar).flatMap(dayAfter),
    lastAnswerOn(item, state, calendar),
    ...notices.map(({ lastOn }) => addDays(lastOn, 1)),
  ])
}

function limitsOf(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
): readonly (Due | ClockDue)[] {
  const correction = openCorrection(state)
  return [
    ...[acceptanceClock(item, state), runningLaw(item, state)].flatMap((clock) =>
      clock ? [dueOf(clock, calendar)] : [],
    ),
    ...(correction ? [correctionDue(item, state, correction, calendar)] : []),
  ]
}

/** Whether the calendars of all these days are there. */
export const areTurningDaysKnown = (item: ServiceItem, state: CaseState, calendar: WorkingCalendar) =>
  limitsOf(item, state, calendar).every(({ kind }) => kind !== 'calendar-missing')

/** On which whoever accepts waits for a department no longer: its days are over, or the last day of the law is there. */
function awaitedUntil(item: ServiceItem, state: CaseState, run: StepRun, calendar: WorkingCalendar) {
  const drafts = stepOf(item, run.key).kind === 'accept' ? draftRun(item, state) : undefined
  if (drafts?.status !== 'open') return []
  const law = acceptanceClock(item, state)
  const last = law && dueOf(law, calendar)
  return [
    ...drafts.parts
      .filter(({ status }) => status === 'open')
      .flatMap((part) => dayAfter(taskDue(item, state, drafts, part, calendar))),
    ...(last?.kind === 'on' ? [last.on] : []),
  ]
}

/** With the days on which what may be done at an open step changes: its publicity may be closed, nobody is awaited any more. */
export const turningDays = (
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  calendar: WorkingCalendar,
): readonly PlainDate[] =>
  inOrder([
    ...caseTurningDays(item, state, calendar),
    ...awaitedUntil(item, state, run, calendar),
    noticeDays(item, run, calendar)?.closableOn ?? null,
  ])

const inOrder = (days: readonly (PlainDate | null)[]) =>
  [...new Set(days)].filter((day): day is PlainDate => day !== null).sort()

const dayAfter = (due: Due | ClockDue) => (due.kind === 'on' ? [addDays(due.on, 1)] : [])
