import { type SQL, sql } from 'drizzle-orm'
import type { Change } from '../../../platform/db/commit'
import type { Filed } from './case-write'
import { listed } from './lists'

const renewing = (filings: readonly Filed[]) =>
  filings.flatMap(({ caseId, itemId, columns, state: { renews } }) =>
    renews === undefined ? [] : [{ caseId, itemId, renews, applicantIndex: columns.applicantIndex }],
  )

export const isRenewing = (filings: readonly Filed[]) => renewing(filings).length > 0

/** What asks to renew is noted beside the certificate: of several the newest. */
export const renewedPart = (filings: readonly Filed[]): SQL =>
  sql`renewed as (update certificates r set renewed_by = n."caseId"
    from ${listed(renewing(filings), sql.raw('n("caseId" uuid, renews uuid)'))} n where r.case_id = n.renews)`

/** One renews one's own, by the same item; whatever else is named is answered alike. */
export const renewalDemands = (filings: readonly Filed[]): Change['demands'] =>
  renewing(filings).map(({ itemId, renews, applicantIndex }) => ({
    holds: sql`exists(select 1 from certificates r join cases o on o.id = r.case_id
      where r.case_id = ${renews}::uuid and r.valid_to is not null and o.service_item_id = ${itemId}
        and o.applicant_index = ${applicantIndex})`,
    code: 'certificate.not-renewable',
  }))
