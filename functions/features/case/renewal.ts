import { sql } from 'drizzle-orm'
import type { Renewal } from '#shared/domain/case/result/certificate'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { renewsOwn } from '../../platform/db/parts/stored-state'
import type { Database } from '../../platform/ports/database'

interface StoredRenewal extends Omit<Renewal, 'state'> {
  readonly state: StoredState
}

export type StoredRenewals = readonly StoredRenewal[]

/** Of the certificate of the case `c`: whatever its owner has asked for since, the oldest first. */
export const RENEWALS = sql`(select coalesce(json_agg(json_build_object('state', n.state,
    'isCertified', exists(select 1 from certificates x where x.case_id = n.id)) order by n.id), '[]'::json)
  from cases n where ${renewsOwn(sql`c.id`)} and n.service_item_id = c.service_item_id
    and n.applicant_index = c.applicant_index)`

export const renewalsFrom = (stored: StoredRenewals): readonly Renewal[] =>
  stored.map((each) => ({ ...each, state: upgradeState(each.state) }))

/** The last day of the certificate of the case that is named; whose it is the filing itself demands. */
export async function renewedUntil(
  { rows }: Database,
  renews: string | undefined,
): Promise<PlainDate | null> {
  if (renews === undefined) return null
  const [found] = await rows<{ readonly validTo: PlainDate | null }>(
    sql`select max(valid_to)::text as "validTo" from certificates where case_id = ${renews}::uuid`,
  )
  return found?.validTo ?? null
}
