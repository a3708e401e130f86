import { type SQL, sql } from 'drizzle-orm'
import type { CaseDue } from '#shared/domain/case/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import { dayIn, type Instant, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isConfirmedAccount } from '../../platform/db/parts/held'
import { FORM_SECONDS } from '../../platform/ports/files'
import { barsSecond, isKnownApplicant, type SealedUpload } from '../application'
import type { IssuedDocument } from './documents'
import type { DuplicateIndexes } from './duplicates'
import type { CaseTask, OutboxRow } from './outbox'
import type { CaseText } from './texts'

// Parts bear a suffix where one statement writes several moves.

const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`

/** The very text that is hashed: without what the columns hold. */
export function payloadOf(event: CaseEvent): string {
  const { type: _type, at: _at, ...payload } = event
  return JSON.stringify(payload)
}

/**
 * The parts that append events: each link of the chain hashes the one before it. `actor` must be a part with one row
 * and one column `actor`; `previous` is the hash of the last event, null for the first.
 */
export function eventParts(options: {
  readonly caseId: string
  readonly after: number
  readonly previous: SQL
  readonly events: readonly {
    readonly id: string
    readonly type: string
    readonly at: Instant
    readonly payload: SQL
    /** Where it is not the one of the part. */
    readonly actor?: string
  }[]
  readonly suffix?: string
}): SQL[] {
  const { caseId, after, previous, events, suffix = '' } = options
  const actorOf = (actor: string | undefined) => (actor === undefined ? sql`actor` : sql`${actor}::text`)
  const links = events.map(({ type, at, payload, actor }, index) => {
    const name = sql.raw(`link${index + 1}${suffix}`)
    const before = index === 0 ? previous : sql`(select hash from ${sql.raw(`link${index}${suffix}`)})`
    const sequence = after + index + 1
    return sql`${name} as (select payload, case_event_hash(${before}, ${caseId}::uuid, ${sequence}::int, ${type}::text,
      ${at}::text, actor, payload) as hash from (select ${payload} as payload, ${actorOf(actor)} as actor from actor) p)`
  })
  const rows = events.map(
    ({ id, type, at, actor }, index) =>
      sql`select ${caseId}::uuid, ${after + index + 1}::int, ${id}::uuid, ${type}::text, ${at}::timestamptz, ${actorOf(actor)},
        link.payload, link.hash from actor, ${sql.raw(`link${index + 1}${suffix}`)} link`,
  )
  return [
    ...links,
    sql`${sql.raw(`logged${suffix}`)} as (insert into case_events (case_id, sequence, id, type, at, actor, payload, hash)
      ${sql.join(rows, sql` union all `)})`,
  ]
}

/** Reasons, notes and answers, each under its digest; the same text twice is one row. */
export const textParts = (caseId: string, texts: readonly CaseText[], now: Instant, suffix = ''): SQL[] =>
  texts.length === 0
    ? []
    : [
        sql`${sql.raw(`worded${suffix}`)} as (insert into case_texts (case_id, digest, kind, sealed, created_at)
          select ${caseId}::uuid, t.digest, t.kind, t.sealed, ${now}::timestamptz
          from jsonb_to_recordset(${json(texts)}) as t(digest text, kind text, sealed text)
          on conflict do nothing)`,
      ]

const TASK_COLUMNS = sql.raw(
  '"stepKey" text, "partUnitId" text, role text, "unitId" text, queue text, "assigneeId" text, "dueOn" date, "sortOn" date, "openedAt" timestamptz, unstaffed boolean, barred text[], approval boolean',
)

export function taskParts(
  caseId: string,
  removed: readonly CaseTask[],
  written: readonly CaseTask[],
  suffix = '',
): SQL[] {
  const gone =
    removed.length === 0
      ? []
      : [
          sql`${sql.raw(`closed${suffix}`)} as (delete from case_tasks c using jsonb_to_recordset(${json(removed)}) as t(${TASK_COLUMNS})
            where c.case_id = ${caseId}::uuid and c.step_key = t."stepKey" and c.part_unit_id = t."partUnitId"
              and c.role = t.role and c.unit_id = t."unitId")`,
        ]
  const put =
    written.length === 0
      ? []
      : [
          sql`${sql.raw(`tasked${suffix}`)} as (insert into case_tasks (case_id, step_key, part_unit_id, role, unit_id, queue, assignee_id,
              due_on, sort_on, opened_at, unstaffed, barred, approval)
            select ${caseId}::uuid, t."stepKey", t."partUnitId", t.role, t."unitId", t.queue, t."assigneeId", t."dueOn",
              t."sortOn", t."openedAt", t.unstaffed, t.barred, t.approval
            from jsonb_to_recordset(${json(written)}) as t(${TASK_COLUMNS})
            on conflict (case_id, step_key, part_unit_id, role, unit_id) do update set queue = excluded.queue,
              assignee_id = excluded.assignee_id, due_on = excluded.due_on, sort_on = excluded.sort_on,
              opened_at = excluded.opened_at, unstaffed = excluded.unstaffed, barred = excluded.barred, approval = excluded.approval,
              reminded_for = case when case_tasks.due_on is not distinct from excluded.due_on then case_tasks.reminded_for end)`,
        ]
  return [...gone, ...put]
}

const REMINDER_COLUMNS = sql.raw(
  'id, event_id, case_id, kind, recipient, urgent, template_id, body_sealed, channel, created_at, available_at',
)
const OUTBOX_COLUMNS = sql.raw(
  'id uuid, "eventId" uuid, kind text, recipient text, urgent boolean, "templateId" text, "bodySealed" text, channel text, "availableAt" timestamptz',
)

/** Reminders of cases that are known: every recipient has a name. */
export const remindedPart = (
  rows: readonly (OutboxRow & { readonly caseId: string })[],
  now: Instant,
  suffix = '',
): SQL =>
  sql`${sql.raw(`reminded${suffix}`)} as (insert into reminders (${REMINDER_COLUMNS})
    select r.id, r."eventId", r."caseId", r.kind, r.recipient, r.urgent, r."templateId", r."bodySealed",
      r.channel, ${now}::timestamptz, r."availableAt"
    from jsonb_to_recordset(${json(rows)}) as r(${OUTBOX_COLUMNS}, "caseId" uuid)
    -- Of the additions of a day one unread line.
    where not (r.kind = 'added' and exists (select 1 from reminders o where o.recipient = r.recipient
      and o.case_id = r."caseId" and o.kind = 'added' and o.read_at is null and o.dropped_at is null
      and o.created_at >= ${instantAt(dayIn(now), 0)}::timestamptz))
    on conflict (event_id, recipient, kind) do nothing)`

export const outboxParts = (caseId: string, rows: readonly OutboxRow[], now: Instant, suffix = ''): SQL[] =>
  rows.length === 0
    ? []
    : [
        remindedPart(
          rows.map((row) => ({ caseId, ...row })),
          now,
          suffix,
        ),
      ]

/** What has not gone out yet to those who see the case no more: its page is not there for them. */
export const dropParts = (caseId: string, profileIds: readonly string[], now: Instant, suffix = ''): SQL[] =>
  profileIds.length === 0
    ? []
    : [
        sql`${sql.raw(`unsent${suffix}`)} as (update reminders set dropped_at = ${now}::timestamptz
          where case_id = ${caseId}::uuid and sent_at is null and sending_at is null and failed_at is null
            and recipient in (select 'profile:' || value from jsonb_array_elements_text(${json(profileIds)})))`,
      ]

/**
 * Reminders of a case that is being filed: `filer` is the profile of the part `standing`; `owner` the confirmed person of
 * the applicant's number, where there is one and it is somebody else. The statement knows whether they are confirmed.
 */
export const filedOutboxPart = (
  caseId: string,
  rows: { readonly confirmed: readonly OutboxRow[]; readonly unconfirmed: readonly OutboxRow[] },
  applicantIndex: string | null,
  now: Instant,
): SQL =>
  sql`reminded as (insert into reminders (${REMINDER_COLUMNS})
    select r.id, r."eventId", ${caseId}::uuid, r.kind,
      case r.recipient when 'filer' then 'profile:' || standing.profile_id when 'owner' then 'profile:' || owner.id
        else r.recipient end,
      r.urgent, r."templateId", r."bodySealed", r.channel, ${now}::timestamptz, r."availableAt"
    from standing left join profiles owner on owner.id_number_index = ${applicantIndex}::text
        and ${isConfirmedAccount('owner')}
      cross join jsonb_to_recordset(case when standing.confirmed then ${json(rows.confirmed)}
        else ${json(rows.unconfirmed)} end) as r(${OUTBOX_COLUMNS})
    where case r.recipient when 'owner' then owner.id <> standing.profile_id
      else r.recipient <> 'profile:' || standing.profile_id
        end
    on conflict (event_id, recipient, kind) do nothing)`

/** Draws each paper's number from its unit's counter: continuous, since a transaction that fails draws none. */
export const documentParts = (caseId: string, documents: readonly IssuedDocument[], now: Instant): SQL[] =>
  documents.flatMap(({ id, kind, unitId, year, prefix }, index) => {
    const drawn = sql.raw(`drawn${index + 1}`)
    return [
      sql`${drawn} as (insert into document_counters (unit_id, kind, year, last)
        values (${unitId}, ${kind}, ${year}::int, 1)
        on conflict (unit_id, kind, year) do update set last = document_counters.last + 1 returning last)`,
      sql`${sql.raw(`issued${index + 1}`)} as (insert into documents (id, case_id, kind, unit_id, year, number,
          document_number, issued_at)
        select ${id}::uuid, ${caseId}::uuid, ${kind}, ${unitId}, ${year}::int, last, ${prefix} || last || '号',
          ${now}::timestamptz from ${drawn})`,
    ]
  })

export const auditPart = (row: {
  readonly id: string
  readonly at: Instant
  readonly action: string
  readonly subject: string
  readonly reasonDigest: string | null
  readonly suffix?: string
}): SQL =>
  sql`${sql.raw(`audited${row.suffix ?? ''}`)} as (insert into audit_entries (id, at, actor, action, subject, reason_digest)
    select ${row.id}::uuid, ${row.at}::timestamptz, actor.actor, ${row.action}, ${row.subject}, ${row.reasonDigest} from actor)`

/** What changes of a row when its answers do; every digest and mask is of the answers as they stand now. */
export interface ApplicantColumns extends DuplicateIndexes {
  readonly applicantIndex: string | null
  readonly identityIndex: string | null
  readonly applicantMasked: string
}

/** The projection's columns, worked out from the state. */
export interface Projection {
  readonly state: CaseState
  readonly due: CaseDue
  readonly sortOn: PlainDate
  /** Whether the case bars a second one of its owner. */
  readonly bars: boolean
  /** Null while the answers stay as they are. */
  readonly applicant: ApplicantColumns | null
  /** Null while the key stays as it is. */
  readonly duplicates: DuplicateIndexes | null
  /** Who took it over with this change. */
  readonly newOwnerId: string | null
  /** The account that has become one with whose filed it. */
  readonly newFilerId: string | null
}

/** The columns as they are to be; a guard that another case holds stays with it. */
function applicantColumns(caseId: string, { bars, applicant, duplicates }: Projection): SQL {
  const index = duplicates ? sql`${duplicates.duplicateIndex}::text` : sql`cases.duplicate_index`
  const columns = [
    sql`duplicate_guard = case when ${bars}::boolean and not exists (select 1 from cases o
      where o.duplicate_guard = ${index} and o.id <> ${caseId}::uuid) then ${index} end`,
    ...(duplicates ? [sql`duplicate_index = ${index}, key_index = ${duplicates.keyIndex}`] : []),
    ...(applicant
      ? [
          sql`applicant_index = ${applicant.applicantIndex}, identity_index = ${applicant.identityIndex},
            applicant_masked = ${applicant.applicantMasked}`,
        ]
      : []),
  ]
  return sql.join(columns, sql`, `)
}

/** Moves the row on if nobody else has: the part `moved` is empty for the loser of a race. */
export function movePart(
  caseId: string,
  version: number,
  projection: Projection,
  now: Instant,
  suffix = '',
): SQL {
  const { state, due, sortOn, newFilerId, newOwnerId } = projection
  return sql`${sql.raw(`moved${suffix}`)} as (update cases set status = ${state.status}, version = ${state.version}::int, state = ${json(state)},
      due_on = ${due.kind === 'on' ? due.on : null}::date, sort_on = ${sortOn}::date, updated_at = ${now}::timestamptz,
      ended_at = ${state.endedAt}::timestamptz, village_code = ${state.where.villageId},
      organ_unit_id = ${state.organUnitId}, owner_id = coalesce(${newOwnerId}::uuid, owner_id),
      filed_by = coalesce(${newFilerId}::uuid, filed_by),
      ${applicantColumns(caseId, projection)}
    where id = ${caseId}::uuid and version = ${version}::int returning id)`
}

export interface FiledRow {
  readonly caseId: string
  readonly itemId: string
  readonly itemVersion: number
  /** The state for an unconfirmed applicant, and the same for a confirmed one. */
  readonly states: { readonly unconfirmed: CaseState; readonly confirmed: CaseState }
  readonly due: CaseDue
  readonly sortOn: PlainDate
  readonly regionCode: string
  readonly filedOn: PlainDate
  readonly columns: ApplicantColumns
  /** Whether a confirmed applicant's case bars a second one, and by what one before it would. */
  readonly mayBar: boolean
  readonly barringIndexes: readonly string[]
  /** Whoever files must hold a power of the firm to be known as acting for it. */
  readonly forFirm: boolean
  readonly now: Instant
}

/**
 * The parts that draw a number and write the row. A case number is region, YYMMDD and the number of the day, counted
 * from the first one drawn on that day without any lock: gaps are allowed, doubles are not.
 */
export function fileParts(row: FiledRow): SQL[] {
  const { states, columns, now } = row
  const dated = row.filedOn.slice(2).replaceAll('-', '')
  return [
    sql`standing as (select p.profile_id, p.staff_id,
        ${states.unconfirmed.enteredBy === null}::boolean
          and ${isKnownApplicant(dayIn(now), sql`${row.forFirm}::boolean`)} as confirmed,
        -- The number is one's own and the name beside it is another's.
        coalesce(p.real_name_level = 3 and p.id_number_index = ${columns.applicantIndex}::text
          and p.identity_index <> ${columns.identityIndex}::text, false) as misnamed
      from principal p join profiles f on f.id = p.profile_id cross join (select ${columns.applicantIndex}::text as applicant_index,
        ${columns.identityIndex}::text as identity_index, ${row.itemId}::text as service_item_id) c)`,
    sql`known_day as (select base from case_number_days where filed_on = ${row.filedOn}::date)`,
    sql`opened_day as (insert into case_number_days (filed_on, base)
      select ${row.filedOn}::date, nextval('case_number_seq') - 1 where not exists (select 1 from known_day)
      on conflict do nothing returning base)`,
    sql`numbered as materialized (select base, nextval('case_number_seq') - base as number
      from (select coalesce((select base from known_day), (select base from opened_day)) as base offset 0) b)`,
    sql`filed as (insert into cases (id, case_number, service_item_id, item_version, status, version, state, filed_by,
        channel, src, assisted, entered_by, applicant_index, identity_index, duplicate_index, key_index, duplicate_guard,
        applicant_masked, village_code, organ_unit_id, due_on, sort_on, filed_at, updated_at)
      select ${row.caseId}::uuid,
        ${row.regionCode + dated} || lpad(number::text, greatest(4, length(number::text)), '0'),
        ${row.itemId}, ${row.itemVersion}::int, ${states.unconfirmed.status}, ${states.unconfirmed.version}::int,
        case when confirmed then ${json(states.confirmed)} else ${json(states.unconfirmed)} end, profile_id,
        ${states.unconfirmed.channel}, ${states.unconfirmed.src}, ${states.unconfirmed.assisted}::boolean,
        ${states.unconfirmed.enteredBy}, ${columns.applicantIndex}, ${columns.identityIndex}, ${columns.duplicateIndex},
        ${columns.keyIndex}, case when confirmed and ${row.mayBar}::boolean then ${columns.duplicateIndex}::text end,
        ${columns.applicantMasked}, ${states.unconfirmed.where.villageId}, ${states.unconfirmed.organUnitId}, ${row.due.kind === 'on' ? row.due.on : null}::date, ${row.sortOn}::date,
        ${now}::timestamptz, ${now}::timestamptz
      from standing, numbered where base is not null returning case_number)`,
  ]
}

/** A confirmed owner has no case yet that bars this one. Two that are filed at once meet at the guard, which is unique. */
export const duplicateDemand = ({ barringIndexes, mayBar, now }: FiledRow) => ({
  holds: sql`not exists (select 1 from standing, cases c where standing.confirmed and ${mayBar}::boolean
    and c.duplicate_index in (select json_array_elements_text(${JSON.stringify(barringIndexes)}::json)) and ${barsSecond(dayIn(now))})`,
  code: 'application.duplicate' as const,
})

/** Clocks of the store and ours differ a little. */
const FORM_MARGIN_SECONDS = 60

/**
 * Takes the uploads out of the hands of whoever brings them, each with what is kept of it: the part `attached` counts those that
 * were free and theirs. What came is noted for removal when its form has run out.
 */
export const attachPart = (caseId: string, sealed: readonly SealedUpload[]): SQL =>
  sql`attached as (update uploads set case_id = ${caseId}::uuid, storage_key = s."storageKey",
      content_type = s."contentType", size = s.size, arrived_digest = s."arrivedDigest", kept_digest = s."keptDigest"
    from principal, jsonb_to_recordset(${json(sealed)}) as s(id uuid, "storageKey" text, "contentType" text, size bigint,
      "arrivedDigest" text, "keptDigest" text)
    where uploads.id = s.id and uploads.owner_id = principal.profile_id and uploads.case_id is null
    returning uploads.id, uploads.storage_key, uploads.created_at),
  discarded as (insert into discarded_files (upload_id, kept_key, remove_after)
    select id, storage_key, created_at + make_interval(secs => ${FORM_SECONDS + FORM_MARGIN_SECONDS}::int) from attached)`

/** A half day of an item's calendar that is taken (1) or given back (-1). */
export interface SeatChange {
  readonly fieldKey: string
  readonly on: PlainDate
  readonly half: string
  readonly change: 1 | -1
  /** Applications that one half day takes. */
  readonly capacity: number
}

/**
 * Takes and gives back half days, all in one order, so that two that swap theirs wait for each other and do not
 * deadlock. The part `seated` has a row for each that could be had.
 */
const seatPart = (itemId: string, seats: readonly SeatChange[]): SQL =>
  sql`seated as (insert into slot_counters (service_item_id, field_key, slot_on, half, booked)
    select ${itemId}, s."fieldKey", s."on", s.half, greatest(s.change, 0)
    from jsonb_to_recordset(${json(seats)}) as s("fieldKey" text, "on" date, half text, change int, capacity int)
    order by 2, 3, 4
    on conflict (service_item_id, field_key, slot_on, half) do update
      set booked = greatest(slot_counters.booked + (case when excluded.booked = 1 then 1 else -1 end), 0)
      where excluded.booked = 0 or slot_counters.booked < (select s.capacity
        from jsonb_to_recordset(${json(seats)}) as s("fieldKey" text, "on" date, half text, capacity int)
        where s."fieldKey" = excluded.field_key and s."on" = excluded.slot_on and s.half = excluded.half limit 1)
    returning 1)`

/** Nothing to write, and nothing to demand, where no half day changes hands. */
export const seatParts = (itemId: string, seats: readonly SeatChange[]): SQL[] =>
  seats.length === 0 ? [] : [seatPart(itemId, seats)]

/** Every half day was there to be had. */
export const seatDemands = (seats: readonly SeatChange[]) =>
  seats.length === 0
    ? []
    : [
        {
          holds: sql`(select count(*) from seated) = ${seats.length}::int`,
          code: 'application.slot-full' as const,
        },
      ]
