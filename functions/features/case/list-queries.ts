import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { anyMembersCases, ownCases } from '../../platform/db/parts/barred-staff'
import { instantText } from '../../platform/db/parts/instant'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { AWAITS_EXTENSION, IS_DECIDED, IS_IDENTITY_CONFIRMED } from '../../platform/db/parts/stored-state'
import { type Principal, principalCtes, principalJson } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import {
  type CaseRow,
  caseFrom,
  caseJson,
  type OwnedCase,
  type Stored,
  type StoredWith,
  TASKS,
  wholeCaseJson,
  withCase,
} from './case-row'
import type { CaseTask } from './outbox'

export interface ListedCase extends Omit<OwnedCase, 'duplicateIndex' | 'keyIndex'> {
  readonly rated: boolean
}

export interface CasePage {
  readonly principal: Principal | null
  readonly revision: Revision
  readonly cases: readonly ListedCase[]
}

type StoredPage = Omit<CasePage, 'cases'> & { readonly cases: readonly Stored<ListedCase>[] }

// A value of the principal, not a join with it: then an index gives the newest in order, and the page ends the reading.
const ME = sql`(select profile_id from principal)`
const MY_NUMBER = sql`(select id_number_index from principal where real_name_level = 3)`

/** A page of the newest by one of the ways in which a case may be one's own, from an index of its own. */
const newest = (own: SQL, { before, size }: { readonly before: string | null; readonly size: number }) =>
  sql`(select c.id from cases c where ${own} ${before === null ? sql`` : sql`and c.id < ${before}::uuid`}
    order by c.id desc limit ${size}::int)`

/** Of each firm that the principal may act for, a page of its cases in the items that the power names. */
const newestOfFirms = (page: { readonly before: string | null; readonly size: number }) =>
  sql`(select k.id from principal p cross join lateral json_array_elements(p.powers) w cross join lateral ${newest(
    sql`c.applicant_index = w->>'firmIndex'
      and (w->>'itemIds' is null or (w->'itemIds')::jsonb @> to_jsonb(c.service_item_id))`,
    page,
  )} k)`

/** One round trip: my cases, those that others filed for the confirmed owner included, newest first. */
export async function listCases(
  database: Database,
  tokenHash: string,
  page: { readonly before: string | null; readonly size: number },
  now: Instant,
): Promise<CasePage> {
  const [row] = await database.rows<StoredPage>(sql`with ${principalCtes(tokenHash, now)},
    mine as (
      select c.* from cases c where c.id in (
        ${newest(sql`c.filed_by = ${ME} and c.entered_by is null and (c.owner_id is null or c.owner_id = ${ME})`, page)} union
        ${newest(sql`c.applicant_index = ${MY_NUMBER}`, page)} union
        ${newestOfFirms(page)}) order by c.id desc limit ${page.size}::int)
    select ${principalJson} as principal, ${REVISION} as revision,
      (select coalesce(json_agg(${wholeCaseJson(dayIn(now))} || jsonb_build_object('rated',
        exists(select 1 from ratings r where r.case_id = c.id)) order by c.id desc), '[]'::json) from mine c) as cases`)
  return row
    ? { ...row, cases: row.cases.map((each) => caseFrom<ListedCase>(each)) }
    : { principal: null, revision: NO_REVISION, cases: [] }
}

export interface QueuePage {
  readonly principal: Principal | null
  readonly revision: Revision
  readonly counts: Readonly<Record<'to-do' | 'waits-for-applicant' | 'paused' | 'unstaffed', number>>
  readonly tasks: readonly ListedTask[]
}

