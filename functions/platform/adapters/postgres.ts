import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Database } from '../ports/database'
import { readsAndWrites } from './drizzle-database'
import { nameStatements } from './named-statements'

/** PostgreSQL over TCP. `onError` hears of idle connections that died. */
export function createPostgresDatabase(
  connectionString: string,
  options: { readonly connections: number; readonly onError: (cause: Error) => void },
): Database & { migrate(folder: string): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max: options.connections, keepAlive: true })
  pool.on('error', options.onError)
  // A client that is checked out and has no listener ends the process when the server goes away.
  pool.on('connect', (client) => client.on('error', options.onError))
  nameStatements(pool)
  const db = drizzle({ client: pool, casing: 'snake_case' })
  return {
    ...readsAndWrites(db),
    migrate: (migrationsFolder) => migrate(db, { migrationsFolder }),
    close: () => pool.end(),
  }
}
