import { type SQL, sql } from 'drizzle-orm'
import type { CaseDue } from '#shared/domain/case/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import type { IssuedDocument } from './documents'
import type { CaseTask, OutboxRow } from './outbox'
import type { CaseText } from './texts'

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
  }[]
}): SQL[] {
  const { caseId, after, previous, events } = options
  const links = events.map(({ type, at, payload }, index) => {
    const name = sql.raw(`link${index + 1}`)
    const before = index === 0 ? previous : sql`(select hash from ${sql.raw(`link${index}`)})`
    const sequence = after + index + 1
    return sql`${name} as (select payload, case_event_hash(${before}, ${caseId}::uuid, ${sequence}::int, ${type}::text,
      ${at}::text, actor, payload) as hash from (select ${payload} as payload, actor from actor) p)`
  })
  const rows = events.map(
    ({ id, type, at }, index) =>
      sql`select ${caseId}::uuid, ${after + index + 1}::int, ${id}::uuid, ${type}::text, ${at}::timestamptz, actor.actor,
        link.payload, link.hash from actor, ${sql.raw(`link${index + 1}`)} link`,
  )
  return [
    ...links,
    sql`logged as (insert into case_events (case_id, sequence, id, type, at, actor, payload, hash)
      ${sql.join(rows, sql` union all `)})`,
  ]
}

/** Reasons, notes and answers, each under its digest; the same text twice is one row. */
export const textParts = (caseId: string, texts: readonly CaseText[], now: Instant): SQL[] =>
  texts.length === 0
    ? []
    : [
        sql`worded as (insert into case_texts (case_id, digest, kind, sealed, created_at)
          select ${caseId}::uuid, t.digest, t.kind, t.sealed, ${now}::timestamptz
          from jsonb_to_recordset(${json(texts)}) as t(digest text, kind text, sealed text)
          on conflict do nothing)`,
      ]

const TASK_COLUMNS = sql.raw(
  '"stepKey" text, "partUnitId" text, role text, "unitId" text, queue text, "assigneeId" text, "dueOn" date, "sortOn" date, "openedAt" timestamptz, unstaffed boolean, barred text[], approval boolean',
)

/** `filer`: the member of staff who files it themselves, whom only the statement knows; they must not handle it. */
export function taskParts(
  caseId: string,
  removed: readonly CaseTask[],
  written: readonly CaseTask[],
  filer: SQL = sql`null::text`,
): SQL[] {
  const gone =
    removed.length === 0
      ? []
      : [
          sql`closed as (delete from case_tasks c using jsonb_to_recordset(${json(removed)}) as t(${TASK_COLUMNS})
            where c.case_id = ${caseId}::uuid and c.step_key = t."stepKey" and c.part_unit_id = t."partUnitId"
              and c.role = t.role and c.unit_id = t."unitId")`,
        ]
  const put =
    written.length === 0
      ? []
      : [
          sql`tasked as (insert into case_tasks (case_id, step_key, part_unit_id, role, unit_id, queue, assignee_id,
              due_on, sort_on, opened_at, unstaffed, barred, approval)
            select ${caseId}::uuid, t."stepKey", t."partUnitId", t.role, t."unitId", t.queue, t."assigneeId", t."dueOn",
              t."sortOn", t."openedAt", t.unstaffed, array_remove(array_append(t.barred, ${filer}), null), t.approval
            from jsonb_to_recordset(${json(written)}) as t(${TASK_COLUMNS})
            on conflict (case_id, step_key, part_unit_id, role, unit_id) do update set queue = excluded.queue,
              assignee_id = excluded.assignee_id, due_on = excluded.due_on, sort_on = excluded.sort_on,
              opened_at = excluded.opened_at, unstaffed = excluded.unstaffed, barred = excluded.barred, approval = excluded.approval,
              reminded_for = case when case_tasks.due_on is not distinct from excluded.due_on then case_tasks.reminded_for end)`,
        ]
  return [...gone, ...put]
}

/** `applicant` is the profile of the part `filer`, one row with `profile_id`. */
export const outboxParts = (caseId: string, rows: readonly OutboxRow[], now: Instant): SQL[] =>
  rows.length === 0
    ? []
    : [
        sql`reminded as (insert into reminders (id, event_id, case_id, kind, recipient, urgent, template_id, body_sealed,
            channel, created_at, available_at)
          select r.id, r."eventId", ${caseId}::uuid, r.kind,
            case when r.recipient = 'applicant' then 'profile:' || filer.profile_id else r.recipient end,
            r.urgent, r."templateId", r."bodySealed", r.channel, ${now}::timestamptz, r."availableAt"
          from filer, jsonb_to_recordset(${json(rows)}) as r(id uuid, "eventId" uuid, kind text, recipient text,
            urgent boolean, "templateId" text, "bodySealed" text, channel text, "availableAt" timestamptz)
          on conflict (event_id, recipient, kind) do nothing)`,
      ]

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
}): SQL =>
  sql`audited as (insert into audit_entries (id, at, actor, action, subject, reason_digest)
    select ${row.id}::uuid, ${row.at}::timestamptz, actor.actor, ${row.action}, ${row.subject}, ${row.reasonDigest} from actor)`

