import { type SQL, sql } from 'drizzle-orm'

export const list = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::jsonb`

/** Lists of one change of a case, and of thirty, are mostly no longer. */
const SHORT = 40

/**
 * The rows of a list; `named` is their name with the columns. `limit 40` stands in the text: without it the planner takes a
 * list to have a hundred rows and reads the whole table instead of its index; as a parameter it would make PostgreSQL plan
 * the statement anew each time, which takes longer than to run it.
 */
export const listed = (rows: readonly unknown[], named: SQL): SQL =>
  sql`(select * from jsonb_to_recordset(${list(rows)}) as ${named}${sql.raw(rows.length > SHORT ? '' : ` limit ${SHORT}`)})`
