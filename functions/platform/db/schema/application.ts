import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { profiles } from './account'
import { instant } from './columns'

export const uploads = pgTable(
  'uploads',
  {
    id: uuid().primaryKey(),
    ownerId: uuid()
      .notNull()
      .references(() => profiles.id),
    nameSealed: text().notNull(),
    /** What was announced; once a case has the file, what it is. */
    contentType: text().notNull(),
    /** In bytes: at most so many while the file is to come, exactly so many once a case has it. */
    size: bigint({ mode: 'number' }).notNull(),
    storageKey: text().notNull(),
    /** SHA-256 in hex of the bytes as they came, and as the case keeps them; null until a case has the file. */
    arrivedDigest: text(),
    keptDigest: text(),
    /** Set when a case took the file; from then on it is read through the case only. */
    caseId: uuid(),
    /** The file of a case that ended, of which it is a copy; null for what was sent. */
    copiedFrom: uuid(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index('uploads_case').on(table.caseId),
    index('uploads_owner').on(table.ownerId),
    // However often it is asked for, one copy that nobody has used yet.
    uniqueIndex('uploads_copies')
      .on(table.ownerId, table.copiedFrom)
      .where(sql`${table.caseId} is null and ${table.copiedFrom} is not null`),
  ],
)

/** Files that nobody reads any more, noted by the statement that made them so and removed afterwards. */
export const discardedFiles = pgTable(
  'discarded_files',
  {
    uploadId: uuid().primaryKey(),
    /** What a case keeps of the upload; null when nothing. */
    keptKey: text(),
    /** Not before the signed form has run out: until then it can be posted again. */
    removeAfter: instant().notNull(),
  },
  (table) => [index('discarded_files_due').on(table.removeAfter)],
)

/** How many applications hold a half day of an item's calendar; counted in the submitting transaction. */
export const slotCounters = pgTable(
  'slot_counters',
  {
    serviceItemId: text().notNull(),
    fieldKey: text().notNull(),
    slotOn: date().notNull(),
    half: text().notNull(),
    booked: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceItemId, table.fieldKey, table.slotOn, table.half] })],
)
