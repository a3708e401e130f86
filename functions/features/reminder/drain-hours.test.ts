import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const TEMPLATE = 'YX-CASE-PROGRESS'

let database: Database
let outbox: ReturnType<typeof createOutbox>

beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
})

/** From then on, in Shanghai. */
const until = (at: string) =>
  outbox.advance((Date.parse(`${at}:00+08:00`) - Date.parse(outbox.clock.now())) / 1000)
const waiting = async (id: string) => {
  const [row] = await database.rows<{ at: string; attempts: number; begun: boolean }>(sql`select
    to_char(available_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as at, may_be_out as begun,
      (select coalesce(max(d.attempt), 0) from deliveries d where d.reminder_id = r.id) as attempts
    from reminders r where id = ${id}::uuid and sent_at is null and lease_token is null`)
  return row
}
const TASK = { channel: 'relation', templateId: 'YX-STAFF-TASK' } as const
const drain = () => drainUntilEmpty(outbox.worker())

test('what was due at 17:29 and is claimed at 23:10 sleeps until the morning, and is no attempt', async () => {
  const [clerk, resident] = [await outbox.staff(), await outbox.resident({ [TEMPLATE]: 2 })]
  until('2026-11-24T17:29')
  const task = await outbox.plan({ recipient: clerk.recipient, ...TASK, urgent: true })
  const told = await outbox.plan({ recipient: resident.recipient })
  until('2026-11-24T23:10')
  expect(await drain()).toMatchObject({ claimed: 2, waiting: 2, sent: 0 })
  expect(await waiting(task)).toEqual({ at: '11-25 08:00', attempts: 0, begun: false })
  expect(await waiting(told)).toEqual({ at: '11-25 08:00', attempts: 0, begun: false })
  expect(await outbox.credits(resident.openid)).toBe(2)
  until('2026-11-25T02:00')
  expect(await drain()).toMatchObject({ claimed: 0 })
  until('2026-11-25T08:00')
  expect(await drain()).toMatchObject({ claimed: 2, sent: 1, waiting: 1 })
  expect(await waiting(task)).toEqual({ at: '11-25 08:30', attempts: 0, begun: false })
  until('2026-11-25T08:30')
  expect(await drain()).toMatchObject({ claimed: 1, sent: 1 })
})

test('all of a batch are moved on by one statement', async () => {
  until('2026-11-24T22:00')
  for (let number = 0; number < 7; number += 1)
    await outbox.plan({ recipient: (await outbox.staff()).recipient, ...TASK })
  let asked = 0
  const counting: Database = {
    ...database,
    rows: (statement) => {
      asked += 1
      return database.rows(statement)
    },
  }
  expect(await outbox.worker({ database: counting })()).toMatchObject({ claimed: 7, waiting: 7 })
  expect(asked).toBe(2)
})

test('what WeChat put off, or did not answer, waits for the morning when its time comes at night', async () => {
  const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 2 })
  until('2026-11-24T21:59')
  const refused = await outbox.plan({ recipient })
  const unknown = await outbox.plan({ recipient, kind: 'concluded' })
  outbox.wechat.script.push(
    () => ({ kind: 'retry', retryAfterSeconds: 90, code: -1 }),
    () => ({ kind: 'unknown' }),
  )
  expect(await drain()).toMatchObject({ waiting: 1, unknown: 1 })
  until('2026-11-24T22:01')
  expect(await drain()).toMatchObject({ waiting: 2, sent: 0 })
  expect(await waiting(refused)).toEqual({ at: '11-25 08:00', attempts: 1, begun: false })
  expect(await waiting(unknown)).toEqual({ at: '11-25 08:00', attempts: 1, begun: true })
  until('2026-11-25T08:00')
  expect(await drain()).toMatchObject({ sent: 2 })
  expect(await outbox.credits(openid)).toBe(0)
})

test('a worker that comes to the call after ten does not call', async () => {
  const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
  until('2026-11-24T22:00')
  outbox.advance(-2)
  await outbox.plan({ recipient })
  const slow = {
    ...outbox.deps.limiter,
    reserve: (...[limits, at]: Parameters<typeof outbox.deps.limiter.reserve>) => {
      outbox.advance(2)
      return outbox.deps.limiter.reserve(limits, at)
    },
  }
  expect(await outbox.worker({ limiter: slow })()).toMatchObject({ waiting: 1, sent: 0 })
  expect(outbox.wechat.received).toEqual([])
  expect(await outbox.credits(openid)).toBe(1)
})

test('what stands in the app alone does so at any hour', async () => {
  until('2026-11-24T23:10')
  const { recipient } = await outbox.resident()
  const [quiet, unasked] = [
    await outbox.plan({ recipient, channel: 'inbox' }),
    await outbox.plan({ recipient }),
  ]
  expect(await drain()).toMatchObject({ inbox: 2 })
  expect(await outbox.find(quiet)).toMatchObject({ because: 'quiet' })
  expect(await outbox.find(unasked)).toMatchObject({ because: 'not-agreed' })
})

test('a part-timer hears in the hours declared, and nobody on leave', async () => {
  const evenings = { dutyHours: [{ days: ['tue', 'fri'], periods: ['18:30-20:30'] }] } as const
  const agent = await outbox.staff(true, evenings)
  const leave = [{ from: plainDate('2026-11-24'), to: plainDate('2026-11-27'), substituteId: null }]
  const [away, agentAway] = [
    await outbox.staff(false, { leave }),
    await outbox.staff(true, { ...evenings, leave }),
  ]
  const told = await Promise.all(
    [agent, away, agentAway].map(({ recipient }) => outbox.plan({ recipient, ...TASK })),
  )
  expect(await drain()).toMatchObject({ waiting: 3, sent: 0 })
  // Asked again each morning: of leave that ends early, or of other hours, nobody has to wake it.
  const at = () => Promise.all(told.map(async (id) => (await waiting(id))?.at))
  expect(await at()).toEqual(['11-24 18:30', '11-25 08:00', '11-25 08:00'])
  await database.rows(sql`update staff set leave = '[]' where id = ${away.staffId}`)
  until('2026-11-24T18:30')
  expect(await drain()).toMatchObject({ sent: 1 })
  until('2026-11-25T08:00')
  expect(await drain()).toMatchObject({ waiting: 2, sent: 0 })
  expect(await at()).toEqual([undefined, '11-25 08:30', '11-26 08:00'])
  until('2026-11-25T08:30')
  expect(await drain()).toMatchObject({ sent: 1 })
})
