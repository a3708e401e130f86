import { type SQL, sql } from 'drizzle-orm'
import { type CaseState, type CaseStatus, UNRECORDED } from '#shared/domain/case/state'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { type Intent, type PriorAnswer, priorAnswer } from '../../platform/http/idempotency'
import { type Principal, principalCtes, principalJson } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import type { CaseTask } from './outbox'

export interface CaseRow {
  readonly id: string
  readonly caseNumber: string
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly status: CaseStatus
  readonly version: number
  readonly state: CaseState
  readonly filedBy: string
  /** Who took it over from whoever had filed it. */
  readonly ownerId: string | null
  readonly applicantIndex: string | null
  readonly applicantMasked: string
  readonly duplicateIndex: string | null
  /** It bars a second one. */
  readonly guarded: boolean
  readonly villageCode: string | null
  readonly dueOn: PlainDate | null
  /** Whoever filed it has been confirmed since, as the applicant or as one who acts for the firm. */
  readonly filerConfirmed: boolean
  /** Whoever filed it, where they are staff. */
  readonly filerStaffId: string | null
  readonly filedAt: Instant
}

/** A case with the profiles that are its owner's or hold a power of the firm that it is for. */
export interface OwnedCase extends CaseRow {
  readonly owners: readonly string[]
}

/** What the asking member of staff has had to do with a case. */
export interface Relation {
  readonly actedAt: readonly string[]
  readonly isLooking: boolean
}

export interface LoadedCase {
  readonly principal: Principal | null
  readonly prior: PriorAnswer | null
  readonly revision: number
  readonly caseRow: OwnedCase | null
  readonly relation: Relation | null
  readonly tasks: readonly CaseTask[]
  readonly texts: readonly { readonly digest: string; readonly kind: string; readonly sealed: string }[]
}

/** The firms' agents of a case, in this item and on this day; `who` narrows them. */
const agentsOf = (today: PlainDate, who: SQL) => sql`select a.profile_id as id from enterprises e
  join enterprise_agents a on a.enterprise_id = e.id join profiles p on p.id = a.profile_id
  where e.credit_code_index = c.applicant_index and p.real_name_level = 3 and p.joined_into is null
    and (a.until is null or a.until >= ${today}::date)
    and (a.item_ids is null or c.service_item_id = any(a.item_ids)) and ${who}`

const EVERYBODY = sql.raw('true')

/** Who may act for the applicant by their own right: the confirmed person, or those who hold a power of the firm. */
const ownersJson = (today: PlainDate) => sql`(select coalesce(json_agg(o.id), '[]'::json) from (
  select p.id from profiles p where p.id_number_index = c.applicant_index and p.real_name_level = 3
    and p.joined_into is null union ${agentsOf(today, EVERYBODY)}) o)`

/** Whoever filed the case, or took it over, is known to be the applicant, or to act for the firm. */
const filerConfirmed = (today: PlainDate) => sql`(select f.real_name_level = 3
  and (c.entered_by is null or c.owner_id is not null) and case when c.state->'applicant'->>'kind' = 'firm' then exists(${agentsOf(today, sql`a.profile_id = f.id`)})
    else (c.applicant_index is null or c.applicant_index = f.id_number_index)
      and coalesce(c.identity_index = f.identity_index, true) end
  from profiles f where f.id = coalesce(c.owner_id, c.filed_by))`

const caseJson = (today: PlainDate) => sql`json_build_object('id', c.id, 'caseNumber', c.case_number,
  'serviceItemId', c.service_item_id, 'itemVersion', c.item_version, 'status', c.status, 'version', c.version,
  'state', ${sql.raw(`'${JSON.stringify(UNRECORDED)}'::jsonb`)} || c.state, 'filedBy', c.filed_by, 'ownerId', c.owner_id,
  'applicantIndex', c.applicant_index, 'applicantMasked', c.applicant_masked, 'duplicateIndex', c.duplicate_index,
  'guarded', c.duplicate_guard is not null, 'villageCode', c.village_code, 'dueOn', c.due_on,
  'filerConfirmed', ${filerConfirmed(today)},
  'filerStaffId', (select p.staff_id from profiles p where p.id = c.filed_by),
  'filedAt', to_char(c.filed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`

