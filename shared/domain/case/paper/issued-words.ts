import { dayWords, fullDay } from '../../kernel/day-words'
import { dayIn, type Instant, type PlainDate } from '../../kernel/plain-date'
import { citationsOf, declinedBy, onTheWayBy } from '../../service-item/citations'
import type { ServiceItem } from '../../service-item/item'
import { isRecord } from '../../service-item/record'
import { stepDeed } from '../../service-item/step-name'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { type CaseDue, correctionDue, dueOfCase } from '../clock/clocks'
import { apartOf, dueWords } from '../clock/due-words'
import { saidByUnit } from '../correction/asked'
import { noticesGiven } from '../correction/notices-given'
import type { CaseEvent, NoticeWords } from '../events'
import { againWords } from '../outcome/again'
import { askedWords, OUTCOME_WORDS } from '../outcome/outcome-words'
import { joinsDecisions } from '../parallel/share-decisions'
import { bookedWords, bookingsOf } from '../result/booked'
import { validWords } from '../result/certificate'
import { isPaying, paidFrom } from '../result/payout'
import { validityOf } from '../result/renewed-by-law'
import { stepOf } from '../route'
import type { CaseState, Correction, CorrectionItem } from '../state'
import { isReasonRequired } from '../step/step-command'
import { isDecidedForNobody } from '../whose/disowned'
import { extended, suspended } from './clock-words'
import {
  filedWords,
  GRANTED_ALL,
  type givenWith,
  inPlaceWords,
  reasonWords,
  verdictWords,
} from './decision-words'
import type { IssuingEvent } from './document-kinds'
import { published } from './notice-words'
import { joined, ownDecided } from './own-decision-words'
import { amended, kept, proposed, revoked } from './revocation-words'
import { served } from './service-words'
import { stopped } from './stopped-words'
import { visited } from './visit-words'

/** The shape in which this version writes the words of a document; missing in the JSON it is 1. */
export const DOCUMENT_SHAPE = 1

/** What stands sealed in a row of its own, or is numbered in the same moment, is named here and read with the document. */
export interface IssuedParagraph {
  readonly said: string
  /** Digest of the reason that follows. */
  readonly reason?: string
  /** The document whose title and number follow. */
  readonly documentId?: string
  /** Answers that follow, each with its label, as they stood in the content of this digest. */
  readonly answers?: {
    readonly digest: string
    readonly keys: readonly string[]
    /** Those that stand in words of whoever published them; missing where none do. */
    readonly told?: readonly NoticeWords[]
  }
  /** What is paid by the answers of this digest, from when in words. */
  readonly pays?: {
    readonly digest: string
    readonly from: string | null
    /** As whoever granted it said, in 分; missing where the guide says it, and before it was asked. */
    readonly amount?: number
  }
}

/** A person or a firm by the answers as they stood; whoever filed what was disowned; null where it is for everybody. */
export type Addressee =
  | { readonly answersDigest: string; readonly kind: 'person' | 'firm'; readonly identityConfirmed: boolean }
  | 'whoever-filed'
  | null

/** What a document says, but for number and day: written when it is issued, and changed by nothing afterwards. */
export interface IssuedContent {
  readonly shape: number
  readonly title: string
  /** As it is signed. */
  readonly organ: string
  readonly to: Addressee
  readonly paragraphs: readonly IssuedParagraph[]
  /** In a sentence, for who reads no documents. */
  readonly plain: string
  /** Where and until when one may object; a paragraph too. Null where there is nothing to object to. */
  readonly remedy: string | null
  /** What stands on a certificate beside its words; missing on every other document. */
  readonly certificate?: IssuedCertificate
}

export interface IssuedCertificate {
  /** Unguessable: whoever has it reads the public facts. */
  readonly code: string
  readonly validFrom: PlainDate
  /** The last day; null where it has no end. */
  readonly validTo: PlainDate | null
  /** Answers that it prints, as they stood in the content of this digest. */
  readonly answers: { readonly digest: string; readonly keys: readonly string[] }
}

