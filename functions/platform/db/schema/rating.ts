import { index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** 好差评: one a case; level 1 is best (GB/T 39046-2020 A.8). */
export const ratings = pgTable(
  'ratings',
  {
    caseId: uuid().primaryKey(),
    level: smallint().notNull(),
    reasons: text().array().notNull(),
    commentSealed: text(),
    ratedBy: uuid().notNull(),
    ratedAt: instant().notNull(),
  },
  (table) => [index('ratings_rated_by').on(table.ratedBy)],
)
