import { correctionDue, dueOfCase } from '#shared/domain/case/clock/clocks'
import { extendedWords } from '#shared/domain/case/clock/extended'
import { askedLabel } from '#shared/domain/case/correction/asked'
import { toldBy } from '#shared/domain/case/correction/correcting'
import { type CaseEvent, type CaseEventType, OBJECTED } from '#shared/domain/case/events'
import { againWords } from '#shared/domain/case/outcome/again'
import { issuingOrgan } from '#shared/domain/case/paper/document-kinds'
import { labelsOf } from '#shared/domain/case/publicity/published-otherwise'
import { bookingsOf } from '#shared/domain/case/result/booked'
import { answeredAlone } from '#shared/domain/case/revocation/own-decision'
import { ADVISED_WORDS, BASIS_WORDS } from '#shared/domain/case/revocation/revocation'
import { stepOf } from '#shared/domain/case/route'
import { type CorrectionItem, openCorrection } from '#shared/domain/case/state'
import type { ApprovalKind } from '#shared/domain/case/step/approval-state'
import { reasonAskedFor } from '#shared/domain/case/step/approvals'
import { signingWords } from '#shared/domain/case/step/joint-signing'
import { suspensionWords } from '#shared/domain/case/step/special-procedures'
import { findingsWords, visitDay } from '#shared/domain/case/visit/visit-record'
import { endedAsDisowned } from '#shared/domain/case/whose/disowned'
import { FAMILY_GOES_ON } from '#shared/domain/case/whose/family'
import { dayWords, fullDay } from '#shared/domain/kernel/day-words'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { remedyText } from '#shared/domain/organization/deciding-unit'
import { entryConsentWords } from '#shared/domain/organization/entering'
import { organName, unitName } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import type { LoggedEvent } from '../queries'
import { approversNote, poolWords, signedFor } from './approval-title'
import { askedWhy, noticeWhy } from './asked-why'
import { changeNote } from './change-note'
import {
  announcedNote,
  chosenNote,
  deathNote,
  deliveredNote,
  postedNote,
  returnedNote,
  servedNote,
} from './delivery-notes'
import { closedNote, publishedNote } from './notice-notes'
import { nudgedNote } from './nudge-view'
import { publishedOtherwiseAt } from './published-otherwise'
import { readsTyped, TYPED_UNREAD } from './set-aside-view'
import { type Subject, textOf } from './subject'

type Parts = readonly (string | false | null | undefined)[]
type EventOf<Type extends CaseEventType> = Extract<CaseEvent, { type: Type }>

/** What an event says beyond its title: to whoever decides next all of it, to the applicant what is theirs to know. */
interface Note<Type extends CaseEventType> {
  readonly staff: (subject: Subject, event: EventOf<Type>) => Parts
  readonly applicant: (subject: Subject, event: EventOf<Type>) => Parts
}

const day = ({ now }: Subject, on: PlainDate) => dayWords(on, dayIn(now))
const nothing = () => []
/** The title says it all. */
const NOTHING = { staff: nothing, applicant: nothing }
const alike = <Tell>(tell: Tell) => ({ staff: tell, applicant: tell })
const reason = (subject: Subject, { reasonDigest }: { readonly reasonDigest: string | null }) => [
  textOf(subject, reasonDigest),
]
/** Whoever holds the decision for wrong reads that nobody else was there to answer. */
const answered = (
  subject: Subject,
  event: Parameters<typeof answeredAlone>[0] & { readonly reasonDigest: string | null },
) => [answeredAlone(event), ...reason(subject, event)]
const REASON_FOR_STAFF = { staff: reason, applicant: nothing }

/** A bad result is told to the applicant with its reason. */
const ofResult = (
  subject: Subject,
  event: { readonly outcome: string; readonly reasonDigest: string | null },
) => (event.outcome === 'failed' ? reason(subject, event) : [])

const stepName = ({ item }: Subject, key: string) => plainStepName(stepOf(item, key).name)
/** What everybody is told of it who reads the case. */
const filedNote = ({ state }: Subject, filed: EventOf<'filed'>) => [
  filed.renews !== undefined && '申请延续原来的证',
  filed.renewsUntil !== undefined && `原来的证用到 ${fullDay(filed.renewsUntil)}`,
  state.renewedRevokedAt !== undefined && '原来的证后来撤销了',
  entryConsentWords(filed),
]
const visitNote = (subject: Subject, { visitReasonDigest }: EventOf<'filed'>) => {
  const why = textOf(subject, visitReasonDigest ?? null)
  return why && `来现场的原因：${why}`
}
const staffNames = ({ reference }: Subject, ids: readonly string[]) =>
  ids.flatMap((id) => reference.staffName(id) ?? []).join('、')

