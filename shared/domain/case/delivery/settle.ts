import type { Instant, PlainDate } from '../../kernel/plain-date'
import { type DeliveryMethod, deliveryMethods } from '../../service-item/delivery-methods'
import type { ServiceItem } from '../../service-item/item'
import type { CaseEvent } from '../events'
import { stepOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { isAgainst } from './against'
import type { ServedPaper } from './delivery-state'
import { deliveryWords } from './delivery-words'

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

/** Whether a paper may go by post: what gives something as the guide says, what is against somebody in any case. */
export const mayBePosted = (
  { howToGet }: Pick<ServiceItem, 'howToGet'>,
  state: Pick<CaseState, 'decision' | 'steps'>,
  of: ServedPaper,
) => isAgainst(state, of) || of === 'revocation-withdrawn' || howToGet.methods.includes('post')

/** What was granted is a card or a licence that is made beside the product: it is fetched or sent, the decision alone is there. */
export const isCertificateApart = (
  { resultDocument, howToGet }: Pick<ServiceItem, 'resultDocument' | 'howToGet'>,
  { decision }: Pick<CaseState, 'decision'>,
) =>
  decision?.kind === 'granted' &&
  resultDocument.kind === 'certificate' &&
  resultDocument.certificate === undefined &&
  howToGet.methods.some((method) => method === 'pickup' || method === 'post')

/** How it was handed over, of which of the two: 决定书电子件到手机. Null where it was not. */
export function handedOverHow(
  item: Pick<ServiceItem, 'resultDocument' | 'howToGet'>,
  state: Pick<CaseState, 'decision' | 'deliveredBy'>,
) {
  const how = deliveryWords(state.deliveredBy)
  return how !== null && state.deliveredBy === 'electronic' && isCertificateApart(item, state)
    ? `决定书${how}`
    : how
}

/**
 * How a result is handed over in the moment of 当场办结: into the hand of who stands at the counter, else to the phone it was
 * filed on; as they have chosen, where they have. Null where neither is so: it is delivered on the day they come for it, or it
 * is sent. 行政许可法 第44条
 */
export function handedOverBy(
  item: Pick<ServiceItem, 'howToGet'>,
  { channel, confirmedBy, deliveryChoice }: Pick<CaseState, 'channel' | 'confirmedBy' | 'deliveryChoice'>,
  isReached: boolean,
): DeliveryMethod | null {
  const methods = deliveryMethods(item, isReached)
  const isThere = channel !== 'mini' || confirmedBy === 'face-to-face'
  const [first] = (['pickup', 'electronic'] as const).filter(
    (method) =>
      methods.includes(method) &&
      (isThere || method !== 'pickup') &&
      (deliveryChoice === undefined || deliveryChoice.method === method),
  )
  return first ?? null
}

interface HandedOver {
  /** Null where nothing is handed over yet. */
  readonly method: DeliveryMethod | null
  readonly servedOn: PlainDate | null
  readonly otherwiseDigest?: string
}

/** 受理、准予、办结 in one moment, and 送达 where it is handed over in the same. */
export const settlingEvents = (
  at: Instant,
  accepting: StepTarget,
  closing: StepTarget,
  { method, ...how }: HandedOver,
  decided: { readonly amount?: number; readonly staffId?: string; readonly inPlaceOf?: string } = {},
): CaseEvent[] => [
  { type: 'accepted', at, ...accepting, bySilence: false },
  { type: 'granted', at, ...closing, reasonDigest: null, ...decided },
  { type: 'concluded', at, ...closing },
  ...(method === null ? [] : [{ type: 'delivered' as const, at, ...closing, method, ...how }]),
]

/** The three events of it, in their order; where it is handed over at once `delivered` is the fourth. */
const SETTLING = ['accepted', 'granted', 'concluded'] as const satisfies readonly CaseEvent['type'][]

/** Whether a change is all of them at once: to whom it is done it is one thing. */
export const isSettling = (events: readonly Pick<CaseEvent, 'type'>[]) =>
  SETTLING.every((type) => events.some((event) => event.type === type))
