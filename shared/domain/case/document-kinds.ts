import type { ServiceItem } from '../service-item/item'
import type { CaseEvent } from './events'
import { isPartAlone } from './route'

/** A permit is granted and refused by documents of its own (行政许可法 第38、39条). */
export function decisionKind(decision: 'grant' | 'refuse', { typeCode }: Pick<ServiceItem, 'typeCode'>) {
  if (typeCode === '01') return decision
  return decision === 'grant' ? 'confirm' : 'deny'
}

/** Whether it is the document of a grant. */
export const isGrantKind = (kind: string) => kind === 'grant' || kind === 'confirm'

/** Whether it is the document of a grant or a refusal. */
export const isDecisionKind = (kind: string) => isGrantKind(kind) || kind === 'refuse' || kind === 'deny'

/** The document of the law that an event issues, as the pack's `document-kinds.json` names it; null where it issues none. */
export function documentKindOf(event: CaseEvent, item: ServiceItem) {
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