function remedyAgainst({ item, state, reference: { units } }: Subject, event: EventOf<'declined'>) {
  const organ = issuingOrgan('decline', event.unitId, state, units)
  return remedyText(item, units.get(organ), state.organUnitId)
}

/** What a notice asked for, and why. */
function askedFor(subject: Subject, asked: CorrectionItem) {
  const why = askedWhy(subject, asked)
  return [askedLabel(subject.item, asked), ...(why ? [why] : [])].join('：')
}

/** Why it was asked for; what whoever allowed it wrote is between them, but for a second notice (`noticeReason`). */
const reasonAsked = (
  kind: ApprovalKind,
  subject: Subject,
  event: { readonly at: Instant; readonly reasonDigest: string | null },
) => [textOf(subject, reasonAskedFor(subject.state, kind, event))]

/** What may need an approval: to each side its own reason. */
const allowed = <Event extends { readonly at: Instant; readonly reasonDigest: string | null }>(
  kind: ApprovalKind,
  said: (subject: Subject, event: Event) => Parts,
) => ({
  staff: (subject: Subject, event: Event): Parts => [...said(subject, event), ...reason(subject, event)],
  applicant: (subject: Subject, event: Event): Parts => [
    ...said(subject, event),
    ...reasonAsked(kind, subject, event),
  ],
})

const askedNote = (subject: Subject, event: EventOf<'correction-requested'>) => [
  noticeWhy(subject, event),
  event.items.map((each) => askedFor(subject, each)).join('；'),
  answerUntil(subject, event),
]

function answerUntil(subject: Subject, event: EventOf<'correction-requested'>) {
  const { item, state, reference } = subject
  const open = openCorrection(state)
  if (open?.askedAt !== event.at || state.endedAt !== null) return null
  const { answerBy: _latest, ...asked } = open
  const first = { ...asked, remindedAt: null, ...toldBy(open.remindedAt === null ? open : event) }
  const due = correctionDue(item, state, first, reference.calendar)
  return due.kind === 'on' ? `最晚 ${day(subject, due.on)} 补` : null
}

/** A later event has told another day of the law: what this one told is history. */
const isMovedSince = ({ read: { events } }: Subject, event: CaseEvent) =>
  events
    .slice(events.findIndex((each) => each === event) + 1)
    .some((later) => 'lawOn' in later && later.lawOn !== undefined)

/** Why a day came or moved, and the one of the open notice where it was told with it. */
const byCalendar = (what: '公布了' | '改了') =>
  alike((subject: Subject, event: EventOf<'dates-filled' | 'dates-moved'>) => [
    `因为 ${event.year} 年的放假安排${what}`,
    event.answerBy !== undefined && `要补的 最晚 ${day(subject, event.answerBy)} 交上来`,
    event.lawOn !== undefined &&
      `${subject.state.extension ? '延期的最晚可以办到' : '法定最晚'} ${day(subject, event.lawOn)}${isMovedSince(subject, event) ? '，后来又改了' : ''}`,
  ])

/** As it stands now: a promise that has been kept is told no more. */
function extendedTold({ item, state, reference, now }: Subject) {
  const { calendar } = reference
  const due = dueOfCase(item, state, calendar)
  const { until, promise } = extendedWords(item, state, due, calendar, dayIn(now))
  return state.promiseKeptAt === null && state.endedAt === null ? [until, promise] : []
}

/** What was carried on although what had been published was another by then. */
function unpublished(subject: Subject, event: CaseEvent) {
  const changed = publishedOtherwiseAt(subject, event)
  return changed.length > 0 && `公示过的改了，没有重新公示：${labelsOf(changed)}`
}

const receivedOn = (subject: Subject, { bySilence }: EventOf<'accepted'>) =>
  bySilence && subject.state.accepted
    ? [`自 ${day(subject, subject.state.accepted.on)} 收到材料起算受理`]
    : []

/** Whoever wrote it down on another day says on which it was raised. */
const recordedBy = ({ read }: Subject, { type, at }: CaseEvent) =>
  read.events.find((each) => each.type === type && each.at === at)?.actor ?? ''

const objected = (subject: Subject, event: EventOf<'objection-recorded'>) => [
  ...(event.objectionId === undefined || readsTyped(subject, recordedBy(subject, event))
    ? reason(subject, event)
    : [TYPED_UNREAD]),
  event.raisedOn === undefined || event.raisedOn === dayIn(event.at)
    ? null
    : `${day(subject, event.raisedOn)} 提的`,
]

/** 行政许可法 第34条: two officers or more see the site, and the applicant knows them. */
const officers = (subject: Subject, { officerIds, record, at, replaces }: EventOf<'visit-recorded'>) => {
  const there = staffNames(subject, officerIds)
  const on = record && visitDay({ ...record, at })
  return [
    on !== undefined && on !== dayIn(at) && `${day(subject, on)} 去的`,
    there && `到场 ${there}`,
    record && findingsWords(record.findings),
    replaces && `原来签齐的作废，重新记：${textOf(subject, replaces.whyDigest) ?? ''}`,
  ]
}

