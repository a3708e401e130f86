import type { CaseEvent } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../service-item'

/** A paper that an event issues; its number is drawn in the transaction of the event. */
export interface IssuedDocument {
  readonly id: string
  readonly kind: string
  readonly unitId: string
  readonly year: number
  /** Everything of the number but the number: `郎民受〔2026〕`. */
  readonly prefix: string
}

export interface DocumentKinds {
  readonly kinds: readonly { readonly key: string; readonly mark: string; readonly name: string }[]
}

/** The papers of the law by event: a permit is granted and refused on papers of its own (行政许可法 第38、39条). */
function kindOf(event: CaseEvent, item: ServiceItem): string | null {
  const permit = item.typeCode === '01'
  switch (event.type) {
    case 'accepted':
      return 'acceptance'
    case 'declined':
      return 'decline'
    case 'correction-requested':
      return 'correction'
    case 'granted':
      return permit ? 'grant' : 'confirm'
    case 'refused':
      return permit ? 'refuse' : 'deny'
    case 'clock-suspended':
      return 'suspension'
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

/** A village is no organ: its papers are those of the department it acts for. */
function organOf(event: CaseEvent, state: CaseState, reference: Reference) {
  if (event.type === 'granted' || event.type === 'refused' || event.type === 'delivered')
    return state.organUnitId
  const unitId = 'unitId' in event ? event.unitId : state.organUnitId
  return reference.units.get(unitId)?.kind === 'village' ? state.where.departmentId : unitId
}

export function documentsOf(
  events: readonly { readonly id: string; readonly event: CaseEvent }[],
  state: CaseState,
  item: ServiceItem,
  reference: Reference,
  year: number,
): readonly IssuedDocument[] {
  const { kinds } = reference.fact<DocumentKinds>('document-kinds')
  return events.flatMap(({ id, event }) => {
    const kind = kindOf(event, item)
    if (kind === null) return []
    const unitId = organOf(event, state, reference)
    const mark = kinds.find((each) => each.key === kind)?.mark ?? ''
    const prefix = `${reference.units.get(unitId)?.documentPrefix ?? ''}${mark}〔${year}〕`
    return [{ id, kind, unitId, year, prefix }]
  })
}

export const documentTitle = (kind: string, reference: Reference) =>
  reference
    .fact<DocumentKinds>('document-kinds')
    .kinds.find((each) => each.key === kind)
    ?.name.replace(/（.*）$/, '') ?? ''
