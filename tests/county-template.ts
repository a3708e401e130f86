import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openServer } from '../functions/open-server'
import { parseEnvironment } from '../functions/platform/config/environment'
import { clocks } from '../functions/sandbox/schema'

declare module 'vitest' {
  interface ProvidedContext {
    countyTemplate: string
  }
}

/**
 * Starts the product once for the whole run, migrated and with its pack, and leaves the data folder where each file
 * takes its own copy. Without the clock: each copy begins at its own start.
 */
export default async function provideCounty(project: TestProject) {
  // What `define` says in the test files does not hold here.
  Object.assign(globalThis, { __VERSION__: 'test' })
  const folder = await mkdtemp(join(tmpdir(), 'county-template-'))
  const { services, close } = await openServer(
    parseEnvironment({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' }),
    process.cwd(),
  )
  await services.database.db.delete(clocks)
  await close()
  project.provide('countyTemplate', folder)
  return () => rm(folder, { recursive: true })
}
