import { sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import type { Database } from '../../../platform/ports/database'
import { type StoredWith, TASKS, wholeCaseJson, withCase } from '../case-row'
import type { HeldCase } from './list-queries'

/** Cases with a task of whoever was asked for something beside the steps, or at one of theirs: what waits after a decision is one of these. */
export async function listSettlingCases(
  database: Database,
  after: string | null,
  size: number,
  today: PlainDate,
): Promise<readonly HeldCase[]> {
  const rows = await database.rows<StoredWith<HeldCase>>(sql`with found as (
      select distinct t.case_id as id from case_tasks t
      where (t.approval or t.line like '%"standIn":%') and (${after}::uuid is null or t.case_id > ${after}::uuid)
      order by 1 limit ${rowsAtMost(size)})
    select ${wholeCaseJson(today)} as "caseRow", ${TASKS} as tasks from found join cases c on c.id = found.id order by c.id`)
  return rows.map((row) => withCase<HeldCase>(row))
}
