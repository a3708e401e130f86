import { cpSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { inject } from 'vitest'
import { databaseOver } from '../functions/platform/adapters/drizzle-database'
import { createPgliteDatabase } from '../functions/platform/adapters/pglite'
import { createPostgresDatabase } from '../functions/platform/adapters/postgres'
import type { Database } from '../functions/platform/ports/database'
import type {} from './county-template'
import { createDatabase, dropDatabase } from './services/databases'

/** On the server of the run: a copy of one of its databases, gone when it is closed. */
async function openOn(server: string, template: 'empty' | 'template1'): Promise<Database> {
  const url = await createDatabase(server, template)
  const database = createPostgresDatabase(url, { connections: 10, onError: () => {} })
  return {
    ...database,
    close: async () => {
      await database.close()
      await dropDatabase(url)
    },
  }
}

/** A database without a table, of the caller's own. */
export async function openBareDatabase(): Promise<Database> {
  const server = inject('databaseServer')
  if (server !== null) return openOn(server, 'template1')
  const client = new PGlite()
  return databaseOver(drizzle({ client }), () => client.close())
}

/** A migrated database without rows, of the caller's own. */
export async function openEmptyDatabase(): Promise<Database> {
  const server = inject('databaseServer')
  if (server !== null) return openOn(server, 'empty')
  const folder = mkdtempSync(join(inject('folderOfRun'), 'database-'))
  cpSync(inject('pgliteTemplate'), folder, { recursive: true })
  return createPgliteDatabase(await PGlite.create(folder), 'drizzle')
}
