import { type SQL, sql } from 'drizzle-orm'

export const list = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::jsonb`

/** Lists of one change of a case, and of thirty, are mostly no longer. */
const SHORT = 40

/**
 * The rows of a list; `named` is their name with the columns. That there are few is said beside them: of a list alone the
 * planner believes that it has a hundred, and would rather read a whole table than look each of them up in its index. It is
 * said in the text: by a parameter a plan for the very values would look better than the one that is kept, and be made anew
 * each time, which takes longer than to run it.
 */
export const listed = (rows: readonly unknown[], named: SQL): SQL =>
  sql`(select * from jsonb_to_recordset(${list(rows)}) as ${named}${sql.raw(rows.length > SHORT ? '' : ` limit ${SHORT}`)})`
