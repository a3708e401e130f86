import type { CaseEvent } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../service-item'

/** A document that an event issues; its number is drawn in the transaction of the event. */
export interface IssuedDocument {
  /** That of the event. */
  readonly id: string
  readonly kind: string
  readonly unitId: string
  readonly year: number
  /** Everything of the number but the number: `郎民受〔2026〕`. */
  readonly prefix: string
  /** Of a certificate, drawn before its words are put together; missing on every other document. */
  readonly code?: string
}

/** What organs issue of a case; given to the case feature by app.ts, since documents come after cases. */
export interface DocumentRules {
  readonly issuedBy: (
    events: readonly { readonly id: string; readonly event: CaseEvent }[],
    state: CaseState,
    item: ServiceItem,
    reference: Reference,
    year: number,
  ) => readonly IssuedDocument[]
  /** Everything of a document's number but the number. */
  readonly prefix: (kind: string, unitId: string, year: number, reference: Reference) => string
  readonly title: (kind: string, reference: Reference) => string
  /** A second notice is told apart from 一次性补正告知. */
  readonly noticeTitle: (isSecond: boolean, reference: Reference) => string
}
