import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { ownStaffJson } from '../../../platform/db/parts/barred-staff'
import { IS_IDENTITY_CONFIRMED } from '../../../platform/db/parts/stored-state'
import { tasksJson } from '../case-row'
import { CASE_LINE_HEAD, CASE_LINE_SHAPE } from './case-line'
import { TASK_LINE_HEAD, TASK_LINE_SHAPE } from './task-line'

// Parts of statements about a case `c` and its task `t`. `line_version` is of the line of the case, `lined_version` of those
// of its tasks.

/** The line tells of the case `c` as it stands. */
export const CASE_IS_LINED = sql.raw(
  `coalesce(c.line_version = c.version and starts_with(c.line, '${CASE_LINE_HEAD}'), false)`,
)

/** What no line tells of may have something to decide. */
const MAY_BE_TO_DECIDE = sql`c.ended_at is null and (not ${CASE_IS_LINED} or strpos(c.line, '"toDecide":') > 0)`

/**
 * Whose own it is among staff, as JSON: dear to find, and of use to the applicant only where it is to be asked who decides. Of a number
 * that was only typed nobody learns whose it is.
 */
export const ownStaffWhereDecided = (today: PlainDate) =>
  sql`case when ${MAY_BE_TO_DECIDE} and coalesce(${IS_IDENTITY_CONFIRMED}, false) then ${ownStaffJson(today)} else '[]'::json end`

/** A line tells of the task `t` of the case `c` as it stands. */
export const TASK_IS_LINED = sql.raw(
  `coalesce(c.lined_version = c.version and starts_with(t.line, '${TASK_LINE_HEAD}'), false)`,
)

/** A newer version beside this one writes lines of a shape to come: it is not for this one to write them back. */
const isBehind = (version: string, line: string, shape: number): SQL =>
  sql.raw(`coalesce(${version} <> c.version
    or coalesce(substring(${line} from '^{"shape":([0-9]+),')::int, 0) < ${shape}, true)`)

/** No line tells of the case `c` as it stands, or one of an older shape. */
export const CASE_IS_BEHIND = isBehind('c.line_version', 'c.line', CASE_LINE_SHAPE)

/** The same of the task `t` of the case `c`. */
export const TASK_IS_BEHIND = isBehind('c.lined_version', 't.line', TASK_LINE_SHAPE)

/** The tasks of the case `c`, each with whether its line tells of it as it stands. */
export const LINED_TASKS = tasksJson(sql`, 'isLined', ${TASK_IS_LINED}`)
