import { dayWords, fullDay } from '../../kernel/day-words'
import { dayIn } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { dueOfCase } from '../clock/clocks'
import { decidedBy, decidedShareAt } from '../parallel/own-share'
import { type DecidedShare, restingOn } from '../parallel/share-decisions'
import { lacksSeat, SEAT_GONE, TAKEN_MEANWHILE } from '../result/booked'
import { goesOnWords, isHeldBack, isPaying } from '../result/payout'
import { KEPT_AWAY } from '../revocation/got-by-fraud'
import {
  BASIS_WORDS,
  isHoldersWord,
  isPermitGrant,
  lastKept,
  lastRevoked,
  openRevocation,
  PERMIT_REVOKED_BY,
  revokedBy,
  speakUntil,
} from '../revocation/revocation'
import type { RevocationEvent } from '../revocation/revocation-events'
import type { Revocation, RevocationBasis } from '../revocation/revocation-state'
import { takenBackBy } from '../revocation/unheard'
import type { CaseState } from '../state'
import { isDecidedForNobody } from '../whose/disowned'
import { filedWords, givenWith, ownPartWords, reasonWords } from './decision-words'

/** By what they are composed, and what they come to: parts of `Issuing` and `IssuedContent`. */
interface Issuing {
  readonly item: ServiceItem
  /** After the event. */
  readonly state: CaseState
  readonly calendar: WorkingCalendar
  readonly phone: string | null
  readonly remedy: string | null
  /** The document of the decision, where one was issued. */
  readonly decidedBy: string | null
  /** Of several organs that have each decided their own part, the document of each by the unit. */
  readonly ownPapers: ReadonlyMap<string, string>
  /** The certificate, where one was issued. */
  readonly certifiedBy: string | null
}
interface Paragraph {
  readonly said: string
  readonly reason?: string
  readonly documentId?: string
}
interface Said {
  readonly paragraphs: readonly Paragraph[]
  readonly plain: string
}
type EventOf<Type extends RevocationEvent['type']> = Extract<RevocationEvent, { type: Type }>

const words = (...said: readonly (string | null)[]) =>
  said.flatMap((each) => (each === null || each === '' ? [] : [{ said: each }]))

const you = (state: CaseState) =>
  state.applicant?.kind === 'firm' && !isDecidedForNobody(state) ? '你单位' : '你'

/** What was applied for and when, and when it was decided. */
function decidedWords(
  { item, state }: Issuing,
  { decided, decidedAt }: Pick<Revocation, 'decided' | 'decidedAt'>,
  own = '',
  whose = you(state),
) {
  const filed = filedWords(you(state) === '你单位', dayIn(state.filedAt), item.name).replace(
    you(state),
    whose,
  )
  const verdict = decided === 'granted' ? '准予' : '不予'
  const of = own === '' ? '，' : `。${own}`
  return `${filed}${of}本机关${fullDay(dayIn(decidedAt))}决定${verdict}办理。`
}

/** The document of the decision by title and number; none where it was made before decisions were numbered. */
const ofDocument = (said: string, { decidedBy: id }: Pick<Issuing, 'decidedBy'>): readonly Paragraph[] =>
  id === null ? words(`${said}上述决定`) : [{ said, documentId: id }]

const groundWords = (
  { item }: Issuing,
  of: { readonly basis: RevocationBasis; readonly decided: Revocation['decided'] },
) => `属于“${BASIS_WORDS[of.basis]}”，根据${revokedBy(item, of).join('、')}，`

const call = ({ phone }: Issuing) => (phone === null ? null : `联系电话：${phone}`)

function correctedWords(issuing: Issuing, own: DecidedShare | undefined): string | null {
  const { decision } = issuing.state
  if (!own) return decision && decidedWords(issuing, { decided: decision.kind, decidedAt: decision.at })
  return decidedWords(
    issuing,
    { decided: own.isGranted ? 'granted' : 'refused', decidedAt: own.at },
    ownPartWords(own.name),
  )
}

/** Of several organs that decide each its own part, whose decision it is; undefined where one decides the whole. */
const ownOf = ({ item, state }: Issuing, { of }: Revocation) => of && decidedShareAt(item, state, of)

