import { type SQL, sql } from 'drizzle-orm'

export const list = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::jsonb`

/**
 * The rows of a list; `named` is their name with the columns. How many there are is said beside them: of a list alone the
 * planner believes that it has a hundred, and would rather read a whole table than look each of them up in its index.
 */
export const listed = (rows: readonly unknown[], named: SQL): SQL =>
  sql`(select * from jsonb_to_recordset(${list(rows)}) as ${named} limit ${rows.length}::int)`
