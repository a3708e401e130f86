import type { CaseView } from '#shared/contract/case'
import type { Carrier } from '#shared/domain/case/delivery-state'
import { isTrackingNumber, trackingNumber } from '#shared/domain/case/tracking-number'

export type ServedPaper = NonNullable<CaseView['delivery']>['papers'][number]
export type DeliveryAct = ServedPaper['acts'][number]

interface DeliveryForm {
  readonly label: string
  readonly note: string
  readonly lead: string
  readonly day: string
  readonly done: string
}

export const DELIVERY_FORMS: Readonly<Record<DeliveryAct, DeliveryForm>> = {
  post: {
    label: '登记寄出',
    note: '走邮政，写上单号',
    lead: '机关的文书只能交邮政寄。寄出不算送达，签收那天才算。',
    day: '哪天寄的',
    done: '寄出登记了',
  },
  'record-receipt': {
    label: '登记收到',
    note: '照邮政的签收回执写',
    lead: '照回执上的日子写。他复议、起诉的期限从这天数起。',
    day: '哪天签收的',
    done: '收到登记了',
  },
  'record-return': {
    label: '登记退回',
    note: '没送到，退回来了',
    lead: '退回不算送达。问清地址再寄，或者请他来拿。',
    day: '哪天退回的',
    done: '退回登记了',
  },
  'hand-over': {
    label: '登记当面给了',
    note: '他本人，或者带着凭据代收的人',
    lead: '签收那天就是送达那天。代收的，核对他的委托。',
    day: '哪天给的',
    done: '当面给登记了',
  },
}

export interface DeliveryDraft {
  readonly day: string | undefined
  readonly carrier: Carrier
  readonly number: string
  readonly isOther: boolean
  readonly name: string
  readonly power: string
  readonly reason: string
}

/** What is done now is mostly of today; what a receipt or a returned letter bears is another day. */
export const emptyDraft = (action: DeliveryAct, today: string): DeliveryDraft => ({
  day: action === 'post' || action === 'hand-over' ? today : undefined,
  carrier: 'ems',
  number: '',
  isOther: false,
  name: '',
  power: '',
  reason: '',
})

export type DeliveryFault = 'day' | 'number' | 'name' | 'power' | 'reason'

export function faultsOfDelivery(action: DeliveryAct, draft: DeliveryDraft): readonly DeliveryFault[] {
  const { day, carrier, number, isOther, name, power, reason } = draft
  const isTaken = action === 'hand-over' && isOther
  return [
    ...(action === 'post' && !isTrackingNumber(carrier, trackingNumber(number)) ? (['number'] as const) : []),
    ...(day === undefined ? (['day'] as const) : []),
    ...(isTaken && name.trim().length < 2 ? (['name'] as const) : []),
    ...(isTaken && power.trim().length < 2 ? (['power'] as const) : []),
    ...(action === 'record-return' && reason.trim().length < 2 ? (['reason'] as const) : []),
  ]
}

/** What is sent: each act names what it asks for, and nothing else. */
export function bodyOfDelivery(
  action: DeliveryAct,
  of: ServedPaper['of'],
  draft: DeliveryDraft,
  version: number,
) {
  const { day, carrier, number, isOther, name, power, reason } = draft
  const own = {
    post: { carrier, trackingNumber: trackingNumber(number), postedOn: day },
    'record-receipt': { receivedOn: day },
    'record-return': { returnedOn: day, reason: reason.trim() },
    'hand-over': { takenOn: day, ...(isOther ? { taker: { name: name.trim(), power: power.trim() } } : {}) },
  }[action]
  return { action, of, version, ...own }
}
