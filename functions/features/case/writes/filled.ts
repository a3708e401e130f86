import { type SQL, sql } from 'drizzle-orm'
import type { LinesBehind } from './case-write'
import { listed } from './lists'
import { TASK_COLUMNS, TASK_VALUES, WRITTEN_TASKS } from './task-rows'

const CASES = sql.raw(
  `l("caseId" uuid, version int, "rowVersion" text, line text, "lineSplits" boolean, "turnsOn" date)`,
)
const TASKS = sql.raw(
  `k("caseId" uuid, "stepKey" text, "partUnitId" text, role text, "unitId" text, line text)`,
)

const caseRows = (rows: readonly LinesBehind[]) =>
  rows.map(({ caseId, version, rowVersion, line }) => ({ caseId, version, rowVersion, ...line }))

const taskRows = (rows: readonly LinesBehind[]) =>
  rows.flatMap(({ caseId, tasks }) =>
    tasks.map(({ stepKey, partUnitId, role, unitId, line }) => ({
      caseId,
      stepKey,
      partUnitId,
      role,
      unitId,
      line,
    })),
  )

const owedRows = (rows: readonly LinesBehind[]) =>
  rows.flatMap(({ caseId, owed }) => owed.map((task) => ({ caseId, ...task })))

/** Lines, and rows of what is owed, of cases that are still as they were read. */
export const filledParts = (rows: readonly LinesBehind[]): readonly SQL[] => [
  sql`filled as (update cases c set lined_version = c.version, line = coalesce(l.line, c.line),
      line_version = case when l.line is null then c.line_version else c.version end,
      line_splits = case when l.line is null then c.line_splits else l."lineSplits" end,
      turns_on = case when l.line is null then c.turns_on else l."turnsOn" end
    from ${listed(caseRows(rows), CASES)} l where c.id = l."caseId" and c.version = l.version and c.xmin::text = l."rowVersion" returning c.id)`,
  sql`filled_tasks as (update case_tasks t set line = k.line
    from ${listed(taskRows(rows), TASKS)} k join filled f on f.id = k."caseId"
    where t.case_id = k."caseId" and t.step_key = k."stepKey" and t.part_unit_id = k."partUnitId" and t.role = k.role
      and t.unit_id = k."unitId")`,
  sql`owed as (insert into case_tasks (${TASK_COLUMNS}) select ${TASK_VALUES}
    from ${listed(owedRows(rows), WRITTEN_TASKS)} t join filled f on f.id = t."caseId" on conflict do nothing)`,
]
