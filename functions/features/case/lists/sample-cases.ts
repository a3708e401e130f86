import { sql } from 'drizzle-orm'
import { addDays, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { organName } from '#shared/domain/organization/registry'
import type { Database } from '../../../platform/ports/database'
import type { ReferenceSource } from '../../service-item'

/** Which cases, filed from one day to another, and how much of them: above 0, 1 at most. */
export interface SampleAsked {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly share: number
  readonly seed: string
}

interface Sample {
  /** Of how many. */
  readonly filed: number
  readonly cases: readonly {
    readonly caseNumber: string
    /** Both null of a sensitive item: its unit may have no other. */
    readonly item: string | null
    readonly unit: string | null
  }[]
}

/**
 * A sample for supervision (随机抽查): at least one of those that were filed, in the order of a digest of seed and number, so
 * that anybody with the seed draws the same. No person is in it.
 */
export async function sampleCases(
  deps: { readonly database: Database; readonly reference: Pick<ReferenceSource, 'current'> },
  { from, to, share, seed }: SampleAsked,
): Promise<Sample> {
  const reference = await deps.reference.current()
  const rows = await deps.database.rows<{
    caseNumber: string
    serviceItemId: string
    itemVersion: number
    unitId: string
    filed: number
  }>(sql`with filed as (select case_number, service_item_id, item_version, organ_unit_id from cases
      where filed_at >= ${instantAt(from, 0)}::timestamptz and filed_at < ${instantAt(addDays(to, 1), 0)}::timestamptz)
    select case_number as "caseNumber", service_item_id as "serviceItemId", item_version as "itemVersion",
      organ_unit_id as "unitId", (select count(*)::int from filed) as filed
    from filed order by sha256(convert_to(${seed} || ' ' || case_number, 'UTF8')), case_number
    limit (select ceil(count(*) * ${share}::numeric)::int from filed)`)
  return {
    filed: rows[0]?.filed ?? 0,
    cases: rows.map(({ caseNumber, serviceItemId, itemVersion, unitId }) => {
      const item = reference.at(serviceItemId, itemVersion)
      return {
        caseNumber,
        item: item.confidential ? null : item.plainName,
        unit: item.confidential ? null : organName(reference, unitId),
      }
    }),
  }
}
