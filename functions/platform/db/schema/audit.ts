import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** Who did what to what, when; no personal data. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: uuid().primaryKey(),
    at: instant().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    /** Keyed digest of a stated reason, null where none is asked. */
    reasonDigest: text(),
    requestId: text(),
  },
  (table) => [index('audit_entries_subject').on(table.subject, table.at)],
)
