import { type SQL, sql } from 'drizzle-orm'
import { FRESH_DAYS } from '#shared/domain/case/outcome/outcome'
import { addDays, dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { instantText } from '../../../platform/db/parts/instant'
import { NO_REVISION, REVISION, type Revision } from '../../../platform/db/parts/revision'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import { IS_PROLONGED, isForFiler, saysWhoDied } from '../../../platform/db/parts/stored-state'
import { unreadOf } from '../../../platform/db/parts/unread'
import { findFor, type Principal } from '../../../platform/http/principal'
import type { Database } from '../../../platform/ports/database'
import { filerConfirmed, OTHER_FIRM_NAME } from '../../application'
import {
  BROUGHT_BY_OTHER,
  type CaseRow,
  caseJson,
  type OwnedCase,
  ownersJson,
  type StoredWith,
  TASKS,
  wholeCaseJson,
  withCase,
} from '../case-row'
import { type LaterCase, laterCases } from '../later'
import { findCaseRows } from '../queries'
import type { CaseTask } from '../task'
import { CASE_IS_LINED, ownStaffWhereDecided } from './lined'

/** A case of one's own, by columns alone. */
export interface ListedCase
  extends Pick<
    OwnedCase,
    | 'id'
    | 'caseNumber'
    | 'serviceItemId'
    | 'itemVersion'
    | 'status'
    | 'filedBy'
    | 'ownerId'
    | 'applicantIndex'
    | 'applicantMasked'
    | 'filedAt'
    | 'broughtByOther'
    | 'otherFirmName'
    | 'owners'
  > {
  readonly rated: boolean
  /** Null of what is no news, or came to something. */
  readonly later: readonly LaterCase[] | null
  /** A `CaseLine` as JSON. */
  readonly line: string | null
  readonly isFilerKnown: boolean
  /** Members of staff whose own it is, where it may be to be decided; none elsewhere. */
  readonly ownStaff: readonly string[]
  /** The case itself, where no line tells of it as it stands. */
  readonly unlined: CaseRow | null
}

export interface CasePage {
  readonly principal: Principal | null
  readonly revision: Revision
  /** Of the principal. */
  readonly nameSealed: string | null
  /** Messages, at most 100. */
  readonly unread: number
  readonly cases: readonly ListedCase[]
}

export type StoredListed = Omit<ListedCase, 'unlined'> & { readonly isLined: boolean }

/** With the cases themselves where there is no line: rows from before it was kept, in a round trip of their own. */
export async function listedFrom(
  database: Database,
  rows: readonly StoredListed[],
  today: PlainDate,
): Promise<readonly ListedCase[]> {
  const bare = rows.filter(({ isLined }) => !isLined).map(({ id }) => id)
  const found = await findCaseRows(database, bare, today)
  return rows.map(({ isLined, ...row }) => ({
    ...row,
    unlined: isLined ? null : (found.get(row.id) ?? null),
  }))
}

// A value of the principal, not a join with it: then an index gives the newest in order, and the page ends the reading.
export const ME = sql`(select profile_id from principal)`
export const MY_NUMBER = sql`(select id_number_index from principal where real_name_level = 3)`

interface Page {
  readonly before: string | null
  readonly size: number
}

/** A page of the newest by one of the ways in which a case may be one's own, from an index of its own. */
export const newest = (own: SQL, more: SQL, { before, size }: Page) =>
  sql`(select c.id from cases c where ${own} ${more} ${before === null ? sql`` : sql`and c.id < ${before}::uuid`}
    order by c.id desc limit ${rowsAtMost(size)})`

export const OF_FIRM = sql.raw(`c.applicant_index = w->>'firmIndex'`)
// Of an array the planner reckons with ten elements, of JSON with a hundred: a hundred times a hundred are no few cases.
export const POWERS = sql.raw('unnest(array(select json_array_elements(p.powers))) w')
const ITEMS = sql.raw(
  `unnest(array(select json_array_elements_text(w->'itemIds') where w->>'itemIds' is not null)) item`,
)

/** Of each firm that the principal may act for, a page of its cases, or of those in the items that the power names. */
const newestOfFirms = (more: SQL, page: Page) =>
  sql`(select k.id from principal p cross join lateral ${POWERS} cross join lateral (select k.id from (
      ${newest(sql`${OF_FIRM} and w->>'itemIds' is null`, more, page)}
      union all (select k.id from ${ITEMS} cross join lateral ${newest(
        sql`${OF_FIRM} and c.identity_index is null and c.service_item_id = item`,
        more,
        page,
      )} k)) k order by k.id desc limit ${rowsAtMost(page.size)}) k)`

export const FILED_BY_ME = sql`c.filed_by = ${ME} and c.entered_by is null and (c.owner_id is null or c.owner_id = ${ME})`

const newestMine = (more: SQL, page: Page) =>
  sql`${newest(FILED_BY_ME, more, page)} union ${newest(sql`c.applicant_index = ${MY_NUMBER}`, more, page)} union ${newestOfFirms(more, page)}`

/** Only then does it matter who has filed it, and who else has part in it. */
const SPLITS = sql`(not ${CASE_IS_LINED} or c.line_splits)`

/** A `StoredListed` of the case `c`. */
const listedJson = (
  today: PlainDate,
  more: SQL = sql``,
) => sql`json_build_object('id', c.id, 'caseNumber', c.case_number,
  'serviceItemId', c.service_item_id, 'itemVersion', c.item_version, 'status', c.status, 'filedBy', c.filed_by,
  'ownerId', c.owner_id, 'applicantIndex', c.applicant_index, 'applicantMasked', c.applicant_masked,
  'filedAt', ${instantText('c.filed_at')}, 'line', c.line,
  'rated', exists(select 1 from ratings r where r.case_id = c.id),
  'later', case when coalesce(c.ended_at, c.updated_at) >= ${addDays(today, -FRESH_DAYS)}::date then ${laterCases()} end,
  'isFilerKnown', case when ${SPLITS} then ${filerConfirmed(today)} is not null else true end,
  'owners', case when ${SPLITS} then ${ownersJson(today)} else '[]'::json end,
  'broughtByOther', case when ${SPLITS} then ${isForFiler('c')} and ${BROUGHT_BY_OTHER} else false end,
  'otherFirmName', case when c.ended_at is null then ${OTHER_FIRM_NAME} end,
  'ownStaff', ${ownStaffWhereDecided(today)}, 'isLined', ${CASE_IS_LINED}${more})`

// Each by its key: to meet a few ids the planner would walk all cases.
export const mine = (ids: SQL) =>
  sql`mine as (select c.* from (${ids}) own cross join lateral (select * from cases where id = own.id offset 0) c)`

/** One round trip: my cases, those that others filed for the confirmed owner included, newest first. */
export async function listCases(
  database: Database,
  tokenHash: string,
  page: Page,
  now: Instant,
): Promise<CasePage> {
  const row = await findFor<
    Omit<CasePage, 'principal' | 'cases'> & { readonly cases: readonly StoredListed[] }
  >(
    database,
    { tokenHash, now },
    {
      parts: [
        mine(
          sql`select id from (${newestMine(sql``, page)}) own order by id desc limit ${rowsAtMost(page.size)}`,
        ),
      ],
      select: sql`${REVISION} as revision,
        (select f.name_sealed from profiles f where f.id = ${ME}) as "nameSealed",
        ${unreadOf(sql`select 'profile:' || ${ME}`, now)} as unread,
        (select coalesce(json_agg(${listedJson(dayIn(now))} order by c.id desc), '[]'::json) from mine c) as cases`,
    },
  )
  return row
    ? { ...row, cases: await listedFrom(database, row.cases, dayIn(now)) }
    : { principal: null, revision: NO_REVISION, nameSealed: null, unread: 0, cases: [] }
}

/** The part `mine` and its rows: the newest of my cases and, however old, those that are asked for something. */
export const myCasesPart = (size: number): SQL =>
  mine(sql`${newestMine(sql``, { before: null, size })} union
  ${newestMine(sql`and c.ended_at is null and c.status = 'correcting'`, { before: null, size })}`)

/** `more` of each row: members of a JSON object, each with the comma before it. */
export const myCasesColumn = (now: Instant, more?: SQL): SQL =>
  sql`(select coalesce(json_agg(${listedJson(dayIn(now), more)} order by c.id desc), '[]'::json) from mine c)`

export interface HeldCase {
  readonly caseRow: OwnedCase
  readonly tasks: readonly CaseTask[]
}

/**
 * Cases that time alone may move: whose day has come, that wait for a supplement or for a calendar, themselves or a share of
 * theirs, or of which no line tells when.
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
    where c.id in (
      (select c.id from cases c where c.ended_at is null and (c.status = 'correcting' or c.due_on is null
          or c.turns_on <= ${today}::date or not ${CASE_IS_LINED})
        and (${after}::uuid is null or c.id > ${after}::uuid) order by c.id limit ${rowsAtMost(size)})
      union (select distinct t.case_id from case_tasks t where t.due_on is null and t.queue = 'to-do'
        and (${after}::uuid is null or t.case_id > ${after}::uuid) order by t.case_id limit ${rowsAtMost(size)}))
    order by c.id limit ${rowsAtMost(size)}`)
  return rows.map((row) => withCase<HeldCase>(row))
}

export interface DatedCase extends HeldCase {
  readonly turnsOn: PlainDate | null
  /** When its rows were written. */
  readonly writtenAt: Instant
}

