import { type SQL, sql } from 'drizzle-orm'
import { payloadOf } from '#shared/domain/case/upgrade'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import type { Change } from '../../../platform/db/commit'
import { auditPart } from '../../../platform/db/parts/audit'
import { isConfirmedAccount } from '../../../platform/db/parts/held'
import { FORM_SECONDS } from '../../../platform/ports/files'
import { barsSecond, isKnownApplicant } from '../../application'
import type { OutboxRow } from '../outbox'
import type { CaseText } from '../texts'
import type { CaseWrite, Filed, FoundBy, Moved, SeatChange } from './case-write'

// One constant text writes any number of cases: each table has its list, one parameter, whose rows name their case.

const list = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::jsonb`

/**
 * The rows of a list; `named` is their name with the columns. How many there are is said beside them: of a list alone the
 * planner believes that it has a hundred, and would rather read a whole table than look each of them up in its index.
 */
const listed = (rows: readonly unknown[], named: SQL): SQL =>
  sql`(select * from jsonb_to_recordset(${list(rows)}) as ${named} limit ${rows.length}::int)`

export const actorPart = (actor: string) => sql`actor as (select ${actor}::text as actor)`

const dueOn = ({ due }: Pick<CaseWrite, 'due'>) => (due.kind === 'on' ? due.on : null)

const MOVES =
  sql.raw(`m("caseId" uuid, before int, status text, version int, state jsonb, "dueOn" date, "sortOn" date,
  "endedAt" timestamptz, "villageCode" text, "organUnitId" text, "ownerId" uuid, "filedBy" uuid, bars boolean,
  keyed boolean, "duplicateIndex" text, "keyIndex" text, renamed boolean, "applicantIndex" text, "identityIndex" text,
  "applicantMasked" text, "nameParts" text[], "seenBy" text[])`)

function moveRow(write: Moved, at: number, all: readonly Moved[]) {
  const { state, applicant, duplicates } = write
  const isFirst = !all
    .slice(0, at)
    .some(({ bars, duplicates: other }) => bars && other?.duplicateIndex === duplicates?.duplicateIndex)
  return {
    caseId: write.caseId,
    before: write.before,
    status: state.status,
    version: state.version,
    state,
    dueOn: dueOn(write),
    sortOn: write.sortOn,
    endedAt: state.endedAt,
    villageCode: state.where.villageId,
    organUnitId: state.organUnitId,
    ownerId: write.newOwnerId,
    filedBy: write.newFilerId,
    // Of several that come to have the same key in one statement the first has the guard.
    bars: write.bars && (duplicates === null || isFirst),
    keyed: duplicates !== null,
    duplicateIndex: duplicates?.duplicateIndex ?? null,
    keyIndex: duplicates?.keyIndex ?? null,
    renamed: applicant !== null,
    applicantIndex: applicant?.applicantIndex ?? null,
    identityIndex: applicant?.identityIndex ?? null,
    applicantMasked: applicant?.applicantMasked ?? null,
    nameParts: applicant?.nameParts ?? null,
    seenBy: write.seenBy,
  }
}

const MOVED_INDEX = sql`case when m.keyed then m."duplicateIndex" else c.duplicate_index end`

// Who saw it once may find it ever after. A row from before it was kept is filled whole, by `fill-search`.
const SEEN_BY = sql.raw(`case when c.seen_by is null or c.seen_by @> m."seenBy" then c.seen_by
  else array(select distinct unnest(c.seen_by || m."seenBy") order by 1) end`)

/**
 * Moves rows on which nobody else has moved: the part `moved` has none for the loser of a race. A guard that another case
 * holds stays with it.
 */
const movedPart = (moves: readonly Moved[], now: Instant): SQL =>
  sql`moved as (update cases c set status = m.status, version = m.version, lined_version = m.version, state = m.state, due_on = m."dueOn",
      sort_on = m."sortOn", updated_at = ${now}::timestamptz, ended_at = m."endedAt", village_code = m."villageCode",
      organ_unit_id = m."organUnitId", owner_id = coalesce(m."ownerId", c.owner_id),
      filed_by = coalesce(m."filedBy", c.filed_by), duplicate_index = ${MOVED_INDEX},
      key_index = case when m.keyed then m."keyIndex" else c.key_index end,
      duplicate_guard = case when m.bars and not exists (select 1 from cases o
        where o.duplicate_guard = ${MOVED_INDEX} and o.id <> c.id) then ${MOVED_INDEX} end,
      applicant_index = case when m.renamed then m."applicantIndex" else c.applicant_index end,
      identity_index = case when m.renamed then m."identityIndex" else c.identity_index end,
      applicant_masked = case when m.renamed then m."applicantMasked" else c.applicant_masked end,
      name_parts = case when m.renamed then m."nameParts" else c.name_parts end, seen_by = ${SEEN_BY}
    from ${listed(moves.map(moveRow), MOVES)} m
    where c.id = m."caseId" and c.version = m.before returning c.id)`

const FILINGS =
  sql.raw(`n("caseId" uuid, "numberPrefix" text, "itemId" text, "itemVersion" int, status text, version int,
  state jsonb, "stateIfConfirmed" jsonb, channel text, src text, assisted boolean, "enteredBy" text, "applicantIndex" text,
  "identityIndex" text, "duplicateIndex" text, "keyIndex" text, "applicantMasked" text, "villageCode" text,
  "organUnitId" text, "dueOn" date, "sortOn" date, "forFirm" boolean, "mayBar" boolean,
  barring text[], "nameParts" text[], "seenBy" text[])`)

function filingRow(write: Filed) {
  const { unconfirmed, confirmed } = write.states
  return {
    caseId: write.caseId,
    numberPrefix: write.numberPrefix,
    itemId: write.itemId,
    itemVersion: write.itemVersion,
    status: unconfirmed.status,
    version: unconfirmed.version,
    state: unconfirmed,
    stateIfConfirmed: confirmed,
    channel: unconfirmed.channel,
    src: unconfirmed.src,
    assisted: unconfirmed.assisted,
    enteredBy: unconfirmed.enteredBy,
    ...write.columns,
    villageCode: unconfirmed.where.villageId,
    organUnitId: unconfirmed.organUnitId,
    dueOn: dueOn(write),
    sortOn: write.sortOn,
    forFirm: write.forFirm,
    mayBar: write.mayBar,
    barring: write.barringIndexes,
    seenBy: write.seenBy,
  }
}

/**
 * The parts that draw numbers and write rows. `standing` tells of each whether its applicant is confirmed, and whether the
 * number is one's own and the name beside it another's. A case number is region, YYMMDD and the number of the day, counted
 * from the first one drawn on that day without any lock: gaps are allowed, doubles are not.
 */
function filedParts(filings: readonly Filed[], now: Instant): readonly SQL[] {
  const today = dayIn(now)
  return [
    sql`filings as (select * from ${listed(filings.map(filingRow), FILINGS)} n)`,
    sql`standing as (select c.*, p.profile_id, c."enteredBy" is null
          and ${isKnownApplicant(today, sql`c."forFirm"`)} as confirmed,
        coalesce(p.real_name_level = 3 and p.id_number_index = c.applicant_index
          and p.identity_index <> c.identity_index, false) as misnamed
      from (select *, "caseId" as case_id, "itemId" as service_item_id, "applicantIndex" as applicant_index,
          "identityIndex" as identity_index from filings) c
        cross join principal p join profiles f on f.id = p.profile_id)`,
    sql`known_day as (select base from case_number_days where filed_on = ${today}::date)`,
    sql`opened_day as (insert into case_number_days (filed_on, base)
      select ${today}::date, nextval('case_number_seq') - 1 where not exists (select 1 from known_day)
      on conflict do nothing returning base)`,
    sql`numbered as materialized (select s.*, base, nextval('case_number_seq') - base as number
      from (select coalesce((select base from known_day), (select base from opened_day)) as base offset 0) b, standing s)`,
    sql`filed as (insert into cases (id, case_number, service_item_id, item_version, status, version, lined_version, state, filed_by,
        channel, src, assisted, entered_by, applicant_index, identity_index, duplicate_index, key_index, duplicate_guard,
        applicant_masked, village_code, organ_unit_id, due_on, sort_on, filed_at, updated_at, name_parts,
        seen_by)
      select "caseId", "numberPrefix" || lpad(number::text, greatest(4, length(number::text)), '0'), "itemId",
        "itemVersion", status, version, version, case when confirmed then "stateIfConfirmed" else state end, profile_id, channel,
        src, assisted, "enteredBy", "applicantIndex", "identityIndex", "duplicateIndex", "keyIndex",
        case when confirmed and "mayBar" then "duplicateIndex" end, "applicantMasked", "villageCode", "organUnitId",
        "dueOn", "sortOn", ${now}::timestamptz, ${now}::timestamptz, "nameParts", "seenBy"
      from numbered where base is not null returning id, case_number)`,
  ]
}

/** Who files nothing has no standing. */
const noStanding = (
  name: string,
) => sql`${sql.raw(name)} as (select null::uuid as case_id, null::uuid as profile_id,
  false as confirmed, null::text as applicant_index where false)`

const eventRows = ({ caseId, before, events }: CaseWrite) =>
  events.map(({ id, event, actor, confirmed }, index) => ({
    caseId,
    sequence: before + index + 1,
    first: index === 0,
    id,
    type: event.type,
    at: event.at,
    actor,
    payload: payloadOf(event),
    ifConfirmed: confirmed && payloadOf(confirmed),
  }))

const EVENTS = sql.raw(`e("caseId" uuid, sequence int, first boolean, id uuid, type text, at text, actor text,
  payload text, "ifConfirmed" text)`)

/** Appends events: each link of the chain hashes the one before it. */
const eventParts = (writes: readonly CaseWrite[]): readonly SQL[] => [
  sql`events as (select e."caseId", e.sequence, e.first, e.id, e.type, e.at, coalesce(e.actor, actor.actor) as actor,
      case when standing.confirmed then coalesce(e."ifConfirmed", e.payload) else e.payload end as payload
    from ${listed(writes.flatMap(eventRows), EVENTS)} e
      cross join actor left join standing on standing.case_id = e."caseId")`,
  sql`chain as (with recursive link as (
      select e."caseId", e.sequence, case_event_hash((select h.hash from case_events h
          where h.case_id = e."caseId" and h.sequence = e.sequence - 1),
        e."caseId", e.sequence, e.type, e.at, e.actor, e.payload) as hash
      from events e where e.first
      union all
      select e."caseId", e.sequence, case_event_hash(l.hash, e."caseId", e.sequence, e.type, e.at, e.actor, e.payload)
      from link l join events e on e."caseId" = l."caseId" and e.sequence = l.sequence + 1
    ) select * from link)`,
  sql`logged as (insert into case_events (case_id, sequence, id, type, at, actor, payload, hash, life)
    select e."caseId", e.sequence, e.id, e.type, e.at::timestamptz, e.actor, e.payload, c.hash,
      (select life from event_log)
    from events e join chain c on c."caseId" = e."caseId" and c.sequence = e.sequence)`,
]

interface TextOf {
  readonly caseId: string
  readonly texts: readonly CaseText[]
}

/** Reasons, notes and answers, each under its digest; the same text twice is one row. */
export const textsPart = (of: readonly TextOf[], now: Instant): SQL =>
  sql`worded as (insert into case_texts (case_id, digest, kind, sealed, created_at)
    select t."caseId", t.digest, t.kind, t.sealed, ${now}::timestamptz
    from ${listed(
      of.flatMap(({ caseId, texts }) => texts.map((text) => ({ caseId, ...text }))),
      sql.raw('t("caseId" uuid, digest text, kind text, sealed text)'),
    )} t
    on conflict do nothing)`

const TASKS =
  sql.raw(`t("caseId" uuid, "stepKey" text, "partUnitId" text, role text, "unitId" text, queue text,
  "assigneeId" text, "dueOn" date, "sortOn" date, "openedAt" timestamptz, unstaffed boolean, barred text[], approval boolean,
  line text)`)

const taskRows = (writes: readonly CaseWrite[], which: 'removed' | 'written') =>
  listed(
    writes.flatMap(({ caseId, tasks }) => tasks[which].map((task) => ({ caseId, ...task }))),
    TASKS,
  )

const taskParts = (writes: readonly CaseWrite[]): readonly SQL[] => [
  sql`closed as (delete from case_tasks c using ${taskRows(writes, 'removed')} t
    where c.case_id = t."caseId" and c.step_key = t."stepKey" and c.part_unit_id = t."partUnitId"
      and c.role = t.role and c.unit_id = t."unitId")`,
  sql`tasked as (insert into case_tasks (case_id, step_key, part_unit_id, role, unit_id, queue, assignee_id,
      due_on, sort_on, opened_at, unstaffed, barred, approval, line)
    select t."caseId", t."stepKey", t."partUnitId", t.role, t."unitId", t.queue, t."assigneeId", t."dueOn",
      t."sortOn", t."openedAt", t.unstaffed, t.barred, t.approval, t.line
    from ${taskRows(writes, 'written')} t
    on conflict (case_id, step_key, part_unit_id, role, unit_id) do update set queue = excluded.queue,
      assignee_id = excluded.assignee_id, due_on = excluded.due_on, sort_on = excluded.sort_on,
      opened_at = excluded.opened_at, unstaffed = excluded.unstaffed, barred = excluded.barred, approval = excluded.approval,
      line = excluded.line,
      reminded_for = case when case_tasks.due_on is not distinct from excluded.due_on then case_tasks.reminded_for end)`,
]

/** What has not gone out yet to those who see the case no more: its page is not there for them. */
function unsentPart(writes: readonly CaseWrite[], now: Instant): SQL {
  const lost = writes.flatMap((write) =>
    write.kind === 'moved'
      ? write.losers.map((id) => ({ caseId: write.caseId, recipient: `profile:${id}` }))
      : [],
  )
  return sql`unsent as (update reminders r set dropped_at = ${now}::timestamptz
    from ${listed(lost, sql.raw('l("caseId" uuid, recipient text)'))} l
    where r.recipient = l.recipient and r.case_id = l."caseId" and r.sent_at is null and r.sending_at is null
      and r.failed_at is null)`
}

interface ReminderRow extends OutboxRow {
  readonly caseId: string
  /** Only where the applicant of the case that is filed is confirmed, or is not; always where it is missing. */
  readonly onlyIf?: boolean
}

function reminderRows(write: CaseWrite): readonly ReminderRow[] {
  const of = (rows: readonly OutboxRow[]) => rows.map((row) => ({ caseId: write.caseId, ...row }))
  if (write.kind === 'moved') return of(write.reminders)
  return [
    ...of(write.reminders).map((row) => ({ ...row, onlyIf: false })),
    ...of(write.remindersIfConfirmed).map((row) => ({ ...row, onlyIf: true })),
  ]
}

const REMINDERS =
  sql.raw(`r(id uuid, "eventId" uuid, "caseId" uuid, kind text, recipient text, urgent boolean,
  "templateId" text, "bodySealed" text, channel text, "availableAt" timestamptz, "onlyIf" boolean)`)

/**
 * Reminders. Of a case that is being filed `filer` is the profile of its `standing`, `owner` the confirmed person of the
 * applicant's number, where there is one and it is somebody else.
 */
const remindersPart = (
  rows: readonly ReminderRow[],
  now: Instant,
  { name, standing } = { name: 'reminded', standing: 'standing' },
): SQL =>
  sql`${sql.raw(name)} as (insert into reminders (id, event_id, case_id, kind, recipient, urgent, template_id, body_sealed, channel,
      created_at, available_at)
    select r.id, r."eventId", r."caseId", r.kind, case r.recipient when 'filer' then 'profile:' || s.profile_id
        when 'owner' then 'profile:' || owner.id else r.recipient end,
      r.urgent, r."templateId", r."bodySealed", r.channel, ${now}::timestamptz, r."availableAt"
    from ${listed(rows, REMINDERS)} r
      left join ${sql.raw(standing)} s on s.case_id = r."caseId"
      left join lateral (select owner.id from profiles owner where r.recipient = 'owner'
        and owner.id_number_index = s.applicant_index and ${isConfirmedAccount('owner')} limit 1) owner on true
    where (r."onlyIf" is null or r."onlyIf" = s.confirmed)
      and case r.recipient when 'owner' then owner.id <> s.profile_id
        else r.recipient is distinct from 'profile:' || s.profile_id end
      -- Of the additions of a day one unread line.
      and not (r.kind = 'added' and exists (select 1 from reminders o where o.recipient = r.recipient
        and o.case_id = r."caseId" and o.kind = 'added' and o.read_at is null and o.dropped_at is null
        and o.created_at >= ${instantAt(dayIn(now), 0)}::timestamptz))
    on conflict (event_id, recipient, kind) do nothing)`

/** Reminders of cases of which the statement writes nothing else. */
export const reminderParts = (
  rows: readonly (OutboxRow & { readonly caseId: string })[],
  now: Instant,
): readonly SQL[] => [
  noStanding('nobody'),
  remindersPart(rows, now, { name: 'reminded_alone', standing: 'nobody' }),
]

const DOCUMENTS = sql.raw(
  'd("caseId" uuid, id uuid, kind text, "unitId" text, year int, prefix text, at int)',
)

const documentRows = (writes: readonly CaseWrite[]) =>
  writes
    .flatMap(({ caseId, documents }) => documents.map((each) => ({ caseId, ...each })))
    .map((row, at) => ({ ...row, at }))

/**
 * Draws the numbers of documents from the counter of each unit, kind and year: continuous, since a transaction that fails
 * draws none.
 */
const documentParts = (writes: readonly CaseWrite[], now: Instant): readonly SQL[] => [
  sql`issuing as (select d.*, row_number() over (partition by "unitId", kind, year order by at)::int as nth,
      count(*) over (partition by "unitId", kind, year)::int as total
    from ${listed(documentRows(writes), DOCUMENTS)} d)`,
  sql`drawn as (insert into document_counters (unit_id, kind, year, last)
    select "unitId", kind, year, count(*)::int from issuing group by 1, 2, 3 order by 1, 2, 3
    on conflict (unit_id, kind, year) do update set last = document_counters.last + excluded.last
    returning unit_id, kind, year, last)`,
  sql`issued as (insert into documents (id, case_id, kind, unit_id, year, number, document_number, issued_at)
    select i.id, i."caseId", i.kind, i."unitId", i.year, d.last - i.total + i.nth,
      i.prefix || (d.last - i.total + i.nth) || '号', ${now}::timestamptz
    from issuing i join drawn d on d.unit_id = i."unitId" and d.kind = i.kind and d.year = i.year)`,
]

const UPLOADS = sql.raw(`s(id uuid, "caseId" uuid, "storageKey" text, "contentType" text, size bigint,
  "arrivedDigest" text, "keptDigest" text)`)

/** Clocks of the store and ours differ a little. */
const FORM_MARGIN_SECONDS = 60

/**
 * Takes the uploads out of the hands of whoever brings them, each with what is kept of it: the part `attached` counts those
 * that were free and theirs. What came is noted for removal when its form has run out.
 */
const uploadParts = (writes: readonly CaseWrite[]): readonly SQL[] => [
  sql`attached as (update uploads set case_id = s."caseId", storage_key = s."storageKey",
      content_type = s."contentType", size = s.size, arrived_digest = s."arrivedDigest", kept_digest = s."keptDigest"
    from principal, ${listed(
      writes.flatMap(({ caseId, uploads }) => uploads.map((each) => ({ ...each, caseId }))),
      UPLOADS,
    )} s
    where uploads.id = s.id and uploads.owner_id = principal.profile_id and uploads.case_id is null
    returning uploads.id, uploads.storage_key, uploads.created_at)`,
  sql`discarded as (insert into discarded_files (upload_id, kept_key, remove_after)
    select id, storage_key, created_at + make_interval(secs => ${FORM_SECONDS + FORM_MARGIN_SECONDS}::int) from attached)`,
]

interface SeatOfItem extends Omit<SeatChange, 'change'> {
  readonly itemId: string
  readonly change: number
}

/** Each half day once: what one case of the statement gives back another may take. */
function seatSums(writes: readonly CaseWrite[]): readonly SeatOfItem[] {
  const sums = new Map<string, SeatOfItem>()
  for (const { itemId, seats } of writes)
    for (const seat of seats) {
      const key = [itemId, seat.fieldKey, seat.on, seat.half].join('|')
      const known = sums.get(key)
      sums.set(key, {
        ...seat,
        itemId,
        change: seat.change + (known?.change ?? 0),
        capacity: Math.max(seat.capacity, known?.capacity ?? 0),
      })
    }
  return [...sums.values()].filter(({ change }) => change !== 0)
}

/**
 * Takes and gives back half days, all in one order, so that two that swap theirs wait for each other and do not
 * deadlock. The part `seated` has a row for each that could be had.
 */
const seatParts = (seats: readonly SeatOfItem[]): readonly SQL[] => [
  sql`seats as (select * from ${listed(
    seats,
    sql.raw('s("itemId" text, "fieldKey" text, "on" date, half text, change int, capacity int)'),
  )} s)`,
  sql`seated as (insert into slot_counters (service_item_id, field_key, slot_on, half, booked)
    select "itemId", "fieldKey", "on", half, greatest(change, 0) from seats where change <= 0 or change <= capacity
    order by 1, 2, 3, 4
    on conflict (service_item_id, field_key, slot_on, half) do update
      set booked = (select greatest(slot_counters.booked + s.change, 0) from seats s
        where s."itemId" = excluded.service_item_id and s."fieldKey" = excluded.field_key
          and s."on" = excluded.slot_on and s.half = excluded.half)
      where excluded.booked = 0 or slot_counters.booked + excluded.booked <= (select s.capacity from seats s
        where s."itemId" = excluded.service_item_id and s."fieldKey" = excluded.field_key
          and s."on" = excluded.slot_on and s.half = excluded.half)
    returning 1)`,
]

const ofKind = <Kind extends CaseWrite['kind']>(writes: readonly CaseWrite[], kind: Kind) =>
  writes.filter((write): write is Extract<CaseWrite, { kind: Kind }> => write.kind === kind)

/**
 * All that the changes write, as parts of one statement after the part `actor`, with what must hold then. `filed` has the
 * numbers of the cases that are filed.
 */
export function writeParts(writes: readonly CaseWrite[], now: Instant): Pick<Change, 'parts' | 'demands'> {
  const [filings, moves] = [ofKind(writes, 'filed'), ofKind(writes, 'moved')]
  const seats = seatSums(writes)
  const uploads = writes.reduce((sum, write) => sum + write.uploads.length, 0)
  return {
    parts: [
      ...(filings.length > 0 ? filedParts(filings, now) : [noStanding('standing')]),
      movedPart(moves, now),
      ...eventParts(writes),
      textsPart(writes, now),
      ...taskParts(writes),
      unsentPart(writes, now),
      remindersPart(writes.flatMap(reminderRows), now),
      ...documentParts(writes, now),
      ...uploadParts(writes),
      ...seatParts(seats),
      auditPart(
        writes.map(({ caseId, audit }) => ({ subject: `case:${caseId}`, ...audit })),
        now,
        'audited_cases',
      ),
    ],
    demands: [
      { holds: sql`(select count(*) from moved) = ${moves.length}::int`, code: 'case.state-changed' },
      { holds: sql`(select count(*) from attached) = ${uploads}::int`, code: 'upload.missing' },
      { holds: sql`(select count(*) from seated) = ${seats.length}::int`, code: 'application.slot-full' },
    ],
  }
}

/** Of cases from before it was kept, by what they are found. */
export const foundPart = (rows: readonly FoundBy[]): SQL =>
  sql`found as (update cases c set name_parts = f."nameParts", seen_by = f."seenBy"
    from ${listed(rows, sql.raw('f("caseId" uuid, version int, "nameParts" text[], "seenBy" text[])'))} f
    where c.id = f."caseId" and c.version = f.version and c.seen_by is null)`

/** One statement writes a row once: the cases of `written` get their new account with what else is written of them. */
export const movedToAccountPart = (leavingId: string, ownerId: string, written: readonly string[]): SQL =>
  sql`moved_cases as (update cases set
      filed_by = case when filed_by = ${leavingId}::uuid then ${ownerId}::uuid else filed_by end,
      owner_id = case when owner_id = ${leavingId}::uuid then ${ownerId}::uuid else owner_id end
    where (filed_by = ${leavingId}::uuid or owner_id = ${leavingId}::uuid)
      and id::text not in (select jsonb_array_elements_text(${list(written)})))`

/** A confirmed owner has no case yet that bars one of those filed. Two that are filed at once meet at the guard, which is unique. */
export const duplicateDemand = (now: Instant) => ({
  holds: sql`not exists (select 1 from standing s, cases c where s.confirmed and s."mayBar"
    and c.duplicate_index = any(s.barring) and ${barsSecond(dayIn(now))})`,
  code: 'application.duplicate' as const,
})
