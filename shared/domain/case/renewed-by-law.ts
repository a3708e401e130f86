import { addDays, dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem, StepAction } from '../service-item/item'
import { askableUntil, lastDayOf } from './certificate'
import type { CaseError } from './context'
import type { CaseState } from './state'

/**
 * Asked for in time and not decided when the last day of the old certificate is over: it counts as granted, and is refused no
 * more. What was granted so is taken back by a revocation alone. 行政许可法 第50条
 */
const isRenewedByLaw = (
  { resultDocument }: Pick<ServiceItem, 'resultDocument'>,
  { renewsUntil, filedAt, decision, endedAt, identityConfirmed }: CaseState,
  today: PlainDate,
) =>
  renewsUntil !== undefined &&
  identityConfirmed &&
  decision === null &&
  endedAt === null &&
  dayIn(filedAt) <= askableUntil(renewsUntil, resultDocument) &&
  today > renewsUntil

const AGAINST: ReadonlySet<StepAction> = new Set(['decline', 'refuse'])

export const whyNotAgainst = (
  item: ServiceItem,
  state: CaseState,
  action: StepAction,
  now: Instant,
): CaseError | null =>
  AGAINST.has(action) && isRenewedByLaw(item, state, dayIn(now)) ? { code: 'case.renewed-by-law' } : null

/**
 * A renewed one begins when the old one is over: nobody loses days by asking early, nor is a day without one where it was asked
 * for in time and decided late. What was asked for too late begins with its decision.
 */
export function validityOf(
  { resultDocument }: Pick<ServiceItem, 'resultDocument'>,
  { renewsUntil, filedAt }: Pick<CaseState, 'renewsUntil' | 'filedAt'>,
  decidedOn: PlainDate,
) {
  const isInTime =
    renewsUntil !== undefined &&
    (decidedOn <= renewsUntil || dayIn(filedAt) <= askableUntil(renewsUntil, resultDocument))
  const validFrom = isInTime ? addDays(renewsUntil, 1) : decidedOn
  return { validFrom, validTo: lastDayOf(validFrom, resultDocument.validYears) }
}
