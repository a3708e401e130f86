import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Database } from '../ports/database'
import { makeWritable } from './data-folder'
import { readsAndWrites } from './drizzle-database'
import { holdFolder } from './folder-lock'
import { dataOf } from './key-file'

/** The embedded database over a client of the caller's, migrated. */
export async function createPgliteDatabase(client: PGlite, migrationsFolder: string): Promise<Database> {
  const db = drizzle({ client, casing: 'snake_case' })
  await migrate(db, { migrationsFolder })
  return { ...readsAndWrites(db), close: () => client.close() }
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
