import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { dayIn, type Instant } from '../shared/domain/kernel/plain-date'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder of the product, migrated and with its pack. */
    countyTemplate: string
    /** The data of an embedded database, migrated and otherwise empty. */
    pgliteTemplate: string
    /** Where files of this run make their folders; gone after it. */
    folderOfRun: string
  }
}

const KEPT = 'node_modules/.cache/county-templates'
const SOURCES = ['functions', 'shared', 'drizzle', 'package-lock.json', 'tests/county-template.ts']
/** Bytes: a county takes 45 MB, and a run has few of them open at once. */
const ROOM = 2 ** 30

/**
 * Lets every file begin with a copy of the same data. Starting the product anew costs more than most files' tests, so
 * that it is done once a day for each state of the sources, not once a run.
 */
export default async function provideTemplates(project: TestProject) {
  const template = join(process.cwd(), KEPT, await digestOfSources())
  if (!existsSync(template)) await make(template)
  const place = await quickestFolder()
  await sweep(place)
  const folder = await mkdtemp(join(place, `county-run-${process.pid}-`))
  project.provide('countyTemplate', join(template, 'county'))
  project.provide('pgliteTemplate', join(template, 'empty'))
  project.provide('folderOfRun', folder)
  return () => rm(folder, { recursive: true })
}

async function digestOfSources() {
  const digest = createHash('sha256')
  // A pack is loaded with what is in force on the day.
  digest.update(dayIn(new Date().toISOString() as Instant))
  for (const source of SOURCES) {
    const below = source.includes('.') ? [''] : await readdir(source, { recursive: true })
    for (const path of below.filter((each) => !/\.test\.ts$/.test(each)).toSorted())
      digest.update(path).update(await readFile(join(source, path)).catch(() => ''))
  }
  return digest.digest('hex').slice(0, 16)
}

/** In memory, where the system has a folder there with room in it. */
async function quickestFolder() {
  const memory = '/dev/shm'
  const room = await statfs(memory).catch(() => null)
  return room !== null && room.bavail * room.bsize > ROOM ? memory : tmpdir()
}

/** Takes away what runs have left that were ended before they could. */
async function sweep(place: string) {
  const isRunning = (pid: number) => {
    try {
      return process.kill(pid, 0)
    } catch (cause) {
      // Somebody else's.
      return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
    }
  }
  for (const name of await readdir(place)) {
    const [, pid] = /^county-run-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(place, name), { recursive: true, force: true })
  }
}

/** Keeps the latest, which another run may still read. */
async function forgetOlder() {
  const names = await readdir(KEPT).catch(() => [])
  const made = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(KEPT, name))).mtimeMs })),
  )
  for (const { name } of made.toSorted((a, b) => b.at - a.at).slice(2))
    await rm(join(KEPT, name), { recursive: true, force: true })
}

async function make(template: string) {
  const [{ clocks }, { openPgliteFolder }, { openServer }, { parseEnvironment }, keyFile] = await Promise.all(
    [
      import('../functions/sandbox/schema'),
      import('../functions/platform/adapters/pglite'),
      import('../functions/open-server'),
      import('../functions/platform/config/environment'),
      import('../functions/platform/adapters/key-file'),
    ],
  )
  // What `define` says in the test files does not hold here.
  Object.assign(globalThis, { __VERSION__: 'test' })
  const making = `${template}-${randomUUID()}`
  const county = join(making, 'county')
  const database = keyFile.databaseFolderOf(county)
  await forgetOlder()
  await mkdir(county, { recursive: true })
  await keyFile.embeddedKeys(county)
  await (await openPgliteFolder(database, 'drizzle')).close()
  await cp(keyFile.dataOf(database), join(making, 'empty'), { recursive: true })
  const { services, close } = await openServer(
    parseEnvironment({ PORT: '0', DATA_DIR: county, LOG_LEVEL: 'silent' }),
    process.cwd(),
  )
  // Without the clock: each copy begins at its own start.
  await services.database.db.delete(clocks)
  await close()
  // Of two runs that begin at once the second finds what the first has made.
  await rename(making, template).catch((cause: unknown) => {
    if (!existsSync(template)) throw cause
  })
}