/** The decision that is spoken of, and its document. */
function aboutDecision(
  issuing: Issuing,
  revocation: Revocation,
  said: string,
  whose = you(issuing.state),
): readonly Paragraph[] {
  const own = ownOf(issuing, revocation)
  const paper = own ? { decidedBy: issuing.ownPapers.get(own.unitId) ?? null } : issuing
  return [
    ...words(decidedWords(issuing, revocation, own && ownPartWords(own.name), whose)),
    ...ofDocument(said, paper),
  ]
}

/** Which decision, to whoever reads one of several. */
const whichWords = (issuing: Issuing, revocation: Revocation, whole: string) => {
  const own = ownOf(issuing, revocation)
  return own ? `“${own.name}”的决定` : whole
}

/** 建筑法 第8条: what others have granted on it stands until they revoke it themselves. */
function restingWords({ item, state }: Issuing, { of }: Revocation): string | null {
  const resting = of === undefined ? [] : restingOn(item, state, of)
  const names = resting.map(({ name }) => `“${name}”`).join('、')
  return names === ''
    ? null
    : `${names}要以它准予为前提，由作出那份决定的机关另行审查；那份决定在撤销以前仍然有效。`
}

/** The same holder under the name that they are confirmed with; their certificate goes by it too. */
const holderWords = (issuing: Issuing): readonly Paragraph[] => [
  ...words('更正后的名字是核过身份的名字，持有人没有变。'),
  ...(issuing.certifiedBy === null
    ? []
    : [{ said: '名字同时更正的证件：', documentId: issuing.certifiedBy }]),
]

/** 更正通知书: only how it was written. */
export function amended(issuing: Issuing, event: EventOf<'decision-corrected'>): Said {
  const { item, state, ownPapers } = issuing
  const own = decidedBy(item, state, event.unitId)
  const ownPaper = own ? (ownPapers.get(own.unitId) ?? null) : null
  return {
    paragraphs: [
      ...words(correctedWords(issuing, own)),
      ...ofDocument('更正的文书：', own ? { decidedBy: ownPaper } : issuing),
      { said: '原文为：', reason: event.writtenDigest },
      { said: '更正为：', reason: event.correctedDigest },
      { said: reasonWords(''), reason: event.reasonDigest },
      ...(event.ofHolder === true ? holderWords(issuing) : []),
      ...words('更正的只是写错的字，决定和它的期限都不变。原文书和这份通知书一起使用。', call(issuing)),
    ],
    plain:
      event.ofHolder === true
        ? '文书上你的名字写错了，更正成核过身份的名字，决定没有变。'
        : '文书上有写错的字，更正了，决定没有变。',
  }
}

function speakWords({ state, calendar }: Issuing, open: Revocation) {
  const until = speakUntil(open, calendar)
  const by =
    until.kind === 'on'
      ? `请在${fullDay(until.on)}以前（含当天，${open.speakDays} 个工作日内）提出`
      : `请在收到后 ${open.speakDays} 个工作日内提出`
  return `${you(state)}有权陈述、申辩，${by}：可以在手机上写，也可以到窗口当面说或者交书面意见。到期没有提出的，按查明的事实决定。`
}

const HELD_BACK = '撤销不撤销定下来以前，这项钱先不发；不撤销的，照原决定补发。'

/** What was kept once is revoked by what was found since: both papers say it. 行政许可法 第7条 */
const foundSince = ({ newFactDigest }: Pick<Revocation, 'newFactDigest'>): readonly Paragraph[] =>
  newFactDigest === undefined ? [] : [{ said: '上次决定不撤销以后新查明的：', reason: newFactDigest }]

