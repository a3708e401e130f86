import type { CaseEvent } from '#shared/domain/case/events'
import { isPartAlone } from '#shared/domain/case/route'
import { type CaseState, SECOND_NOTICE } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { DocumentRules, IssuedDocument } from '../case'
import type { Reference } from '../service-item'

interface DocumentKinds {
  readonly kinds: readonly { readonly key: string; readonly mark: string; readonly name: string }[]
}

/** A permit is granted and refused by documents of its own (行政许可法 第38、39条). */
function decisionKind(decision: 'grant' | 'refuse', { typeCode }: ServiceItem) {
  if (typeCode === '01') return decision
  return decision === 'grant' ? 'confirm' : 'deny'
}

const DECISIONS: readonly string[] = ['grant', 'refuse', 'confirm', 'deny']

/** The documents of the law by event. */
function kindOf(event: CaseEvent, item: ServiceItem): string | null {
  switch (event.type) {
    case 'accepted':
      return 'acceptance'
    case 'declined':
      return 'decline'
    case 'correction-requested':
      return 'correction'
    case 'granted':
      return decisionKind('grant', item)
    case 'refused':
      return decisionKind('refuse', item)
    case 'clock-suspended':
      // One department that stops for itself stops nothing that the applicant was told.
      return isPartAlone(item, event) ? null : 'suspension'
    case 'limit-extended':
      return 'extension'
    case 'notice-published':
      return 'publicity'
    case 'delivered':
      return 'service'
    default:
      return null
  }
}

/** A village is no organ: its documents are those of the department it acts for. */
const issuer = (unitId: string, state: CaseState, reference: Reference) =>
  reference.units.get(unitId)?.kind === 'village' ? state.where.departmentId : unitId

/** 行政许可法 第42条: whoever asked for more time at a step, it is the organ that decides which takes it. */
const OF_WHO_DECIDES: readonly CaseEvent['type'][] = ['granted', 'refused', 'delivered', 'limit-extended']

function organOf(event: CaseEvent, state: CaseState, reference: Reference) {
  if (OF_WHO_DECIDES.includes(event.type)) return state.organUnitId
  const unitId = 'unitId' in event ? event.unitId : null
  return issuer(unitId ?? state.organUnitId, state, reference)
}

function issuedBy(
  events: readonly { readonly id: string; readonly event: CaseEvent }[],
  state: CaseState,
  item: ServiceItem,
  reference: Reference,
  year: number,
): readonly IssuedDocument[] {
  return events.flatMap(({ id, event }) => {
    const kind = kindOf(event, item)
    if (kind === null) return []
    const unitId = organOf(event, state, reference)
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
  isDecision: (kind) => DECISIONS.includes(kind),
  decisionKind,
  issuedBy,
  issuer,
  prefix,
  title,
  noticeTitle,
}