/** With those who may act for the applicant, which a list has no need of. */
const wholeCaseJson = (today: PlainDate) =>
  sql`(${caseJson(today)}::jsonb || jsonb_build_object('owners', ${ownersJson(today)}))`

const TASKS =
  sql.raw(`(select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'partUnitId', t.part_unit_id,
  'role', t.role, 'unitId', t.unit_id, 'queue', t.queue, 'assigneeId', t.assignee_id, 'dueOn', t.due_on,
  'sortOn', t.sort_on, 'openedAt', to_char(t.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'unstaffed', t.unstaffed, 'barred', t.barred, 'approval', t.approval)), '[]'::json) from case_tasks t where t.case_id = c.id)`)

const TEXTS = sql.raw(`(select coalesce(json_agg(json_build_object('digest', x.digest, 'kind', x.kind,
  'sealed', x.sealed)), '[]'::json) from case_texts x where x.case_id = c.id)`)

/** Of the case `c` and the part `principal`. */
const relationAt = (now: Instant) => sql`json_build_object(
  'actedAt', (select coalesce(json_agg(distinct e.payload::json->>'unitId'), '[]'::json) from case_events e, principal p
    where e.case_id = c.id and e.actor = 'staff:' || p.staff_id and e.type <> 'identity-confirmed'
      -- What somebody typed for the applicant happened at no unit.
      and e.payload::json->>'unitId' is not null),
  'isLooking', exists(select 1 from case_looks l, principal p
    where l.case_id = c.id and l.staff_id = p.staff_id and l.until > ${now}::timestamptz))`

/** One round trip for a verb: who asks, what was answered before, the case with its open tasks and texts. */
export async function loadCase(
  database: Database,
  tokenHash: string,
  caseId: string,
  intent: Intent | null,
  now: Instant,
): Promise<LoadedCase> {
  const [row] = await database.rows<LoadedCase>(sql`with ${principalCtes(tokenHash, now)}
    select ${principalJson} as principal, ${priorAnswer(intent, now)} as prior,
      coalesce((select revision from reference_data), 0) as revision, c.case_row as "caseRow", c.relation,
      coalesce(c.tasks, '[]'::json) as tasks, coalesce(c.texts, '[]'::json) as texts
    from (select 1) one left join lateral (
      select ${wholeCaseJson(dayIn(now))} as case_row, ${relationAt(now)} as relation, ${TASKS} as tasks, ${TEXTS} as texts from cases c where c.id = ${caseId}::uuid
    ) c on true`)
  return (
    row ?? { principal: null, prior: null, revision: 0, caseRow: null, relation: null, tasks: [], texts: [] }
  )
}

export interface LoadedFile extends Pick<LoadedCase, 'principal' | 'revision' | 'relation' | 'tasks'> {
  readonly caseRow: CaseRow | null
  readonly file: {
    readonly storageKey: string
    readonly contentType: string
    /** Kept under a key of its own, its row saying what it is. */
    readonly isSealed: boolean
  } | null
}

/** One round trip for a file: who asks, the case with its open tasks, where the file lies. */
export async function loadFile(
  database: Database,
  tokenHash: string,
  caseId: string,
  fileId: string,
  now: Instant,
) {
  const [row] = await database.rows<LoadedFile>(sql`with ${principalCtes(tokenHash, now)}
    select ${principalJson} as principal, coalesce((select revision from reference_data), 0) as revision,
      c.case_row as "caseRow", c.relation, coalesce(c.tasks, '[]'::json) as tasks, c.file
    from (select 1) one left join lateral (
      select ${caseJson(dayIn(now))} as case_row, ${relationAt(now)} as relation, ${TASKS} as tasks,
        (select json_build_object('storageKey', u.storage_key, 'contentType', u.content_type,
          'isSealed', u.kept_digest is not null)
          from uploads u where u.id = ${fileId}::uuid and u.case_id = c.id) as file
      from cases c where c.id = ${caseId}::uuid
    ) c on true`)
  return row
}

export interface EventRow {
  readonly id: string
  readonly type: string
  readonly at: Instant
  readonly actor: string
  readonly payload: string
}

interface DocumentRow {
  readonly id: string
  readonly kind: string
  readonly unitId: string
  readonly documentNumber: string
  readonly issuedAt: string
}