/** By what a document is composed in the moment in which it is issued. */
export interface Issuing {
  readonly item: ServiceItem
  /** After its event. */
  readonly state: CaseState
  readonly caseNumber: string
  /** The applicant's village by its name; null where none is known. */
  readonly villageName: string | null
  readonly calendar: WorkingCalendar
  readonly title: string
  readonly organ: string
  readonly phone: string | null
  /** Where and until when one may object to what the organ decides; null where there is nothing to object to. */
  readonly remedy: string | null
  /** What is given with a grant, for how long and for when. */
  readonly given: ReturnType<typeof givenWith>
  /** The document of the decision, where one was issued before. */
  readonly decidedBy: string | null
  /** The certificate, where one was issued before. */
  readonly certifiedBy: string | null
  /** Of several organs that have each decided their own part, the document of each by the unit. */
  readonly ownPapers: ReadonlyMap<string, string>
  /** The paper beside the decision that was served; null of every other document. */
  readonly servedPaper: string | null
  /** Of the certificate that is issued; null of every other document. */
  readonly code: string | null
  readonly labelOf: (asked: CorrectionItem) => string
  /** As it is called in short. */
  readonly unitName: (unitId: string) => string
  /** Staff who act by office stand with their whole name. */
  readonly staffName: (staffId: string) => string
}

type Said = Pick<IssuedContent, 'paragraphs' | 'plain'>
type EventOf<Type extends IssuingEvent['type']> = Extract<CaseEvent, { type: Type }>

/** Whoever filed what was disowned is a person. */
const isToFirm = (state: CaseState) => state.applicant?.kind === 'firm' && !isDecidedForNobody(state)
const begun = ({ item, state }: Pick<Issuing, 'item' | 'state'>) =>
  filedWords(isToFirm(state), dayIn(state.filedAt), item.name)
const words = (...said: readonly (string | null)[]) =>
  said.flatMap((each) => (each === null ? [] : [{ said: each }]))
const reason = (digest: string | null): readonly IssuedParagraph[] =>
  digest === null ? [] : [{ said: reasonWords(''), reason: digest }]
const callWords = ({ phone }: Pick<Issuing, 'phone'>) => (phone === null ? null : `联系电话：${phone}`)

function untilWords({ item, state }: Issuing, due: CaseDue, today: PlainDate) {
  // 行政许可法 第45条: what stands still is said in writing.
  if (due.kind === 'waits-for' && due.because === 'step')
    return `，${stepDeed(stepOf(item, due.stepKey).name)}的时间不算在内`
  if (due.kind !== 'on') return ''
  if (due.on < today) return `，到${fullDay(due.on)}已满`
  const apart = apartOf(item, state, due)
  return apart === null ? `，最晚到${fullDay(due.on)}` : `，到${fullDay(due.on)}，${apart}的时间不算在内`
}

/** The promise of the item; of a booking that it stands, since whoever booked it comes on a day of their own choice. */
function promised(issuing: Issuing, due: CaseDue, today: PlainDate) {
  const { item, state } = issuing
  const limit = item.promisedDays === 0 ? '当场' : `承诺 ${item.promisedDays} 个工作日`
  const deed = bookingsOf(state).length > 0 ? '定下预约' : '办结'
  return `${limit}${deed}${untilWords(issuing, due, today)}。`
}

/** Of what was told already what came to it is meant: it is a receipt of its own. */
const silenceWords = (state: CaseState, on: PlainDate) =>
  noticesGiven(state).some(({ suppliedAt }) => suppliedAt !== null && dayIn(suppliedAt) === on)
    ? `收到补正的材料后受理期限到期，没有再告知要补正的内容，自收到补正材料之日（${fullDay(on)}）起视为受理`
    : `受理期限到期，没有告知要补正的内容，自收到申请材料之日（${fullDay(on)}）起视为受理`

