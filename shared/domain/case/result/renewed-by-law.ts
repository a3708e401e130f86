import { addDays, dayIn, type Instant, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem, StepAction } from '../../service-item/item'
import type { CaseError } from '../context'
import type { CaseEvent } from '../events'
import type { CaseState } from '../state'
import { askableUntil, lastDayOf } from './certificate'

/**
 * Asked for in time and not decided when the last day of the old certificate is over: it counts as granted, and is refused no
 * more. What was granted so is taken back by a revocation alone; where the old one itself was taken back nothing goes on.
 * 行政许可法 第50条
 */
const isRenewedByLaw = (
  { resultDocument }: Pick<ServiceItem, 'resultDocument'>,
  { renewsUntil, renewedRevokedAt, filedAt, decision, endedAt, identityConfirmed }: CaseState,
  today: PlainDate,
) =>
  renewsUntil !== undefined &&
  renewedRevokedAt === undefined &&
  identityConfirmed &&
  decision === null &&
  endedAt === null &&
  dayIn(filedAt) <= askableUntil(renewsUntil, resultDocument) &&
  today > renewsUntil

const AGAINST: ReadonlySet<StepAction> = new Set(['decline', 'refuse'])

/** The certificate that it asks to renew was revoked at that moment (null while it stands): it is told once, until it is closed. */
export const renewedRevoked = (
  { renewedRevokedAt, concludedAt, endedAt }: CaseState,
  at: Instant | null,
): readonly CaseEvent[] =>
  at === null || renewedRevokedAt !== undefined || concludedAt !== null || endedAt !== null
    ? []
    : [{ type: 'renewed-revoked', at }]

export const whyNotAgainst = (
  item: ServiceItem,
  state: CaseState,
  action: StepAction,
  now: Instant,
): CaseError | null =>
  AGAINST.has(action) && isRenewedByLaw(item, state, dayIn(now)) ? { code: 'case.renewed-by-law' } : null

/**
 * A renewed one begins when the old one is over: nobody loses days by asking early, nor is a day without one where it was asked
 * for in time and decided late. What was asked for too late, or renews what was revoked, begins with its decision.
 */
export function validityOf(
  { resultDocument }: Pick<ServiceItem, 'resultDocument'>,
  { renewsUntil, renewedRevokedAt, filedAt }: Pick<CaseState, 'renewsUntil' | 'renewedRevokedAt' | 'filedAt'>,
  decidedOn: PlainDate,
) {
  const isInTime =
    renewsUntil !== undefined &&
    renewedRevokedAt === undefined &&
    (decidedOn <= renewsUntil || dayIn(filedAt) <= askableUntil(renewsUntil, resultDocument))
  const validFrom = isInTime ? addDays(renewsUntil, 1) : decidedOn
  return { validFrom, validTo: lastDayOf(validFrom, resultDocument.validYears) }
}
