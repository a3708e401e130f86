import { sql } from 'drizzle-orm'
import type { Database } from '../../functions/platform/ports/database'

/**
 * How many rows of a table, or entries of its indexes, the database has read since the last call for the table.
 * A session writes its statistics when it is told to: the database is one of a single connection.
 */
export function countRowsRead(database: Database, table: string) {
  let before = 0
  return async () => {
    await database.rows(sql`select pg_stat_force_next_flush()`)
    const [row] = await database.rows<{ total: number }>(sql`select (
      (select seq_tup_read from pg_stat_user_tables where relname = ${table})
      + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where relname = ${table}))::int as total`)
    const read = (row?.total ?? 0) - before
    before = row?.total ?? 0
    return read
  }
}
