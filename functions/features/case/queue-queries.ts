import { type SQL, sql } from 'drizzle-orm'
import type { Queue } from '#shared/contract/work'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { ownCases } from '../../platform/db/parts/barred-staff'
import { instantText } from '../../platform/db/parts/instant'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { type Principal, principalCtes, principalJson } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import { filerConfirmed } from '../application'
import { type CaseRow, caseJson } from './case-row'
import type { CaseTask } from './outbox'

export type QueueTab = keyof Queue['counts']

/** Where a page ended: a share is one row of a list, whichever pools hold it. */
export interface QueuePlace {
  readonly sortOn: PlainDate
  readonly caseId: string
  readonly stepKey: string
  readonly partUnitId: string
}

/** A task before a pool of the principal, by columns alone. */
export interface QueuedTask extends CaseTask {
  readonly caseId: string
  readonly caseNumber: string
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly applicantMasked: string
  readonly villageCode: string | null
  /** Whoever filed it is confirmed now. */
  readonly isFilerKnown: boolean
  /** The case itself, where no line tells of it as it stands. */
  readonly unlined: CaseRow | null
}

export interface QueuePage {
  readonly principal: Principal | null
  readonly revision: Revision
  readonly counts: Readonly<Record<QueueTab, number>>
  readonly tasks: readonly QueuedTask[]
}

/** More are not counted. */
const MOST_COUNTED = 1000

/** What a queue is narrowed to. */
export interface Sought {
  /** The end of a case number, or a masked name. */
  readonly words: string
  readonly itemIds: readonly string[]
  readonly villageCodes: readonly string[]
  readonly confidentialIds: readonly string[]
}

/** Day and number of the day: the region is the same in all numbers of a county. */
const NUMBER_DIGITS = 10

/** By its person and place a sensitive case is found by its holders alone. */
const isSought = ({ words, itemIds, villageCodes, confidentialIds }: Sought, isHeld: boolean) =>
  sql`exists (select 1 from cases c
  where c.id = t.case_id and (position(${words}::text in right(c.case_number, ${NUMBER_DIGITS}::int)) > 0
    or c.service_item_id in (select json_array_elements_text(${JSON.stringify(itemIds)}::json))
    or ((starts_with(c.applicant_masked, ${words}::text)
        or c.village_code in (select json_array_elements_text(${JSON.stringify(villageCodes)}::json)))
      and (${isHeld}::boolean
        or c.service_item_id not in (select json_array_elements_text(${JSON.stringify(confidentialIds)}::json))))))`

/** Reads the tasks `t` of one pool, or of the county, in the order of the index that the conditions name. */
interface Walk {
  readonly where: SQL
  readonly isHeld: boolean
  readonly sought: Sought | null
}

/** 回避: neither what is the asking member's own nor what they left to others. */
const FREE = sql`not ((select staff_id from principal) = any(t.barred)) and t.case_id not in (select case_id from own)`

const ORDER = sql.raw('t.sort_on, t.case_id, t.step_key, t.part_unit_id')

const walk = ({ where, isHeld, sought }: Walk) => sql`from case_tasks t where ${where} and ${FREE}
  ${sought === null ? sql`` : sql`and ${isSought(sought, isHeld)}`}`

const IN_POOL = sql.raw('t.unit_id = p.unit_id and t.role = p.role')
const inTab = (tab: QueueTab) => (tab === 'unstaffed' ? sql`t.unstaffed` : sql`t.queue = ${tab}`)
const IS_ADMIN = sql.raw(`exists (select 1 from pools where role = 'admin')`)

