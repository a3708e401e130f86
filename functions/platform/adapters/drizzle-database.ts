import { DrizzleQueryError, type QueryWithTypings, SQL, StringChunk } from 'drizzle-orm'
import type { Database, Db, FoundRow } from '../ports/database'

/** Text and values, joined in one pass: piece by piece, as drizzle does it, takes longer than the request has otherwise. */
class Joined extends SQL {
  readonly #query: QueryWithTypings
  constructor(query: QueryWithTypings) {
    super([])
    this.#query = query
  }
  override toQuery() {
    return this.#query
  }
}

/** Whether all pieces were text or values; what else drizzle knows, tables and columns, it writes itself. */
function join(pieces: readonly unknown[], query: { sql: string; params: unknown[] }): boolean {
  return pieces.every((piece) => {
    if (piece instanceof StringChunk) {
      query.sql += piece.value.length === 1 ? piece.value[0] : piece.value.join('')
      return true
    }
    if (piece instanceof SQL) return join(piece.queryChunks, query)
    if (piece === undefined) return true
    if (typeof piece === 'object' && piece !== null) return false
    query.params.push(piece)
    query.sql += `$${query.params.length}`
    return true
  })
}

function joined(statement: SQL): SQL {
  const query = { sql: '', params: [] }
  return join(statement.queryChunks, query) ? new Joined(query) : statement
}

/**
 * What every driver of drizzle answers alike: the rows of one statement, and transactions. `hurried` is the same over a
 * client that gives each statement so many milliseconds; without one nobody waits for another process.
 */
export function databaseOver(
  database: unknown,
  close: () => Promise<void>,
  hurried?: (milliseconds: number) => unknown,
): Database {
  const db = database as Db
  const limited = new Map<number, Database>()
  const within = (milliseconds: number) => {
    const known = limited.get(milliseconds)
    if (known) return known
    const made = databaseOver(hurried?.(milliseconds) ?? database, close, hurried)
    limited.set(milliseconds, made)
    return made
  }
  return {
    db,
    rows: async <Found extends FoundRow>(statement: SQL) =>
      ((await db.execute(joined(statement))) as unknown as { rows: Found[] }).rows,
    transaction: async (work) => {
      let hasBegun = false
      try {
        return await db.transaction((transaction) => {
          hasBegun = true
          return work(transaction as unknown as Db)
        })
      } catch (cause) {
        if (hasBegun || !(cause instanceof Error) || cause instanceof DrizzleQueryError) throw cause
        // A database that is away is told as by any other statement: drizzle wraps no fault of connecting.
        throw new DrizzleQueryError('begin', [], cause)
      }
    },
    within,
    close,
  }
}
