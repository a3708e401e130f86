import type { ServiceItem } from '../service-item/item'
import type { CaseEvent, DeliveryMethod } from './events'
import { stepOf } from './route'
import type { CaseState, StepTarget } from './state'

const CLOSES = ['grant', 'conclude', 'deliver'] as const

/**
 * 当场办结: where whoever accepts a 即办件 also decides and closes it, with nobody between, nothing to pay and no site to look
 * at. The share that closes it; null where that is otherwise.
 */
export function closingShare(
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  { stepKey, unitId }: StepTarget,
): StepTarget | null {
  const accepting = stepOf(item, stepKey)
  if (item.caseTypeCode !== '1' || accepting.kind !== 'accept') return null
  const from = state.steps.findIndex(({ key }) => key === stepKey)
  const next = state.steps.find(
    ({ key, status }, at) => at > from && status === 'waiting' && !stepOf(item, key).followUp,
  )
  if (!next) return null
  const { role, actions, officersMin } = stepOf(item, next.key)
  const closes = CLOSES.every((action) => actions.includes(action)) && !actions.includes('pay')
  const isOnePool = role === accepting.role && next.parts.every((part) => part.unitId === unitId)
  return closes && isOnePool && officersMin < 2 && next.parts.length === 1
    ? { stepKey: next.key, unitId }
    : null
}

/** Who filed it on their phone has the result there; who stood at a counter has it in the hand. */
export const handedOverBy = ({ channel }: Pick<CaseState, 'channel'>): DeliveryMethod =>
  channel === 'mini' ? 'electronic' : 'pickup'

/** The four events of it, in their order. */
const SETTLING = [
  'accepted',
  'granted',
  'concluded',
  'delivered',
] as const satisfies readonly CaseEvent['type'][]

/** Whether a change is the four at once: to whom it is done it is one thing. */
export const isSettling = (events: readonly Pick<CaseEvent, 'type'>[]) =>
  SETTLING.every((type) => events.some((event) => event.type === type))

/** Of the four, what is no end of its own then. */
export const isOnTheWay = ({ type }: Pick<CaseEvent, 'type'>) =>
  type !== 'concluded' && SETTLING.some((each) => each === type)