interface UploadRow {
  readonly id: string
  readonly nameSealed: string
  readonly contentType: string
}

export interface ReadCase extends LoadedCase {
  readonly events: readonly EventRow[]
  readonly documents: readonly DocumentRow[]
  readonly uploads: readonly UploadRow[]
  readonly rating: number | null
  readonly duplicates: readonly {
    readonly caseRow: CaseRow
    readonly relation: Relation
    readonly tasks: readonly CaseTask[]
  }[]
}

/** One round trip for a page: the case with everything it shows. */
export async function readCase(database: Database, tokenHash: string, caseId: string, now: Instant) {
  const [row] = await database.rows<ReadCase>(sql`with ${principalCtes(tokenHash, now)}
    select ${principalJson} as principal, null::json as prior,
      coalesce((select revision from reference_data), 0) as revision, c.case_row as "caseRow", c.relation,
      coalesce(c.tasks, '[]'::json) as tasks, coalesce(c.texts, '[]'::json) as texts,
      coalesce(c.events, '[]'::json) as events, coalesce(c.documents, '[]'::json) as documents,
      coalesce(c.uploads, '[]'::json) as uploads, c.rating, coalesce(c.duplicates, '[]'::json) as duplicates
    from (select 1) one left join lateral (
      select ${wholeCaseJson(dayIn(now))} as case_row, ${relationAt(now)} as relation, ${TASKS} as tasks, ${TEXTS} as texts,
        (select json_agg(json_build_object('id', e.id, 'type', e.type, 'actor', e.actor, 'payload', e.payload,
          'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.sequence)
          from case_events e where e.case_id = c.id) as events,
        (select json_agg(json_build_object('id', d.id, 'kind', d.kind, 'unitId', d.unit_id,
          'documentNumber', d.document_number,
          'issuedAt', to_char(d.issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by d.issued_at)
          from documents d where d.case_id = c.id) as documents,
        (select json_agg(json_build_object('id', u.id, 'nameSealed', u.name_sealed, 'contentType', u.content_type))
          from uploads u where u.case_id = c.id) as uploads,
        (select r.level from ratings r where r.case_id = c.id) as rating,
        (select json_agg(json_build_object('caseRow', ${caseJson(dayIn(now))}, 'relation', ${relationAt(now)}, 'tasks', ${TASKS}))
          from (select o.* from cases o where o.duplicate_index = c.duplicate_index and o.id <> c.id) c) as duplicates
      from cases c where c.id = ${caseId}::uuid
    ) c on true`)
  return row
}

export interface ListedCase extends Omit<CaseRow, 'duplicateIndex' | 'guarded'> {
  readonly rated: boolean
}

export interface CasePage {
  readonly principal: Principal | null
  readonly revision: number
  readonly cases: readonly ListedCase[]
}

const ANY = sql`cases c, principal p`

/** The firms that the principal may act for, beside their cases in the items that the power names. */
const OF_FIRMS = sql`principal p, json_array_elements(p.powers) w join cases c on c.applicant_index = w->>'firmIndex'
  and (w->>'itemIds' is null or (w->'itemIds')::jsonb @> to_jsonb(c.service_item_id))`

/** A page of the newest by one of the ways in which a case may be one's own, from an index of its own. */
const newest = (from: SQL, own: SQL, page: { readonly before: string | null; readonly size: number }) =>
  sql`(select c.id from ${from} where ${own}
    and (${page.before}::uuid is null or c.id < ${page.before}::uuid) order by c.id desc limit ${page.size}::int)`

/** One round trip: my cases, those that others filed for the confirmed owner included, newest first. */
export async function listCases(
  database: Database,
  tokenHash: string,
  page: { readonly before: string | null; readonly size: number },
  now: Instant,
): Promise<CasePage> {
  const [row] = await database.rows<CasePage>(sql`with ${principalCtes(tokenHash, now)},
    mine as (
      select c.* from cases c where c.id in (
        ${newest(ANY, sql`c.filed_by = p.profile_id and c.entered_by is null and c.owner_id is null`, page)} union
        ${newest(ANY, sql`c.owner_id = p.profile_id`, page)} union
        ${newest(ANY, sql`p.real_name_level = 3 and c.applicant_index = p.id_number_index`, page)} union
        ${newest(OF_FIRMS, EVERYBODY, page)}) order by c.id desc limit ${page.size}::int)
    select ${principalJson} as principal, coalesce((select revision from reference_data), 0) as revision,
      (select coalesce(json_agg(${caseJson(dayIn(now))}::jsonb || jsonb_build_object('rated',
        exists(select 1 from ratings r where r.case_id = c.id)) order by c.id desc), '[]'::json) from mine c) as cases`)
  return row ?? { principal: null, revision: 0, cases: [] }
}

