import { boolean, date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

export const serviceItems = pgTable(
  'service_items',
  {
    id: text().notNull(),
    version: integer().notNull(),
    /** New applications are filed under the highest version that is in effect. */
    effectiveOn: date().notNull(),
    /** Of any shape: `upgradeItem` reads it. */
    guide: jsonb().notNull(),
    demo: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
)
