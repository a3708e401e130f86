import { fullDay } from '../../kernel/day-words'
import { dayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { CARRIERS, type ServedPaper } from '../delivery/delivery-state'
import { deliveryWords, handedOverWords } from '../delivery/delivery-words'
import { serviceOf } from '../delivery/evolve-delivery'
import { ANNOUNCED_DAYS } from '../delivery/served-without-them'
import { isCertificateApart } from '../delivery/settle'
import { goesToFamily } from '../delivery/to-family'
import type { CaseEvent } from '../events'
import { decidedShares } from '../parallel/share-decisions'
import type { CaseState } from '../state'

/** By what it is composed, and what it comes to: parts of `Issuing` and `IssuedContent`. */
interface Issuing {
  readonly item: ServiceItem
  /** After the event. */
  readonly state: CaseState
  readonly decidedBy: string | null
  readonly certifiedBy: string | null
  readonly servedPaper: string | null
  /** Of several organs that have each decided their own part, the document of each by the unit. */
  readonly ownPapers: ReadonlyMap<string, string>
}
interface Paragraph {
  readonly said: string
  readonly reason?: string
  readonly documentId?: string
}
type Serving = Extract<CaseEvent, { type: 'delivered' | 'served' }>

/** With what the lines of a 送达回证 begin. 民事诉讼法 第87条 */
export const SERVED = { what: '送达的文书：', how: '送达方式：', on: '送达日期：' } as const

/** As whoever reads no documents calls them. */
export const PAPER_WORDS = {
  result: '决定',
  decline: '不予受理决定书',
  termination: '终止办理通知书',
  'revocation-notice': '拟撤销告知书',
  revocation: '撤销决定书',
  'revocation-withdrawn': '收回撤销决定书',
} as const satisfies Record<ServedPaper, string>

function whatWas(
  { item, state, decidedBy, certifiedBy, servedPaper, ownPapers }: Issuing,
  event: Serving,
): readonly Paragraph[] {
  const named = (documentId: string | null, name: string) =>
    documentId === null ? { said: `${SERVED.what}《${name}》` } : { said: SERVED.what, documentId }
  if (event.type === 'served') return [named(servedPaper, PAPER_WORDS[event.of])]
  const before = new Set((event.refusedOn ?? []).map(({ unitId }) => unitId))
  return [
    named(decidedBy, item.resultDocument.title),
    ...decidedShares(item, state).flatMap(({ unitId, name }) =>
      ownPapers.has(unitId) && !before.has(unitId) ? [named(ownPapers.get(unitId) ?? null, name)] : [],
    ),
    ...(certifiedBy === null ? [] : [named(certifiedBy, '')]),
  ]
}

/** Of what went by post: by whom, under which number, and when. */
function letterOf(state: CaseState, of: ServedPaper): readonly Paragraph[] {
  const letter = serviceOf(state, of)?.posts.at(-1)
  if (!letter) return []
  return [
    {
      said: `邮寄：${CARRIERS[letter.carrier]}，${fullDay(letter.postedOn)}寄出，单号 `,
      reason: letter.trackingDigest,
    },
  ]
}

/** The day from which remedies run is the one on which it was received. 民事诉讼法 第87、91条 */
function whenOf(event: Serving): string {
  const signed = fullDay(dayIn(event.at))
  if (event.type === 'served') return SERVED.on + fullDay(event.on)
  if (event.servedOn) return SERVED.on + fullDay(event.servedOn)
  if (event.servedOn === null && event.method === 'electronic')
    return `发到手机的日期：${signed}，受送达人没有同意电子送达。${SERVED.on}本人收到纸质文书那天`
  return event.servedOn === undefined && event.method === 'post'
    ? `寄出日期：${signed}。${SERVED.on}以收件回执上写的收件日期为准`
    : SERVED.on + signed
}

/** Whether they have looked is known to nobody: what reached their phone is served. 民事诉讼法 第90条 */
const REACHED = '受送达人同意电子送达，文书在送达日期到达受送达人的手机'

/** It is served once: what came on paper afterwards moves no day. */
const copied = (event: Serving, on: PlainDate): readonly Paragraph[] => [
  { said: REACHED },
  copyWords(event, on),
  ...takerOf(event),
]

const copyWords = ({ method }: Pick<Serving, 'method'>, on: PlainDate): Paragraph => ({
  said: `另给纸质文书：${deliveryWords(method) ?? ''}，${fullDay(on)}。送达日期不变`,
})

const takerOf = ({ takerDigest }: Serving): readonly Paragraph[] => [
  ...(takerDigest === undefined ? [] : [{ said: '代收人和代收的凭据：', reason: takerDigest }]),
]

/** Who put their hand to it: the addressee, or whoever took it for them and by which power. */
function takenBy(event: Serving, isForFamily: boolean): readonly Paragraph[] {
  const { method, takerDigest } = event
  if (isForFamily) return takerDigest === undefined ? [] : [{ said: '收到文书的家属：', reason: takerDigest }]
  if (event.copyOn !== undefined) return copied(event, event.copyOn)
  if (takerDigest !== undefined) return [{ said: '代收人和代收的凭据：', reason: takerDigest }]
  if (method === 'left') return []
  const isServed = event.type === 'served' || event.servedOn != null
  if (isServed && method === 'electronic') return [{ said: REACHED }]
  return method === 'pickup' ? [{ said: '受送达人本人收到' }] : []
}

/** Why it was left, before whom, and what the law asks to be written down. 民事诉讼法 第89条 */
const leftWith = ({ refusalDigest, witnessesDigest }: Serving): readonly Paragraph[] =>
  refusalDigest === undefined || witnessesDigest === undefined
    ? []
    : [
        { said: '拒收的事由：', reason: refusalDigest },
        { said: '文书留在受送达人的住所，在场的见证人：', reason: witnessesDigest },
        { said: WITNESSED },
      ]

/** Where it was put up and for how long, and why nothing else reached them. 民事诉讼法 第95条 */
function putUp(state: CaseState, of: ServedPaper, { method }: Serving): readonly Paragraph[] {
  const announced = serviceOf(state, of)?.announced
  if (method !== 'announced' || !announced) return []
  return [
    { said: '公告送达的原因：', reason: announced.reasonDigest },
    {
      said: `公告日期：${fullDay(announced.on)}，满 ${ANNOUNCED_DAYS} 日。公告的地方：`,
      reason: announced.placeDigest,
    },
    ...(announced.familyDigest === undefined
      ? []
      : [{ said: '公告写给的家属：', reason: announced.familyDigest }]),
  ]
}

/** What organs have refused and was theirs on the phone before: each paper with its own day, and what came later as a copy. */
function refusedBefore({ ownPapers }: Issuing, event: Serving): readonly Paragraph[] {
  if (event.type === 'served') return []
  const copyOn = event.copyOn ?? event.servedOn ?? null
  return (event.refusedOn ?? []).flatMap(({ unitId, on }) => [
    { said: SERVED.what, documentId: ownPapers.get(unitId) ?? '' },
    { said: SERVED.how + deliveryWords('electronic') },
    { said: SERVED.on + fullDay(on) },
    { said: REACHED },
    ...(event.method === 'electronic' || copyOn === null ? [] : [copyWords(event, copyOn)]),
  ])
}

const WITNESSED = '见证人签名或者盖章：＿＿＿＿＿＿　＿＿＿＿＿＿　送达人签名：＿＿＿＿＿＿'
const SIGNED = '受送达人（代收人）签名或者盖章：＿＿＿＿＿＿　送达人签名：＿＿＿＿＿＿'
const SIGNED_BY_FAMILY = '家属签名或者盖章：＿＿＿＿＿＿　送达人签名：＿＿＿＿＿＿'

/** 送达回证: which paper, how, on which day, into whose hand. */
export function served(
  issuing: Issuing,
  event: Serving,
): { readonly paragraphs: readonly Paragraph[]; readonly plain: string } {
  const { item, state } = issuing
  const of = event.type === 'served' ? event.of : 'result'
  const isForFamily = goesToFamily(state, of)
  const isReceived = event.type === 'served' || event.servedOn != null
  const isTold = event.type === 'served' || event.servedOn !== undefined
  return {
    paragraphs: [
      ...whatWas(issuing, event),
      { said: SERVED.how + (deliveryWords(event.copyOn === undefined ? event.method : 'electronic') ?? '') },
      ...(event.method === 'post' ? letterOf(state, of) : []),
      ...putUp(state, of, event),
      { said: whenOf(event) },
      ...(isTold ? takenBy(event, isForFamily) : []),
      ...leftWith(event),
      ...refusedBefore(issuing, event),
      ...(isTold && event.method === 'pickup' ? [{ said: isForFamily ? SIGNED_BY_FAMILY : SIGNED }] : []),
    ],
    plain:
      event.type === 'served'
        ? `《${PAPER_WORDS[of]}》送到了。`
        : `${handedOverWords(event.method, isCertificateApart(item, state), isReceived)}。`,
  }
}