/** 行政许可法 第32条 */
function accepted(issuing: Issuing, event: EventOf<'accepted'>): Said {
  const { item, state, calendar } = issuing
  const today = dayIn(event.at)
  const on = state.accepted?.on ?? today
  const due = dueOfCase(item, state, calendar)
  const by = onTheWayBy(item, event.bySilence ? 'silence' : 'accepted')
  const complete = event.bySilence
    ? `${silenceWords(state, on)}（依据：${by}）；这份通知书${fullDay(today)}出具。`
    : `申请材料齐全，符合法定形式，自${fullDay(on)}起受理（依据：${by}）。`
  return {
    paragraphs: words(`${begun(issuing)}，${complete}`, promised(issuing, due, today), callWords(issuing)),
    plain: `${event.bySilence ? '到期没答复，算受理了' : '收下了'}，${dueWords(item, state, due, today)}。`,
  }
}

/** What follows where nothing is brought. */
export function lapseWords(
  item: Pick<ServiceItem, 'openWindow'>,
  { beforeAcceptance, remindedAt, rule }: Pick<Correction, 'beforeAcceptance' | 'remindedAt' | 'rule'>,
) {
  if (!beforeAcceptance) return '到期没补，就按现有的材料作决定。'
  const until =
    remindedAt === null
      ? `到期那天会再提醒一次，再过 ${rule.graceDays} 个工作日还没补`
      : '已经提醒过了，这次到期还没补'
  return `${until}，这件就先结束，${againWords(item)}。`
}

type Asking = Pick<Issuing, 'item' | 'state' | 'phone'>

/** What stands above and below all that is asked: whoever signs a notice reads it before. `until`: the last day to answer. */
export const askedFrame = (
  asking: Asking,
  correction: Parameters<typeof lapseWords>[1] | undefined,
  until: PlainDate | null,
) => ({
  opening: `${begun(asking)}，经查看，还需要补正（依据：${onTheWayBy(asking.item, correction?.beforeAcceptance === false ? 'asked-later' : 'asked')}）：`,
  closing: [
    until === null ? null : `请在${fullDay(until)}以前（含当天）补齐。`,
    correction ? lapseWords(asking.item, correction) : null,
    callWords(asking),
  ].filter((each) => each !== null),
})

/** 行政许可法 第32条: all that is missing, at once. A second notice says why in the words of whoever signs it. */
function asked(issuing: Issuing, event: EventOf<'correction-requested'>): Said {
  const { item, state, calendar, labelOf, unitName } = issuing
  const correction = state.corrections.find(({ askedAt }) => askedAt === event.at)
  const due = correction && correctionDue(item, state, correction, calendar)
  const until = due?.kind === 'on' ? due.on : null
  const { opening, closing } = askedFrame(issuing, correction, until)
  return {
    paragraphs: [
      ...words(opening),
      ...event.items.flatMap((each, at) => [
        { said: `${at + 1}. ${labelOf(each)}：`, reason: each.reasonDigest },
        ...(each.asked ?? []).map(({ unitId, reasonDigest }) => ({
          said: saidByUnit(unitName(unitId)),
          reason: reasonDigest,
        })),
      ]),
      ...(event.second ? reason(event.reasonDigest) : []),
      ...words(...closing),
    ],
    plain: `${askedWords(event.items)}，${until === null ? '' : `最晚 ${dayWords(until, dayIn(event.at))} `}补好就接着办。`,
  }
}

/** How much, from when and to which card, for whoever holds the paper against what came. */
const paid = ({ item, state }: Issuing, at: Instant): readonly IssuedParagraph[] =>
  isPaying(item)
    ? [
        {
          said: '',
          pays: {
            digest: state.answersDigest,
            from: paidFrom(item, state, dayIn(at)),
            ...(state.decision?.amount === undefined ? {} : { amount: state.decision.amount }),
          },
        },
      ]
    : []

/** Whoever grants what somebody before them, or a visit, found otherwise says why: the paper holds both together. */
const grantedAll = ({ item, state }: Issuing, digest: string | null): readonly IssuedParagraph[] =>
  digest !== null && isReasonRequired(item, state, 'grant') ? [{ said: GRANTED_ALL, reason: digest }] : []

const AGAINST = '为什么、不同意怎么办，上面都写着。'

