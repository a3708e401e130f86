import type { CaseEvent } from '../case/events'
import { stepOf } from '../case/route'
import type { CaseState, StepTarget } from '../case/state'
import { dayIn, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'

// What comes together is told once: each message to the phone spends a consent (WeChat: one accept, one message).

/** Whoever grants it also concludes it: the end follows from the same hand, and is told. */
export const concludesToo = (item: ServiceItem, { stepKey }: Pick<StepTarget, 'stepKey'>) =>
  stepOf(item, stepKey).actions.includes('conclude')

/** The refusal was told on this very day, with all that its end would tell. */
export const isRefusedToday = ({ decision }: Pick<CaseState, 'decision'>, today: PlainDate) =>
  decision?.kind === 'refused' && dayIn(decision.at) === today

/** The end was told on this very day, with where the result is seen; what goes by post is told when it goes. */
export const isSeenToday = (
  { decision, concludedAt }: Pick<CaseState, 'decision' | 'concludedAt'>,
  { method }: Pick<Extract<CaseEvent, { type: 'delivered' }>, 'method'>,
  today: PlainDate,
) =>
  decision?.kind === 'granted' && method !== 'post' && concludedAt !== null && dayIn(concludedAt) === today
