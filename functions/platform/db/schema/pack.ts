import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** What the pack that was loaded last says of each row: where the table differs, the product was edited. */
export const packRows = pgTable(
  'pack_rows',
  {
    tableName: text().notNull(),
    /** The row's key, its parts joined by a slash. */
    rowId: text().notNull(),
    value: jsonb().notNull().$type<Readonly<Record<string, unknown>>>(),
  },
  (table) => [primaryKey({ columns: [table.tableName, table.rowId] })],
)
