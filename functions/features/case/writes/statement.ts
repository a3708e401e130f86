import { type SQL, sql } from 'drizzle-orm'
import type { CaseEventType } from '#shared/domain/case/events'
import { UNDO_SECONDS, UNDOABLE } from '#shared/domain/case/undo'
import { payloadOf } from '#shared/domain/case/upgrade'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import type { Change } from '../../../platform/db/commit'
import { auditPart } from '../../../platform/db/parts/audit'
import { FORM_OVER } from '../../../platform/db/parts/form-over'
import { isConfirmedAccount } from '../../../platform/db/parts/held'
import {
  hasFailed,
  IS_OF_ACT,
  IS_OF_WORK,
  IS_WAITING,
  reminderColumns,
  remindersPart,
} from '../../../platform/db/parts/reminders'
import type { OutboxRow } from '../outbox'
import type { CaseText } from '../texts'
import { undoableSince } from '../undo-time'
import { filedParts, movedPart, noFilers } from './case-rows'
import type { CaseWrite, Moved } from './case-write'
import { certifiedPart, documentParts, seatParts, seatSums } from './counted'
import { listed } from './lists'
import { missedPart } from './missed'
import { allRead, heardPart, objectionsHeard } from './objections-heard'
import { TASK_COLUMNS, TASK_VALUES, WRITTEN_TASKS } from './task-rows'

// One text for each set of tables writes any number of cases: each table has its list, one parameter, whose rows name their
// case; lists of more than forty rows have a text of their own.

export const actorPart = (actor: string) => sql`actor as (select ${actor}::text as actor)`

const eventRows = ({ caseId, before, events }: CaseWrite) =>
  events.map(({ id, event, actor }, index) => ({
    caseId,
    sequence: before + index + 1,
    first: index === 0,
    id,
    type: event.type,
    at: event.at,
    actor,
    payload: payloadOf(event),
  }))

const EVENTS = sql.raw(`e("caseId" uuid, sequence int, first boolean, id uuid, type text, at text, actor text,
  payload text)`)

