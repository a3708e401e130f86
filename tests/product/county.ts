import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { inject, vi } from 'vitest'
import { type Audience, MESSAGE_KINDS, type MessageKind, ruleOf } from '#shared/domain/reminder/message-kinds'
import { STATEMENT_MILLISECONDS } from '../../functions/app'
import { openServer, type RunningServer } from '../../functions/open-server'
import { databaseFolderOf, dataOf } from '../../functions/platform/adapters/key-file'
import { parseEnvironment } from '../../functions/platform/config/environment'
import type {} from '../county-template'
import { createDatabase, dropDatabase } from '../services/databases'
import { type Client, clientOf, type Person } from './client'

export {
  type Answer,
  act,
  asItShouldBe,
  caseOf,
  countersign,
  newcomer,
  type Person,
  PHOTO,
  paidBy,
} from './client'

export interface County extends RunningServer, Client {}

/** Only a county like the template's: another start is loaded on another day. */
const differs = ({ START_AT, COUNTY }: Readonly<Record<string, string>>) =>
  [START_AT, COUNTY].some((value) => value !== undefined)

/**
 * A data folder and a database as the product would have made them by now. On a database of the caller's, and for the
 * bench, which is no test, the folder is empty.
 */
async function dataFor(environment: Readonly<Record<string, string>>, embedded: boolean) {
  if (!process.env['VITEST'] || environment['DATABASE_URL'] !== undefined)
    return { folder: await mkdtemp(join(tmpdir(), 'county-')) }
  const folder = await mkdtemp(join(inject('folderOfRun'), 'county-'))
  const template = inject('countyTemplate')
  const server = inject('databaseServer')
  if (server !== null && embedded) return { folder }
  // Node's own asynchronous copy takes five times as long.
  if (server !== null) {
    cpSync(template, folder, { recursive: true })
    return { folder, url: await createDatabase(server, differs(environment) ? 'empty' : 'county') }
  }
  if (!differs(environment)) cpSync(template, folder, { recursive: true })
  else {
    cpSync(join(template, 'keys.json'), join(folder, 'keys.json'))
    cpSync(inject('pgliteTemplate'), dataOf(databaseFolderOf(folder)), { recursive: true })
  }
  return { folder }
}

/**
 * The product on a port and in a folder of its own; all but its database is embedded. `embedded`: that too, on every
 * machine, and a whole start where the run has prepared none.
 */
export async function openCounty(
  environment: Readonly<Record<string, string>> = {},
  { embedded = false }: { readonly embedded?: boolean } = {},
): Promise<County> {
  const { folder, url } = await dataFor(environment, embedded)
  const server = await openServer(
    parseEnvironment({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', DATABASE_URL: url, ...environment }),
    process.cwd(),
  )
  return {
    ...server,
    ...clientOf(server.url),
    close: async () => {
      const unruled = await toldByNoRule(server)
      await server.close()
      if (url !== undefined) await dropDatabase(url)
      await rm(folder, { recursive: true, force: true })
      if (unruled.length > 0) throw new Error(`told by no rule: ${JSON.stringify(unruled)}`)
    },
  }
}

/** Kinds of messages of cases that were written for an audience of which `MESSAGE_KINDS` says nothing: no test may leave one. */
async function toldByNoRule({ services }: Pick<County, 'services'>) {
  const told = await services.database.rows<{ kind: string; audience: Audience }>(
    sql`select distinct kind, case when recipient like 'staff:%' then 'staff' else 'applicant' end as audience
      from reminders r where exists (select 1 from case_events e where e.id = r.event_id and e.case_id = r.case_id)`,
  )
  return told.filter(({ kind, audience }) => kind in MESSAGE_KINDS && !ruleOf(kind as MessageKind, audience))
}

/** The registry knows the number of this account as the member's, as it must of whoever redeems an invitation. */
export async function registerAs({ services }: Pick<County, 'services'>, person: Person, staffId: string) {
  const { body } = await person.send<{ id: string }>('GET', '/api/account')
  await services.database.rows(sql`update staff set id_number_index = p.id_number_index from profiles p
    where p.id = ${body.id}::uuid and staff.id = ${staffId}`)
}

/** An account that was bound before whoever redeems an invitation had to be confirmed; whoever it is, they work. */
export async function boundBefore({ services }: Pick<County, 'services'>, person: Person, staffId: string) {
  const { body } = await person.send<{ id: string }>('GET', '/api/account')
  await services.database.rows(sql`update profiles set staff_id = null where staff_id = ${staffId}`)
  await services.database.rows(sql`update profiles set staff_id = ${staffId} where id = ${body.id}::uuid`)
  await services.database.rows(
    sql`update staff set active = true, awaited = false where id = ${staffId} and not active`,
  )
}

/** The database as requests reach it: for a test that watches what they ask, or does something in between. */
export const askedBy = ({ services }: Pick<County, 'services'>) =>
  services.database.within(STATEMENT_MILLISECONDS)

/** Sends until nothing is due. The server sends by itself too: what it has in hand is not out when the job finds nothing. */
export const sendAll = ({ app, services }: Pick<County, 'app' | 'services'>) =>
  vi.waitFor(async () => {
    await app.jobs['drain-reminders']()
    const now = services.clock.now()
    const waiting = await services.database.rows(sql`select kind, available_at, leased_until from reminders
      where coalesce(sent_at, dropped_at) is null
        and (available_at <= ${now}::timestamptz + case when attempts > 0 then interval '1 minute' else interval '0' end
          or leased_until > ${now}::timestamptz)`)
    if (waiting.length > 0) throw new Error(JSON.stringify(waiting))
  }, 20_000)