type ListedTask = CaseTask & { readonly caseRow: CaseRow }

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
const isSought = ({
  words,
  itemIds,
  villageCodes,
  confidentialIds,
}: Sought) => sql`exists (select 1 from cases c
  where c.id = t.case_id and (position(${words}::text in right(c.case_number, ${NUMBER_DIGITS}::int)) > 0
    or c.service_item_id in (select json_array_elements_text(${JSON.stringify(itemIds)}::json))
    or ((starts_with(c.applicant_masked, ${words}::text)
        or c.village_code in (select json_array_elements_text(${JSON.stringify(villageCodes)}::json)))
      and (${HELD} or c.service_item_id not in (select json_array_elements_text(${JSON.stringify(confidentialIds)}::json))))))`

const HELD = sql`exists (select 1 from pools p where p.role = t.role and p.unit_id = t.unit_id)`

/** One round trip: the tasks of the principal's pools, what runs out first in front. */
export async function listTasks(
  database: Database,
  tokenHash: string,
  page: {
    readonly tab: 'to-do' | 'waits-for-applicant' | 'paused' | 'unstaffed'
    readonly after: { readonly sortOn: PlainDate; readonly caseId: string; readonly stepKey: string } | null
    readonly sought: Sought | null
    readonly size: number
  },
  now: Instant,
): Promise<QueuePage> {
  const { after, sought } = page
  const [row] = await database.rows<
    Omit<QueuePage, 'tasks'> & { readonly tasks: readonly StoredWith<ListedTask>[] }
  >(sql`with ${principalCtes(tokenHash, now)},
    pools as (select r.role, r.unit_id from staff_roles r join staff s on s.id = r.staff_id and s.active, principal p
      where r.staff_id = p.staff_id),
    own as (${ownCases(dayIn(now), sql`(select staff_id from principal)`)}),
    held as (
      select distinct on (t.case_id, t.step_key, t.part_unit_id) t.*, ${HELD} as mine from case_tasks t
      where not (select p.staff_id = any(t.barred) from principal p) and t.case_id not in (select case_id from own)
        and (${HELD} or (t.unstaffed and exists (select 1 from pools p where p.role = 'admin')))
        ${sought === null ? sql`` : sql`and ${isSought(sought)}`}
      order by t.case_id, t.step_key, t.part_unit_id, mine desc),
    shown as (
      select h.* from held h where (case when ${page.tab} = 'unstaffed' then h.unstaffed else h.mine and h.queue = ${page.tab} end)
        and (${after?.sortOn ?? null}::date is null
          or (h.sort_on, h.case_id, h.step_key) > (${after?.sortOn ?? null}::date, ${after?.caseId ?? null}::uuid, ${after?.stepKey ?? null}))
      order by h.sort_on, h.case_id, h.step_key limit ${page.size}::int)
    select ${principalJson} as principal, ${REVISION} as revision,
      (select json_build_object('to-do', count(*) filter (where mine and queue = 'to-do'),
        'waits-for-applicant', count(*) filter (where mine and queue = 'waits-for-applicant'),
        'paused', count(*) filter (where mine and queue = 'paused'), 'unstaffed', count(*) filter (where unstaffed))
        from held) as counts,
      (select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'partUnitId', t.part_unit_id, 'role', t.role,
        'unitId', t.unit_id, 'queue', t.queue, 'assigneeId', t.assignee_id, 'dueOn', t.due_on, 'sortOn', t.sort_on,
        'openedAt', ${instantText('t.opened_at')},
        'unstaffed', t.unstaffed, 'barred', t.barred, 'approval', t.approval, 'caseRow', ${caseJson(dayIn(now))}) order by t.sort_on, t.case_id, t.step_key), '[]'::json)
        from shown t join cases c on c.id = t.case_id) as tasks`)
  return row
    ? { ...row, tasks: row.tasks.map((each) => withCase<ListedTask>(each)) }
    : {
        principal: null,
        revision: NO_REVISION,
        counts: { 'to-do': 0, 'waits-for-applicant': 0, paused: 0, unstaffed: 0 },
        tasks: [],
      }
}

interface HeldCase {
  readonly caseRow: OwnedCase
  readonly tasks: readonly CaseTask[]
}

