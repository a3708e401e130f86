import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Database } from '../ports/database'
import { databaseOver } from './drizzle-database'
import { CONNECT_MILLISECONDS, hurrying, isGivenUp } from './hurried-statements'
import { migrate } from './migrate'
import { nameStatements } from './named-statements'

/** PostgreSQL over TCP. `onError` hears of idle connections that died. */
export function createPostgresDatabase(
  connectionString: string,
  options: { readonly connections: number; readonly onError: (cause: Error) => void },
): Database & { migrate(folder: string): Promise<void> } {
  const pool = new pg.Pool({
    connectionString,
    max: options.connections,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    // Compiling a statement that looks dear takes seconds, and each of the product's is over in milliseconds.
    onConnect: (client) => hurrying(client, CONNECT_MILLISECONDS).query('set jit = off'),
  })
  pool.on('error', options.onError)
  // A client that is checked out and has no listener ends the process when the server goes away.
  pool.on('connect', (client) => {
    client.on('error', options.onError)
  })
  nameStatements(pool)
  // The server notices nothing of a connection that is closed below a statement: it would work on for nobody.
  pool.on('release', (cause, client) => {
    if (isGivenUp(cause) && 'processID' in client) void stop(pool, client.processID)
  })
  const over = (client: pg.Pool) => drizzle({ client, casing: 'snake_case' })
  const db = over(pool)
  return {
    ...databaseOver(
      db,
      () => pool.end(),
      (milliseconds) => over(hurrying(pool, milliseconds)),
    ),
    migrate: (migrationsFolder) => migrate(db, migrationsFolder),
  }
}

/** A database that does not answer this either is away, and nothing of its works on. */
const stop = (pool: pg.Pool, backend: unknown) =>
  hurrying(pool, CONNECT_MILLISECONDS)
    .query('select pg_cancel_backend($1::int)', [backend])
    .catch(() => undefined)