/** The projection's columns, worked out from the state. */
export interface Projection {
  readonly state: CaseState
  readonly due: CaseDue
  readonly sortOn: PlainDate
  /** Whether the case still bars a second one. */
  readonly bars: boolean
}

/** Moves the row on if nobody else has: the part `moved` is empty for the loser of a race. */
export const movePart = (
  caseId: string,
  version: number,
  { state, due, sortOn, bars }: Projection,
  now: Instant,
): SQL =>
  sql`moved as (update cases set status = ${state.status}, version = ${state.version}::int, state = ${json(state)},
      due_on = ${due.kind === 'on' ? due.on : null}::date, sort_on = ${sortOn}::date, updated_at = ${now}::timestamptz,
      ended_at = ${state.endedAt}::timestamptz,
      duplicate_guard = case when ${bars}::boolean then duplicate_guard end
    where id = ${caseId}::uuid and version = ${version}::int returning filed_by)`

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
  readonly applicantIndex: string | null
  readonly identityIndex: string | null
  readonly applicantMasked: string
  readonly duplicateIndex: string | null
  readonly villageCode: string | null
  readonly now: Instant
}

/**
 * The parts that draw a number and write the row. A case number is region, YYMMDD and the number of the day, counted
 * from the first one drawn on that day without any lock: gaps are allowed, doubles are not.
 */
export function fileParts(row: FiledRow): SQL[] {
  const { states, now } = row
  const dated = row.filedOn.slice(2).replaceAll('-', '')
  return [
    sql`standing as (select p.profile_id, p.real_name_level = 3
        and (${row.applicantIndex}::text is null or p.id_number_index = ${row.applicantIndex}::text) as confirmed,
        -- The number is one's own and the name beside it is another's.
        coalesce(p.real_name_level = 3 and p.id_number_index = ${row.applicantIndex}::text
          and q.identity_index <> ${row.identityIndex}::text, false) as misnamed
      from principal p join profiles q on q.id = p.profile_id)`,
    sql`known_day as (select base from case_number_days where filed_on = ${row.filedOn}::date)`,
    sql`opened_day as (insert into case_number_days (filed_on, base)
      select ${row.filedOn}::date, nextval('case_number_seq') - 1 where not exists (select 1 from known_day)
      on conflict do nothing returning base)`,
    sql`numbered as materialized (select base, nextval('case_number_seq') - base as number
      from (select coalesce((select base from known_day), (select base from opened_day)) as base offset 0) b)`,
    sql`filer as (select profile_id from standing)`,
    sql`filed as (insert into cases (id, case_number, service_item_id, item_version, status, version, state, filed_by,
        applicant_index, identity_index, duplicate_index, duplicate_guard, applicant_masked, village_code, organ_unit_id, due_on, sort_on,
        filed_at, updated_at)
      select ${row.caseId}::uuid,
        ${row.regionCode + dated} || lpad(number::text, greatest(4, length(number::text)), '0'),
        ${row.itemId}, ${row.itemVersion}::int, ${states.unconfirmed.status}, ${states.unconfirmed.version}::int,
        case when confirmed then ${json(states.confirmed)} else ${json(states.unconfirmed)} end, profile_id,
        ${row.applicantIndex}, ${row.identityIndex}, ${row.duplicateIndex},
        case when confirmed then ${row.duplicateIndex}::text end, ${row.applicantMasked}, ${row.villageCode},
        ${states.unconfirmed.organUnitId}, ${row.due.kind === 'on' ? row.due.on : null}::date, ${row.sortOn}::date,
        ${now}::timestamptz, ${now}::timestamptz
      from standing, numbered where base is not null returning case_number)`,
  ]
}

/** Takes the uploads out of the applicant's hands: the part `attached` counts those that were free and theirs. */
export const attachPart = (caseId: string, uploadIds: readonly string[]): SQL =>
  sql`attached as (update uploads set case_id = ${caseId}::uuid from principal
    where uploads.id in (select value::uuid from jsonb_array_elements_text(${json(uploadIds)}))
      and uploads.owner_id = principal.profile_id and (uploads.case_id is null or uploads.case_id = ${caseId}::uuid)
    returning 1)`

/** Takes a seat in a half day; the part is empty when all are taken. */
export const seatPart = (
  name: SQL,
  seat: { itemId: string; fieldKey: string; on: PlainDate; half: string; capacity: number },
): SQL =>
  sql`${name} as (insert into slot_counters (service_item_id, field_key, slot_on, half, booked)
    values (${seat.itemId}, ${seat.fieldKey}, ${seat.on}::date, ${seat.half}, 1)
    on conflict (service_item_id, field_key, slot_on, half)
      do update set booked = slot_counters.booked + 1 where slot_counters.booked < ${seat.capacity}::int
    returning 1)`

/** Gives the seat of a withdrawn application back. */
export const freeSeatPart = (
  name: SQL,
  seat: { itemId: string; fieldKey: string; on: PlainDate; half: string },
): SQL =>
  sql`${name} as (update slot_counters set booked = booked - 1
    where service_item_id = ${seat.itemId} and field_key = ${seat.fieldKey} and slot_on = ${seat.on}::date
      and half = ${seat.half} and booked > 0)`
