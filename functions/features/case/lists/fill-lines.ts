import { sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../../platform/db/commit'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import { CaseFailure, failWith } from '../../../platform/one-by-one'
import type { Database } from '../../../platform/ports/database'
import type { Reference } from '../../service-item'
import { type CaseRow, caseJson, type StoredWith, tasksJson, withCase } from '../case-row'
import type { CaseDeps } from '../deps'
import { itemOf } from '../standing'
import type { CaseTask } from '../task'
import type { LinesBehind } from '../writes/case-write'
import { filledParts } from '../writes/filled'
import { lineColumns } from './case-line'
import { CASE_IS_BEHIND, TASK_IS_BEHIND } from './lined'
import { isSameShare, tasksOf } from './tasks'

/** So many are worked out at once: in between whoever waits is answered. */
const PAGE_SIZE = 50

type TaskBehind = CaseTask & { readonly isBehind: boolean }

interface CaseBehind {
  readonly caseRow: CaseRow
  readonly isBehind: boolean
  /** Of the row as it was read: also what raises no version, as a rebuilding, makes another one. */
  readonly rowVersion: string
  readonly tasks: readonly TaskBehind[]
}

const TASKS_BEHIND = tasksJson(sql`, 'isBehind', ${TASK_IS_BEHIND}`)

async function listBehind(database: Database, after: string | null, now: Instant) {
  const found = await database.rows<
    StoredWith<CaseBehind>
  >(sql`select ${caseJson(dayIn(now))} as "caseRow", c.is_behind as "isBehind", c.row_version as "rowVersion", ${TASKS_BEHIND} as tasks
    -- Few are: of those that are, more is read by their ids.
    from (select c.*, c.xmin::text as row_version, ${CASE_IS_BEHIND} as is_behind from cases c where ${after === null ? sql`true` : sql`c.id > ${after}::uuid`}
      and (${CASE_IS_BEHIND} or c.ended_at is null and exists (select 1 from case_tasks t where t.case_id = c.id and ${TASK_IS_BEHIND}))
      order by c.id limit ${rowsAtMost(PAGE_SIZE)}) c order by c.id`)
  return found
}

/** The lines as a write of the case would keep them now; null where that is what is kept already. */
function filled(
  reference: Reference,
  { caseRow, isBehind, rowVersion, tasks }: CaseBehind,
  now: Instant,
): LinesBehind | null {
  const { id: caseId, version, state, ownStaff, documents } = caseRow
  const item = itemOf(reference, caseRow)
  const columns = isBehind ? lineColumns({ item, state, reference, now, documents }) : null
  const wanted = tasksOf({ item, state, reference, now, ownStaff, documents }, tasks)
  const written = tasks.flatMap(({ isBehind: isOld, ...task }) => {
    const line = wanted.find(isSameShare(task))?.line ?? null
    return isOld && line !== task.line ? [{ ...task, line }] : []
  })
  // A paper that an older version took as served, and this one does not, waits for somebody.
  const owed = state.endedAt === null ? [] : wanted.filter((task) => !tasks.some(isSameShare(task)))
  const isForetold = columns !== null && columns.line !== null
  return isForetold || written.length > 0 || owed.length > 0
    ? { caseId, version, rowVersion, line: isForetold ? columns : null, tasks: written, owed }
    : null
}

/**
 * Gives the lines of the present shape to what was written without them or with older ones, ended cases too, up to `most`
 * cases; answers how many. What has ended gets the rows, too, of papers that are still owed by this version's rules. No event and no new version: a case that is written meanwhile is left as that write leaves it.
 * It may break off and run again at any time. One that cannot be worked out keeps no other waiting; it throws at the end.
 */
export const createFillLines =
  (deps: Pick<CaseDeps, 'database' | 'clock' | 'reference'>) =>
  async (most = Number.POSITIVE_INFINITY): Promise<number> => {
    const failures: unknown[] = []
    let total = 0
    for (let after: string | null = null; total < most; ) {
      const reference = await deps.reference.current()
      const now = deps.clock.now()
      const page = await listBehind(deps.database, after, now)
      const rows = page.flatMap((behind) => {
        try {
          return filled(reference, withCase<CaseBehind>(behind), now) ?? []
        } catch (cause) {
          failures.push(new CaseFailure(behind.caseRow.id, cause))
          return []
        }
      })
      if (rows.length > 0) await commitBySystem(deps.database, { now, parts: filledParts(rows) })
      total += rows.length
      after = page[page.length - 1]?.caseRow.id ?? null
      if (page.length < PAGE_SIZE) break
    }
    failWith(failures, 'told of')
    return total
  }
