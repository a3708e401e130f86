import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { StoredState } from '#shared/domain/case/upgrade'

/** drizzle over any of the drivers. */
export type Db = PgDatabase<PgQueryResultHKT>

type OfState = Partial<Readonly<Record<'state', StoredState>>>

/** What a statement may be said to answer: a state of a case comes as it is stored, whatever else the row holds. */
export type FoundRow = object & OfState & Partial<Readonly<Record<'caseRow', OfState | null>>>

export interface Database {
  /** For queries of drizzle's builder. */
  readonly db: Db
  /** One statement, one round trip; rows as plain objects with the names of the statement. */
  rows<Found extends FoundRow>(statement: SQL): Promise<readonly Found[]>
  /** Everything in `work` or nothing; serialisation faults are the caller's to see. */
  transaction<Value>(work: (db: Db) => Promise<Value>): Promise<Value>
  /**
   * The same database for somebody who waits for an answer: a statement that takes longer than so many milliseconds
   * fails as one whose connection was lost, and is stopped where the database can still be told so. An embedded database
   * keeps nobody waiting but by its own work, and answers as ever. One object for each limit.
   */
  within(milliseconds: number): Database
  close(): Promise<void>
}
