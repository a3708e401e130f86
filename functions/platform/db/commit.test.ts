import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { hashToken, sessionPrincipal } from '../http/principal'
import type { Database } from '../ports/database'
import { type Change, commit } from './commit'

const NOW = '2026-08-15T10:00:00.000Z' as Instant
const LONG_AGO = '2026-08-15T07:00:00.000Z'
const [ME, SOMEBODY] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']
const TOKEN = hashToken('a-token-of-a-session')

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
  await database.rows(sql`with people as (
      insert into profiles (id, real_name_level, created_at, demo)
      select id::uuid, 1, ${LONG_AGO}::timestamptz, false from (values (${ME}), (${SOMEBODY})) as each(id)
    ), identities as (insert into wechat_identities (id, appid, openid, profile_id, created_at)
      values (${ME}::uuid, 'app', 'me', ${ME}::uuid, ${LONG_AGO}::timestamptz)
    ) insert into sessions (id, token_hash, profile_id, identity_id, device, created_at, last_seen_at, expires_at)
      values (${ME}::uuid, ${TOKEN}, ${ME}::uuid, ${ME}::uuid, '', ${LONG_AGO}::timestamptz,
        ${LONG_AGO}::timestamptz, '2026-09-01T00:00:00Z'::timestamptz)`)
})
afterAll(() => database.close())

/** Rates a case once; the parts put somebody else's row first. */
const rating = (key: string): Change => ({
  now: NOW,
  by: sessionPrincipal(TOKEN, NOW),
  intent: { route: 'POST /api/cases/{id}/rating', key, bodyHash: 'body' },
  status: 201,
  parts: [
    sql`somebody as (select ${SOMEBODY}::uuid as profile_id)`,
    sql`given as (insert into ratings (case_id, level, reasons, rated_by, rated_at)
      select somebody.profile_id, 1, '{}', principal.profile_id, ${NOW}::timestamptz from somebody, principal
      on conflict (case_id) do nothing returning rated_by)`,
  ],
  demands: [{ holds: sql`exists(select 1 from given)`, code: 'rating.already-given' }],
  answer: sql`(select json_build_object('by', rated_by) from given)`,
})

test('a request that comes again has its first answer, whatever part of the statement comes first', async () => {
  expect(await commit(database, rating('same'))).toEqual({ kind: 'done', answer: { by: ME } })
  const replayed = await commit(database, rating('same'))
  expect(replayed).toMatchObject({ kind: 'replayed', prior: { status: 201 } })
})

test('who asks for the first answer writes nothing by asking', async () => {
  const statements: SQL[] = []
  const listening: Database = {
    ...database,
    rows: (statement) => {
      statements.push(statement)
      return database.rows(statement)
    },
  }
  await database.rows(sql`update sessions set last_seen_at = ${LONG_AGO}::timestamptz`)
  expect(await commit(listening, rating('same'))).toMatchObject({ kind: 'replayed' })
  expect(statements).toHaveLength(2)
  const [session] = await database.rows<{ moved: boolean }>(
    sql`select last_seen_at > ${LONG_AGO}::timestamptz as moved from sessions`,
  )
  expect(session?.moved).toBe(false)
})
