import { askedLabel } from '#shared/domain/case/asked'
import { givenWith } from '#shared/domain/case/decision-words'
import {
  documentTitle,
  type IssuingEvent,
  isDecisionKind,
  isGrantKind,
  isIssuing,
  remedyOn,
  signedBy,
} from '#shared/domain/case/document-kinds'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { type IssuedContent, issuedContent } from '#shared/domain/case/issued-words'
import type { Issued } from '#shared/domain/case/outcome'
import type { CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../../service-item'
import type { OwnedCase } from '../case-row'
import type { CaseDeps } from '../deps'
import type { DocumentRules, IssuedDocument } from '../document-rules'
import { type CaseText, sealDocument } from '../texts'

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
  /** What had been issued by then, the newest last. */
  readonly before: readonly Issued[]
}

const titleOf = ({ item, reference, documents, event, kind }: Composing) =>
  event.type === 'correction-requested'
    ? documents.noticeTitle(event.second, reference)
    : documentTitle(kind, item, (each) => documents.title(each, reference))

/** The words of a document by the reference data of this moment. */
export function composed(composing: Composing): IssuedContent {
  const { caseRow, item, state, reference, event, kind, unitId, before } = composing
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
    labelOf: (asked) => askedLabel(item, asked),
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
    const { kind, unitId } = document
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
      before: earlier,
    })
    return [{ document, event, content }]
  })
}

/** Sealed with the change that issues them: no item, unit, calendar or answer changes them afterwards. */
export const issuedTexts = (
  { cipher, documents }: Pick<CaseDeps, 'cipher' | 'documents'>,
  reference: Reference,
  { caseRow, ...issuing }: Pick<Issuing, 'item' | 'events' | 'issued'> & { readonly caseRow: OwnedCase },
): readonly CaseText[] =>
  issuing.issued.length === 0
    ? []
    : wordsIssued({
        ...issuing,
        caseRow,
        state: caseRow.state,
        before: caseRow.documents,
        documents,
        reference,
      }).map(({ document, content }) => sealDocument(cipher, caseRow.id, document.id, content))