export interface QueuePage {
  readonly principal: Principal | null
  readonly revision: number
  readonly counts: Readonly<Record<'to-do' | 'waits-for-applicant' | 'paused' | 'unstaffed', number>>
  readonly tasks: readonly (CaseTask & { readonly caseRow: CaseRow })[]
}

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
  const [row] = await database.rows<QueuePage>(sql`with ${principalCtes(tokenHash, now)},
    pools as (select r.role, r.unit_id from staff_roles r join staff s on s.id = r.staff_id and s.active, principal p
      where r.staff_id = p.staff_id),
    own as (select c.id from cases c, principal p where c.applicant_index = any(p.number_indexes)),
    held as (
      select distinct on (t.case_id, t.step_key, t.part_unit_id) t.*, ${HELD} as mine from case_tasks t
      where not (select p.staff_id = any(t.barred) from principal p) and t.case_id not in (select id from own)
        and (${HELD} or (t.unstaffed and exists (select 1 from pools p where p.role = 'admin')))
        ${sought === null ? sql`` : sql`and ${isSought(sought)}`}
      order by t.case_id, t.step_key, t.part_unit_id, mine desc),
    shown as (
      select h.* from held h where (case when ${page.tab} = 'unstaffed' then h.unstaffed else h.mine and h.queue = ${page.tab} end)
        and (${after?.sortOn ?? null}::date is null
          or (h.sort_on, h.case_id, h.step_key) > (${after?.sortOn ?? null}::date, ${after?.caseId ?? null}::uuid, ${after?.stepKey ?? null}))
      order by h.sort_on, h.case_id, h.step_key limit ${page.size}::int)
    select ${principalJson} as principal, coalesce((select revision from reference_data), 0) as revision,
      (select json_build_object('to-do', count(*) filter (where mine and queue = 'to-do'),
        'waits-for-applicant', count(*) filter (where mine and queue = 'waits-for-applicant'),
        'paused', count(*) filter (where mine and queue = 'paused'), 'unstaffed', count(*) filter (where unstaffed))
        from held) as counts,
      (select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'partUnitId', t.part_unit_id, 'role', t.role,
        'unitId', t.unit_id, 'queue', t.queue, 'assigneeId', t.assignee_id, 'dueOn', t.due_on, 'sortOn', t.sort_on,
        'openedAt', to_char(t.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'unstaffed', t.unstaffed, 'barred', t.barred, 'approval', t.approval, 'caseRow', ${caseJson(dayIn(now))}) order by t.sort_on, t.case_id, t.step_key), '[]'::json)
        from shown t join cases c on c.id = t.case_id) as tasks`)
  return (
    row ?? {
      principal: null,
      revision: 0,
      counts: { 'to-do': 0, 'waits-for-applicant': 0, paused: 0, unstaffed: 0 },
      tasks: [],
    }
  )
}

/** The case that bars a second one of the same confirmed owner. */
export async function findDuplicate(database: Database, duplicateIndex: string): Promise<string | null> {
  const [row] = await database.rows<{ id: string }>(
    sql`select id from cases where duplicate_guard = ${duplicateIndex}`,
  )
  return row?.id ?? null
}

/** The credentials in force of the holder, if the session's person is them, confirmed, or may act for the firm in this item. */
export const listCredentials = (
  database: Database,
  tokenHash: string,
  { holder, itemId }: { readonly holder: string | null; readonly itemId: string },
  now: Instant,
) =>
  database.rows<{ id: string; code: string; valuesSealed: string }>(sql`with ${principalCtes(tokenHash, now)}
    select c.id, c.code, c.values_sealed as "valuesSealed" from credentials c, principal p where p.real_name_level = 3
      and c.holder_index = coalesce(${holder}::text, p.id_number_index)
      and (c.holder_index = p.id_number_index or exists (select 1 from json_array_elements(p.powers) w
        where w->>'firmIndex' = c.holder_index
          and (w->>'itemIds' is null or (w->'itemIds')::jsonb @> to_jsonb(${itemId}::text))))
      and (c.valid_to is null or c.valid_to >= ${dayIn(now)}::date)`)