/**
 * Cases that time alone may move: waiting for acceptance, for a supplement, for a longer limit, or for a calendar. Whoever is
 * asked for that may hold the share themselves and have no task of its own, so the request itself is looked for.
 */
export async function listWaitingCases(
  database: Database,
  after: string | null,
  size: number,
  today: PlainDate,
): Promise<readonly HeldCase[]> {
  const rows = await database.rows<
    StoredWith<HeldCase>
  >(sql`select ${wholeCaseJson(today)} as "caseRow", ${TASKS} as tasks from cases c
    where c.ended_at is null and (c.status in ('submitted', 'correcting') or c.due_on is null
        or ${AWAITS_EXTENSION})
      and (${after}::uuid is null or c.id > ${after}::uuid) order by c.id limit ${size}::int`)
  return rows.map((row) => withCase<HeldCase>(row))
}

/** The pools that hold open work. */
export const listPools = (database: Database) =>
  database.rows<{ readonly role: string; readonly unitId: string }>(
    sql`select distinct role, unit_id as "unitId" from case_tasks where not approval`,
  )

/** Ids of the open cases that are some member's own. */
export async function listMembersCases(database: Database, today: PlainDate): Promise<readonly string[]> {
  const rows = await database.rows<{ id: string }>(
    sql`select distinct b.case_id as id from (${anyMembersCases(today)}) b`,
  )
  return rows.map(({ id }) => id)
}

/** Cases with work at one of these pools, at one with a member who must not handle it, or among `own`. */
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
      where not t.approval ${after === null ? sql`` : sql`and t.case_id > ${after}::uuid`}
        and (cardinality(t.barred) > 0 or t.case_id in (select id from own)
          or (t.role, t.unit_id) in (select role, "unitId" from gone))
      order by 1 limit ${size}::int)
    select ${wholeCaseJson(today)} as "caseRow", ${TASKS} as tasks from found join cases c on c.id = found.id order by c.id`)
  return rows.map((row) => withCase<HeldCase>(row))
}

interface NumbersCase {
  readonly caseRow: CaseRow
  readonly tasks: readonly CaseTask[]
  readonly revision: Revision
  /** Its first event. */
  readonly filedId: string
}

/** Cases under way of whoever has the number. */
export async function listCasesOfNumber(database: Database, applicantIndex: string, today: PlainDate) {
  const rows = await database.rows<
    StoredWith<NumbersCase>
  >(sql`select ${caseJson(today)} as "caseRow", ${TASKS} as tasks,
      (select e.id from case_events e where e.case_id = c.id and e.sequence = 1) as "filedId",
      ${REVISION} as revision
    from cases c where c.applicant_index = ${applicantIndex} and c.ended_at is null order by c.id`)
  return rows.map((row) => withCase<NumbersCase>(row))
}

type Unconfirmed = Omit<NumbersCase, 'filedId'>

/** A page of them that wait for the identity, the oldest first. */
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
      ${after === null ? sql`` : sql`and c.id > ${after}::uuid`} order by c.id limit ${size}::int`)
  return rows.map((row) => withCase<Unconfirmed>(row))
}

interface Rated {
  readonly caseRow: OwnedCase
  readonly rated: boolean
}

/** A case and whether it was rated. */
export async function findRated(database: Database, caseId: string, now: Instant) {
  const [row] = await database.rows<StoredWith<Rated>>(
    sql`select ${wholeCaseJson(dayIn(now))} as "caseRow", exists(select 1 from ratings r where r.case_id = c.id) as rated
      from cases c where c.id = ${caseId}::uuid`,
  )
  return row && withCase<Rated>(row)
}

/** The case with this number, whoever asks. */
export async function findCaseOfNumber(database: Database, caseNumber: string, now: Instant) {
  const [row] = await database.rows<{ caseRow: Stored<CaseRow> }>(
    sql`select ${caseJson(dayIn(now))} as "caseRow" from cases c where c.case_number = ${caseNumber}`,
  )
  return row && caseFrom<CaseRow>(row.caseRow)
}
