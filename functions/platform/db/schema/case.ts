import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CaseStatus } from '#shared/domain/case/case-status'
import type { CaseChannel } from '#shared/domain/case/state'
import type { StoredState } from '#shared/domain/case/upgrade'
import { profiles } from './account'
import { instant, transactionId } from './columns'
import { units } from './organization'

/** Numbers of all days; a day's own number is the distance from the first one drawn on that day. */
export const caseNumberSequence = pgSequence('case_number_seq')

export const caseNumberDays = pgTable('case_number_days', {
  filedOn: date().primaryKey(),
  base: bigint({ mode: 'number' }).notNull(),
})

/** The projection of a case's events. */
export const cases = pgTable(
  'cases',
  {
    id: uuid().primaryKey(),
    caseNumber: text().notNull().unique('cases_case_number'),
    serviceItemId: text().notNull(),
    itemVersion: integer().notNull(),
    status: text().notNull().$type<CaseStatus>(),
    version: integer().notNull(),
    /** The version that the lines of its tasks tell of, not its own line's: a row written without them has another or none. */
    taskLinesVersion: integer('lined_version'),
    /** What lists of one's own cases say of it beside these columns, as JSON; null in rows from before it was kept. */
    line: text(),
    /** The version that the line tells of: a row that was written without one has another or none. */
    lineVersion: integer(),
    /** Whether the line goes by who has filed it. */
    lineSplits: boolean(),
    /** The first day on which time alone moves it; of the line's version. */
    turnsOn: date(),
    state: jsonb().notNull().$type<StoredState>(),
    /** Who filed it. */
    filedBy: uuid()
      .notNull()
      .references(() => profiles.id),
    /** Who took it over as its owner; whoever filed it sees it no more. */
    ownerId: uuid().references(() => profiles.id),
    /** How it came in; null in rows from before it was kept, as the next three. */
    channel: text().$type<CaseChannel>(),
    /** The scene of the code or link that led here. */
    src: text(),
    assisted: boolean(),
    /** The member of staff who typed it for somebody. */
    enteredBy: text(),
    /** Keyed digest of the applicant's ID number or credit code: the owner finds cases that others filed. */
    applicantIndex: text(),
    /** Of the applicant's name and number together, as `profiles.identityIndex`. */
    identityIndex: text(),
    /** Keyed digest of what makes a second application the same one. */
    duplicateIndex: text(),
    /** Of item and key without the owner, where the item names keys; null in rows from before it was kept. */
    keyIndex: text(),
    /** As `duplicate_index`, while a confirmed owner's case bars a second one. */
    duplicateGuard: text().unique('cases_duplicate_guard'),
    /** Masked, for lists and queues. */
    applicantMasked: text().notNull(),
    /** Keyed digests of what the applicant's name can be found by; null in rows that `fill-lists` has not seen yet. */
    nameParts: text().array(),
    /** Pools and members who see the case or have seen it; null as before. */
    seenBy: text().array(),
    /** Whoever had its number has said that it is not theirs; as its state, which no index holds. */
    wasDisowned: boolean().notNull().default(false),
    villageCode: text(),
    /** The organ that decides. */
    organUnitId: text()
      .notNull()
      .references(() => units.id),
    /** The earlier of promised and statutory; null while it cannot be told. */
    dueOn: date(),
    /** No longer written, leaves with the next narrowing: each task has its own. */
    sortOn: date(),
    filedAt: instant().notNull(),
    updatedAt: instant().notNull(),
    /** Set once nothing is left to do. */
    endedAt: instant(),
  },
  (table) => [
    index('cases_filed_by').on(table.filedBy, table.id),
    // Who types for others at a counter files most, and none of it is among their own.
    index('cases_filed_for_self').on(table.filedBy, table.id).where(sql`${table.enteredBy} is null`),
    index('cases_open_filed_by').on(table.filedBy).where(sql`${table.endedAt} is null`),
    index('cases_open_applicant').on(table.applicantIndex, table.id).where(sql`${table.endedAt} is null`),
    index('cases_owner').on(table.ownerId, table.id).where(sql`${table.ownerId} is not null`),
    index('cases_applicant').on(table.applicantIndex, table.id),
    // Of a firm, and of who is not named: who acts for it may do so in some items.
    index('cases_firm_item')
      .on(table.applicantIndex, table.serviceItemId, table.id)
      .where(sql`${table.identityIndex} is null`),
    // Anybody may type a number or a code: what guides tell of it is found by its item.
    index('cases_open_item')
      .on(table.applicantIndex, table.serviceItemId, table.id)
      .where(sql`${table.endedAt} is null`),
    index('cases_open_holder')
      .on(
        sql`coalesce(${table.ownerId}, ${table.filedBy})`,
        table.applicantIndex,
        table.serviceItemId,
        table.id,
      )
      .where(sql`(${table.ownerId} is not null or ${table.enteredBy} is null) and ${table.endedAt} is null`),
    index('cases_open_guarded')
      .on(table.applicantIndex, table.serviceItemId, table.id)
      .where(sql`${table.endedAt} is null and ${table.duplicateGuard} is not null`),
    index('cases_granted_item')
      .on(table.applicantIndex, table.serviceItemId, table.id)
      .where(sql`${table.status} in ('granted', 'concluded', 'delivered')`),
    index('cases_questioned')
      .on(table.applicantIndex, table.serviceItemId)
      .where(sql`${table.state}->'revocations' is not null`),
    index('cases_disowned').on(table.filedBy).where(sql`${table.wasDisowned}`),
    index('cases_duplicate_newest').on(table.duplicateIndex, table.id),
    // What asks to renew a certificate, by the case that granted it.
    index('cases_renews')
      .on(sql`(${table.state}->>'renews')`)
      .where(sql`${table.state}->>'renews' is not null`),
    // A firm has thousands of cases: whether one says that its applicant has died is not looked for in them.
    index('cases_deceased').on(table.applicantIndex).where(sql`(${table.state}->>'isDeceased')::boolean`),
    // By the day in Asia/Shanghai: by the instant itself the planner would look for what is merely over.
    index('cases_ended_on').on(sql`((${table.endedAt} at time zone 'Asia/Shanghai')::date)`),
    index('cases_under_way').on(table.id).where(sql`${table.endedAt} is null`),
    // Its words are made by a function of the migration: parts of the number, item and village.
    index('cases_search').using(
      'gin',
      table.nameParts,
      table.seenBy,
      sql`case_words(${table.caseNumber}, ${table.serviceItemId}, ${table.villageCode})`,
    ),
    index('cases_unfound').on(table.id).where(sql`${table.seenBy} is null`),
    index('cases_key_newest').on(table.keyIndex, table.id).where(sql`${table.keyIndex} is not null`),
  ],
)

