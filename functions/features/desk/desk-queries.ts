import { sql } from 'drizzle-orm'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { STAND_IN_ROLES } from '#shared/domain/organization/pools'
import { anyMembersCases } from '../../platform/db/parts/barred-staff'
import { REVISION, type Revision } from '../../platform/db/parts/revision'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { IS_DECIDED, IS_IDENTITY_CONFIRMED } from '../../platform/db/parts/stored-state'
import { caseTasks } from '../../platform/db/schema/case'
import type { Database } from '../../platform/ports/database'
import {
  type CaseRow,
  type CaseTask,
  caseFrom,
  caseJson,
  type HeldCase,
  type Stored,
  type StoredWith,
  TASKS,
  wholeCaseJson,
  withCase,
} from '../case'

/** The pools that hold open work. */
export const listPools = (database: Database) =>
  database.db.selectDistinct({ role: caseTasks.role, unitId: caseTasks.unitId }).from(caseTasks)

/** Ids of the open cases that are some member's own. */
export async function listMembersCases(database: Database, today: PlainDate): Promise<readonly string[]> {
  const rows = await database.rows<{ id: string }>(
    sql`select distinct b.case_id as id from (${anyMembersCases(today)}) b`,
  )
  return rows.map(({ id }) => id)
}

const STANDING_IN = sql.raw(STAND_IN_ROLES.map((role) => `'${role}'`).join(', '))

/**
 * Cases with work at one of these pools, at one with a member who must not handle it or without anybody of its own, at one that stands in,
 * at one that somebody has signed, or among `own`.
 */
export async function listHeldCases(
  database: Database,
  {
    pools,
    own,
  }: {
    readonly pools: readonly { readonly role: string; readonly unitId: string }[]
    readonly own: readonly string[]
  },
  after: string | null,
  size: number,
  today: PlainDate,
): Promise<readonly HeldCase[]> {
  const rows = await database.rows<StoredWith<HeldCase>>(sql`with gone as (
      select role, "unitId" from jsonb_to_recordset(${JSON.stringify(pools)}::jsonb) as g(role text, "unitId" text)),
    own as (select id::uuid from json_array_elements_text(${JSON.stringify(own)}::json) o(id)),
    found as (
      select distinct t.case_id as id from case_tasks t
      where ${after === null ? sql`true` : sql`t.case_id > ${after}::uuid`}
        and (t.unstaffed or t.role in (${STANDING_IN}) and not t.approval or cardinality(t.barred) > 0 or t.line like '%"signing":%' or t.case_id in (select id from own)
          or (t.role, t.unit_id) in (select role, "unitId" from gone))
      order by 1 limit ${rowsAtMost(size)})
    select ${wholeCaseJson(today)} as "caseRow", ${TASKS} as tasks from found join cases c on c.id = found.id order by c.id`)
  return rows.map((row) => withCase<HeldCase>(row))
}

interface Unconfirmed {
  readonly caseRow: CaseRow
  readonly tasks: readonly CaseTask[]
  readonly revision: Revision
}

/** A page of the cases of whoever has the number that wait for the identity, the oldest first. */
export async function listUnconfirmedOfNumber(
  database: Database,
  applicantIndex: string,
  { after, size }: { readonly after: string | null; readonly size: number },
  today: PlainDate,
) {
  const rows = await database.rows<
    StoredWith<Unconfirmed>
  >(sql`select ${caseJson(today)} as "caseRow", ${TASKS} as tasks,
      ${REVISION} as revision
    from cases c where c.applicant_index = ${applicantIndex} and c.ended_at is null
      and not ${IS_DECIDED} and not ${IS_IDENTITY_CONFIRMED}
      ${after === null ? sql`` : sql`and c.id > ${after}::uuid`} order by c.id limit ${rowsAtMost(size)}`)
  return rows.map((row) => withCase<Unconfirmed>(row))
}

/** The case with this number, whoever asks. */
export async function findCaseOfNumber(database: Database, caseNumber: string, now: Instant) {
  const [row] = await database.rows<{ caseRow: Stored<CaseRow> }>(
    sql`select ${caseJson(dayIn(now))} as "caseRow" from cases c where c.case_number = ${caseNumber}`,
  )
  return row && caseFrom<CaseRow>(row.caseRow)
}
