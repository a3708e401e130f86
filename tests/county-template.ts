import { createHash, randomUUID } from 'node:crypto'
import { cpSync, existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { dayIn, type Instant } from '../shared/domain/kernel/plain-date'
import { ask } from './services/databases'
import { findPostgres, startPostgres } from './services/postgres.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder of the product, migrated and with its pack; without its database where `databaseServer` has it. */
    countyTemplate: string
    /** The address of the run's own PostgreSQL, with the databases `county` and `empty`; null: databases are embedded. */
    databaseServer: string | null
    /** The data of an embedded database, migrated and otherwise empty; there where `databaseServer` is null. */
    pgliteTemplate: string
    /** Where files of this run make their folders; gone after it. */
    folderOfRun: string
  }
}

const KEPT = 'node_modules/.cache/county-templates'
const SOURCES = ['functions', 'shared', 'drizzle', 'package-lock.json', 'tests/county-template.ts']
/** Bytes: a county takes 45 MB, and a run has few of them open at once. */
const ROOM = 2 ** 30
/** Nothing is awaited of the disk, and nothing done that no test has asked for. */
const SETTINGS = {
  listen_addresses: '',
  wal_level: 'minimal',
  max_wal_senders: 0,
  autovacuum: 'off',
  jit: 'off',
}

/**
 * Lets every file begin with a copy of the same data. Starting the product anew costs more than most files' tests, so
 * that it is done once a day for each state of the sources, not once a run. The copies are databases of one PostgreSQL of
 * the run's own where the machine has one, else, or with TEST_DATABASE=embedded, embedded ones.
 */
export default async function provideTemplates(project: TestProject) {
  const run = project.vitest.getRootProject()
  // Of several projects the first one has done it for all.
  if (run.getProvidedContext().folderOfRun !== undefined) return
  const installed = process.env['TEST_DATABASE'] === 'embedded' ? null : findPostgres()
  const place = await quickestFolder()
  await sweep(place)
  const folder = await mkdtemp(join(place, `county-run-${process.pid}-`))
  // The server may have to run as somebody else.
  await chmod(folder, 0o711)
  const template = join(process.cwd(), KEPT, await digestOfSources(installed?.version ?? 'embedded'))
  if (!existsSync(template)) await make(template, installed === null ? null : folder)
  const server =
    installed &&
    (await startPostgres({ fsync: false, place: folder, from: join(template, 'server'), settings: SETTINGS }))
  process.stdout.write(`Database: ${server?.version ?? 'embedded'}\n`)
  run.provide('countyTemplate', join(template, 'county'))
  run.provide('databaseServer', server?.socketUrl ?? null)
  run.provide('pgliteTemplate', join(template, 'empty'))
  run.provide('folderOfRun', folder)
  return async () => {
    await server?.stop()
    await rm(folder, { recursive: true })
  }
}

async function digestOfSources(server: string) {
  const digest = createHash('sha256').update(server)
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

async function make(template: string, placeOfServer: string | null) {
  const [{ clocks }, { openServer }, { parseEnvironment }, { embeddedKeys }] = await Promise.all([
    import('../functions/sandbox/schema'),
    import('../functions/open-server'),
    import('../functions/platform/config/environment'),
    import('../functions/platform/adapters/key-file'),
  ])
  // What `define` says in the test files does not hold here.
  Object.assign(globalThis, { __VERSION__: 'test' })
  const making = `${template}-${randomUUID()}`
  const county = join(making, 'county')
  await forgetOlder()
  await mkdir(county, { recursive: true })
  await embeddedKeys(county)
  const fill = async (environment: Readonly<Record<string, string>>) => {
    const { services, close } = await openServer(
      parseEnvironment({ PORT: '0', DATA_DIR: county, LOG_LEVEL: 'silent', ...environment }),
      process.cwd(),
    )
    // Without the clock: each copy begins at its own start.
    await services.database.db.delete(clocks)
    await close()
  }
  await (placeOfServer === null ? makeEmbedded(making, fill) : makeOnServer(making, placeOfServer, fill))
  // Of two runs that begin at once the second finds what the first has made.
  await rename(making, template).catch((cause: unknown) => {
    if (!existsSync(template)) throw cause
  })
}

type Fill = (environment: Readonly<Record<string, string>>) => Promise<void>

async function makeEmbedded(making: string, fill: Fill) {
  const [{ openPgliteFolder }, { databaseFolderOf, dataOf }] = await Promise.all([
    import('../functions/platform/adapters/pglite'),
    import('../functions/platform/adapters/key-file'),
  ])
  const database = databaseFolderOf(join(making, 'county'))
  await (await openPgliteFolder(database, 'drizzle')).close()
  await cp(dataOf(database), join(making, 'empty'), { recursive: true })
  await fill({})
}

async function makeOnServer(making: string, place: string, fill: Fill) {
  const { createPostgresDatabase } = await import('../functions/platform/adapters/postgres')
  const server = await startPostgres({ fsync: false, place, settings: SETTINGS })
  const at = (name: string) => server.socketUrl.replace(/[^/]*$/, name)
  await ask(server.socketUrl, 'create database empty')
  const empty = createPostgresDatabase(at('empty'), { connections: 1, onError: () => {} })
  await empty.migrate('drizzle')
  await empty.close()
  await ask(server.socketUrl, 'create database county template empty')
  await fill({ DATABASE_URL: at('county') })
  await server.stop((data) => cpSync(data, join(making, 'server'), { recursive: true }))
}
