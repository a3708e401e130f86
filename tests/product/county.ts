import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { openServer, type RunningServer } from '../../functions/open-server'
import { parseEnvironment } from '../../functions/platform/config/environment'
import { type Client, clientOf } from './client'

export { type Answer, act, caseOf, newcomer, type Person, PHOTO } from './client'

export interface County extends RunningServer, Client {}

/** Only a county like the template's: another start is loaded on another day, another database is not in its folder. */
const differs = ({ START_AT, DATABASE_URL, COUNTY }: Readonly<Record<string, string>>) =>
  [START_AT, DATABASE_URL, COUNTY].some((value) => value !== undefined)

/** The product on the embedded default, on a port and in a folder of its own. */
export async function openCounty(environment: Readonly<Record<string, string>> = {}): Promise<County> {
  const folder = await mkdtemp(join(tmpdir(), 'county-'))
  // The bench opens one too, outside the tests.
  const template: string | undefined = process.env['VITEST'] ? inject('countyTemplate') : undefined
  if (template !== undefined && !differs(environment)) await cp(template, folder, { recursive: true })
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
