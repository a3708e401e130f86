import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** What somebody without an account has typed against a notice that hung. It moves no case before staff take it up. */
export const noticeObjections = pgTable(
  'notice_objections',
  {
    id: uuid().primaryKey(),
    caseId: uuid().notNull(),
    /** The notice. */
    documentId: uuid().notNull(),
    stepKey: text().notNull(),
    unitId: text().notNull(),
    /** Whose work it is, as `role:unit`. */
    takers: text().array().notNull(),
    wordsSealed: text().notNull(),
    /** Name and telephone; null where none was left, and once nobody is told by it any more. */
    contactSealed: text(),
    leavesPhone: boolean().notNull(),
    /** Keyed digest: sent again it is the same objection. */
    intentKey: text().notNull(),
    bodyHash: text().notNull(),
    raisedAt: instant().notNull(),
    outcome: text().$type<'taken' | 'aside'>(),
    /** Why it was set aside, as a text of the case; null where it was not, and before it was kept. */
    reasonDigest: text(),
    settledAt: instant(),
    settledBy: text(),
    toldAt: instant(),
    toldBy: text(),
    /** Nothing is left to do. */
    closedAt: instant(),
  },
  (table) => [
    uniqueIndex('notice_objections_intent').on(table.intentKey),
    index('notice_objections_case').on(table.caseId),
    index('notice_objections_open').on(table.raisedAt, table.id).where(sql`${table.closedAt} is null`),
  ],
)
