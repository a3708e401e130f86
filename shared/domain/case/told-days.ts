import type { ServiceItem } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import { answerByOf, noticeDays } from './clocks'
import { toldBy, withLastCorrection } from './correcting'
import type { ToldDays } from './events'
import { changeRun } from './parts'
import { type CaseState, openCorrection } from './state'

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

/** The state that keeps them. */
export const withToldDays = (state: CaseState, { publicUntil = [], ...told }: ToldDays): CaseState =>
  publicUntil.reduce(
    (kept, { stepKey, on }) => changeRun(kept, stepKey, (run) => ({ ...run, publicUntil: on })),
    openCorrection(state) ? withLastCorrection(state, toldBy(told)) : state,
  )

/** Whether a day that was kept is another one by now. */
export function isToldOtherwise(state: CaseState, { answerBy, publicUntil = [] }: ToldDays): boolean {
  const kept = openCorrection(state)?.answerBy
  return (
    (kept !== undefined && kept !== answerBy) ||
    publicUntil.some(({ stepKey, on }) =>
      state.steps.some(
        (run) => run.key === stepKey && run.publicUntil !== undefined && run.publicUntil !== on,
      ),
    )
  )
}
