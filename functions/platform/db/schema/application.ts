import { bigint, date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
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
    contentType: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    storageKey: text().notNull(),
    /** Set when a case took the file; from then on it is read through the case only. */
    caseId: uuid(),
    createdAt: instant().notNull(),
  },
  (table) => [index('uploads_case').on(table.caseId)],
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
