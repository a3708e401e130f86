import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { continueEventLog, type LogPosition, readEventLog } from '../../functions/platform/db/event-log'
import { createDatabase } from './databases'

let url: string
let database: ReturnType<typeof createPostgresDatabase>
beforeAll(async () => {
  url = await createDatabase()
  database = createPostgresDatabase(url, { connections: 4, onError: () => undefined })
  await database.migrate('drizzle')
})
afterAll(() => database.close())

const WRITERS = 8
const ROUNDS = 60

/** A transaction that ends late, now and then not at all; its events have been written some time before. */
async function write(client: pg.Client, cases: readonly { id: string; sequence: number }[], mayFail = true) {
  await client.query('begin')
  const written: string[] = []
  for (const each of cases) {
    each.sequence += 1
    const id = randomUUID()
    await client.query(
      `insert into case_events (case_id, sequence, id, type, at, actor, payload, hash, life)
        values ($1, $2, $3, 'accepted', now(), 'system:test', '{}', '', (select life from event_log))`,
      [each.id, each.sequence, id],
    )
    written.push(id)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 12))
  }
  if (mayFail && Math.random() < 0.15) {
    await client.query('rollback')
    for (const each of cases) each.sequence -= 1
    return []
  }
  await client.query('commit')
  return written
}

async function readAll(from: LogPosition | null, until: () => boolean) {
  const read: { readonly id: string; readonly caseId: string; readonly sequence: number }[] = []
  let position = from
  for (;;) {
    const isLast = until()
    const page = await readEventLog(database, position, 7)
    read.push(...page)
    const last = page[page.length - 1]
    if (last) position = last
    if (isLast && page.length === 0) return { read, position }
  }
}

it('is followed without losing or doubling an event, though transactions end late, out of order, or not at all', async () => {
  const written: string[] = []
  let running = WRITERS
  const writers = Array.from({ length: WRITERS }, async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const cases = Array.from({ length: 3 }, () => ({ id: randomUUID(), sequence: 0 }))
    for (let round = 0; round < ROUNDS; round += 1)
      written.push(...(await write(client, cases.slice(0, 1 + (round % 3)))))
    await client.end()
    running -= 1
  })
  const [{ read }] = await Promise.all([readAll(null, () => running === 0), ...writers])
  expect(read.map(({ id }) => id).sort()).toEqual([...written].sort())
  const latest = new Map<string, number>()
  for (const { caseId, sequence } of read) {
    expect(sequence).toBe((latest.get(caseId) ?? 0) + 1)
    latest.set(caseId, sequence)
  }
})

it('goes on in a copy that was restored on a server whose transactions count from a lower number on', async () => {
  const { position } = await readAll(null, () => true)
  // What the other server would have written, had it run for longer.
  await database.rows(
    sql`update case_events set written_in = (written_in::text::bigint + 100000)::text::xid8`,
  )
  const far = position && { ...position, writtenIn: String(BigInt(position.writtenIn) + 100_000n) }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await continueEventLog(database)
  const [fresh] = await write(client, [{ id: randomUUID(), sequence: 0 }], false)
  await client.end()
  const { read } = await readAll(far, () => true)
  expect(read.map(({ id }) => id)).toEqual([fresh])
  await continueEventLog(database)
  const [log] = await database.rows<{ life: number }>(sql`select life from event_log`)
  expect(log?.life).toBe(1)
})
