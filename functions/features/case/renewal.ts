import { sql } from 'drizzle-orm'
import type { Renewal } from '#shared/domain/case/certificate'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'

export interface StoredRenewal extends Omit<Renewal, 'state'> {
  readonly state: StoredState
}

/** Of the certificate of the case `c`. */
export const RENEWAL = sql`(select json_build_object('state', n.state,
    'isCertified', exists(select 1 from certificates x where x.case_id = n.id))
  from certificates o join cases n on n.id = o.renewed_by where o.case_id = c.id)`

export const renewalFrom = (stored: StoredRenewal | null): Renewal | null =>
  stored && { ...stored, state: upgradeState(stored.state) }
