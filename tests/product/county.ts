import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { openServer, type RunningServer } from '../../functions/open-server'
import { databaseFolderOf, dataOf } from '../../functions/platform/adapters/key-file'
import { parseEnvironment } from '../../functions/platform/config/environment'
import type {} from '../county-template'
import { type Client, clientOf } from './client'

export { type Answer, act, caseOf, newcomer, type Person, PHOTO } from './client'

export interface County extends RunningServer, Client {}

/** Only a county like the template's: another start is loaded on another day. */
const differs = ({ START_AT, COUNTY }: Readonly<Record<string, string>>) =>
  [START_AT, COUNTY].some((value) => value !== undefined)

/**
 * A data folder as the product would have made it by now. On a database elsewhere, and for the bench, which is no test,
 * it is empty.
 */
async function folderFor(environment: Readonly<Record<string, string>>) {
  if (!process.env['VITEST'] || environment['DATABASE_URL'] !== undefined)
    return mkdtemp(join(tmpdir(), 'county-'))
  const folder = await mkdtemp(join(inject('folderOfRun'), 'county-'))
  const template = inject('countyTemplate')
  // Node's own asynchronous copy takes five times as long.
  if (!differs(environment)) cpSync(template, folder, { recursive: true })
  else {
    cpSync(join(template, 'keys.json'), join(folder, 'keys.json'))
    cpSync(inject('pgliteTemplate'), dataOf(databaseFolderOf(folder)), { recursive: true })
  }
  return folder
}

/** The product on the embedded default, on a port and in a folder of its own. */
export async function openCounty(environment: Readonly<Record<string, string>> = {}): Promise<County> {
  const folder = await folderFor(environment)
  const server = await openServer(
    parseEnvironment({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', ...environment }),
    process.cwd(),
  )
  return {
    ...server,
    ...clientOf(server.url),
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
