import { askedLabel } from '#shared/domain/case/correction/asked'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { Issued } from '#shared/domain/case/outcome/outcome'
import { givenWith } from '#shared/domain/case/paper/decision-words'
import {
  documentTitle,
  type IssuingEvent,
  isDecisionKind,
  isGrantKind,
  isIssuing,
  isOwnDecisionKind,
  remedyOn,
  signedBy,
} from '#shared/domain/case/paper/document-kinds'
import { type IssuedContent, issuedContent } from '#shared/domain/case/paper/issued-words'
import { CERTIFICATE } from '#shared/domain/case/result/certificate'
import { certificateCode } from '#shared/domain/case/result/certificate-code'
import type { CaseState } from '#shared/domain/case/state'
import { organName } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { certificateIndexOf } from '../../../platform/ports/cipher'
import type { Reference } from '../../service-item'
import type { OwnedCase } from '../case-row'
import type { CaseDeps } from '../deps'
import type { DocumentRules, IssuedDocument } from '../document-rules'
import { type CaseText, sealDocument } from '../texts'
import type { CertificateRow } from '../writes/case-write'

/** A document before its words are put together: the state is that after its event. */
export interface Composing {
  readonly caseRow: Pick<OwnedCase, 'caseNumber' | 'villageCode'>
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly documents: DocumentRules
  readonly event: IssuingEvent
  readonly kind: string
  readonly unitId: string
  /** Of a certificate that is issued now; missing on every other document. */
  readonly code?: string | undefined
  /** What had been issued by then, the newest last. */
  readonly before: readonly Issued[]
}

const titleOf = ({ item, reference, documents, event, kind }: Composing) =>
  event.type === 'correction-requested'
    ? documents.noticeTitle(event.second, reference)
    : documentTitle(kind, item, (each) => documents.title(each, reference))

/** The words of a document by the reference data of this moment. */
export function composed(composing: Composing): IssuedContent {
  const { caseRow, item, state, reference, event, kind, unitId, before, code } = composing
  const { caseNumber, villageCode } = caseRow
  return issuedContent(event, {
    item,
    state,
    caseNumber,
    villageName: villageCode === null ? null : (reference.units.get(villageCode)?.name ?? null),
    calendar: reference.calendar,
    title: titleOf(composing),
    organ: signedBy(kind, unitId, { item, state }, reference.units),
    phone: reference.units.get(unitId)?.phone ?? null,
    remedy: remedyOn(kind, item, reference.units.get(unitId), state),
    given: givenWith(item, state, isGrantKind(kind)),
    decidedBy: before.findLast((each) => isDecisionKind(each.kind))?.id ?? null,
    certifiedBy: before.findLast((each) => each.kind === CERTIFICATE)?.id ?? null,
    ownPapers: new Map(
      before.flatMap(({ id, kind: of, unitId: organ }): [string, string][] =>
        isOwnDecisionKind(of) && organ !== undefined ? [[organ, id]] : [],
      ),
    ),
    servedPaper:
      event.type === 'served' ? (before.findLast((each) => each.kind === event.of)?.id ?? null) : null,
    code: code ?? null,
    labelOf: (asked) => askedLabel(item, asked),
    unitName: (id) => organName(reference, id),
    staffName: (staffId) => reference.staffName(staffId) ?? '',
  })
}

interface Issuing {
  readonly caseRow: Composing['caseRow']
  readonly item: ServiceItem
  /** Before the events. */
  readonly state: CaseState
  readonly reference: Reference
  readonly documents: DocumentRules
  /** What had been issued of the case. */
  readonly before: readonly Issued[]
  readonly events: readonly { readonly id: string; readonly event: CaseEvent }[]
  readonly issued: readonly IssuedDocument[]
}

/** What the documents that events issue say, each by the state after its event. */
export function wordsIssued({
  caseRow,
  item,
  reference,
  documents,
  before,
  events,
  issued,
  ...from
}: Issuing) {
  let { state } = from
  return events.flatMap(({ id, event }) => {
    state = evolve(item, state, event)
    const at = issued.findIndex((each) => each.id === id)
    const document = issued[at]
    if (!document || !isIssuing(event)) return []
    const { kind, unitId, code } = document
    const earlier = [...before, ...issued.slice(0, at)]
    const content = composed({
      caseRow,
      item,
      state,
      reference,
      documents,
      event,
      kind,
      unitId,
      code,
      before: earlier,
    })
    return [{ document, event, content }]
  })
}

/** Each certificate gets its code in the moment in which it is issued. */
export const withCodes = (
  { ids }: Pick<CaseDeps, 'ids'>,
  issued: readonly IssuedDocument[],
): readonly IssuedDocument[] =>
  issued.map((each) =>
    each.kind === CERTIFICATE
      ? { ...each, code: certificateCode(Buffer.from(ids.secret(CODE_BYTES), 'base64url')) }
      : each,
  )

/** 128 bits: nobody comes upon one by trying. */
const CODE_BYTES = 16

type Sealing = Pick<Issuing, 'item' | 'events' | 'issued'> & { readonly caseRow: OwnedCase }

/** Sealed with the change that issues them: no item, unit, calendar or answer changes them afterwards. */
export function issuedTexts(
  { cipher, documents }: Pick<CaseDeps, 'cipher' | 'documents'>,
  reference: Reference,
  { caseRow, ...issuing }: Sealing,
): { readonly texts: readonly CaseText[]; readonly certificates: readonly CertificateRow[] } {
  if (issuing.issued.length === 0) return { texts: [], certificates: [] }
  const { state, documents: before } = caseRow
  const worded = wordsIssued({ ...issuing, caseRow, state, before, documents, reference })
  return {
    texts: worded.map(({ document, content }) => sealDocument(cipher, caseRow.id, document.id, content)),
    certificates: worded.flatMap(({ document, content }) => certificateRows(cipher, document.id, content)),
  }
}

const certificateRows = (
  cipher: CaseDeps['cipher'],
  documentId: string,
  { certificate, title, organ }: IssuedContent,
): readonly CertificateRow[] =>
  certificate
    ? [
        {
          documentId,
          codeIndex: certificateIndexOf(cipher, certificate.code),
          title,
          organName: organ,
          validTo: certificate.validTo,
        },
      ]
    : []
