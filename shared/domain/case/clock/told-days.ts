import type { PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { addWorkingDays, type WorkingCalendar } from '../../time-limit/calendar'
import { answerByTold, toldBy, withLastCorrection } from '../correction/correcting'
import { asIfResumed } from '../evolve-suspension'
import { changeRun } from '../parts'
import { type CaseState, openCorrection } from '../state'
import type { ToldDays } from './calendar-events'
import { answerByOf, lastAnswerOn, noticeDays } from './clocks'

const openPublicities = ({ steps }: CaseState) =>
  steps.filter(({ status, publishedOn }) => status === 'open' && publishedOn !== null)

/** As they are by this calendar: what was kept of them is the least. */
export function toldDays(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): ToldDays {
  const publicUntil = openPublicities(state).flatMap((run) => {
    const notice = noticeDays(item, run, calendar)
    return notice ? [{ stepKey: run.key, on: notice.lastOn }] : []
  })
  return { ...answerByOf(item, state, calendar), ...(publicUntil.length > 0 ? { publicUntil } : {}) }
}

/**
 * The day of the open notice that whoever was asked has still to be told, since its year had no calendar; undefined where it was
 * told, or is not known yet. One that is over by the time it is told leaves the days of grace from then on, as the reminder does.
 */
export function answerByToTell(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
  today: PlainDate,
): PlainDate | undefined {
  const open = openCorrection(state)
  const due =
    open && answerByTold(open) === undefined ? answerByOf(item, state, calendar).answerBy : undefined
  if (!open || due === undefined || due > today) return due
  const grace = addWorkingDays(calendar, today, open.rule.graceDays)
  if (grace.kind !== 'on') return undefined
  const latest = open.beforeAcceptance ? null : lastAnswerOn(item, asIfResumed(state, today), calendar)
  if (latest === null || grace.on <= latest) return grace.on
  return latest > today ? latest : today
}

/** The state that keeps them. */
export const withToldDays = (state: CaseState, { publicUntil = [], ...told }: ToldDays): CaseState =>
  publicUntil.reduce(
    (kept, { stepKey, on }) => changeRun(kept, stepKey, (run) => ({ ...run, publicUntil: on })),
    openCorrection(state) ? withLastCorrection(state, toldBy(told)) : state,
  )

/** Whether a day that was kept is another one by now. */
export function isToldOtherwise(state: CaseState, { answerBy, publicUntil = [] }: ToldDays): boolean {
  const open = openCorrection(state)
  const kept = open && answerByTold(open)
  return (
    (kept !== undefined && kept !== answerBy) ||
    publicUntil.some(({ stepKey, on }) =>
      state.steps.some(
        (run) => run.key === stepKey && run.publicUntil !== undefined && run.publicUntil !== on,
      ),
    )
  )
}

/** A notice after acceptance must be answered before the law's date comes near: one without a day left is none. */
export function leavesTimeToAnswer(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
  today: PlainDate,
): boolean {
  const latest = lastAnswerOn(item, asIfResumed(state, today), calendar)
  return latest === null || latest > today
}
