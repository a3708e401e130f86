import type { CaseView } from '#shared/contract/case'
import { SATISFACTION } from '#shared/contract/rating.labels'
import { describeAnswer, describeRows, isSensitive } from '#shared/domain/application/describe-answer'
import { FROM_NUMBER, valueFromNumber } from '#shared/domain/application/from-number'
import { photosOf } from '#shared/domain/application/item-answers'
import { caseLight } from '#shared/domain/case/clock/case-light'
import { dueOfCase, promisedClock, statutoryClock } from '#shared/domain/case/clock/clocks'
import { askedLabel, askedSides } from '#shared/domain/case/correction/asked'
import { addable } from '#shared/domain/case/correction/brought'
import { askedBefore } from '#shared/domain/case/correction/notices-given'
import { openPosting, serviceOf } from '#shared/domain/case/delivery/evolve-delivery'
import { handedOverHow } from '#shared/domain/case/delivery/settle'
import type { CaseEvent } from '#shared/domain/case/events'
import { isCheckFailed, outcomeAt, standingOf } from '#shared/domain/case/outcome/outcome'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { isRateable } from '#shared/domain/case/outcome/rateable'
import { isDecisionKind } from '#shared/domain/case/paper/document-kinds'
import { lapseWords } from '#shared/domain/case/paper/issued-words'
import { bookingsOf, bookingTold, howToGetWords, lacksSeat } from '#shared/domain/case/result/booked'
import { type CaseState, openCorrection } from '#shared/domain/case/state'
import { standingEvents } from '#shared/domain/case/undo'
import { mayDisown, mayTakeOver, mayWithdraw } from '#shared/domain/case/whose/applicant-acts'
import { commitmentFits, commitmentWords } from '#shared/domain/case/whose/commitment'
import { awaitedIdentity, isDisowned } from '#shared/domain/case/whose/identity'
import { maskIdNumber, maskName } from '#shared/domain/kernel/digits'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { unitName } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../../platform/http/principal'
import type { Reference } from '../../service-item'
import { answerLabels } from '../answer-labels'
import { bookedView } from '../booked-view'
import type { OwnedCase } from '../case-row'
import { dueBecauseOn, dueView, explanationOf, lawStartedBy, statutoryBasis } from '../due-view'
import type { ReadCase } from '../queries'
import { stateNow } from '../settlers'
import {
  applicantActor,
  bearsOwnName,
  bringerOf,
  type Claim,
  claimOf,
  isEntered,
  isFiledByOther,
  isFiledForAnother,
  isOwnCase,
  isRater,
  itemOf,
  readsOwnAlone,
} from '../standing'
import { openContent } from '../texts'
import { againstOf } from './against-view'
import { answersToMend, isOthersName, isWithheld } from './answers-to-mend'
import { againOf, appliesAgain } from './apply-again-view'
import { askOf } from './ask-view'
import { askedWhy, noticeWhy } from './asked-why'
import { brokenOf } from './broken-view'
import { decisionAwaitsOf } from './decision-awaited'
import { deliveryOf } from './delivery-view'
import {
  documentsOf,
  heldCertificate,
  type ListedDocument,
  unissuedDecision,
  wholeDocument,
} from './document-view'
import { filesOf } from './files-view'
import { expectedOnOf, holderOf } from './holder-view'
import { caseLanes } from './lanes-view'
import { nextOf } from './next-view'
import { nowTextOf, takingBackOf } from './now-view'
import { nudgedAt, nudgeOf } from './nudge-view'
import { onPaper, payOf } from './pay-view'
import { revocationOf } from './revocation-view'
import { staffOf } from './staff-view'
import { correctionDates } from './status-view'
import { asFilerKnows, isOthersWish, type Subject, textOf, type ViewContext } from './subject'
import { helpedBy, timelineOf } from './timeline-view'
import { disownedWays, identityAwaitedOf } from './ways-view'

