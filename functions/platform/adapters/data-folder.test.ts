import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FolderUnwritable, makeWritable } from './data-folder'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a folder is made with those above it, by any number of starts at once, and nothing is left in it', async () => {
  const deep = join(folder, 'a', 'b', 'c')
  await Promise.all(Array.from({ length: 5 }, () => makeWritable(deep)))
  await makeWritable(deep)
  expect(await readdir(deep)).toEqual([])
})

test('a path through a file is refused', async () => {
  const file = join(folder, 'file')
  await writeFile(file, 'no folder')
  await expect(makeWritable(file)).rejects.toThrow(`${file}（路径上有一个文件，不是目录）`)
  await expect(makeWritable(join(file, 'below'))).rejects.toThrow(FolderUnwritable)
})

test.runIf(process.platform === 'linux')(
  'where the system keeps its own files no folder is made, and that is known at once',
  async () => {
    const begun = performance.now()
    await expect(makeWritable('/proc/nope')).rejects.toThrow('/proc/nope（那里建不了目录）')
    await expect(makeWritable('/sys/nope')).rejects.toThrow('/sys/nope（没有权限）')
    await expect(makeWritable('/proc')).rejects.toThrow(FolderUnwritable)
    expect(performance.now() - begun).toBeLessThan(5_000)
  },
)
