import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseContract } from '../ports/database.contract'
import { FolderInUse } from './folder-lock'
import { createPgliteDatabase, FolderBroken, openPgliteFolder } from './pglite'

// The embedded database itself, whichever the other tests run on.
const openInMemory = async () => createPgliteDatabase(new PGlite(), 'drizzle')
databaseContract('PGlite', { open: openInMemory })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pglite-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a folder of its own: keys before data, one process at a time, free after a failure, nothing lost', async () => {
  const own = join(folder, 'own')
  const failing = openPgliteFolder(own, 'drizzle', {
    beforeData: async () => {
      expect(await readdir(own)).toEqual(['owner.pid'])
      throw new Error('no keys')
    },
  })
  await expect(failing).rejects.toThrow('no keys')
  expect(await readdir(own)).toEqual([])

  const first = await openPgliteFolder(own, 'drizzle')
  await first.rows(sql`create table kept as select 'yes' as word`)
  const second = openPgliteFolder(own, 'drizzle', {
    beforeData: () => Promise.reject(new Error('not ours to ask')),
  })
  await expect(second).rejects.toThrow(FolderInUse)
  await first.close()
  expect(await readdir(own)).toEqual(['data'])

  const third = await openPgliteFolder(own, 'drizzle')
  expect(await third.rows(sql`select word from kept`)).toEqual([{ word: 'yes' }])
  await third.close()
})

test('data that is none of ours is told as such, and the folder is free again', async () => {
  await writeFile(join(folder, 'data'), 'no database')
  await expect(openPgliteFolder(folder, 'drizzle')).rejects.toThrow(new FolderBroken(folder))
  expect(await readdir(folder)).not.toContain('owner.pid')
})

test('whatever was asked before it is closed is answered', async () => {
  const database = await openInMemory()
  const asked = Array.from({ length: 5 }, (_, at) => database.rows(sql`select ${at}::int as at`))
  const answered = Promise.all(asked)
  await database.close()
  expect(await answered).toEqual([0, 1, 2, 3, 4].map((at) => [{ at }]))
  await expect(database.rows(sql`select 1`)).rejects.toThrow()
})
