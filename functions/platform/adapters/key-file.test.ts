import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { databaseFolderOf, dataOf, embeddedKeys, KeysBroken, KeysMissing } from './key-file'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
  path = join(folder, 'keys.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const makeData = () => mkdir(dataOf(databaseFolderOf(folder)), { recursive: true })

test('made once in a new folder, for its owner alone, and the same ever after', async () => {
  const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => embeddedKeys(folder)))
  expect(first?.keys[0]?.secret).toHaveLength(32)
  expect(first?.indexSecret).toHaveLength(32)
  for (const other of others) expect(other).toEqual(first)
  expect(await readdir(folder)).toEqual(['keys.json'])
  expect((await stat(path)).mode & 0o077).toBe(0)
  // As after a crash before there was a database, and with one.
  expect(await embeddedKeys(folder)).toEqual(first)
  await makeData()
  expect(await embeddedKeys(folder)).toEqual(first)
})

test('a folder with data whose keys are gone gets no new ones', async () => {
  await makeData()
  await expect(embeddedKeys(folder)).rejects.toThrow(new KeysMissing(path))
  expect(await readdir(folder)).toEqual(['database'])
})

test('a database folder that was locked and never filled is still new', async () => {
  await mkdir(databaseFolderOf(folder))
  await embeddedKeys(folder)
})

const secret = 'A'.repeat(43)

test.each([
  '',
  '{"field":"',
  'null',
  '[]',
  '{}',
  JSON.stringify({ field: secret }),
  JSON.stringify({ field: secret, index: 'short' }),
  JSON.stringify({ field: 7, index: secret }),
  JSON.stringify({ field: secret, index: `${secret.slice(1)}+` }),
])('a file that says %j is broken, and stays as it is', async (text) => {
  await writeFile(path, text)
  await expect(embeddedKeys(folder)).rejects.toThrow(new KeysBroken(path))
  expect(await readFile(path, 'utf8')).toBe(text)
})
