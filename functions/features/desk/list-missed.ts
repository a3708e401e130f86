import { type SQL, sql } from 'drizzle-orm'
import type { MissedItems } from '#shared/contract/missed-items'
import { askedLabel } from '#shared/domain/case/correction/asked'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { unitName } from '#shared/domain/organization/registry'
import type { StaffRole } from '#shared/domain/organization/staff'
import { ownCases } from '../../platform/db/parts/barred-staff'
import { instantText } from '../../platform/db/parts/instant'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { texts } from '../../platform/db/parts/texts'
import type { Principal } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import { type CaseDeps, missedSince } from '../case'
import type { Reference } from '../service-item'

/** Who heads a unit's work, and sees what it has missed without who did. */
const HEADS: readonly StaffRole[] = ['town-approver', 'dept-approver', 'county-approver', 'liaison']

/** So many kinds of things, and cases of each, are shown. */
const MOST_THINGS = 100
const MOST_CASES = 10

interface Missed {
  readonly itemId: string
  readonly itemVersion: number
  readonly kind: 'material' | 'field'
  readonly name: string
  readonly count: number
}
interface MissedOwn extends Missed {
  readonly cases: readonly { readonly id: string; readonly caseNumber: string; readonly at: Instant }[]
}
interface MissedOfUnit extends Missed {
  readonly unitId: string
}

const COLUMNS = sql.raw(
  `m.service_item_id as "itemId", max(m.item_version) as "itemVersion", m.kind, m.name, count(*)::int as count`,
)
const MOST_FIRST = sql.raw(`count(*) desc, max(m.asked_at) desc, m.service_item_id, m.kind, m.name`)

/** Of a case that goes on and is their own by now they learn nothing here. The number is looked up of those that are shown alone. */
const ownRows = (staffId: string, now: Instant): SQL => sql`(select g.*,
    (select json_agg(json_build_object('id', s.id, 'caseNumber', c.case_number, 'at', s.at) order by s.at desc, s.id)
      from json_to_recordset(g.newest) s(id uuid, at text) join cases c on c.id = s.id) as cases
  from (select ${COLUMNS}, json_agg(json_build_object('id', m.case_id, 'at', ${instantText('m.asked_at')}))
      filter (where m.nth <= ${MOST_CASES}::int) as newest
  from (select k.*, row_number() over (partition by k.service_item_id, k.kind, k.name order by k.asked_at desc, k.case_id) as nth
      from missed_items k where k.staff_id = ${staffId} and k.asked_at >= ${missedSince(now)}::timestamptz
        and k.case_id not in (${ownCases(dayIn(now), sql`${staffId}`)})) m
  group by m.service_item_id, m.kind, m.name order by ${MOST_FIRST} limit ${rowsAtMost(MOST_THINGS)}) g)`

const unitRows = (
  unitIds: readonly string[],
  confidentialIds: readonly string[],
  now: Instant,
): SQL => sql`(select m.unit_id as "unitId", ${COLUMNS}
  from unnest(${texts(unitIds)}) u(id)
    cross join lateral (select * from missed_items m where m.unit_id = u.id
      and m.asked_at >= ${missedSince(now)}::timestamptz offset 0) m
  where m.service_item_id <> all(${texts(confidentialIds)})
  group by m.unit_id, m.service_item_id, m.kind, m.name order by ${MOST_FIRST} limit ${rowsAtMost(MOST_THINGS)})`

const json = (rows: SQL) => sql`(select coalesce(json_agg(r), '[]'::json) from ${rows} r)`

async function readMissed(
  database: Database,
  { staffId, pools }: Principal,
  { items }: Pick<Reference, 'items'>,
  now: Instant,
) {
  const heads = [...new Set(pools.filter(({ role }) => HEADS.includes(role)).map(({ unitId }) => unitId))]
  const confidentialIds = items.filter(({ confidential }) => confidential).map(({ id }) => id)
  const [row] = await database.rows<{ own: readonly MissedOwn[]; units: readonly MissedOfUnit[] }>(
    sql`select ${json(ownRows(staffId ?? '', now))} as own, ${json(unitRows(heads, confidentialIds, now))} as units`,
  )
  return { heads, own: row?.own ?? [], units: row?.units ?? [] }
}

/** By item, in the order in which their things come first. */
function byItem<Row extends Missed, Shown>(
  rows: readonly Row[],
  reference: Reference,
  shown: (row: Row, label: string) => Shown,
) {
  const items = new Map<string, { itemId: string; plainName: string; asked: Shown[] }>()
  for (const row of rows) {
    const guide = reference.at(row.itemId, row.itemVersion)
    const item = items.get(row.itemId) ?? { itemId: row.itemId, plainName: guide.plainName, asked: [] }
    item.asked.push(shown(row, askedLabel(guide, row)))
    items.set(row.itemId, item)
  }
  return [...items.values()]
}

/**
 * What first notices had missed (ADR 0112): to who wrote them their own, to who heads a unit the unit's, without names and
 * without confidential items.
 */
export const createListMissed =
  ({ database, clock, reference: source }: CaseDeps) =>
  async (principal: Principal): Promise<MissedItems> => {
    const now = clock.now()
    const reference = await source.current()
    const { heads, own, units } = await readMissed(database, principal, reference, now)
    return {
      since: dayIn(missedSince(now)),
      own: byItem(own, reference, ({ kind, count, cases }, label) => ({
        kind,
        label,
        count,
        cases: cases.map(({ id, caseNumber, at }) => ({ id, caseNumber, on: dayIn(at) })),
      })),
      units: heads.map((unitId) => ({
        unitName: unitName(reference, unitId),
        items: byItem(
          units.filter((row) => row.unitId === unitId),
          reference,
          ({ kind, count }, label) => ({ kind, label, count }),
        ),
      })),
    }
  }
