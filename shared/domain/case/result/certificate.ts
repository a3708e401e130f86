import { fullDay } from '../../kernel/day-words'
import { addDays, addMonths, dayIn, dayOf, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { CaseState } from '../state'

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

/**
 * The last day of `years` from the day on which it begins, which counts; null where it has no end. In a month without that day
 * it is the month's last one (民法典 第202条).
 */
export function lastDayOf(beginsOn: PlainDate, years: number | null): PlainDate | null {
  if (years === null) return null
  const same = addMonths(beginsOn, years * MONTHS_A_YEAR)
  return dayOf(same) === dayOf(beginsOn) ? addDays(same, -1) : same
}

/** So many days before its end renewal is asked for where no other rule is named, to be decided before it. 行政许可法 第50条 */
const ASKED_DAYS_BEFORE = 30

const askDaysOf = ({ certificate }: ServiceItem['resultDocument']) =>
  certificate?.renewal?.askDaysBefore ?? ASKED_DAYS_BEFORE
/** From when on the holder is told and offered to ask: with time to do it. The county's own rule. */
export const OFFERED_DAYS_BEFORE = 90

/** The last day on which asking keeps the certificate alive until the decision. */
export const askableUntil = (validTo: PlainDate, result: ServiceItem['resultDocument']) =>
  addDays(validTo, -askDaysOf(result))

/** What was granted, and not revoked since. 行政许可法 第69条 */
const standsGranted = ({ decision, status }: Pick<CaseState, 'decision' | 'status'>) =>
  decision?.kind === 'granted' && status !== 'revoked'

/** A case that asks to renew it. */
export interface Renewal {
  readonly state: Pick<CaseState, 'decision' | 'status' | 'endedAt' | 'filedAt'>
  /** It has a certificate of its own, which stands in the place of this one from the day after its last. */
  readonly isCertified: boolean
}

/** It was asked for and came to nothing yet: no second one is asked for beside it. */
const goesOn = ({ state }: Renewal) =>
  state.decision === null ? state.endedAt === null : standsGranted(state)

/**
 * What was asked for in time and is not decided when the last day is over counts as renewed, whatever is decided later: from
 * then on it can only be revoked. What its applicant took back, or did not go on with, renews nothing. It lasts as long as a
 * renewed one. 行政许可法 第50条
 */
function isRenewedBySilence(validTo: PlainDate, askBy: PlainDate, renewal: Renewal) {
  if (dayIn(renewal.state.filedAt) > askBy) return false
  const { decision, endedAt, status } = renewal.state
  if (decision?.kind === 'granted') return standsGranted(renewal.state)
  const isLeft = endedAt !== null && (status === 'withdrawn' || status === 'terminated')
  const answeredAt = decision?.at ?? endedAt
  return !isLeft && (answeredAt === null || dayIn(answeredAt) > validTo)
}

interface Standing {
  readonly validTo: PlainDate | null
  /** The case that granted it: what takes its decision back takes the certificate too. */
  readonly state: Pick<CaseState, 'decision' | 'status' | 'isDeceased'>
  /** What asks to renew it: by its owner, confirmed. */
  readonly renewals: readonly Renewal[]
  /** Of the guide of today: how long before its end renewal is asked for. */
  readonly result: ServiceItem['resultDocument']
  readonly today: PlainDate
}

/** Of a certificate whose case still stands granted; what its decision no longer carries is revoked. */
export function certificateStatus({ validTo, state, renewals, result, today }: Standing): CertificateStatus {
  if (!standsGranted(state)) return 'revoked'
  // What renews it begins the day after: until then its holder has this one alone.
  if (validTo === null || validTo >= today) return 'valid'
  if (renewals.some((each) => each.isCertified && standsGranted(each.state))) return 'expired'
  const askBy = askableUntil(validTo, result)
  const longest = lastDayOf(addDays(validTo, 1), result.validYears)
  const isOver = longest !== null && longest < today
  return !isOver && renewals.some((each) => isRenewedBySilence(validTo, askBy, each)) ? 'valid' : 'expired'
}

/** Until when its holder may ask for renewal now, so that it stays alive; null where there is nothing to ask for yet, or any more. */
export function renewalOffered(standing: Standing): PlainDate | null {
  const { validTo, state, renewals, result, today } = standing
  if (!result.certificate?.renewable || validTo === null || renewals.some(goesOn)) return null
  if (state.isDeceased === true) return null
  const isTime = addDays(validTo, -OFFERED_DAYS_BEFORE) <= today && today <= validTo
  return isTime && certificateStatus(standing) === 'valid' ? askableUntil(validTo, result) : null
}

/** 2026年12月7日至2030年12月6日 */
export const validWords = (validFrom: PlainDate, validTo: PlainDate | null) =>
  validTo === null ? `自${fullDay(validFrom)}起，长期` : `${fullDay(validFrom)}至${fullDay(validTo)}`