/** 拟撤销告知书: what, why, by which article, and until when one may speak. 行政许可法 第7、69条 */
export function proposed(issuing: Issuing, event: EventOf<'revocation-proposed'>): Said {
  const open = openRevocation(issuing.state)
  if (!open) throw new Error('a notice of a revocation that is not open')
  const isRefusal = open.decided === 'refused'
  const until = speakUntil(open, issuing.calendar)
  const by = until.kind === 'on' ? `，最晚 ${dayWords(until.on, dayIn(event.at))} 说` : ''
  return {
    paragraphs: [
      ...aboutDecision(issuing, open, '拟撤销的文书：'),
      { said: '拟撤销的事实和理由：', reason: event.reasonDigest },
      ...foundSince(event),
      ...words(
        `${groundWords(issuing, open)}本机关拟撤销这个决定。`,
        isRefusal ? null : speakWords(issuing, open),
        isHeldBack(issuing.item, issuing.state) ? HELD_BACK : null,
        call(issuing),
      ),
    ],
    plain: isRefusal
      ? '没批的决定可能有错，准备撤销。撤不撤都告诉你，你不用动。'
      : `${whichWords(issuing, open, '这个决定')}可能有错，准备撤销。有话先说${by}，听完再定。${isHeldBack(issuing.item, issuing.state) ? '定下来以前先不发钱。' : ''}`,
  }
}

/** Of a refusal nobody was invited to speak; who did is heard all the same. */
function heardParagraphs({ state }: Issuing, revocation: Revocation): readonly Paragraph[] {
  const { decided, heard, proposedAt, servedOn, toBeServed } = revocation
  const toldOn = servedOn ?? (toBeServed ? null : dayIn(proposedAt))
  const told =
    toldOn === null ? null : `${fullDay(toldOn)}已经书面告知拟撤销的事实、理由、依据和陈述、申辩的权利。`
  if (heard.length === 0)
    return decided === 'refused' ? [] : words(`${told ?? ''}没有收到${you(state)}的陈述、申辩。`)
  return [
    ...words(decided === 'refused' ? null : told),
    ...heard.map((each) => ({
      said: `${fullDay(dayIn(each.at))}${each.by === 'filer' && !isHoldersWord(revocation, each) ? '帮办的人' : you(state)}陈述、申辩：`,
      reason: each.statementDigest,
    })),
  ]
}

/** What becomes of what was given: money, certificate, half day. */
function takenBack(
  { item, state, certifiedBy }: Issuing,
  { basis, decided, of }: Revocation,
  on: string,
): readonly string[] {
  // What is given with the whole is no single organ's to take back.
  const given = givenWith(item, state, of === undefined)
  const isPermit = isPermitGrant(item, decided)
  return [
    `原决定自${on}起不再有效。`,
    given.result === null || certifiedBy !== null ? '' : `发给的《${given.result}》同时作废，请交回。`,
    isPaying(item) ? `自${on}起停止发放；已经发放的怎么处理，另行书面告知。` : '',
    isPermit && basis === 'fraud'
      ? `基于这项许可取得的利益不受保护（${PERMIT_REVOKED_BY}第四款）。${KEPT_AWAY}`
      : '',
    isPermit && basis !== 'fraud'
      ? `撤销使${you(state)}的合法权益受到损害的，依法给予赔偿（${PERMIT_REVOKED_BY}第四款）。`
      : '',
  ]
}

/** A refusal that fell leaves an application to decide, with days of its own. */
function anew({ item, state, calendar }: Issuing) {
  const due = dueOfCase(item, state, calendar)
  const until = due.kind === 'on' ? `，最晚到${fullDay(due.on)}` : ''
  const limit = item.promisedDays === 0 ? '当天' : `${item.promisedDays} 个工作日内`
  return [
    `本机关重新审查这件申请，从撤销之日起${limit}重新作出决定${until}。不用再申请，交过的材料都在。`,
    lacksSeat(state) ? `${SEAT_GONE}。` : null,
  ]
}

/** Where nothing was said, there was nothing to weigh. */
const weighed = ({ heard }: Pick<Revocation, 'heard'>, what: '撤销' | '不撤销') =>
  `${heard.length === 0 ? '' : '对陈述、申辩的采纳情况和'}${what}的理由：`

