import { isDeliveredLate } from '#shared/domain/case/delivery/delivery-clock'
import {
  CARRIERS,
  type OwnInApp,
  type ServedPaper,
  type Taken,
} from '#shared/domain/case/delivery/delivery-state'
import { deliveryWords } from '#shared/domain/case/delivery/delivery-words'
import { ownInApp } from '#shared/domain/case/delivery/own-served'
import { announcedUntil } from '#shared/domain/case/delivery/served-without-them'
import { goesToFamily } from '#shared/domain/case/delivery/to-family'
import type { CaseEvent } from '#shared/domain/case/events'
import { PAPER_WORDS } from '#shared/domain/case/paper/service-words'
import { decidedShares } from '#shared/domain/case/parallel/share-decisions'
import { familyTakes } from '#shared/domain/case/whose/family'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isOthersWish, type Subject, textOf } from './subject'

type EventOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>
const day = ({ now }: Subject, on: PlainDate) => dayWords(on, dayIn(now))

/** 《拟撤销告知书》寄出了 */
export function servingTitle(type: CaseEvent['type'], of: ServedPaper): string {
  const name = of === 'result' ? '文书' : `《${PAPER_WORDS[of]}》`
  if (type === 'announced') return `${name}公告了`
  if (type === 'posted') return `${name}寄出了`
  return type === 'post-returned' ? `寄的${name}退回来了` : `${name}送到了`
}

/** The address is between them and whoever writes it on the letter. */
export const chosenNote = (subject: Subject, event: EventOf<'delivery-chosen'>) => {
  if (isOthersWish(subject, event)) return []
  return [event.method === 'electronic' ? '手机上收，同意电子送达' : deliveryWords(event.method)]
}

const otherwise = (subject: Subject, digest: string | undefined) =>
  digest !== undefined && `没照申请人选的送：${textOf(subject, digest) ?? ''}`

export const postedNote = (
  subject: Subject,
  { carrier, trackingDigest, postedOn, otherwiseDigest }: EventOf<'posted'>,
) => [
  `${day(subject, postedOn)} 寄出`,
  `${CARRIERS[carrier]}，单号 ${textOf(subject, trackingDigest) ?? ''}`,
  otherwise(subject, otherwiseDigest),
]

export const returnedNote = (subject: Subject, { returnedOn, reasonDigest }: EventOf<'post-returned'>) => [
  `${day(subject, returnedOn)} 退回，不算送达`,
  textOf(subject, reasonDigest),
]

export const announcedNote = (subject: Subject, event: EventOf<'announced'>) => [
  `${day(subject, event.on)} 在${textOf(subject, event.placeDigest) ?? ''}公告，到 ${day(subject, announcedUntil(event))} 满了算送达`,
  event.familyDigest !== undefined && `写给家属：${textOf(subject, event.familyDigest) ?? ''}`,
  textOf(subject, event.reasonDigest),
]

const taken = (subject: Subject, digest: string | undefined, of: ServedPaper = 'result') => {
  const taker = textOf(subject, digest ?? null)
  return taker && `${goesToFamily(subject.state, of) ? '收的人' : '代收'}：${taker}`
}

type Had = Pick<EventOf<'delivered'>, 'method' | 'copyOn'>

/** Who would not take it, or was not found, has received nothing; it counts all the same. */
function since(subject: Subject, { method, copyOn }: Had, on: PlainDate) {
  if (copyOn !== undefined)
    return `${day(subject, on)} 到了手机，从这天算送达；${day(subject, copyOn)} 另给了纸质的`
  return `${day(subject, on)} ${method === 'left' || method === 'announced' ? '起算送达' : '收到'}`
}

const left = (subject: Subject, { witnessesDigest, refusalDigest }: Taken) => [
  textOf(subject, refusalDigest ?? null),
  witnessesDigest !== undefined && `见证人：${textOf(subject, witnessesDigest) ?? ''}`,
]

export const servedNote = (subject: Subject, event: EventOf<'served'>) => [
  since(subject, event, event.on),
  taken(subject, event.takerDigest, event.of),
  ...left(subject, event),
  event.speakUntil !== undefined && `最晚 ${day(subject, event.speakUntil)} 说`,
]

/** Of a project: what was refused, and on the phone before. */
const refusedWords = (subject: Subject, refusedOn: readonly OwnInApp[] = []) =>
  refusedOn.map(({ stepKey, unitId, on }) => {
    const own = decidedShares(subject.item, subject.state).find(
      (share) => share.stepKey === stepKey && share.unitId === unitId,
    )
    return `没批的“${own?.name ?? ''}”${day(subject, on)} 到了手机，从这天算送达`
  })

/** As the lanes and the 送达回证 have it: each refusal of a project that is on their phone, by its own day. */
export const refusedOnPhone = (subject: Subject) => refusedWords(subject, ownInApp(subject.state))

function receivedWords(subject: Subject, event: EventOf<'delivered'>) {
  const { at, method, servedOn, copyOn, takerDigest, otherwiseDigest } = event
  const isTold = servedOn != null && (method === 'post' || copyOn !== undefined || servedOn !== dayIn(at))
  const informs = method === 'electronic' && servedOn === null
  return [
    isTold && since(subject, event, servedOn),
    ...refusedWords(subject, event.refusedOn),
    informs && '没有同意电子送达，不服的期限不从这天算',
    otherwise(subject, otherwiseDigest),
    taken(subject, takerDigest),
    ...left(subject, event),
  ]
}

/** Late as a delivery: it makes no decision late, and is told to whoever answers for it. */
export const deliveredNote = {
  applicant: receivedWords,
  staff: (subject: Subject, event: EventOf<'delivered'>) => [
    ...receivedWords(subject, event),
    isDeliveredLate(subject.item, subject.state, subject.reference.calendar) && '过了送达的期限',
  ],
}

/** Which paper was looked at is for whoever serves the next one; the family reads what they do now. */
export const deathNote = {
  applicant: ({ state }: Subject) => [familyTakes(state)],
  staff: (subject: Subject, { diedOn, proofDigest }: EventOf<'applicant-death-recorded'>) => [
    `${day(subject, diedOn)} 去世`,
    textOf(subject, proofDigest),
    '决定不变，还要给的文书交给家属',
  ],
}

export const DEATH_SHOWN_TO = {
  'applicant-death-recorded': 'everybody',
  'death-record-withdrawn': 'everybody',
} as const
