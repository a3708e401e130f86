import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** The first answer to an unsafe request, replayed for 24 hours. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** `profile:<id>` or `anonymous` */
    principal: text().notNull(),
    route: text().notNull(),
    key: text().notNull(),
    bodyHash: text().notNull(),
    /** Null while the first request is still under way. */
    status: integer(),
    answer: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.principal, table.route, table.key] }),
    // For their removal after a day.
    index('idempotency_keys_created').on(table.createdAt),
  ],
)
