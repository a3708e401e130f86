import { dayIn, type Instant } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { changePart } from './parts'
import { stepOf } from './route'
import { type CaseState, openParts } from './state'

/** A village stage that comes before the application is not over: a village is no organ, and receives nothing. */
const isInStage = (item: ServiceItem, { steps }: CaseState) =>
  steps.some(
    ({ key, status }) =>
      (status === 'open' || status === 'waiting') && stepOf(item, key).completesApplication,
  )

/** The application is complete, unless a village stage comes first: its end is then the receipt. */
export const receive = (item: ServiceItem, state: CaseState, at: Instant): CaseState =>
  isInStage(item, state) ? state : { ...state, receivedAt: at, completeAt: at }

/** A stage that begins anew before acceptance takes the receipt back. */
export const beforeReceipt = (item: ServiceItem, state: CaseState): CaseState =>
  state.accepted === null && isInStage(item, state) ? { ...state, receivedAt: null, completeAt: null } : state

/**
 * It names somebody again, after `since`. Before acceptance that is a new receipt, with which the days of the open shares begin
 * too; afterwards the days between are no time of the office.
 */
export function receiveAnew(item: ServiceItem, state: CaseState, since: Instant, at: Instant): CaseState {
  const shares = openParts(state).map(({ step, part }) => ({ stepKey: step.key, unitId: part.unitId }))
  if (state.accepted === null) {
    const begun = shares.reduce((next, share) => changePart(next, share, () => ({ openedAt: at })), state)
    return receive(item, begun, at)
  }
  const [first] = shares
  if (first === undefined) return state
  const between = {
    from: dayIn(since),
    until: dayIn(at),
    because: 'applicant',
    stoppedAt: since,
    goesOnAt: at,
  } as const
  const ofCase = (['promised', 'statutory'] as const).map((clock) => ({ clock, ...first, ...between }))
  const ofShares = shares.map((share) => ({ clock: 'step' as const, ...share, ...between }))
  return { ...state, pauses: [...state.pauses, ...ofCase, ...ofShares] }
}
