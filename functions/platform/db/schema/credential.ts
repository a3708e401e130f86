import { boolean, date, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'

/** A paper on file (证照), found by the keyed digest of its holder's number. */
export const credentials = pgTable(
  'credentials',
  {
    id: uuid().primaryKey(),
    holderIndex: text().notNull(),
    code: text().notNull(),
    name: text().notNull(),
    issuerUnitId: text().notNull(),
    validTo: date(),
    valuesSealed: text().notNull(),
    demo: boolean().notNull(),
  },
  (table) => [index('credentials_holder').on(table.holderIndex, table.code)],
)