/** Rows of a tab that stand before the pools, each share once; the administrator has what nobody holds beside them. */
function rowsOf(tab: QueueTab, sought: Sought | null, columns: SQL, more: SQL, size: number): SQL {
  const held = walk({ where: sql`${IN_POOL} and ${inTab(tab)} ${more}`, isHeld: true, sought })
  const pooled = sql`select t.* from pools p cross join lateral (
    select ${columns}, true as mine ${held} order by ${ORDER} limit ${rowsAtMost(size)}) t`
  if (tab !== 'unstaffed') return pooled
  const left = walk({ where: sql`t.unstaffed and ${IS_ADMIN} ${more}`, isHeld: false, sought })
  // One row of each share, in the order of the index.
  return sql`${pooled} union all (select distinct on (${ORDER}) ${columns}, false as mine ${left}
    order by ${ORDER} limit ${rowsAtMost(size)})`
}

// A number in the text: of a parameter a plan that is kept knows nothing, and would reckon with a tenth of all rows.
const rowsAtMost = (count: number) => sql.raw(String(count))

const KEY = sql.raw('t.case_id, t.step_key, t.part_unit_id')

/** A share that several pools of the principal hold counts once. */
const countOf = (
  tab: QueueTab,
  sought: Sought | null,
) => sql`(select least(count(*), ${MOST_COUNTED}::int) from (
  select distinct ${KEY} from (${rowsOf(tab, sought, sql`${KEY}, t.sort_on`, sql``, MOST_COUNTED)}) t) n)`

/** One round trip: the tasks of the principal's pools, what runs out first in front. */
export async function listTasks(
  database: Database,
  tokenHash: string,
  page: {
    readonly tab: QueueTab
    readonly after: QueuePlace | null
    readonly sought: Sought | null
    readonly size: number
  },
  now: Instant,
): Promise<QueuePage> {
  const { tab, after, sought, size } = page
  const today = dayIn(now)
  const more =
    after === null
      ? sql``
      : sql`and (${ORDER}) > (${after.sortOn}::date, ${after.caseId}::uuid, ${after.stepKey}, ${after.partUnitId})`
  const [row] = await database.rows<QueuePage>(sql`with ${principalCtes(tokenHash, now)},
    pools as (select distinct r.role, r.unit_id from staff_roles r join staff s on s.id = r.staff_id and s.active,
      principal p where r.staff_id = p.staff_id),
    own as materialized (${ownCases(today, sql`(select staff_id from principal)`)}),
    shown as (select distinct on (${ORDER}) t.* from (${rowsOf(tab, sought, sql`t.*`, more, size)}) t
      order by ${ORDER}, t.mine desc, t.approval desc, t.role, t.unit_id limit ${rowsAtMost(size)})
    select ${principalJson} as principal, ${REVISION} as revision,
      json_build_object('to-do', ${countOf('to-do', sought)},
        'waits-for-applicant', ${countOf('waits-for-applicant', sought)}, 'paused', ${countOf('paused', sought)},
        'unstaffed', ${countOf('unstaffed', sought)}) as counts,
      (select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'partUnitId', t.part_unit_id, 'role', t.role,
        'unitId', t.unit_id, 'queue', t.queue, 'assigneeId', t.assignee_id, 'dueOn', t.due_on, 'sortOn', t.sort_on,
        'openedAt', ${instantText('t.opened_at')}, 'unstaffed', t.unstaffed, 'barred', t.barred, 'approval', t.approval,
        'line', t.line, 'caseId', c.id, 'caseNumber', c.case_number, 'serviceItemId', c.service_item_id,
        'itemVersion', c.item_version, 'applicantMasked', c.applicant_masked, 'villageCode', c.village_code,
        'isFilerKnown', ${filerConfirmed(today)} is not null,
        'unlined', case when t.line is null or c.lined_version is distinct from c.version then ${caseJson(today)} end)
        order by ${ORDER}), '[]'::json)
        from shown t join cases c on c.id = t.case_id) as tasks`)
  return (
    row ?? {
      principal: null,
      revision: NO_REVISION,
      counts: { 'to-do': 0, 'waits-for-applicant': 0, paused: 0, unstaffed: 0 },
      tasks: [],
    }
  )
}
