import { setImmediate as nextTurn } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Database } from '../ports/database'
import { makeWritable } from './data-folder'
import { databaseOver } from './drizzle-database'
import { holdFolder } from './folder-lock'
import { dataOf } from './key-file'
import { migrate } from './migrate'
import { nameStatements } from './named-statements'

/** The embedded database over a client of the caller's, migrated. */
export async function createPgliteDatabase(client: PGlite, migrationsFolder: string): Promise<Database> {
  const pool = poolOver(client)
  nameStatements(pool)
  const db = drizzle({ client: pool, casing: 'snake_case' })
  await migrate(db, migrationsFolder)
  // What was asked before is answered: below a statement that is under way nothing is taken away.
  return databaseOver(db, async () => {
    do await nextTurn()
    while (pool.waitingCount > 0)
    await pool.end()
    await client.close()
  })
}

/**
 * A pool of one connection, so that the embedded database is spoken to as PostgreSQL is, with named statements.
 * After an error the pool opens another one; underneath it is the same session, which still knows its statements.
 */
function poolOver(client: PGlite) {
  const statements = { parsedStatements: {}, submittedNamedStatements: {} }
  class Connected extends pg.Client {
    constructor() {
      const config = createPgConfig(client)
      const { connection } = config
      const parse = connection.parse.bind(connection)
      // A query's `types` are its parsers of results; here they would be taken for the types of its parameters.
      Object.assign(connection, statements, { parse: (query: object) => parse({ ...query, types: [] }) })
      super(config as pg.ClientConfig)
    }
  }
  return new pg.Pool({ Client: Connected, max: 1, idleTimeoutMillis: 0 })
}

/** The embedded database in a folder of its own, which one process at a time may hold. */
export async function openPgliteFolder(
  folder: string,
  migrationsFolder: string,
  options: {
    /** Runs once the folder is ours, before there is any data in it. */
    readonly beforeData?: () => Promise<unknown>
  } = {},
): Promise<Database> {
  await makeWritable(folder)
  const release = await holdFolder(folder)
  try {
    await options.beforeData?.()
    const database = await openData(dataOf(folder), migrationsFolder).catch((cause: unknown) => {
      throw new FolderBroken(folder, { cause })
    })
    return {
      ...database,
      close: async () => {
        await database.close()
        await release()
      },
    }
  } catch (cause) {
    await release()
    throw cause
  }
}

const openData = async (folder: string, migrationsFolder: string) =>
  createPgliteDatabase(await PGlite.create(folder), migrationsFolder)

/** What lies in the folder is no database of this product. */
export class FolderBroken extends Error {}
