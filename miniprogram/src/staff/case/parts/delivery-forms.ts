import type { CaseView } from '#shared/contract/case'
import type { Carrier } from '#shared/domain/case/delivery/delivery-state'
import { TAKER_POWERS, witnessFault } from '#shared/domain/case/delivery/delivery-words'
import { endedHow } from '#shared/domain/case/delivery/to-family'
import { isTrackingNumber, trackingNumber } from '#shared/domain/case/delivery/tracking-number'

export type ServedPaper = NonNullable<CaseView['delivery']>['papers'][number]
export type DeliveryAct = ServedPaper['acts'][number]

interface DeliveryForm {
  readonly label: string
  readonly note: string
  readonly lead: string
  /** Empty where it counts from the day on which it is sent. */
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
    lead: '照回执上的日子写。复议、起诉的期限从这天数起。',
    day: '哪天签收的',
    done: '收到登记了',
  },
  'record-return': {
    label: '登记退回',
    note: '没送到，退回来了',
    lead: '退回不算送达。问清地址再寄，或者请来拿。',
    day: '哪天退回的',
    done: '退回登记了',
  },
  'hand-over': {
    label: '登记当面给了',
    note: '申请人，或者带着凭据代收的人',
    lead: '签收那天就是送达那天。代收的，核对委托。',
    day: '哪天给的',
    done: '当面给登记了',
  },
  leave: {
    label: '登记留置送达',
    note: '上门给，不肯收：两位见证人在场，文书留下',
    lead: '请村（居）委会或者申请人单位的两位到场看着，文书留在住处，拍照、录像留好。当天登记，从登记那天算送到。',
    day: '',
    done: '留置送达登记了',
  },
  announce: {
    label: '登记公告',
    note: '寄了退回、找不到人，别的办法都不行',
    lead: '写清贴在哪里、为什么别的办法送不到。贴出来就登记，从登记那天数满三十天，就算送到。',
    day: '',
    done: '公告登记了',
  },
  'record-announced': {
    label: '公告满了，登记送达',
    note: '公告满三十天，没人来拿',
    lead: '满三十天的那天就算送到，复议、起诉的期限从那天数起。看一看公告一直贴着，再登记。',
    day: '',
    done: '送达登记了',
  },
}

/** Of what ended for a death: who has died takes nothing, refuses nothing and comes for nothing. */
const FOR_FAMILY: { readonly [Act in DeliveryAct]?: Partial<DeliveryForm> } = {
  'record-receipt': { lead: '照回执上的日子写。家属不服的期限从这天数起。' },
  'record-return': { lead: '退回不算送达。问清家属的地址再寄，或者请家属来拿。' },
  'hand-over': { note: '给家属，写上姓名', lead: '家属签收那天就是送达那天。看一看家属的身份证。' },
  announce: {
    note: '寄了退回、找不到家属，别的办法都不行',
    lead: '写给家属，知道姓名的写上。贴出来就登记，从登记那天数满三十天，就算送到。',
  },
  'record-announced': {
    lead: '满三十天的那天就算送到，不服的期限从那天数起。看一看公告一直贴着，再登记。',
  },
}

export const formOf = (action: DeliveryAct, { forFamily }: Pick<ServedPaper, 'forFamily'>): DeliveryForm => ({
  ...DELIVERY_FORMS[action],
  ...(forFamily ? FOR_FAMILY[action] : {}),
})

/** What goes to the family is taken by one of them, who is named. */
export const draftFor = (
  draft: DeliveryDraft,
  { forFamily }: Pick<ServedPaper, 'forFamily'>,
): DeliveryDraft => (forFamily ? { ...draft, isOther: true, power: 'family' } : draft)

export interface DeliveryDraft {
  readonly day: string | undefined
  readonly carrier: Carrier
  readonly number: string
  readonly isOther: boolean
  readonly name: string
  /** Empty until it is chosen. */
  readonly power: string
  readonly reason: string
  /** Why it goes another way than was chosen. */
  readonly why: string
  readonly place: string
  /** Of who has died, whom it is put up for. */
  readonly family: string
  readonly firstWitness: string
  readonly secondWitness: string
}