/** Append-only; each row's hash covers the one before it. No personal data. */
export const caseEvents = pgTable(
  'case_events',
  {
    caseId: uuid().notNull(),
    sequence: integer().notNull(),
    id: uuid().notNull().unique('case_events_id'),
    type: text().notNull(),
    at: instant().notNull(),
    /** `profile:<id>`, `staff:<id>` or `system:<job>` */
    actor: text().notNull(),
    /** Canonical JSON, the very text that was hashed. */
    payload: text().notNull(),
    hash: text().notNull(),
    /** Of the database's server, as `event_log.life` was; 0 before it was counted. */
    life: integer().notNull().default(0),
    /** By which transaction: those of before it was kept all have that of the migration. */
    writtenIn: transactionId().notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.sequence] }),
    // In this order readers follow the log.
    index('case_events_log').on(table.life, table.writtenIn, table.id),
    // What a member of staff has acted on, by their acts.
    index('case_events_staff').on(table.actor, table.id).where(sql`${table.actor} like 'staff:%'`),
  ],
)

/** One row: a restored copy runs on another server, whose transactions count from a lower number on. */
export const eventLog = pgTable('event_log', {
  life: integer().primaryKey(),
})

/** Answers, reasons and notes, encrypted; an event names them by keyed digest, and an issued document its words by its id. */
export const caseTexts = pgTable(
  'case_texts',
  {
    caseId: uuid().notNull(),
    digest: text().notNull(),
    kind: text().notNull().$type<'answers' | 'reason' | 'note' | 'faults' | 'document'>(),
    sealed: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.digest] })],
)

