import { askedLabel } from '#shared/domain/case/asked'
import { isDecisionKind, isGrantKind } from '#shared/domain/case/document-kinds'
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
import { decidingOrgan, givenWith, paperTitle, remedyText } from '../views/decision-drafts'
import { signature } from '../views/subject'

/** A document before its words are put together: the state is that after its event. */
export interface Composing {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly documents: DocumentRules
  readonly event: CaseEvent
  readonly kind: string
  readonly unitId: string
  /** What had been issued by then, the newest last. */
  readonly before: readonly Issued[]
}

/** A decision, and the longer time for it, stand in one organ's name wherever they are told. */
function organOf({ item, state, reference, kind, unitId }: Composing) {
  const isDecision = isDecisionKind(kind) || kind === 'extension'
  const stepKey = state.decision?.stepKey ?? item.steps.find(({ decides }) => decides)?.key
  return isDecision && stepKey !== undefined
    ? decidingOrgan({ item, state, reference }, stepKey)
    : signature(reference, unitId)
}

function remedyOf({ item, state, reference, kind, unitId }: Composing) {
  const decides = { item, state, reference }
  if (kind === 'decline') return remedyText(decides, unitId)
  return kind === 'refuse' || kind === 'deny' ? remedyText(decides) : null
}

const titleOf = ({ item, reference, documents, event, kind }: Composing) =>
  event.type === 'correction-requested'
    ? documents.noticeTitle(event.second, reference)
    : paperTitle({ item, reference, documents }, kind)

/** The words of a document by the reference data of this moment. */
export function composed(composing: Composing): IssuedContent {
  const { item, state, reference, event, kind, unitId, before } = composing
  return issuedContent(event, {
    item,
    state,
    calendar: reference.calendar,
    title: titleOf(composing),
    organ: organOf(composing),
    phone: reference.units.get(unitId)?.phone ?? null,
    remedy: remedyOf(composing),
    given: givenWith({ item }, isGrantKind(kind)),
    decidedBy: before.findLast((each) => isDecisionKind(each.kind))?.id ?? null,
    labelOf: (asked) => askedLabel(item, asked),
  })
}

interface Issuing {
  readonly caseRow: OwnedCase
  readonly item: ServiceItem
  readonly events: readonly { readonly id: string; readonly event: CaseEvent }[]
  readonly issued: readonly IssuedDocument[]
}

/** What the documents that a change issues say, sealed with it: no item, unit, calendar or answer changes it afterwards. */
export function issuedTexts(
  { cipher, documents }: Pick<CaseDeps, 'cipher' | 'documents'>,
  reference: Reference,
  { caseRow, item, events, issued }: Issuing,
): readonly CaseText[] {
  if (issued.length === 0) return []
  let state: CaseState = caseRow.state
  return events.flatMap(({ id, event }) => {
    state = evolve(item, state, event)
    const at = issued.findIndex((each) => each.id === id)
    const document = issued[at]
    if (!document) return []
    const { kind, unitId } = document
    const before = [...caseRow.documents, ...issued.slice(0, at)]
    const content = composed({ item, state, reference, documents, event, kind, unitId, before })
    return [sealDocument(cipher, caseRow.id, id, content)]
  })
}