/** Lines of words, and what is asked of each. */
export type LineOf = 'number' | 'name' | 'place' | 'family' | 'firstWitness' | 'secondWitness'

/** What is done now is mostly of today; what a receipt or a returned letter bears is another day. */
export const emptyDraft = (action: DeliveryAct, today: string): DeliveryDraft => ({
  day: action === 'record-receipt' || action === 'record-return' ? undefined : today,
  carrier: 'ems',
  number: '',
  isOther: false,
  name: '',
  power: '',
  reason: '',
  why: '',
  place: '',
  family: '',
  firstWitness: '',
  secondWitness: '',
})

export type DeliveryFault = LineOf | 'power' | 'day' | 'reason' | 'why'

/** Somebody else than the addressee may have it: of a letter this is asked where the family has it. */
const TAKEN: readonly DeliveryAct[] = ['hand-over', 'record-receipt']
const REASONED: readonly DeliveryAct[] = ['record-return', 'leave', 'announce']

const isShort = (words: string) => words.trim().length < 2

const whyFaults = ({ why }: DeliveryDraft, isAsked: boolean): readonly DeliveryFault[] =>
  isAsked && isShort(why) ? ['why'] : []

export function faultsOfDelivery(
  action: DeliveryAct,
  draft: DeliveryDraft,
  isWhyAsked = false,
): readonly DeliveryFault[] {
  const { day, carrier, number, isOther } = draft
  const isTaken = TAKEN.includes(action) && isOther
  const lines: readonly LineOf[] = [
    ...(isTaken ? (['name'] as const) : []),
    ...(action === 'leave' ? (['firstWitness', 'secondWitness'] as const) : []),
    ...(action === 'announce' ? (['place'] as const) : []),
  ]
  return [
    ...(action === 'post' && !isTrackingNumber(carrier, trackingNumber(number)) ? (['number'] as const) : []),
    ...(day === undefined && DELIVERY_FORMS[action].day !== '' ? (['day'] as const) : []),
    ...lines.filter((line) => isShort(draft[line])),
    ...(action === 'leave' && witnessFault([draft.firstWitness, draft.secondWitness], '') === 'same'
      ? (['secondWitness'] as const)
      : []),
    ...(isTaken && !(draft.power in TAKER_POWERS) ? (['power'] as const) : []),
    ...(REASONED.includes(action) && isShort(draft.reason) ? (['reason'] as const) : []),
    ...whyFaults(draft, isWhyAsked),
  ]
}

const WORDS = [
  'number',
  'name',
  'power',
  'place',
  'family',
  'firstWitness',
  'secondWitness',
  'reason',
  'why',
] as const

/** Words stand in it, which a lost answer has not taken. */
export const isWritten = (draft: DeliveryDraft) => WORDS.some((each) => draft[each] !== '')

/** What is sent: each act names what it asks for, and nothing else. */
export function bodyOfDelivery(
  action: DeliveryAct,
  of: ServedPaper['of'],
  draft: DeliveryDraft,
  version: number,
  isWhyAsked = false,
) {
  const { day, carrier, number, isOther, name, power, place, firstWitness, secondWitness } = draft
  const reason = draft.reason.trim()
  const why = isWhyAsked ? { reason: draft.why.trim() } : {}
  const taken = isOther ? { taker: { name: name.trim(), power } } : {}
  const own = {
    post: { carrier, trackingNumber: trackingNumber(number), postedOn: day, ...why },
    'record-receipt': { receivedOn: day, ...taken },
    'record-return': { returnedOn: day, reason },
    'hand-over': { takenOn: day, ...taken, ...why },
    leave: { witnesses: [firstWitness.trim(), secondWitness.trim()], refusal: reason, ...why },
    announce: {
      place: place.trim(),
      reason,
      ...(draft.family.trim() === '' ? {} : { family: draft.family.trim() }),
    },
    'record-announced': {},
  }[action]
  return { action, of, version, ...own }
}

/** 要当面给家属或者寄 */
export function waitsWords({
  of,
  awaited,
  forFamily,
}: Pick<ServedPaper, 'of' | 'awaited' | 'forFamily'>): string {
  if (!awaited) return '还没送到'
  if (of === 'termination') return endedHow(forFamily ?? false)
  return '手机上不算送达，要当面给或者寄'
}
