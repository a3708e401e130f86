import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createNeonDatabase } from '../../functions/platform/adapters/neon'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { ask, createDatabase, places } from './databases'

const quiet = { connections: 3, onError: () => undefined }
const folder = await mkdtemp(join(tmpdir(), 'yinxiang-migrations-'))
afterAll(() => rm(folder, { recursive: true }))

async function publish(migrations: Readonly<Record<string, string>>) {
  const entries = Object.keys(migrations).map((tag, idx) => ({ idx, when: idx + 1, tag, breakpoints: true }))
  await mkdir(join(folder, 'meta'), { recursive: true })
  await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ entries }))
  for (const [tag, text] of Object.entries(migrations)) await writeFile(join(folder, `${tag}.sql`), text)
}

test.each([
  ['pg', (url: string) => createPostgresDatabase(url, quiet)],
  ['Neon', (url: string) => createNeonDatabase(url, { ...quiet, proxy: places().neonProxy })],
])('a migration that is given up leaves those before it, and is run again alone: %s', async (_, open) => {
  const url = await createDatabase()
  const database = open(url)
  const first = 'create table first_made (id int)'
  const tables = async () =>
    (
      await ask<{ name: string }>(url, "select relname as name from pg_class where relname like '%_made'")
    ).map(({ name }) => name)
  try {
    await publish({
      '0000_first': first,
      '0001_second': 'create table second_made (id int);--> statement-breakpoint\nselect 1 / 0',
    })
    await expect(database.migrate(folder)).rejects.toThrow()
    expect(await tables()).toEqual(['first_made'])
    await publish({ '0000_first': first, '0001_second': 'create table second_made (id int)' })
    // Two machines that are started at once.
    await Promise.all([database.migrate(folder), database.migrate(folder)])
    expect((await tables()).sort()).toEqual(['first_made', 'second_made'])
  } finally {
    await database.close()
  }
})