/** Appends events: each link of the chain hashes the one before it. */
const eventParts = (writes: readonly CaseWrite[]): readonly SQL[] => [
  sql`events as (select e."caseId", e.sequence, e.first, e.id, e.type, e.at, coalesce(e.actor, actor.actor) as actor, e.payload
    from ${listed(writes.flatMap(eventRows), EVENTS)} e cross join actor)`,
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

const taskRows = (writes: readonly CaseWrite[], which: 'removed' | 'written') =>
  listed(
    writes.flatMap(({ caseId, tasks }) => tasks[which].map((task) => ({ caseId, ...task }))),
    WRITTEN_TASKS,
  )

/** Only what has moved had tasks before. */
const closedPart = (moves: readonly Moved[]): SQL =>
  sql`closed as (delete from case_tasks c using ${taskRows(moves, 'removed')} t
    where c.case_id = t."caseId" and c.step_key = t."stepKey" and c.part_unit_id = t."partUnitId"
      and c.role = t.role and c.unit_id = t."unitId")`

const taskedPart = (writes: readonly CaseWrite[]): SQL =>
  sql`tasked as (insert into case_tasks (${TASK_COLUMNS}) select ${TASK_VALUES}
    from ${taskRows(writes, 'written')} t
    on conflict (case_id, step_key, part_unit_id, role, unit_id) do update set queue = excluded.queue,
      assignee_id = excluded.assignee_id, due_on = excluded.due_on, sort_on = excluded.sort_on,
      opened_at = excluded.opened_at, unstaffed = excluded.unstaffed, barred = excluded.barred, approval = excluded.approval,
      line = excluded.line,
      reminded_for = case when case_tasks.due_on is not distinct from excluded.due_on then case_tasks.reminded_for end)`

/** What has not gone out yet to those who see the case no more: its page is not there for them. */
function unsentPart(moves: readonly Moved[], now: Instant): SQL {
  const lost = moves.flatMap(({ caseId, losers }) =>
    losers.map((id) => ({ caseId, recipient: `profile:${id}` })),
  )
  return sql`unsent as (update reminders r set dropped_at = ${now}::timestamptz
    from ${listed(lost, sql.raw('l("caseId" uuid, recipient text)'))} l
    where r.recipient = l.recipient and r.case_id = l."caseId" and ${IS_WAITING})`
}

/** The reminders `r` of acts that were taken back, without what the passing days have put beside them. */
const toldOfUndone = (moves: readonly Moved[]): SQL =>
  sql`${listed(
    moves.flatMap(({ caseId, undone }) => undone.map((eventId) => ({ caseId, eventId }))),
    sql.raw('u("caseId" uuid, "eventId" uuid)'),
  )} u where r.event_id = u."eventId" and r.case_id = u."caseId" and ${IS_OF_ACT}`

/** What waited to be told of an act that was taken back. */
const recalledPart = (moves: readonly Moved[], now: Instant): SQL =>
  sql`recalled as (update reminders r set dropped_at = ${now}::timestamptz
    from ${toldOfUndone(moves)} and ${IS_WAITING} returning r.id)`

/** What was told while the taking back had to wait for another writer is told: then nothing is taken back. */
const allRecalled = (moves: readonly Moved[]): Change['demands'][number] => ({
  holds: sql`(select count(*) from recalled) = (select count(*) from reminders r, ${toldOfUndone(moves)}
    and not ${hasFailed('r')} and r.dropped_at is null)`,
  code: 'case.undo-over',
})

const OUTDATING = sql.raw('m("caseId" uuid, "saysMore" boolean)')
const KINDS_UNDOABLE = sql.raw(UNDOABLE.map((type) => `'${type}'`).join(', '))
const KEPT = sql.raw('k("caseId" uuid, role text, "unitId" text, "assigneeId" text)')

/** The reminder `r` is of work of the case that is there after the change, for whoever has it. */
const isOfKept = (moves: readonly Moved[]): SQL => {
  const kept = moves.flatMap((move) => move.kept.map((task) => ({ ...task, caseId: move.caseId })))
  return sql`exists (select 1 from ${listed(kept, KEPT)} k
    where k."caseId" = r.case_id and (r.recipient = 'staff:' || k."assigneeId" or (k."assigneeId" is null and exists (
      select 1 from staff_roles s where s.role = k.role and s.unit_id = k."unitId" and r.recipient = 'staff:' || s.staff_id))))`
}

/** What an act that can be taken back has told the applicant, that it goes on, is old after these: they tell where it stands. */
const SAY_MORE: readonly CaseEventType[] = [
  'correction-requested',
  'accepted',
  'granted',
  'refused',
  'disowned',
]

const saysMore = ({ state: { endedAt, decision }, events }: Moved) =>
  (endedAt !== null && decision === null) || events.some(({ event }) => SAY_MORE.includes(event.type))

/**
 * What waits until its act can no longer be taken back, and is not so any more: work that somebody else has done by then,
 * and that it goes on. Each by its key, from the events of the case: in the whole county much waits.
 */
function outdatedPart(moves: readonly Moved[], now: Instant): SQL {
  const rows = moves.map((move) => ({ caseId: move.caseId, saysMore: saysMore(move) }))
  return sql`outdated as (update reminders r set dropped_at = ${now}::timestamptz
    where r.id = any(array(select r.id from ${listed(rows, OUTDATING)} m
      cross join lateral (select e.id from case_events e where e.case_id = m."caseId"
        and e.at >= ${undoableSince(now)}::timestamptz and e.type in (${KINDS_UNDOABLE}) offset 0) e
      cross join lateral (select * from reminders r where r.event_id = e.id offset 0) r
      where r.case_id = m."caseId" and r.available_at > ${now}::timestamptz
        and case when ${IS_OF_WORK} then not ${isOfKept(moves)}
          else m."saysMore" and r.recipient like 'profile:%' end))
      and ${IS_WAITING})`
}

/**
 * What the act that is taken back had made old is so again and goes out after all: it dropped it in the moment of its event.
 */
const broughtBackPart = (moves: readonly Moved[]): SQL => {
  const rows = moves.flatMap(({ caseId, undone }) => undone.map((eventId) => ({ caseId, eventId })))
  return sql`brought_back as (update reminders r set dropped_at = null
    where r.id = any(array(select r.id from ${listed(rows, sql.raw('u("caseId" uuid, "eventId" uuid)'))} u
      join case_events a on a.case_id = u."caseId" and a.id = u."eventId"
      cross join lateral (select e.id from case_events e where e.case_id = u."caseId" and e.id <> a.id
        and e.at >= a.at - make_interval(secs => ${UNDO_SECONDS}::int) and e.type in (${KINDS_UNDOABLE}) offset 0) e
      cross join lateral (select * from reminders r where r.event_id = e.id offset 0) r
      where r.case_id = u."caseId" and r.dropped_at = a.at and ${IS_OF_WORK} and ${isOfKept(moves)})))`
}

interface ReminderRow extends OutboxRow {
  readonly caseId: string
}

const reminderRows = (write: CaseWrite): readonly ReminderRow[] =>
  write.reminders.map((row) => ({ caseId: write.caseId, ...row }))

/** Of the additions of a day one unread line. */
const isFirstAddition = (now: Instant) =>
  sql`and not (r.kind = 'added' and exists (select 1 from reminders o where o.recipient = r.recipient
    and o.case_id = r."caseId" and o.kind = 'added' and o.read_at is null and o.dropped_at is null
    and o.created_at >= ${instantAt(dayIn(now), 0)}::timestamptz))`

/**
 * Reminders. Of a case that is being filed `filer` is the profile of its `filers`, `owner` the confirmed person of the
 * applicant's number, where there is one and it is somebody else.
 */
const remindedPart = (
  rows: readonly ReminderRow[],
  now: Instant,
  { name, filers } = { name: 'reminded', filers: 'filers' },
): SQL =>
  remindersPart(
    name,
    {
      recipient: sql.raw(`case r.recipient when 'filer' then 'profile:' || s.profile_id
        when 'owner' then 'profile:' || owner.id else r.recipient end`),
      from: sql`${listed(rows, reminderColumns())} r
      left join ${sql.raw(filers)} s on s.case_id = r."caseId"
      left join lateral (select owner.id from profiles owner where r.recipient = 'owner'
        and owner.id_number_index = s.applicant_index and ${isConfirmedAccount('owner')} limit 1) owner on true`,
      where: sql`case r.recipient when 'owner' then owner.id <> s.profile_id
        else r.recipient is distinct from 'profile:' || s.profile_id end
      ${rows.some(({ kind }) => kind === 'added') ? isFirstAddition(now) : sql``}`,
    },
    now,
  )

/** Reminders of cases of which the statement writes nothing else. */
export const reminderParts = (
  rows: readonly (OutboxRow & { readonly caseId: string })[],
  now: Instant,
): readonly SQL[] => [
  noFilers('nobody'),
  remindedPart(rows, now, { name: 'reminded_alone', filers: 'nobody' }),
]

const UPLOADS = sql.raw(`s(id uuid, "caseId" uuid, "storageKey" text, "contentType" text, size bigint,
  "arrivedDigest" text, "keptDigest" text)`)

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
    select id, storage_key, ${FORM_OVER} from attached)`,
]

const ofKind = <Kind extends CaseWrite['kind']>(writes: readonly CaseWrite[], kind: Kind) =>
  writes.filter((write): write is Extract<CaseWrite, { kind: Kind }> => write.kind === kind)

/**
 * All that the changes write, as parts of one statement after the part `actor`, with what must hold then. `filed` has the
 * numbers of the cases that are filed. A table that nothing is written of has no part: each costs its time, empty or not.
 */
export function writeParts(writes: readonly CaseWrite[], now: Instant): Pick<Change, 'parts' | 'demands'> {
  const [filings, moves] = [ofKind(writes, 'filed'), ofKind(writes, 'moved')]
  const seats = seatSums(writes)
  const uploads = writes.reduce((sum, write) => sum + write.uploads.length, 0)
  const heard = objectionsHeard(moves).length
  const wherever = (isThere: boolean, parts: () => readonly SQL[]) => (isThere ? parts() : [])
  const isUndoing = moves.some(({ undone }) => undone.length > 0)
  const holds = (part: string, count: number, code: Change['demands'][number]['code']) =>
    count === 0 ? [] : [{ holds: sql`(select count(*) from ${sql.raw(part)}) = ${count}::int`, code }]
  return {
    parts: [
      ...(filings.length > 0 ? filedParts(filings, now) : [noFilers('filers')]),
      ...wherever(moves.length > 0, () => [movedPart(moves, now), closedPart(moves)]),
      ...wherever(
        moves.some(({ losers }) => losers.length > 0),
        () => [unsentPart(moves, now)],
      ),
      ...wherever(isUndoing, () => [recalledPart(moves, now), broughtBackPart(moves)]),
      // One statement writes a row once: what is taken back is recalled whole.
      ...wherever(moves.length > 0 && !isUndoing, () => [outdatedPart(moves, now)]),
      ...eventParts(writes),
      textsPart(writes, now),
      taskedPart(writes),
      remindedPart(writes.flatMap(reminderRows), now),
      ...wherever(
        writes.some(({ documents }) => documents.length > 0),
        () => documentParts(writes, now),
      ),
      ...wherever(
        moves.some(({ certificates }) => certificates.length > 0),
        () => [certifiedPart(moves)],
      ),
      ...wherever(
        moves.some(({ missed }) => missed.length > 0),
        () => [missedPart(moves)],
      ),
      ...wherever(heard > 0, () => [heardPart(moves, now)]),
      ...wherever(uploads > 0, () => uploadParts(writes)),
      ...wherever(seats.length > 0, () => seatParts(seats)),
      auditPart(
        writes.map(({ caseId, audit }) => ({ subject: `case:${caseId}`, ...audit })),
        now,
        'audited_cases',
      ),
    ],
    demands: [
      ...holds('moved', moves.length, 'case.state-changed'),
      ...holds('attached', uploads, 'upload.missing'),
      ...holds('heard', heard, 'objection.settled'),
      ...allRead(moves),
      ...holds('seated', seats.length, 'application.slot-full'),
      ...(isUndoing ? [allRecalled(moves)] : []),
    ],
  }
}
