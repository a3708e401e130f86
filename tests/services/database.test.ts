import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { createNeonDatabase } from '../../functions/platform/adapters/neon'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { removeOldRows } from '../../functions/platform/db/remove-expired-rows'
import type { Database } from '../../functions/platform/ports/database'
import { databaseContract } from '../../functions/platform/ports/database.contract'
import { ask, createDatabase, killStatement, places } from './databases'

const quiet = { connections: 8, onError: () => undefined }
const [forPg, forNeon] = await Promise.all([createDatabase(), createDatabase()])

// The process is warned of it once: before anything else is asked.
it('sets a connection up before anybody asks it something', async () => {
  const database = createPostgresDatabase(forPg, quiet)
  const warned: string[] = []
  const hear = (warning: Error) => warned.push(warning.message)
  process.on('warning', hear)
  try {
    const jit = await Promise.all(Array.from({ length: 8 }, () => database.rows(sql`show jit`)))
    expect(jit).toEqual(Array(8).fill([{ jit: 'off' }]))
    await new Promise(setImmediate)
    expect(warned).toEqual([])
  } finally {
    process.off('warning', hear)
    await database.close()
  }
})

databaseContract('pg', {
  open: async () => {
    const database = createPostgresDatabase(forPg, quiet)
    await database.migrate('drizzle')
    return database
  },
  kill: (text) => killStatement(forPg, text),
})

databaseContract('Neon', {
  open: async () => {
    const database = createNeonDatabase(forNeon, { ...quiet, proxy: places().neonProxy })
    await database.migrate('drizzle')
    return database
  },
  kill: (text) => killStatement(forNeon, text),
})

describe.each([
  ['pg', forPg, () => createPostgresDatabase(forPg, quiet), true],
  ['Neon', forNeon, () => createNeonDatabase(forNeon, { ...quiet, proxy: places().neonProxy }), false],
] as const)('who waits for an answer: %s', (_, url, open, stops) => {
  it('is told when a statement takes too long, and a job is not', async () => {
    const database = open()
    const running = () =>
      ask<{ count: number }>(
        url,
        `select count(*)::int as count from pg_stat_activity
          where state = 'active' and query like '%pg_sleep(5)%' and pid <> pg_backend_pid()`,
      )
    try {
      const startedAt = performance.now()
      await expect(database.within(300).rows(sql`select pg_sleep(5)`)).rejects.toThrow()
      expect(performance.now() - startedAt).toBeLessThan(1_500)
      if (stops) expect(await database.rows(sql`show jit`)).toEqual([{ jit: 'off' }])
      if (stops) await expect.poll(running, { timeout: 2_000 }).toEqual([{ count: 0 }])
      expect(await database.within(300).rows(sql`select 1 as one`)).toEqual([{ one: 1 }])
      await database.rows(sql`select pg_sleep(0.5)`)
    } finally {
      await database.close()
    }
  })
})

describe.each([
  ['pg', () => createPostgresDatabase(forPg, { ...quiet, connections: 1 })],
  ['Neon', () => createNeonDatabase(forNeon, { ...quiet, connections: 1, proxy: places().neonProxy })],
])('statements that come often: %s', (_, open) => {
  let database: Database
  beforeAll(async () => {
    database = open()
    await database.rows(sql`create table often_asked (id int primary key)`)
  })
  afterAll(() => database.close())

  const often = async (ask: () => Promise<unknown>) => {
    for (let time = 0; time < 5; time += 1) await ask()
  }
  const named = async () => {
    const [row] = await database.rows<{ count: number }>(
      sql`select count(*)::int as count from pg_prepared_statements where statement like '%often_asked%'`,
    )
    return row?.count
  }
  const write = (id: number) => database.rows(sql`insert into often_asked (id) values (${id}::int)`)
  const all = () => database.rows(sql`select * from often_asked order by id limit 2`)

  it('are planned once and answer each their own values', async () => {
    let id = 0
    await often(() => {
      id += 1
      return write(id)
    })
    expect(await named()).toBe(1)
    expect(await all()).toEqual([{ id: 1 }, { id: 2 }])
    await expect(write(1)).rejects.toMatchObject({ cause: { code: '23505' } })
  })

  it('are sent anew where the server knows their name no longer, and each is done once', async () => {
    await database.rows(sql`deallocate all`)
    await write(10)
    await write(11)
    expect(await database.rows(sql`select id from often_asked where id >= 10 order by id`)).toEqual([
      { id: 10 },
      { id: 11 },
    ])
  })

  it('are planned anew when a migration changes what they answer', async () => {
    await often(all)
    await database.rows(sql`alter table often_asked add column said text`)
    expect(await all()).toEqual([
      { id: 1, said: null },
      { id: 2, said: null },
    ])
  })
})

it.each([
  ['what has been kept long enough goes, also while it is being written', sql`sent_at = created_at`, 1],
  ['what is just being renewed stays', sql`created_at = '2026-11-30T08:00:00Z'::timestamptz`, 0],
])('%s', async (_, change, oldMessages) => {
  const database = createPostgresDatabase(forPg, quiet)
  const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%delete from reminders%' and pid <> pg_backend_pid()`
  try {
    await database.rows(sql`insert into reminders
      (id, event_id, kind, recipient, urgent, body_sealed, channel, created_at, available_at)
      select gen_random_uuid(), gen_random_uuid(), 'filed', 'profile:x', false, 'x', 'inbox', t.at, t.at
      from (select '2025-01-06T08:00:00Z'::timestamptz as at) t`)
    const removed = await database.transaction(async (transaction) => {
      await transaction.execute(sql`update reminders set ${change} where recipient = 'profile:x'`)
      const removing = removeOldRows(database, '2026-12-01T00:00:00.000Z' as Instant)
      await expect.poll(() => ask(forPg, waits), { timeout: 5_000 }).toHaveLength(1)
      return { removing }
    })
    expect(await removed.removing).toMatchObject({ oldMessages })
  } finally {
    await database.close()
  }
})

it('one that is renewed meanwhile keeps none behind it: what is over goes in the same night', async () => {
  const database = createPostgresDatabase(forPg, quiet)
  const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%delete from reminders%' and pid <> pg_backend_pid()`
  try {
    await database.rows(sql`insert into reminders
      (id, event_id, kind, recipient, urgent, body_sealed, channel, created_at, available_at)
      select gen_random_uuid(), gen_random_uuid(), 'filed', 'profile:y' || n, false, 'x', 'inbox', t.at, t.at
      from (select '2025-01-06T08:00:00Z'::timestamptz as at) t cross join generate_series(1, 7) n`)
    const removed = await database.transaction(async (transaction) => {
      await transaction.execute(
        sql`update reminders set created_at = '2026-11-30T08:00:00Z'::timestamptz where recipient = 'profile:y1'`,
      )
      const removing = removeOldRows(database, '2026-12-01T00:00:00.000Z' as Instant, 2)
      await expect.poll(() => ask(forPg, waits), { timeout: 5_000 }).toHaveLength(1)
      return { removing }
    })
    expect(await removed.removing).toMatchObject({ oldMessages: 6 })
  } finally {
    await database.close()
  }
})
