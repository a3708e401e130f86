import { sql } from 'drizzle-orm'
import { addDays, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { organName } from '#shared/domain/organization/registry'
import { commitBySystem } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import type { Clock } from '../../../platform/ports/clock'
import type { Database } from '../../../platform/ports/database'
import type { Ids } from '../../../platform/ports/ids'
import type { ReferenceSource } from '../../service-item'

/** Which cases, filed from one day to another, and how much of them: above 0, 1 at most. */
export interface SampleAsked {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly share: number
  readonly seed: string
  /** Staff id of the supervisor who draws. */
  readonly by: string
}

interface Sample {
  /** Of how many. */
  readonly filed: number
  /** SHA-256 in hex of the numbers in their order, a space between two. */
  readonly digest: string
  readonly cases: readonly {
    readonly caseNumber: string
    /** Both null of a sensitive item: its unit may have no other. */
    readonly item: string | null
    readonly unit: string | null
  }[]
}

interface Drawn {
  readonly filed: number
  readonly digest: string
  readonly cases: readonly {
    readonly caseNumber: string
    readonly serviceItemId: string
    readonly itemVersion: number
    readonly unitId: string
  }[]
}

/**
 * A sample for supervision (随机抽查): at least one of those that were filed, in the order of a digest of seed and number, so
 * that anybody with the seed draws the same. No person is in it. That it was drawn, by whom and how, is audited in the same
 * statement: nobody draws until what comes suits them, unseen.
 */
export async function sampleCases(
  deps: {
    readonly database: Database
    readonly clock: Clock
    readonly ids: Ids
    readonly reference: Pick<ReferenceSource, 'current'>
  },
  { from, to, share, seed, by }: SampleAsked,
): Promise<Sample> {
  const reference = await deps.reference.current()
  const now = deps.clock.now()
  const { filed, digest, cases } = await commitBySystem<Drawn>(deps.database, {
    now,
    parts: [
      sql`filed as (select case_number, service_item_id, item_version, organ_unit_id from cases
        where filed_at >= ${instantAt(from, 0)}::timestamptz and filed_at < ${instantAt(addDays(to, 1), 0)}::timestamptz)`,
      sql`drawn as (select filed.*, row_number() over (order by
          sha256(convert_to(${seed} || ' ' || case_number, 'UTF8')), case_number) as nth from filed
        order by nth limit (select ceil(count(*) * ${share}::numeric)::int from filed))`,
      sql`told as (select (select count(*)::int from filed) as filed, count(*)::int as drawn,
        encode(sha256(convert_to(coalesce(string_agg(case_number, ' ' order by nth), ''), 'UTF8')), 'hex') as digest
        from drawn)`,
      auditFoundPart(
        'audited',
        { ids: [deps.ids.next()], now, actor: `staff:${by}`, action: 'case.sample' },
        sql`select ${`sample:${from}..${to} share=${share} seed=${seed}`} || ' drawn=' || drawn || '/' || filed
          || ' sha256=' || digest from told`,
      ),
    ],
    answer: sql`(select json_build_object('filed', filed, 'digest', digest, 'cases', (select coalesce(json_agg(
      json_build_object('caseNumber', case_number, 'serviceItemId', service_item_id, 'itemVersion', item_version,
        'unitId', organ_unit_id) order by nth), '[]'::json) from drawn)) from told)`,
  })
  return {
    filed,
    digest,
    cases: cases.map(({ caseNumber, serviceItemId, itemVersion, unitId }) => {
      const item = reference.at(serviceItemId, itemVersion)
      return {
        caseNumber,
        item: item.confidential ? null : item.plainName,
        unit: item.confidential ? null : organName(reference, unitId),
      }
    }),
  }
}
