import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Account } from '#shared/contract/account'
import { type County, newcomer } from '../product/county'
import { openOnServices } from './counties'
import { ask } from './databases'

let county: County
let databaseUrl: string
beforeAll(async () => {
  const opened = await openOnServices('PostgreSQL and Redis', { DATABASE_CONNECTIONS: '20' })
  county = opened.county
  databaseUrl = opened.databaseUrl
})
afterAll(() => county.close())

/** Until as many statements wait for a row as were sent. */
async function untilWaiting(many: number) {
  for (let waiting = 0; waiting < many; await sleep(20)) {
    const [row] = await ask<{ count: number }>(
      databaseUrl,
      `select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    )
    waiting = row?.count ?? 0
  }
}

it('what is confirmed at this very moment no typing changes', async () => {
  const name = '石核实'
  const { person, personId } = await newcomer(county, {
    name,
    birth: '1980-06-01',
    villageCode: '341821105200',
    level: 2,
  })
  const { id } = (await person.send<Account>('GET', '/api/account')).body
  const other = await county.logIn(personId)
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  const holder = new pg.Client({ connectionString: databaseUrl })
  await holder.connect()
  await holder.query('begin')
  await holder.query('select 1 from profiles where id = $1 for update', [id])
  const confirmed = person.send('POST', '/api/account/identity-confirmation', { body: { code: body.code } })
  await untilWaiting(1)
  const typed = other.send('POST', '/api/account/identity', {
    body: { name: '别人家', idNumber: '341821194611180024' },
  })
  await untilWaiting(2)
  await holder.query('commit')
  await holder.end()
  expect((await confirmed).status).toBe(200)
  expect(await typed).toMatchObject({ status: 409, body: { code: 'account.identity-fixed' } })
  const account = (await person.send<Account>('GET', '/api/account')).body
  expect(account).toMatchObject({ realNameLevel: 3, name })
})
