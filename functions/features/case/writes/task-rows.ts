import { sql } from 'drizzle-orm'

// A `CaseTask` with its case, as a list of rows, and as it is written: one place, for every statement that writes one.

export const WRITTEN_TASKS =
  sql.raw(`t("caseId" uuid, "stepKey" text, "partUnitId" text, role text, "unitId" text, queue text,
  "assigneeId" text, "dueOn" date, "sortOn" date, "openedAt" timestamptz, unstaffed boolean, barred text[], approval boolean,
  line text)`)

export const TASK_COLUMNS =
  sql.raw(`case_id, step_key, part_unit_id, role, unit_id, queue, assignee_id, due_on, sort_on, opened_at,
  unstaffed, barred, approval, line`)

export const TASK_VALUES =
  sql.raw(`t."caseId", t."stepKey", t."partUnitId", t.role, t."unitId", t.queue, t."assigneeId", t."dueOn",
  t."sortOn", t."openedAt", t.unstaffed, t.barred, t.approval, t.line`)