/** The papers of the guide, then the photos that the form itself asked for. */
export function papersOf(subject: Subject): CaseView['papers'] {
  const { content, item } = subject
  const papers = content.papers.map(({ name, state, files }) => ({
    name,
    state,
    source: item.materials.find((material) => material.name === name)?.source ?? '',
    ...filesOf(subject, files),
  }))
  const photos = photosOf(item, content.answers).map(({ label, ids }) => ({
    name: label,
    state: 'provided' as const,
    source: '',
    ...filesOf(subject, ids),
  }))
  return [...papers, ...photos]
}

/** For whom it is, where no answer says so: staff who have the card before them compare it. */
function filerRows({ content, viewer, state, inFull }: Subject): CaseView['answers'] {
  const { applicantName, applicantNumber } = content
  if (viewer !== 'staff' || applicantName === null || applicantNumber === undefined) return []
  return [
    {
      key: 'applicant.name',
      label: isDisowned(state) ? '原来写的姓名' : '申请人',
      text: applicantName,
      sensitive: false,
    },
    {
      key: 'applicant.number',
      label: isDisowned(state) ? '原来写的身份证号' : '申请人身份证号',
      text: inFull ? applicantNumber : maskIdNumber(applicantNumber),
      sensitive: true,
    },
  ]
}

export function answersOf(subject: Subject): CaseView['answers'] {
  const { item, content, reference, viewer, inFull: unmasked = false } = subject
  const labels = answerLabels(reference)
  const answered = item.fields.flatMap((field) => {
    const answer = content.answers[field.key]
    if (answer === undefined) return []
    if (isWithheld(subject, field.key))
      return [{ key: field.key, label: field.label, text: '申请人本人填的', sensitive: false }]
    const sensitive = isSensitive(field)
    const rows = describeRows(field, answer, labels, { unmasked })
    const text = describeAnswer(field, answer, labels, { unmasked })
    const form = { fields: item.fields, values: content.answers, agent: content.agent, outer: undefined }
    return [
      {
        key: field.key,
        label: field.label,
        text: isOthersName(subject, field.key) ? maskName(text) : text,
        sensitive: sensitive && viewer === 'staff',
        ...(valueFromNumber(field, form) === answer ? { source: FROM_NUMBER } : {}),
        ...(rows === undefined ? {} : { rows: [...rows] }),
      },
    ]
  })
  return [...filerRows(subject), ...answered]
}

function commitmentOf(state: CaseState): CaseView['commitment'] {
  const words = commitmentWords(state)
  return words === null ? null : { words, fits: commitmentFits(state) }
}

function correctionOf(subject: Subject): CaseView['correction'] {
  const { state, item, reference, read, documents } = subject
  const correction = openCorrection(state)
  const dates = correctionDates(item, state, subject)
  if (!correction || !dates) return null
  const fields = item.fields.filter((field) =>
    correction.items.some((each) => each.kind === 'field' && each.name === field.key),
  )
  const asked = read.events.findLast((event) => event.type === 'correction-requested')
  const before = askedBefore(state, state.corrections.indexOf(correction))
  return {
    title: documents.noticeTitle(before !== null, reference),
    askedOn: dayIn(correction.askedAt),
    askedBefore: before,
    byUnit: unitName(reference, correction.unitId),
    ...dates,
    consequence: lapseWords(item, correction),
    reason: (asked?.type === 'correction-requested' && noticeWhy(subject, asked)) || '',
    items: correction.items.map((each) => ({
      kind: each.kind,
      name: each.name,
      label: askedLabel(item, each),
      reason: askedWhy(subject, each),
      sides: askedSides(item, each),
    })),
    fields,
    answers: answersToMend(subject, fields),
  }
}