/**
 * Open cases, and ended ones with a check still to come, of which a day may lie in the year or after it: an earlier one goes by no
 * calendar of that year.
 */
export async function listCasesDatedIn(
  database: Database,
  year: number,
  { after, size, today }: { readonly after: string | null; readonly size: number; readonly today: PlainDate },
): Promise<readonly DatedCase[]> {
  const begins = sql`${`${year}-01-01`}::date`
  const rows = await database.rows<
    StoredWith<DatedCase>
  >(sql`select ${wholeCaseJson(today)} as "caseRow", ${TASKS} as tasks, c.turns_on::text as "turnsOn",
      ${instantText('c.updated_at')} as "writtenAt" from cases c
    where c.id in (
      (select c.id from cases c where c.ended_at is null and (c.status = 'correcting' or c.due_on is null
          or c.due_on >= ${begins} or c.turns_on >= ${begins} or ${IS_PROLONGED})
        and (${after}::uuid is null or c.id > ${after}::uuid) order by c.id limit ${rowsAtMost(size)})
      union (select distinct t.case_id from case_tasks t where (t.due_on is null or t.due_on >= ${begins})
        and (${after}::uuid is null or t.case_id > ${after}::uuid) order by t.case_id limit ${rowsAtMost(size)}))
    order by c.id limit ${rowsAtMost(size)}`)
  return rows.map((row) => withCase<DatedCase>(row))
}

interface NumbersCase {
  readonly caseRow: CaseRow
  readonly tasks: readonly CaseTask[]
  readonly revision: Revision
}

/** Other cases under way of whoever has the number; none while one more has it that they have died. */
export async function listOthersOfNumber(
  database: Database,
  { id, applicantIndex }: { readonly id: string; readonly applicantIndex: string },
  today: PlainDate,
) {
  const rows = await database.rows<
    StoredWith<NumbersCase>
  >(sql`select ${caseJson(today)} as "caseRow", ${TASKS} as tasks,
      ${REVISION} as revision
    from cases c where c.applicant_index = ${applicantIndex} and c.ended_at is null and c.id <> ${id}::uuid
      and not exists (select 1 from cases d where d.applicant_index = ${applicantIndex} and d.id <> ${id}::uuid
        and ${saysWhoDied('c')}) order by c.id`)
  return rows.map((row) => withCase<NumbersCase>(row))
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
