import type { Instant } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { stepOf } from './route'
import type { CaseState } from './state'

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
