import type { SQL } from 'drizzle-orm'
import type { Database, Db } from '../ports/database'

/** What every driver of drizzle answers alike: the rows of one statement, and transactions. */
export function readsAndWrites(database: unknown): Pick<Database, 'db' | 'rows' | 'transaction'> {
  const db = database as Db
  return {
    db,
    rows: async <Row>(statement: SQL) => ((await db.execute(statement)) as unknown as { rows: Row[] }).rows,
    transaction: (work) => db.transaction((transaction) => work(transaction as unknown as Db)),
  }
}
