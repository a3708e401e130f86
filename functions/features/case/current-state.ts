import { confirmedWith } from '#shared/domain/case/decide'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { renewedRevoked } from '#shared/domain/case/result/renewed-by-law'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { CaseRow } from './case-row'

/**
 * Whoever filed it was confirmed after filing, or was given a power: the case learns of it with its next event, and counts
 * from when it happened.
 */
export function confirmedSince(
  { state, filerConfirmed }: Pick<CaseRow, 'state' | 'filerConfirmed'>,
  now: Instant,
): readonly CaseEvent[] {
  if (filerConfirmed === null) return []
  const by = state.applicant?.kind === 'firm' ? 'power' : 'wechat'
  return confirmedWith(state, by, filerConfirmed.at ?? now)
}

/** A power carries a case while it holds: one that ends before the decision leaves the case unconfirmed. */
export const isPowerEnded = ({ state, filerConfirmed }: Pick<CaseRow, 'state' | 'filerConfirmed'>) =>
  state.confirmedBy === 'power' && !filerConfirmed && state.decision === null && state.endedAt === null

/** What has come about beside the case: a list has no need of what became of a certificate. */
type Standing = Pick<CaseRow, 'state' | 'filerConfirmed'> & Partial<Pick<CaseRow, 'renewedRevokedAt'>>

/** What became of another case that this one goes by: it learns of it with its next event. */
export const broughtByOthers = ({ state, renewedRevokedAt }: Standing): readonly CaseEvent[] =>
  renewedRevoked(state, renewedRevokedAt ?? null)

/** The state that decisions and pages go by. */
export function currentState(item: ServiceItem, caseRow: Standing, now: Instant): CaseState {
  const state = [...confirmedSince(caseRow, now), ...broughtByOthers(caseRow)].reduce<CaseState>(
    (next, event) => evolve(item, next, event),
    caseRow.state,
  )
  return isPowerEnded(caseRow) ? { ...state, identityConfirmed: false } : state
}
