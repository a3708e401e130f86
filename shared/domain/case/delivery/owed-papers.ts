import type { WorkingCalendar } from '../../time-limit/calendar'
import type { CaseEvent } from '../events'
import { openHearing, speakUntilOf } from '../revocation/revocation'
import type { CaseState } from '../state'
import { SERVED_PAPERS, type ServedPaper } from './delivery-state'
import { applyDelivery, serviceOf } from './evolve-delivery'
import { isServedInFull } from './in-app'
import { isOwedAgain, signedAt } from './signed-at'

/** A paper was signed, and is neither served nor past serving. */
export const isUnserved = (state: CaseState, of: ServedPaper) =>
  signedAt(state, of) !== null &&
  !serviceOf(state, of)?.served &&
  (of !== 'result' || isOwedAgain(state) || (state.concludedAt !== null && state.endedAt === null))

/** Papers that somebody has not been served yet. What a refusal that is to fall would bring takes nothing from anybody. */
export function owedPapers(state: CaseState): readonly ServedPaper[] {
  return SERVED_PAPERS.filter((of) => {
    if (!isUnserved(state, of) || isServedInFull(state, of)) return false
    // Told on their phone it is theirs.
    if (of === 'revocation-withdrawn') return serviceOf(state, of) !== undefined
    return of !== 'revocation-notice' || openHearing(state)?.decided === 'granted'
  })
}

/** Papers that wait to be served beside the result, which staff hand over. */
export const waitingPapers = (state: CaseState) =>
  owedPapers(state).flatMap((of) => (of !== 'result' && serviceOf(state, of) !== undefined ? [of] : []))

export type Served = Extract<CaseEvent, { type: 'served' }>

/** With the last day to speak that the notice gives by it: whoever holds it goes by that one. */
export const dated = (state: CaseState, event: Served, calendar: WorkingCalendar): Served =>
  event.of === 'revocation-notice'
    ? { ...event, ...speakUntilOf(applyDelivery(state, event), calendar) }
    : event