/** 收回撤销决定书: what was revoked before anybody was heard stands again: what was heard was of nobody. 行政许可法 第7条 */
function takenBackAgain(issuing: Issuing, of: Revocation, event: EventOf<'decision-kept'>): Said {
  const { item, state } = issuing
  const isPermit = isPermitGrant(item, of.decided)
  const rule = isPermit ? '《中华人民共和国行政许可法》第七条' : '本县公布的办件规则（撤销以前先听申请人说）'
  const { isDeceased, ...living } = state
  const goesOn = goesOnWords(item, living)
  // Its family reads it, and whoever lives where that was an error once more: it says what is of each.
  const money = isDeceased && goesOn !== null ? `${goesOnWords(item, state)}；人还在的，${goesOn}` : goesOn
  const [whose, heard] = isDeceased ? ['申请人', '申请人（去世的，其家属）'] : [you(state), you(state)]
  return {
    paragraphs: [
      ...aboutDecision(issuing, of, '原来的文书：', whose),
      ...words(
        `${of.answeredAt === null ? '' : fullDay(dayIn(of.answeredAt))}本机关决定撤销这个决定。当时${whose}被登记为已经去世，这是登记错了，撤销以前没有听取${whose}的陈述、申辩。`,
      ),
      { said: '收回的理由：', reason: event.reasonDigest },
      ...words(
        `根据${rule}，本机关收回撤销决定，原决定照样有效，它的期限照原来的算。以后还要撤销的，先书面告知${heard}，听${heard}陈述、申辩。`,
        of.of === undefined && issuing.certifiedBy !== null ? '已经交回证件的，可以领回。' : null,
        money && `${money}。`,
        event.seatsGone ? `${TAKEN_MEANWHILE}。` : null,
        issuing.remedy,
        call(issuing),
      ),
    ],
    plain: `前面的撤销没有先听${whose}说，收回了，${whichWords(issuing, of, '原来的决定')}照样算数。${money === null ? '' : `${money}。`}`,
  }
}

/** 不撤销告知书: whoever was told that their decision may fall is told in writing that it stands, and why. */
export function kept(issuing: Issuing, event: EventOf<'decision-kept'>): Said {
  const unheard = takenBackBy(issuing.state, event)
  if (unheard) return takenBackAgain(issuing, unheard, event)
  const of = lastKept(issuing.state)
  if (!of) throw new Error('nothing was proposed that could be kept')
  const { item, state } = issuing
  const money = of.decided === 'granted' ? goesOnWords(item, state) : null
  return {
    paragraphs: [
      ...aboutDecision(issuing, of, '拟撤销的文书：'),
      ...heardParagraphs(issuing, of),
      {
        said: weighed(of, '不撤销'),
        reason: event.reasonDigest,
      },
      ...words('本机关决定不撤销这个决定，它和它的期限都照原来的算。', money && `${money}。`, call(issuing)),
    ],
    plain: `${whichWords(issuing, of, '原来的决定')}不撤销，照样算数。${money === null ? '' : `${money}。`}`,
  }
}

/** 撤销决定书: what was heard and how it was weighed, the reason and articles, and what becomes of what was given. */
export function revoked(issuing: Issuing, event: EventOf<'decision-revoked'>): Said {
  const of = lastRevoked(issuing.state)
  if (!of) throw new Error('a revocation of nothing')
  const on = fullDay(dayIn(event.at))
  return {
    paragraphs: [
      ...aboutDecision(issuing, of, '撤销的文书：'),
      { said: '查明的事实：', reason: of.reasonDigest },
      ...foundSince(of),
      ...heardParagraphs(issuing, of),
      {
        said: weighed(of, '撤销'),
        reason: event.reasonDigest,
      },
      ...words(`${groundWords(issuing, of)}决定撤销这个决定。`),
      // By its number: it is void with the decision.
      ...(of.decided === 'granted' && of.of === undefined && issuing.certifiedBy !== null
        ? [{ said: '同时作废、请交回的证件：', documentId: issuing.certifiedBy }]
        : []),
      ...words(
        ...(of.decided === 'granted' ? takenBack(issuing, of, on) : anew(issuing)),
        restingWords(issuing, of),
        issuing.remedy,
        call(issuing),
      ),
    ],
    plain:
      of.decided === 'granted'
        ? `${of.of === undefined ? '批了的' : whichWords(issuing, of, '')}撤销了。为什么、不同意怎么办，上面都写着。`
        : `原来没批的决定撤销了，重新作决定，${lacksSeat(issuing.state) ? SEAT_GONE : '你不用动'}。`,
  }
}