function decisionOf(subject: Subject, papers: readonly ListedDocument[]): CaseView['decision'] {
  const { state, item, now } = subject
  const { decision } = state
  if (!decision) return null
  // What was revoked is not to be got any more.
  const granted = decision.kind === 'granted' && state.status !== 'revoked'
  const isOnTheWay = openPosting(serviceOf(state, 'result')) !== undefined
  const issued = papers.findLast(({ kind }) => isDecisionKind(kind))
  const paper = issued ? wholeDocument(subject, issued) : unissuedDecision(subject, decision)
  return {
    kind: decision.kind,
    decidedOn: dayIn(decision.at),
    organName: paper.organName,
    documentTitle: paper.title,
    documentNumber: paper.documentNumber,
    recipient: paper.recipient ?? '',
    paragraphs: paper.paragraphs,
    words: paper.words,
    reason: textOf(subject, decision.reasonDigest),
    remedy: paper.remedy,
    howToGet: granted && !isOnTheWay ? howToGetWords(item, state, now) : '',
    onPaper: granted ? onPaper(subject) : null,
    deliveredBy: handedOverHow(item, state),
  }
}

function shownClock(item: ServiceItem, state: CaseState, reference: Reference) {
  const due = dueOfCase(item, state, reference.calendar)
  if (due.kind !== 'on') return null
  return due.clock === 'promised'
    ? {
        clock: promisedClock(item, state),
        basis: `${item.name}公布的承诺时限${item.promisedDays === 0 ? '：当天' : ` ${item.promisedDays} 个工作日`}`,
        startedBy: 'received' as const,
      }
    : {
        clock: statutoryClock(item, state),
        basis: statutoryBasis(item),
        startedBy: lawStartedBy(item, state),
      }
}

function explanationFor(item: ServiceItem, state: CaseState, reference: Reference) {
  const shown = shownClock(item, state, reference)
  return shown?.clock ? explanationOf(shown.clock, reference.calendar, shown) : null
}

/** A case before who asks, and what they are to it. */
export function subjectOf(
  read: ReadCase,
  caseRow: OwnedCase,
  principal: Principal,
  viewer: 'applicant' | 'staff',
  context: ViewContext,
): { readonly subject: Subject; readonly claim: Claim } {
  const { reference, cipher } = context
  const item = itemOf(reference, caseRow)
  const onTime = stateNow(item, caseRow, reference, context.now)
  const content = openContent(cipher, caseRow.id, read.texts, onTime.answersDigest)
  const claim = claimOf(item, { caseRow, tasks: read.tasks, dealings: read.dealings }, principal)
  const inFull = context.inFull === true
  const ownAlone = viewer === 'applicant' && readsOwnAlone(caseRow, claim)
  const state = asFilerKnows(onTime, ownAlone)
  const owns = inFull || (viewer === 'applicant' && isOwnCase(caseRow, claim))
  const readsNumbers = owns && (claim.filer || state.applicant?.kind !== 'firm')
  const isToldTo = (event: CaseEvent) =>
    event.type !== 'delivery-chosen' || !isOthersWish({ ownAlone }, event)
  const subject: Subject = {
    ...context,
    read: { ...read, events: standingEvents(read.events).filter(isToldTo) },
    caseRow,
    item,
    state,
    content,
    principal,
    viewer,
    owns,
    readsNumbers,
    ownAlone,
  }
  return { subject, claim }
}

const filedByOtherOf = ({ caseRow, content, principal, viewer }: Subject) =>
  viewer === 'applicant' ? isFiledByOther(caseRow, principal.profileId) : isFiledForAnother(caseRow, content)

const seatTold = (state: Subject['state']) => (lacksSeat(state) ? { seatGone: true } : {})

