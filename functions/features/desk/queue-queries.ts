import { type SQL, sql } from 'drizzle-orm'
import type { Queue } from '#shared/contract/work'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { leftTasks, ownCases } from '../../platform/db/parts/barred-staff'
import { instantText } from '../../platform/db/parts/instant'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { rowsAtMost, walkedAtMost } from '../../platform/db/parts/rows-at-most'
import { actStands } from '../../platform/db/parts/stored-state'
import { findFor, type Principal } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import { filerConfirmed } from '../application'
import {
  type CaseRow,
  type CaseTask,
  caseJson,
  dealingsAt,
  type FoundCase,
  findCaseRows,
  LINED_TASKS,
  type StoredWith,
  TASK_IS_LINED,
  withCase,
} from '../case'

export type QueueTab = keyof Queue['counts']

/** Where a page ended: a share is one row of a list, whichever pools hold it. */
export interface QueuePosition {
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

interface StoredPage extends Omit<QueuePage, 'tasks'> {
  readonly tasks: readonly (Omit<QueuedTask, 'unlined'> & { readonly isLined: boolean })[]
}

export const COUNTED_NONE: QueuePage['counts'] = {
  'to-do': 0,
  'waits-for-applicant': 0,
  paused: 0,
  unstaffed: 0,
}

/** More are not counted. */
export const MOST_COUNTED = 1000

/** Of who asks, after the part `principal`. */
export const POOLS = sql.raw(`select distinct r.role, r.unit_id from staff_roles r
  join staff s on s.id = r.staff_id and s.active, principal p where r.staff_id = p.staff_id`)

/** 回避: neither what is the asking member's own nor what they left to others. */
const FREE = sql`not ((select staff_id from principal) = any(t.barred)) and t.case_id not in (select case_id from own)`

export const ORDER = sql.raw('t.sort_on, t.case_id, t.step_key, t.part_unit_id')

const ORDER_BACK = sql.raw('t.sort_on desc, t.case_id desc, t.step_key desc, t.part_unit_id desc')

/** The tasks `t` of one pool, or of the county, in the order of the index that the conditions name. */
const walk = (where: SQL) => sql`from case_tasks t where ${where} and ${FREE}`

const IN_POOL = sql.raw('t.unit_id = p.unit_id and t.role = p.role')
const inTab = (tab: QueueTab) => (tab === 'unstaffed' ? sql`t.unstaffed` : sql`t.queue = ${tab}`)
const IS_ADMIN = sql.raw(`exists (select 1 from pools where role = 'admin')`)

/** Rows of a tab that stand before the pools, each share once; the administrator has what nobody holds beside them. */
function rowsOf(tab: QueueTab, columns: SQL, more: SQL, size: number): SQL {
  const held = walk(sql`${IN_POOL} and ${inTab(tab)} ${more}`)
  const pooled = sql`select t.* from pools p cross join lateral (
    select ${columns}, true as mine ${held} order by ${ORDER} ${walkedAtMost(size)}) t`
  if (tab !== 'unstaffed') return pooled
  const left = walk(sql`t.unstaffed and ${IS_ADMIN} ${more}`)
  // One row of each share, in the order of the index.
  return sql`${pooled} union all (select distinct on (${ORDER}) ${columns}, false as mine ${left}
    order by ${ORDER} limit ${rowsAtMost(size)})`
}

const KEY = sql.raw('t.case_id, t.step_key, t.part_unit_id')

/** A share may stand before several of one's pools; of a thousand of them no more rows are read. */
const MOST_READ = 4 * MOST_COUNTED

/** Each share told apart from the others, which takes as long as to count them, for who holds several pools alone. */
const SEVERAL = sql.raw('(select count(*) > 1 from pools)')

/**
 * A share that several pools of the principal hold counts once. From the end of the queue: at its beginning stand those of
 * which reminders were marked since the table was last vacuumed, and which no index alone can count.
 */
const COUNTS = sql`(select json_object_agg(q.tab, c.count) from (values ('to-do'), ('waits-for-applicant'), ('paused')) q(tab)
  cross join lateral (select least(case when ${SEVERAL} then count(distinct (n.case_id, n.step_key, n.part_unit_id))
      filter (where ${SEVERAL}) else count(*) end, ${rowsAtMost(MOST_COUNTED)}) as count from (select ${KEY}
    from pools p cross join lateral (select ${KEY} from case_tasks t where ${IN_POOL} and t.queue = q.tab
      and (${KEY}, t.role, t.unit_id) not in (select case_id, step_key, part_unit_id, role, unit_id from left_alone)
      and t.case_id not in (select case_id from own) order by ${ORDER_BACK} ${walkedAtMost(MOST_COUNTED)}) t
      limit ${rowsAtMost(MOST_READ)}) n) c)`

const UNSTAFFED = sql`(select least(count(*), ${rowsAtMost(MOST_COUNTED)}) from (
  select distinct ${KEY} from (${rowsOf('unstaffed', sql`${KEY}, t.sort_on`, sql``, MOST_COUNTED)}) t) n)`

const ALL_COUNTS = sql`(${COUNTS}::jsonb || jsonb_build_object('unstaffed', ${UNSTAFFED}))`

/** What the counts go by, after the part `principal`. */
const countedParts = (today: PlainDate): readonly SQL[] => [
  sql`pools as (${POOLS})`,
  sql`own as materialized (${ownCases(today, sql`(select staff_id from principal)`)})`,
  sql`left_alone as materialized (${leftTasks(sql`(select staff_id from principal)`)})`,
]

/** A case that who asks has acted on, by their last act. */
interface DoneCase extends FoundCase {
  readonly eventId: string
  readonly tasks: readonly (CaseTask & { readonly isLined: boolean })[]
}

interface DonePage extends Omit<QueuePage, 'tasks'> {
  readonly cases: readonly DoneCase[]
}

/** One round trip: what the principal has acted on, the newest act first, each case once; `after` is an act. */
export async function listDone(
  database: Database,
  tokenHash: string,
  { after, size }: { readonly after: string | null; readonly size: number },
  now: Instant,
): Promise<DonePage> {
  const today = dayIn(now)
  const me = sql`(select 'staff:' || staff_id from principal)`
  // Of the acts at one case the last one stands for it, less what was taken back. `like`: as the index has it. A range and an
  // order by the actor: where few people act, the planner would else walk all events of the county from the newest.
  const parts = [
    ...countedParts(today),
    sql`acted as materialized (select e.case_id, e.id from case_events e
      where e.actor like 'staff:%' and e.actor >= ${me}
        and ${after === null ? sql`e.actor <= ${me}` : sql`(e.actor, e.id) < (${me}, (select ${after}::uuid))`}
        and ${actStands('e')} and not exists (select 1 from case_events l
          where l.case_id = e.case_id and l.sequence > e.sequence and l.actor = e.actor and ${actStands('l')})
      order by e.actor desc, e.id desc limit ${rowsAtMost(size)})`,
  ]
  const select = sql`${REVISION} as revision, ${ALL_COUNTS} as counts,
      (select coalesce(json_agg(json_build_object('eventId', a.id, 'caseRow', ${caseJson(today)},
        'tasks', ${LINED_TASKS}, 'dealings', ${dealingsAt(now)}) order by a.id desc), '[]'::json)
        from acted a cross join lateral (select * from cases where id = a.case_id offset 0) c) as cases`
  const row = await findFor<Omit<DonePage, 'cases'> & { readonly cases: readonly StoredWith<DoneCase>[] }>(
    database,
    { tokenHash, now },
    { parts, select },
  )
  return row
    ? { ...row, cases: row.cases.map((each) => withCase<DoneCase>(each)) }
    : { principal: null, revision: NO_REVISION, counts: COUNTED_NONE, cases: [] }
}

/** One round trip: the tasks of the principal's pools, what runs out first in front. */
export async function listTasks(
  database: Database,
  tokenHash: string,
  page: {
    readonly tab: QueueTab
    readonly after: QueuePosition | null
    readonly size: number
  },
  now: Instant,
): Promise<QueuePage> {
  const { tab, after, size } = page
  const today = dayIn(now)
  const more =
    after === null
      ? sql``
      : // Selected, so that a plan is reckoned without the values and kept: to make one takes longer than to run it.
        sql`and (${ORDER}) > ((select ${after.sortOn}::date), (select ${after.caseId}::uuid),
          (select ${after.stepKey}::text), (select ${after.partUnitId}::text))`
  const parts = [
    ...countedParts(today),
    sql`shown as (select distinct on (${ORDER}) t.* from (${rowsOf(tab, sql`t.*`, more, size)}) t
      order by ${ORDER}, t.mine desc, t.approval desc, t.role, t.unit_id limit ${rowsAtMost(size)})`,
  ]
  const select = sql`${REVISION} as revision, ${ALL_COUNTS} as counts,
      (select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'partUnitId', t.part_unit_id, 'role', t.role,
        'unitId', t.unit_id, 'queue', t.queue, 'assigneeId', t.assignee_id, 'dueOn', t.due_on, 'sortOn', t.sort_on,
        'openedAt', ${instantText('t.opened_at')}, 'unstaffed', t.unstaffed, 'barred', t.barred, 'approval', t.approval,
        'line', t.line, 'caseId', c.id, 'caseNumber', c.case_number, 'serviceItemId', c.service_item_id,
        'itemVersion', c.item_version, 'applicantMasked', c.applicant_masked, 'villageCode', c.village_code,
        'isFilerKnown', ${filerConfirmed(today)} is not null,
        'isLined', ${TASK_IS_LINED})
        order by ${ORDER}), '[]'::json)
        from shown t join cases c on c.id = t.case_id) as tasks`
  const row = await findFor<StoredPage>(database, { tokenHash, now }, { parts, select })
  if (!row) return { principal: null, revision: NO_REVISION, counts: COUNTED_NONE, tasks: [] }
  const bare = row.tasks.filter(({ isLined }) => !isLined).map(({ caseId }) => caseId)
  const found = await findCaseRows(database, bare, today)
  const tasks = row.tasks.map(
    ({ isLined, ...task }): QueuedTask => ({
      ...task,
      unlined: isLined ? null : (found.get(task.caseId) ?? null),
    }),
  )
  return { ...row, tasks }
}
