import type { CaseEvent } from '#shared/domain/case/events'
import { documentKindOf, issuingOrgan } from '#shared/domain/case/paper/document-kinds'
import type { CaseState } from '#shared/domain/case/state'
import { SECOND_NOTICE } from '#shared/domain/case/step/approval-state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { DocumentRules, IssuedDocument } from '../case'
import type { Reference } from '../service-item'

interface DocumentKinds {
  readonly kinds: readonly { readonly key: string; readonly mark: string; readonly name: string }[]
}

function issuedBy(
  events: readonly { readonly id: string; readonly event: CaseEvent }[],
  state: CaseState,
  item: ServiceItem,
  reference: Reference,
  year: number,
): readonly IssuedDocument[] {
  return events.flatMap(({ id, event }) => {
    const kind = documentKindOf(event, item, state)
    if (kind === null) return []
    const at =
      event.type === 'terminated' ? (event.toldBy ?? null) : 'unitId' in event ? (event.unitId ?? null) : null
    const unitId = issuingOrgan(kind, at, state, reference.units)
    return [{ id, kind, unitId, year, prefix: prefix(kind, unitId, year, reference) }]
  })
}

const kindNamed = (kind: string, reference: Reference) =>
  reference.fact<DocumentKinds>('document-kinds').kinds.find((each) => each.key === kind)

function prefix(kind: string, unitId: string, year: number, reference: Reference) {
  const unit = reference.units.get(unitId)?.documentPrefix ?? ''
  return `${unit}${kindNamed(kind, reference)?.mark ?? ''}〔${year}〕`
}

const noticeTitle = (isSecond: boolean, reference: Reference) =>
  isSecond ? `${SECOND_NOTICE}书` : title('correction', reference)

/** As it stands on the document: without what the pack says in brackets of the kinds of items it is for. */
const title = (kind: string, reference: Reference) =>
  kindNamed(kind, reference)?.name.replace(/（[^）]*）/g, '') ?? ''

export const DOCUMENT_RULES: DocumentRules = {
  issuedBy,
  prefix,
  title,
  noticeTitle,
}
