import { cpSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { inject } from 'vitest'
import { createPgliteDatabase } from '../functions/platform/adapters/pglite'
import { createPostgresDatabase } from '../functions/platform/adapters/postgres'
import type { Database } from '../functions/platform/ports/database'
import type {} from './county-template'
import { createDatabase, dropDatabase } from './services/databases'

/** A migrated database without rows, of the caller's own. */
export async function openEmptyDatabase(): Promise<Database> {
  const server = inject('databaseServer')
  if (server === null) {
    const folder = mkdtempSync(join(inject('folderOfRun'), 'database-'))
    cpSync(inject('pgliteTemplate'), folder, { recursive: true })
    return createPgliteDatabase(await PGlite.create(folder), 'drizzle')
  }
  const url = await createDatabase(server, 'empty')
  const database = createPostgresDatabase(url, { connections: 10, onError: () => {} })
  return {
    ...database,
    close: async () => {
      await database.close()
      await dropDatabase(url)
    },
  }
}
