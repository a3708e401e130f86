import { addDays, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { Due, WorkingCalendar } from '../time-limit/calendar'
import { type ClockDue, dueOf } from '../time-limit/clock'
import { acceptanceClock, correctionDue, lastAnswerOn, noticeDays, runningLaw } from './clocks'
import { type CaseState, openCorrection, type StepRun } from './state'

/**
 * The days, in order and each once, on which time alone changes how a case stands: silence accepts, a notice ends or comes
 * too late, the law's limit has run out. Days that nobody knows yet are missing.
 */
export function caseTurningDays(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
): readonly PlainDate[] {
  const acceptance = acceptanceClock(item, state)
  const law = runningLaw(item, state)
  const correction = openCorrection(state)
  return inOrder([
    ...dayAfter(acceptance && dueOf(acceptance, calendar)),
    ...dayAfter(law && dueOf(law, calendar)),
    ...dayAfter(correction ? correctionDue(item, state, correction, calendar) : null),
    lastAnswerOn(item, state, calendar),
  ])
}

/** With the day on which the publicity of an open step may be closed: what may be done there changes then. */
export const turningDays = (
  item: ServiceItem,
  state: CaseState,
  run: StepRun,
  calendar: WorkingCalendar,
): readonly PlainDate[] =>
  inOrder([...caseTurningDays(item, state, calendar), noticeDays(item, run, calendar)?.closableOn ?? null])

const inOrder = (days: readonly (PlainDate | null)[]) =>
  [...new Set(days)].filter((day): day is PlainDate => day !== null).sort()

const dayAfter = (due: Due | ClockDue | null) => (due?.kind === 'on' ? [addDays(due.on, 1)] : [])