/** Who may act for a firm in an item, by the digest of its credit code. */
export async function listAgents(
  database: Database,
  firmIndex: string,
  itemId: string,
  now: Instant,
): Promise<readonly string[]> {
  const rows = await database.rows<{ id: string }>(sql`select a.id from
    (select ${firmIndex}::text as applicant_index, ${itemId}::text as service_item_id) c
    cross join lateral (${agentsOf(dayIn(now), EVERYBODY)}) a`)
  return rows.map(({ id }) => id)
}

/** Whose a case is that comes to be of another number: the confirmed person, or who may act for the firm in the item. */
export async function listOwners(
  database: Database,
  applicantIndex: string | null,
  itemId: string,
  now: Instant,
): Promise<readonly string[]> {
  const [row] = await database.rows<{
    owners: readonly string[]
  }>(sql`select ${ownersJson(dayIn(now))} as owners
    from (select ${applicantIndex}::text as applicant_index, ${itemId}::text as service_item_id) c`)
  return row?.owners ?? []
}

/** Cases that time alone may move: waiting for acceptance, for a supplement, or for a calendar. */
export function listWaitingCases(
  database: Database,
  after: string | null,
  size: number,
  today: PlainDate,
): Promise<readonly { readonly caseRow: OwnedCase; readonly tasks: readonly CaseTask[] }[]> {
  return database.rows(sql`select ${wholeCaseJson(today)} as "caseRow", ${TASKS} as tasks from cases c
    where c.ended_at is null and (c.status in ('submitted', 'correcting') or c.due_on is null)
      and (${after}::uuid is null or c.id > ${after}::uuid) order by c.id limit ${size}::int`)
}

/** The pools that hold open work. */
export const listPools = (database: Database) =>
  database.rows<{ readonly role: string; readonly unitId: string }>(
    sql`select distinct role, unit_id as "unitId" from case_tasks where not approval`,
  )

/** Cases with work at one of these pools, or at one with a member who must not handle it. */
export function listHeldCases(
  database: Database,
  pools: readonly { readonly role: string; readonly unitId: string }[],
  after: string | null,
  size: number,
  today: PlainDate,
): Promise<readonly { readonly caseRow: OwnedCase; readonly tasks: readonly CaseTask[] }[]> {
  return database.rows(sql`with gone as (
      select role, "unitId" from jsonb_to_recordset(${JSON.stringify(pools)}::jsonb) as g(role text, "unitId" text)),
    found as (
      select distinct t.case_id as id from case_tasks t
      where not t.approval and (${after}::uuid is null or t.case_id > ${after}::uuid)
        and (cardinality(t.barred) > 0 or (t.role, t.unit_id) in (select role, "unitId" from gone))
      order by 1 limit ${size}::int)
    select ${wholeCaseJson(today)} as "caseRow", ${TASKS} as tasks from found join cases c on c.id = found.id order by c.id`)
}

/** Cases under way of whoever has the number. */
export const listCasesOfNumber = (database: Database, applicantIndex: string, today: PlainDate) =>
  database.rows<{
    readonly caseRow: CaseRow
    readonly tasks: readonly CaseTask[]
    readonly revision: number
  }>(sql`select ${caseJson(today)} as "caseRow", ${TASKS} as tasks,
      coalesce((select revision from reference_data), 0) as revision
    from cases c where c.applicant_index = ${applicantIndex} and c.ended_at is null order by c.id`)

/** The case with this number, whoever asks. */
export async function findCaseOfNumber(database: Database, caseNumber: string, now: Instant) {
  const [row] = await database.rows<{ caseRow: CaseRow }>(
    sql`select ${caseJson(dayIn(now))} as "caseRow" from cases c where c.case_number = ${caseNumber}`,
  )
  return row?.caseRow
}
