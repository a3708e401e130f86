import { addDays, addMonths, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { CaseState } from './state'

/** The kind of document that a certificate is; its number is drawn as that of any other. */
export const CERTIFICATE = 'certificate'

export const CERTIFICATE_STATUSES = ['valid', 'expired', 'revoked'] as const
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number]

/** What the county's own organ makes here is issued when a granted case is concluded. 行政许可法 第39、44条 */
export const isCertified = (
  { resultDocument }: Pick<ServiceItem, 'resultDocument'>,
  { decision }: Pick<CaseState, 'decision'>,
) => resultDocument.certificate !== undefined && decision?.kind === 'granted'

const MONTHS_A_YEAR = 12

/** The last day of `years` from the decision's day on, which counts; null where it has no end. */
export const lastDayOf = (decidedOn: PlainDate, years: number | null): PlainDate | null =>
  years === null ? null : addDays(addMonths(decidedOn, years * MONTHS_A_YEAR), -1)

interface Standing {
  readonly validTo: PlainDate | null
  /** The case that granted it: what takes its decision back takes the certificate too. */
  readonly state: Pick<CaseState, 'decision'>
  readonly today: PlainDate
}

/** Of a certificate whose case still stands granted; what the decision no longer carries is revoked. 行政许可法 第69条 */
export function certificateStatus({ validTo, state, today }: Standing): CertificateStatus {
  if (state.decision?.kind !== 'granted') return 'revoked'
  return validTo !== null && validTo < today ? 'expired' : 'valid'
}