/** An open step at one pool of staff. A step that falls to two pools has a row for each. */
export const caseTasks = pgTable(
  'case_tasks',
  {
    caseId: uuid().notNull(),
    stepKey: text().notNull(),
    role: text().notNull(),
    unitId: text().notNull(),
    /** The unit of a parallel step that this part belongs to; the same as `unit_id` otherwise. */
    partUnitId: text().notNull(),
    queue: text().notNull().$type<'to-do' | 'waits-for-applicant' | 'paused'>(),
    assigneeId: text(),
    dueOn: date(),
    sortOn: date().notNull(),
    openedAt: instant().notNull(),
    /** True when the pool that should hold the step has nobody: the administrator sees it. */
    unstaffed: boolean().notNull().default(false),
    /** Members of the pool who must not handle this case: it is not in their queue. */
    barred: text().array().notNull().default([]),
    /** Of whoever was asked to allow something; the share itself is not theirs. */
    approval: boolean().notNull().default(false),
    /** The light for which a reminder was last planned. */
    remindedFor: text(),
    /** What queues say of it beside these columns, as JSON; null in rows from before it was kept. */
    line: text(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.stepKey, table.partUnitId, table.role, table.unitId] }),
    // In this order a queue is read; a share has one row in each of its pools.
    index('case_tasks_pool').on(
      table.unitId,
      table.role,
      table.queue,
      table.sortOn,
      table.caseId,
      table.stepKey,
      table.partUnitId,
    ),
    index('case_tasks_unstaffed')
      .on(table.sortOn, table.caseId, table.stepKey, table.partUnitId)
      .where(sql`${table.unstaffed}`),
    index('case_tasks_unstaffed_pool')
      .on(table.unitId, table.role, table.sortOn, table.caseId, table.stepKey, table.partUnitId)
      .where(sql`${table.unstaffed}`),
    // By whom it bars: a pool may hold many that bar somebody else.
    index('case_tasks_barred').using('gin', table.barred).where(sql`cardinality(${table.barred}) > 0`),
    // For the job that gives them a date once it can be told.
    index('case_tasks_undated')
      .on(table.caseId)
      .where(sql`${table.dueOn} is null and ${table.queue} = 'to-do'`),
    index('case_tasks_assignee').on(table.assigneeId).where(sql`${table.assigneeId} is not null`),
  ],
)

/** A supervisor has written down why they look at a case, and sees it until the day is over. */
export const caseLooks = pgTable(
  'case_looks',
  {
    id: uuid().primaryKey(),
    caseId: uuid().notNull(),
    staffId: text().notNull(),
    /** Names the reason, which stands encrypted in `case_texts`. */
    reasonDigest: text().notNull(),
    until: instant().notNull(),
  },
  (table) => [
    index('case_looks_viewer').on(table.caseId, table.staffId, table.until),
    index('case_looks_staff').on(table.staffId, table.until),
  ],
)

/** Papers the organ issues: number and date; their words stand in `case_texts` as they were issued. */
export const documents = pgTable(
  'documents',
  {
    id: uuid().primaryKey(),
    caseId: uuid().notNull(),
    kind: text().notNull(),
    unitId: text().notNull(),
    year: integer().notNull(),
    number: integer().notNull(),
    documentNumber: text().notNull(),
    issuedAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('documents_number').on(table.unitId, table.kind, table.year, table.number),
    index('documents_case').on(table.caseId),
    // What hangs in public is looked for by whoever passes.
    index('documents_publicity').on(table.issuedAt).where(sql`${table.kind} = 'publicity'`),
  ],
)

/**
 * What a later notice asked for and the first could have, for whoever wrote the first to learn by. It comes of the events, and
 * goes after its year (`KEPT_YEARS`).
 */
export const missedItems = pgTable(
  'missed_items',
  {
    caseId: uuid().notNull(),
    /** Of the later notice. */
    sequence: integer().notNull(),
    kind: text().notNull().$type<'material' | 'field'>(),
    name: text().notNull(),
    unitId: text().notNull(),
    /** Who wrote for the unit then; null where nobody did. */
    staffId: text(),
    serviceItemId: text().notNull(),
    itemVersion: integer().notNull(),
    /** When the later notice went out. */
    askedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.sequence, table.unitId, table.kind, table.name] }),
    index('missed_items_staff').on(table.staffId, table.askedAt).where(sql`${table.staffId} is not null`),
    index('missed_items_unit').on(table.unitId, table.serviceItemId, table.askedAt),
    index('missed_items_asked').on(table.askedAt),
  ],
)

/**
 * A sheet that went out of a document: SHA-256 of its file, hex. One document has several where somebody else is named less
 * fully, or where fonts and engine have changed since.
 */
export const documentPrints = pgTable(
  'document_prints',
  {
    digest: text().primaryKey(),
    documentId: uuid().notNull(),
    printedAt: instant().notNull(),
  },
  (table) => [index('document_prints_document').on(table.documentId)],
)

/**
 * A certificate by what anybody reads who has its code; of the person nothing, and of the code a keyed digest. The code itself
 * stands among the sealed words of the document.
 */
export const certificates = pgTable(
  'certificates',
  {
    documentId: uuid().primaryKey(),
    caseId: uuid().notNull(),
    codeIndex: text().notNull(),
    title: text().notNull(),
    organName: text().notNull(),
    validTo: date(),
    /** Written by the version before, which this one may run beside; read no more. */
    renewedBy: uuid(),
  },
  (table) => [
    uniqueIndex('certificates_code').on(table.codeIndex),
    index('certificates_case').on(table.caseId),
    index('certificates_valid_to').on(table.validTo),
  ],
)

/** The last number given: drawn in the issuing transaction, so without gaps. */
export const documentCounters = pgTable(
  'document_counters',
  {
    unitId: text().notNull(),
    kind: text().notNull(),
    year: integer().notNull(),
    last: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.kind, table.year] })],
)
