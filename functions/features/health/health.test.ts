import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openBareDatabase, openEmptyDatabase } from '../../../tests/empty-database'
import type { Database } from '../../platform/ports/database'
import { createHealthRoutes } from '.'

const healthOf = async (database: Database) => {
  const answer = await createHealthRoutes({ database, profile: 'self-hosted', localWechat: false }).request(
    '/api/health',
  )
  return { status: answer.status, body: await answer.json() }
}

test.each([
  ['without tables', openBareDatabase, 'not-migrated'],
  ['without a county', openEmptyDatabase, 'no-county'],
])('a database %s is not well, and says why', async (_, open, because) => {
  const database = await open()
  try {
    // An embedded one begins with its first question, and that may take longer than health waits.
    await database.rows(sql`select 1`)
    expect(await healthOf(database)).toMatchObject({ status: 503, body: { status: 'unavailable', because } })
  } finally {
    await database.close()
  }
})

test('a database whose tables belong to somebody else is not well, and says why', async () => {
  const refused = Object.assign(new Error('permission denied for table service_items'), { code: '42501' })
  const database = { within: () => ({ rows: () => Promise.reject(refused) }) } as unknown as Database
  expect(await healthOf(database)).toMatchObject({ status: 503, body: { because: 'no-rights' } })
})
