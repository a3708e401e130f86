import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Database } from '../ports/database'
import { readsAndWrites } from './drizzle-database'

/** The embedded database over a client of the caller's, migrated. */
export async function createPgliteDatabase(client: PGlite, migrationsFolder: string): Promise<Database> {
  const db = drizzle({ client, casing: 'snake_case' })
  await migrate(db, { migrationsFolder })
  return { ...readsAndWrites(db), close: () => client.close() }
}

/** The embedded database in a folder of its own, which one process at a time may hold. */
export async function openPgliteFolder(folder: string, migrationsFolder: string): Promise<Database> {
  await mkdir(folder, { recursive: true })
  const lock = join(folder, 'owner.pid')
  await takeLock(lock)
  const database = await openData(join(folder, 'data'), migrationsFolder).catch(async (cause: unknown) => {
    await rm(lock, { force: true })
    throw new FolderBroken(folder, { cause })
  })
  return {
    ...database,
    close: async () => {
      await database.close()
      await rm(lock, { force: true })
    },
  }
}

const openData = async (folder: string, migrationsFolder: string) =>
  createPgliteDatabase(await PGlite.create(folder), migrationsFolder)

/** What lies in the folder is no database of this product. */
export class FolderBroken extends Error {}

/** Somebody else has the folder open. */
export class FolderInUse extends Error {}

async function takeLock(path: string) {
  for (;;) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(String(process.pid))
      await file.close()
      return
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
      const owner = Number(await readFile(path, 'utf8').catch(() => ''))
      if (owner !== process.pid && isRunning(owner)) throw new FolderInUse(path)
      await rm(path, { force: true })
    }
  }
}

function isRunning(pid: number) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
