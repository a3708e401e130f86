import { neonConfig, Pool } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-serverless'
import ws from 'ws'
import type { Database } from '../ports/database'
import { databaseOver } from './drizzle-database'
import { CONNECT_MILLISECONDS, waitingFor } from './hurried-statements'
import { migrate } from './migrate'
import { nameStatements } from './named-statements'

/** Neon over its WebSocket pool; `proxy` is the host and path of a local one, for tests and drills. */
export function createNeonDatabase(
  connectionString: string,
  options: {
    readonly connections: number
    readonly proxy: string | null
    readonly onError: (cause: Error) => void
  },
): Database & { migrate(folder: string): Promise<void> } {
  neonConfig.webSocketConstructor = ws
  if (options.proxy !== null) {
    const { proxy } = options
    neonConfig.wsProxy = () => proxy
    neonConfig.useSecureWebSocket = false
    neonConfig.pipelineConnect = false
    neonConfig.pipelineTLS = false
  }
  const pool = new Pool({
    connectionString,
    max: options.connections,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  })
  pool.on('error', options.onError)
  nameStatements(pool)
  const over = (client: Pool) => drizzle({ client, casing: 'snake_case' })
  const db = over(pool)
  return {
    ...databaseOver(
      db,
      () => pool.end(),
      (milliseconds) => over(waitingFor(pool, milliseconds)),
    ),
    migrate: (migrationsFolder) => migrate(db, migrationsFolder),
  }
}