const endedBySilence = (item: ServiceItem) => `要补的一直没补，这件结束了。还要办，${againWords(item)}。`

function ended({ item, state }: Subject, { cause }: EventOf<'terminated'>) {
  if (cause === 'disowned') return [endedAsDisowned(item, state)]
  return [cause === 'deceased' ? FAMILY_GOES_ON : endedBySilence(item)]
}

const transferred = (subject: Subject, event: EventOf<'transferred'>) => [
  `转到${unitName(subject.reference, event.toUnitId)}`,
  ...reason(subject, event),
]

/** Who held it, and who has it beside them now. */
function handedOver({ reference }: Subject, { takers, away, back }: EventOf<'handed-over'>) {
  if (!takers) return []
  if (back) return ['岗位上又有人了', `请${poolWords(reference, takers)}办`]
  const names = away?.flatMap((id) => reference.staffName(id) ?? []).join('、')
  const why = away === undefined ? '经办人不在，或者要回避' : names ? `${names} 不在` : '经办人离岗了'
  return [why, takers.length === 0 ? '没有人能接，管理员看得到' : `请${poolWords(reference, takers)}办`]
}

/** Who has what waits beside those who had it; that nobody is there, or somebody again. */
const othersNote = ({ reference }: Subject, { added, nobody }: EventOf<'settlers-changed'>) => [
  added.length > 0 && `请${poolWords(reference, added)}定`,
  nobody ? '没有人能定，告诉了管理员和联络员' : added.length === 0 && '又有人能定了',
]

const correctedFromTo = (subject: Subject, event: EventOf<'decision-corrected'>) => [
  `“${textOf(subject, event.writtenDigest) ?? ''}”更正为“${textOf(subject, event.correctedDigest) ?? ''}”`,
  ...reason(subject, event),
]

const signed = (subject: Subject, event: EventOf<'declined' | 'examined' | 'granted' | 'refused'>) => [
  signedFor(subject.reference, event),
  ...reason(subject, event),
]