/** The case as the viewer may see it. */
export function viewCase(...seen: Parameters<typeof subjectOf>): CaseView {
  const { subject, claim } = subjectOf(...seen)
  const { reference, read, caseRow, item, state, content, principal, viewer, now } = subject
  const due = dueOfCase(item, state, reference.calendar)
  const dated = dueView(item, state, due)
  const actor = applicantActor(claim)
  const { documents } = caseRow
  const standing = standingOf(item, state, { calendar: reference.calendar, documents })
  const today = dayIn(now)
  const light = caseLight(item, state, today, reference.calendar)
  const papers = documentsOf(subject)
  const answers = answersOf(subject)
  const ways = disownedWays(subject)
  const isApplicant = viewer === 'applicant'
  const mayBring = addable(item, state, bringerOf(caseRow, claim))
  return {
    id: caseRow.id,
    caseNumber: caseRow.caseNumber,
    serviceItemId: item.id,
    itemName: item.name,
    plainName: item.plainName,
    status: state.status,
    outcome: outcomeAt(standing, light, viewer),
    version: caseRow.version,
    viewer,
    applicantMasked: caseRow.applicantMasked,
    ownName:
      subject.inFull || (isApplicant && bearsOwnName(caseRow, principal)) ? content.applicantName : null,
    applicantKind: state.applicant?.kind ?? 'person',
    filedByOther: filedByOtherOf(subject),
    helpedBy: isApplicant ? helpedBy(subject) : null,
    enteredByStaff: isEntered(caseRow),
    commitment: commitmentOf(state),
    villageName: caseRow.villageCode === null ? null : unitName(reference, caseRow.villageCode),
    filedAt: caseRow.filedAt,
    ...dated,
    dueBecause: dueBecauseOn(dated.dueBecause, today),
    light,
    broken: brokenOf(subject),
    ...bookedView(bookingTold(bookingsOf(state), now, isOver(standing)), reference),
    ...seatTold(state),
    explanation: explanationFor(item, state, reference),
    identityConfirmed: state.identityConfirmed,
    identityAwaited: identityAwaitedOf(subject, claim, ways),
    personAwaited: ways === null && awaitedIdentity(item, state)?.kind === 'person',
    disownedWays: ways,
    checkFailed: isCheckFailed(item, state),
    nowText: nowTextOf(subject, standing),
    ...takingBackOf(subject, claim),
    next: nextOf(subject),
    lanes: caseLanes(subject, papers),
    // What was taken back is told to staff alone.
    timeline: timelineOf(viewer === 'staff' ? { ...subject, read: seen[0] } : subject),
    answers,
    papers: papersOf(subject),
    correction: correctionOf(subject),
    documents: papers.map(({ id, kind, title, documentNumber, organName, issuedOn, mark }) => ({
      id,
      kind,
      title,
      documentNumber,
      organName,
      issuedOn,
      mark: mark ?? null,
    })),
    decision: decisionOf(subject, papers),
    certificate: isApplicant ? heldCertificate(subject, papers) : null,
    revocation: revocationOf(subject, actor),
    delivery: deliveryOf(subject, actor),
    against: isApplicant ? againstOf(subject, standing, papers) : null,
    pay: payOf(subject, answers),
    rating: read.rating === null ? null : { level: read.rating, text: ratingText(read.rating) },
    phone: reference.units.get(state.organUnitId)?.phone ?? null,
    holder: holderOf(subject),
    ...decisionAwaitsOf(subject, dated),
    ask: isApplicant ? askOf(subject, standing) : null,
    expectedOn: expectedOnOf(subject),
    nudge: nudgeOf(subject, actor),
    ...nudgedAt(subject),
    mayWithdraw: mayWithdraw(state, actor),
    mayTakeOver: mayTakeOver(state, actor),
    mayDisown: mayDisown(state, actor),
    mayAnswer: actor !== null && state.status === 'correcting',
    mayAdd: mayBring.fields.length + mayBring.papers.length > 0,
    addable: { fields: [...mayBring.fields], papers: [...mayBring.papers] },
    mayRate: isApplicant && isRater(caseRow, claim) && isRateable(state) && read.rating === null,
    applyAgain: appliesAgain(subject, claim, standing),
    appliedAgain: againOf(subject, claim),
    staff: staffOf(subject, claim),
  }
}

const ratingText = (level: number) => SATISFACTION[level as keyof typeof SATISFACTION]