function decided(
  issuing: Issuing,
  kind: 'granted' | 'refused' | 'declined',
  event: EventOf<'granted' | 'refused' | 'declined'>,
): Said {
  const { item, state, given, remedy } = issuing
  const { reasonDigest, at } = event
  const {
    found,
    verdict,
    given: handed,
  } = verdictWords({
    kind,
    itemName: item.name,
    isFirm: isToFirm(state),
    filedOn: dayIn(state.filedAt),
    accepted: kind === 'declined' ? null : state.accepted,
    legalBasis: kind === 'declined' ? declinedBy(item) : citationsOf(item),
    ...(kind === 'granted' ? given : { result: null, validText: null, booked: null }),
  })
  const said = words(found + verdict + handed, inPlaceWords(event, stepOf(item, event.stepKey).role))
  if (kind === 'granted')
    return {
      paragraphs: [...said, ...grantedAll(issuing, reasonDigest), ...paid(issuing, at), ...words(remedy)],
      plain: `${[OUTCOME_WORDS.granted, bookedWords(state, at)].filter(Boolean).join('，')}。`,
    }
  return {
    paragraphs: [...said, ...reason(reasonDigest), ...words(remedy)],
    plain: `这次${OUTCOME_WORDS[kind]}，${AGAINST}`,
  }
}

/** 行政许可法 第39条 */
function certified(issuing: Issuing, event: EventOf<'concluded'>): Said & Pick<IssuedContent, 'certificate'> {
  const { item, state, code, title } = issuing
  // From the day of the decision on, whenever it was made.
  const { validFrom, validTo } = validityOf(item, state, dayIn(state.decision?.at ?? event.at))
  const keys = item.resultDocument.certificate?.prints ?? []
  return {
    paragraphs: words(
      `${begun(issuing)}，经审查，${isRecord(item) ? '予以备案' : '准予办理'}，发给《${title}》。`,
      `有效期：${validWords(validFrom, validTo)}。`,
    ),
    plain:
      validTo === null
        ? `${OUTCOME_WORDS.concluded}，证发下来了，扫上面的码能验真假。`
        : `${OUTCOME_WORDS.concluded}，证发下来了，用到 ${dayWords(validTo, dayIn(event.at))}，扫上面的码能验真假。`,
    ...(code === null
      ? {}
      : { certificate: { code, validFrom, validTo, answers: { digest: state.answersDigest, keys } } }),
  }
}

function saidBy(event: IssuingEvent, issuing: Issuing): Said & Pick<IssuedContent, 'certificate'> {
  switch (event.type) {
    case 'accepted':
      return accepted(issuing, event)
    case 'correction-requested':
      return asked(issuing, event)
    case 'examined':
      return ownDecided(issuing, event)
    case 'declined':
      return decided(issuing, event.type, event)
    case 'refused':
    case 'granted':
      return joinsDecisions(issuing.item) ? joined(issuing) : decided(issuing, event.type, event)
    case 'terminated':
      return stopped(issuing, event)
    case 'clock-suspended':
      return suspended(issuing, event)
    case 'limit-extended':
      return extended(issuing, event)
    case 'notice-published':
      return published(issuing, event)
    case 'concluded':
      return certified(issuing, event)
    case 'delivered':
    case 'served':
      return served(issuing, event)
    case 'visit-signed':
      return visited(issuing, event)
    case 'decision-corrected':
      return amended(issuing, event)
    case 'revocation-proposed':
      return proposed(issuing, event)
    case 'decision-revoked':
      return revoked(issuing, event)
    case 'decision-kept':
      return kept(issuing, event)
  }
}

function addresseeOf(event: IssuingEvent, { state }: Issuing): Addressee {
  if (event.type === 'notice-published') return null
  if (isDecidedForNobody(state)) return 'whoever-filed'
  const { answersDigest, applicant, identityConfirmed } = state
  return { answersDigest, kind: applicant?.kind ?? 'person', identityConfirmed }
}

/** The words of the document that an event issues; a new kind of such an event does not compile without words. */
export const issuedContent = (event: IssuingEvent, issuing: Issuing): IssuedContent => ({
  shape: DOCUMENT_SHAPE,
  title: issuing.title,
  organ: issuing.organ,
  to: addresseeOf(event, issuing),
  ...saidBy(event, issuing),
  remedy: issuing.remedy,
})