const NOTES: { readonly [Type in CaseEventType]: Note<Type> } = {
  filed: {
    staff: (subject, event) => [
      event.fastTrack && '按急事办',
      ...filedNote(subject, event),
      visitNote(subject, event),
    ],
    applicant: filedNote,
  },
  verified: { staff: reason, applicant: ofResult },
  accepted: {
    staff: (subject, event) => [...receivedOn(subject, event), unpublished(subject, event)],
    applicant: receivedOn,
  },
  // Not to accept is a decision too; to the applicant what one may do against it is told above all that happened.
  declined: {
    staff: (subject, event) => [...signed(subject, event), remedyAgainst(subject, event)],
    applicant: reason,
  },
  'correction-requested': { staff: askedNote, applicant: askedNote },
  'correction-reminded': NOTHING,
  'correction-drafted': {
    staff: (subject, event) => [event.items.map((each) => askedFor(subject, each)).join('；')],
    applicant: nothing,
  },
  'draft-returned': {
    staff: (subject, event) => [
      `退给${organName(subject.reference, event.toUnitId)}`,
      ...reason(subject, event),
    ],
    applicant: nothing,
  },
  supplemented: NOTHING,
  added: NOTHING,
  'applicant-named': NOTHING,
  'taken-over': NOTHING,
  disowned: NOTHING,
  'correction-lapsed': NOTHING,
  examined: {
    staff: (subject, event) => [
      event.late ? '超了这一步的天数' : null,
      event.signedBy && signingWords(event.signedBy.length, []),
      ...signed(subject, event),
    ],
    applicant: ofResult,
  },
  signed: { staff: reason, applicant: nothing },
  returned: {
    staff: (subject, event) => [`退回到“${stepName(subject, event.toStepKey)}”`, ...reason(subject, event)],
    applicant: nothing,
  },
  transferred: alike(transferred),
  assigned: {
    staff: (subject, { staffId }) => [`给 ${staffNames(subject, [staffId])} 办`],
    applicant: nothing,
  },
  'handed-over': { staff: handedOver, applicant: nothing },
  'visit-recorded': {
    staff: (subject, event) => [...officers(subject, event), textOf(subject, event.noteDigest)],
    applicant: officers,
  },
  'visit-signed': alike((subject, { officerId, completes }) => [
    staffNames(subject, [officerId]),
    completes ? '签齐了，记录存进了这件' : null,
  ]),
  'rectification-required': alike((subject, event) => [
    ...reason(subject, event),
    `${day(subject, event.recheckOn)} 再来看`,
  ]),
  'clock-suspended': allowed<EventOf<'clock-suspended'>>('suspend', (_subject, event) => [
    suspensionWords(event),
  ]),
  'clock-resumed': alike((subject, { lawOn }) => [lawOn && `法定期限接着算，最晚 ${day(subject, lawOn)}`]),
  'stop-overran': alike((subject, { unitId, expectedOn }) => [
    `${organName(subject.reference, unitId)}原来预计 ${day(subject, expectedOn)} 做完，还没做完`,
  ]),
  'limit-extended': allowed<EventOf<'limit-extended'>>('extend', (subject, event) => [
    `延长 ${event.days} ${subject.item.statutory?.unit === 'working' ? '个工作日' : '天'}`,
    ...extendedTold(subject),
  ]),
  'approval-requested': {
    staff: (subject, event) => [
      `请${poolWords(subject.reference, event.approvers)}定`,
      ...reason(subject, event),
    ],
    applicant: nothing,
  },
  'approval-rejected': REASON_FOR_STAFF,
  'approval-lapsed': NOTHING,
  'approvers-changed': { staff: approversNote, applicant: nothing },
  'promise-broken': alike((subject, { promisedOn, again, undated, unnamed, byLaw }) => {
    const deed = promisedDeed(bookingsOf(subject.state).length > 0)
    if (byLaw) return [`法定最晚 ${day(subject, promisedOn)}，没做到`]
    if (undated) return [`说好 ${day(subject, promisedOn)} 告诉哪天能${deed}，没做到`]
    return [
      again ? `改到 ${day(subject, promisedOn)}，没做到` : `说好 ${day(subject, promisedOn)} ${deed}，没做到`,
      unnamed && '没有新日子可定，抓紧办',
    ]
  }),
  'promised-anew': alike((subject, event) => [
    `改到 ${day(subject, event.newDueOn)}`,
    ...reason(subject, event),
  ]),
  'notice-published': alike(publishedNote),
  'notice-closed': alike(closedNote),
  // What somebody else has said against it is not read by the applicant.
  'objection-recorded': { staff: objected, applicant: () => [OBJECTED] },
  'identity-confirmed': NOTHING,
  granted: {
    staff: (subject, event) => [...signed(subject, event), unpublished(subject, event)],
    applicant: nothing,
  },
  refused: { staff: signed, applicant: reason },
  'payment-recorded': alike((subject, { paidOn }) => [`${day(subject, paidOn)} 打的款`]),
  concluded: NOTHING,
  delivered: deliveredNote,
  'delivery-chosen': alike(chosenNote),
  posted: alike(postedNote),
  'post-returned': alike(returnedNote),
  announced: alike(announcedNote),
  served: alike(servedNote),
  'applicant-death-recorded': deathNote,
  'death-record-withdrawn': REASON_FOR_STAFF,
  undone: NOTHING,
  'decision-corrected': alike(correctedFromTo),
  'revocation-advised': {
    staff: (subject, event) => [ADVISED_WORDS[event.by], BASIS_WORDS[event.basis], ...reason(subject, event)],
    applicant: nothing,
  },
  'advice-declined': { staff: answered, applicant: nothing },
  'revocation-proposed': alike((subject, event) => [
    BASIS_WORDS[event.basis],
    ...reason(subject, event),
    event.newFactDigest !== undefined && textOf(subject, event.newFactDigest),
  ]),
  'settlers-changed': { staff: othersNote, applicant: nothing },
  'hearing-dated': alike((subject, { speakUntil, instead }) => [
    `最晚 ${day(subject, speakUntil)} 说`,
    instead !== undefined && `放假安排改了，原来是 ${day(subject, instead)}`,
  ]),
  'holder-heard': alike((subject, { statementDigest, isAll }) => [
    textOf(subject, statementDigest),
    isAll === true && '没有别的要说了',
  ]),
  'decision-revoked': alike(reason),
  'decision-kept': { staff: answered, applicant: reason },
  withdrawn: alike(reason),
  terminated: alike(ended),
  'dates-moved': byCalendar('改了'),
  nudged: alike(nudgedNote),
  'renewed-revoked': alike(() => ['不再照延续办：批准了从批准那天起有效，不批也可以']),
  'dates-filled': byCalendar('公布了'),
}

const sentences = (parts: Parts) =>
  parts
    .flatMap((part) => (part ? [part] : []))
    .map((part, index, all) => (index < all.length - 1 ? part.replace(/[。；，,.]$/, '') : part))
    .join('。')

/** Beside the title of an event, as one reader may know it; null where the title says it all. */
export function noteOf(subject: Subject, event: LoggedEvent): string | null {
  const note = NOTES[event.type][subject.viewer] as (subject: Subject, event: LoggedEvent) => Parts
  return changeNote(subject, event) ?? (sentences(note(subject, event)) || null)
}
