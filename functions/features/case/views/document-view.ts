import type { CaseDocument, CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { replay } from '#shared/domain/case/evolve'
import type { FiledContent } from '#shared/domain/case/filed-content'
import {
  decisionKind,
  type IssuingEvent,
  isForApplicant,
  isIssuing,
} from '#shared/domain/case/paper/document-kinds'
import {
  type Addressee,
  DOCUMENT_SHAPE,
  type IssuedCertificate,
  type IssuedContent,
  type IssuedParagraph,
} from '#shared/domain/case/paper/issued-words'
import { CERTIFICATE, certificateStatus, renewalOffered } from '#shared/domain/case/result/certificate'
import { checkLink } from '#shared/domain/case/result/certificate-code'
import { payoutOf, payoutWords } from '#shared/domain/case/result/payout'
import type { CaseState } from '#shared/domain/case/state'
import { WHOEVER_FILED } from '#shared/domain/case/whose/disowned'
import { isMisnamed } from '#shared/domain/case/whose/identity'
import { maskIdNumber, maskName } from '#shared/domain/kernel/digits'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { printedLine } from '#shared/domain/service-item/notice'
import { type Cipher, identityIndexOf } from '../../../platform/ports/cipher'
import { answerLabels } from '../answer-labels'
import type { OwnedCase } from '../case-row'
import { composed } from '../documents/issue-documents'
import { pictureOf } from '../documents/square'
import type { LoggedEvent } from '../queries'
import { openDocument } from '../texts'
import { isOthersName, isWithheld } from './answers-to-mend'
import { contentThen, type Printed, printedAnswers } from './printed-answers'
import { markOf } from './revocation-view'
import { asOfNumber, isWithheldStatement, type Subject, textOf } from './subject'
import { visitMarkOf } from './visits-view'

type Row = OwnedCase['documents'][number]

const numberIn = ({ item }: Subject, { answers, applicantNumber }: FiledContent) => {
  const { number: key } = applicantFieldsOf(item)
  const number = key === null ? applicantNumber : answers[key]
  return typeof number === 'string' ? number : null
}

/** As a document names somebody, by the digests that the reader is confirmed by. */
const writtenAs = (cipher: Cipher, { name, number }: { readonly name: string; readonly number: string }) => ({
  numberIndex: cipher.blindIndex('id-number', number),
  identityIndex: identityIndexOf(cipher, name, number),
})

/** The answers that a notice printed, by the event that issued it; null where it printed none, or is deleted. */
export function answersPrinted(subject: Subject, id: string): Printed | null {
  const row = subject.caseRow.documents.find((each) => each.id === id)
  const printed = row && wordsOf(subject, row).content.paragraphs.find(({ answers }) => answers !== undefined)
  return printed?.answers ?? null
}

/**
 * The applicant's own document names them in full, if it names them: another name beside their number is another's. The
 * number is masked even there, because it is shown around. Whom it was issued to and the case names no more is named in
 * full to nobody.
 */
function nameOf(subject: Subject, { answersDigest, kind }: Exclude<Addressee, string | null>) {
  const { owns, inFull, caseRow, content, cipher, principal } = subject
  const then = contentThen(subject, answersDigest)
  const { applicantName: name } = then
  if (name === null) return caseRow.applicantMasked
  const number = numberIn(subject, then)
  const isTheirs =
    owns &&
    (inFull || !(number !== null && isMisnamed(writtenAs(cipher, { name, number }), principal))) &&
    number === numberIn(subject, content) &&
    (number !== null || name === content.applicantName)
  if (!isTheirs) return kind === 'firm' ? name : maskName(name)
  if (number === null) return name
  return `${name}（${kind === 'firm' ? number : maskIdNumber(number)}）`
}

function recipientOf(subject: Subject, to: Addressee) {
  if (to === null) return null
  if (to === 'whoever-filed') return WHOEVER_FILED
  const { identityConfirmed, kind } = to
  return addressedTo(nameOf(subject, to), { identityConfirmed, applicantKind: kind })
}

/** Of a card that the owner alone knows nothing, as in the answers. */
function paidText(subject: Subject, { digest, from, amount }: NonNullable<IssuedParagraph['pays']>) {
  const { answers } = contentThen(subject, digest)
  const known = Object.entries(answers).filter(([key]) => !isWithheld(subject, key))
  const payout = payoutOf(subject.item, Object.fromEntries(known), from, amount)
  return payout === null ? '' : payoutWords(payout)
}

function paragraphText(
  subject: Subject,
  { said, reason, documentId, answers, pays }: IssuedParagraph,
): string {
  if (pays !== undefined) return said + paidText(subject, pays)
  if (answers !== undefined) return `${said}${printedLine(printedAnswers(subject, answers))}。`
  if (reason !== undefined && isWithheldStatement(subject, reason)) return `${said}（内容只给申请人看）`
  if (reason !== undefined) return said + (textOf(subject, reason) ?? '')
  const named = subject.caseRow.documents.find(({ id }) => id === documentId)
  if (!named) return said
  return `${said}《${wordsOf(subject, named).content.title}》（${named.documentNumber}）`
}

/** As it stood when a document was issued, and the event that issued it. */
function momentOf({ item, read }: Subject, id: string) {
  const at = read.events.findIndex((event) => event.id === id)
  const event = read.events[at]
  return event && isIssuing(event) ? { event, state: replay(item, read.events.slice(0, at + 1)) } : null
}

interface Moment {
  readonly event: IssuingEvent & Pick<LoggedEvent, 'id'>
  readonly state: CaseState
}

function composedAnew(
  subject: Subject,
  { event, state }: Moment,
  { kind, unitId }: Pick<Row, 'kind' | 'unitId'>,
) {
  const { item, reference, documents, caseRow } = subject
  const at = caseRow.documents.findIndex(({ id }) => id === event.id)
  const before = at < 0 ? caseRow.documents : caseRow.documents.slice(0, at)
  return composed({ caseRow, item, state, reference, documents, event, kind, unitId, before })
}

interface Words {
  readonly content: IssuedContent
  readonly kept: CaseDocument['words']
}

const NO_WORDS: IssuedContent = {
  shape: DOCUMENT_SHAPE,
  title: '',
  organ: '',
  to: null,
  paragraphs: [],
  plain: '',
  remedy: null,
}

/** Of what was deleted nothing but what it was and whose. */
const without = ({ title, organ }: IssuedContent): IssuedContent => ({ ...NO_WORDS, title, organ })

/** Sealed when it was issued; of what was issued before that, by the case as it stood then and the reference data of today. */
function wordsOf(subject: Subject, row: Row): Words {
  const { cipher, caseRow, read } = subject
  const sealed = openDocument(cipher, caseRow.id, read.texts, row.id)
  if (typeof sealed === 'object') return { content: sealed, kept: 'as-issued' }
  const moment = momentOf(subject, row.id)
  const anew = moment ? composedAnew(subject, moment, row) : NO_WORDS
  return sealed === 'deleted' ? { content: without(anew), kept: 'deleted' } : { content: anew, kept: 'anew' }
}

type Known<Number extends string | null> = Pick<CaseDocument, 'id' | 'kind' | 'issuedOn' | 'mark'> & {
  readonly documentNumber: Number
}

/** What a list tells of a document; to be read whole is another matter, and dearer. */
const listed = <Number extends string | null>({ content }: Words, known: Known<Number>) => ({
  ...known,
  title: content.title,
  organName: content.organ,
})

/** A document of the list, and its words. */
export type ListedDocument = ReturnType<typeof listed<string>> & { readonly words: Words }

/** What organs have issued of a case, in order; to the applicant nothing that is between offices. */
export const documentsOf = (subject: Subject): readonly ListedDocument[] =>
  subject.caseRow.documents
    .filter(({ kind }) => subject.viewer === 'staff' || isForApplicant(kind))
    .map((row) => {
      const { id, kind, documentNumber, issuedAt } = row
      const words = wordsOf(subject, row)
      const issuedOn = dayIn(issuedAt as Instant)
      const mark = markOf(subject, id) ?? visitMarkOf(subject, id)
      return { ...listed(words, { id, kind, documentNumber, issuedOn, mark: mark ?? null }), words }
    })

/** What a certificate printed of the answers: nothing that this reader may not know. */
function printedRows(subject: Subject, { digest, keys }: IssuedCertificate['answers']) {
  const { answers } = contentThen(subject, digest)
  const labels = answerLabels(subject.reference)
  return keys.flatMap((key) => {
    const field = subject.item.fields.find((each) => each.key === key)
    const answer = answers[key]
    if (!field || answer === undefined || isWithheld(subject, key)) return []
    const text = describeAnswer(field, answer, labels, { unmasked: false })
    return [{ label: field.label, text: isOthersName(subject, key) ? maskName(text) : text }]
  })
}

/** The guide of today: by it a certificate is renewed. */
const guideOf = ({ reference, caseRow, item }: Subject) =>
  reference.latest(caseRow.serviceItemId)?.item ?? item

function certificateOf(subject: Subject, certificate: IssuedCertificate) {
  const { code, validFrom, validTo, answers } = certificate
  const { state, read, now, ownAddress } = subject
  const link = checkLink(ownAddress, code)
  return {
    certificate: {
      code,
      link,
      picture: pictureOf(link),
      status: certificateStatus({
        validTo,
        state,
        renewals: read.renewals,
        result: guideOf(subject).resultDocument,
        today: dayIn(now),
      }),
      rows: printedRows(subject, answers),
      validFrom,
      validTo,
    },
  }
}

const whole = <Number extends string | null>(subject: Subject, words: Words, known: Known<Number>) => {
  const { to, paragraphs, plain, remedy, certificate } = words.content
  return {
    ...listed(words, known),
    caseId: subject.caseRow.id,
    plainName: subject.item.plainName,
    recipient: recipientOf(subject, to),
    paragraphs: paragraphs.map((each) => paragraphText(subject, each)),
    plain,
    remedy,
    words: words.kept,
    ...(certificate ? certificateOf(subject, certificate) : {}),
  }
}

/** One that is not issued yet, as its readers among staff will have it; its number is drawn when it is signed. */
export const draftedDocument = (subject: Subject, { title, organ, to, paragraphs }: IssuedContent) => ({
  title,
  organName: organ,
  recipient: recipientOf(subject, to),
  paragraphs: paragraphs.map((each) => paragraphText(subject, each)),
})

/** A document of the list, to be read. */
export const wholeDocument = (
  subject: Subject,
  { words, id, kind, documentNumber, issuedOn, mark }: ListedDocument,
) => whole(subject, words, { id, kind, documentNumber, issuedOn, mark: mark ?? null })

/** What the holder shows around; null where none was issued, or its words are deleted. */
export function heldCertificate(
  subject: Subject,
  papers: readonly ListedDocument[],
): CaseView['certificate'] {
  const paper = papers.findLast(({ kind }) => kind === CERTIFICATE)
  const issued = paper?.words.content.certificate
  if (!paper || !issued) return null
  const { link: _link, rows: _rows, ...held } = certificateOf(subject, issued).certificate
  return { documentId: paper.id, title: paper.title, ...held, renewBy: renewableUntil(subject) }
}

/** By the guide of today; null where its certificate cannot be renewed now, and of a case that has none. */
export function renewableUntil(subject: Subject) {
  const { caseRow, read, cipher, now } = subject
  const state = asOfNumber(subject)
  const paper = caseRow.documents.findLast(({ kind }) => kind === CERTIFICATE)
  const words = paper && openDocument(cipher, caseRow.id, read.texts, paper.id)
  const validTo = typeof words === 'object' ? words.certificate?.validTo : undefined
  if (validTo === undefined) return null
  const result = guideOf(subject).resultDocument
  return renewalOffered({ validTo, state, renewals: read.renewals, result, today: dayIn(now) })
}

/** The document of a decision that was made before decisions were numbered. */
export function unissuedDecision(subject: Subject, decision: NonNullable<CaseState['decision']>) {
  const { item, state, read } = subject
  const kind = decisionKind(decision.kind === 'granted' ? 'grant' : 'refuse', item)
  const event = read.events.findLast(({ type }) => type === decision.kind)
  const moment = event && momentOf(subject, event.id)
  const content = moment ? composedAnew(subject, moment, { kind, unitId: state.organUnitId }) : NO_WORDS
  const known = { id: event?.id ?? '', kind, documentNumber: null, issuedOn: dayIn(decision.at) }
  return whole(subject, { content, kept: 'anew' }, known)
}
