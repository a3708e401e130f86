import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import type { Limiter } from '../../platform/ports/limiter'
import type { SendOutcome } from '../../platform/ports/wechat'
import { type DrainDeps, drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})

const queryText = (query: Parameters<Database['rows']>[0]) => new PgDialect().sqlToQuery(query).sql

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

const LIMIT = 6
const perDay = { ...USUAL_LIMITS.perDay, resident: { max: LIMIT, urgentReserve: 0 } }
const rules = async () => ({ limits: { ...USUAL_LIMITS, perDay }, calendar: new Map() })
const worker = (ports: Partial<DrainDeps> = {}) => outbox.worker({ rules, ...ports })
/** Each is told by itself. */
const planFor = (recipient: string) =>
  outbox.plan({ recipient, channel: 'template', templateId: 'YX-OA-RESULT', urgent: true })
/** A process of its own: it remembers nothing. */
const restarted = () => worker({ limiter: createMemoryLimiter() })
const reached = () => outbox.wechat.received.length

describe('the limits of a day', () => {
  it('hold though the process starts anew before each message', async () => {
    const { recipient } = await outbox.resident()
    for (let message = 1; message <= 10; message += 1) {
      await planFor(recipient)
      await drainUntilEmpty(restarted())
    }
    expect(reached()).toBe(LIMIT)
    outbox.advance(86_400)
    await drainUntilEmpty(restarted())
    expect(reached()).toBe(10)
  })

  it('count what nobody knows the outcome of as sent, repetitions and all', async () => {
    const { recipient } = await outbox.resident()
    const unknown: SendOutcome = { kind: 'unknown' }
    // Everything reaches the person, and no answer ever comes back.
    const lose = () => {
      outbox.wechat.script.push((message) => {
        outbox.wechat.received.push(message)
        return unknown
      })
    }
    for (let message = 1; message <= 4; message += 1) await planFor(recipient)
    for (let time = 1; time <= 40; time += 1) {
      lose()
      await restarted()({ batch: 1 })
      outbox.wechat.script.length = 0
      outbox.advance(61)
    }
    for (let message = 1; message <= 4; message += 1) {
      await planFor(recipient)
      await drainUntilEmpty(restarted())
    }
    expect(reached()).toBe(LIMIT)
  })

  it('do not count what surely was not sent', async () => {
    const { recipient } = await outbox.resident()
    for (let message = 1; message <= 4; message += 1) {
      await planFor(recipient)
      outbox.wechat.script.push(() => ({ kind: 'rejected', code: 45168 }))
      await drainUntilEmpty(restarted())
      await planFor(recipient)
      outbox.wechat.script.push(() => ({ kind: 'refused', because: 'not-following' }))
      await drainUntilEmpty(restarted())
      await outbox.plan({ recipient, channel: 'inbox' })
      await drainUntilEmpty(restarted())
    }
    for (let message = 1; message <= LIMIT; message += 1) await planFor(recipient)
    expect(await drainUntilEmpty(restarted())).toMatchObject({ sent: LIMIT })
  })

  it('are everybody’s own, and hold when two start at once', async () => {
    const people = await Promise.all([outbox.resident(), outbox.resident(), outbox.resident()])
    for (const { recipient } of people) for (let time = 1; time <= 4; time += 1) await planFor(recipient)
    await drainUntilEmpty(worker())
    expect(reached()).toBe(12)
    for (const { recipient } of people) for (let time = 1; time <= 4; time += 1) await planFor(recipient)
    const limiter = createMemoryLimiter()
    const workers = [1, 2, 3].map(() => worker({ limiter }))
    await Promise.all(workers.map((each) => drainUntilEmpty(each, { batch: 2 })))
    expect(reached()).toBe(3 * LIMIT)
  })

  it('are asked for once by all who find the store empty at the same time', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => outbox.resident()))
    for (const { recipient } of people) await planFor(recipient)
    let asked = 0
    const counting: Database = {
      ...database,
      rows: (query) => {
        if (/as count\s+from deliveries/.test(queryText(query))) asked += 1
        return database.rows(query)
      },
    }
    const counted = worker({ database: counting, limiter: createMemoryLimiter() })
    expect(await drainUntilEmpty(counted)).toMatchObject({ sent: 8 })
    expect(asked).toBe(1)
  })

  it('hold when the store forgets between a reservation and the call', async () => {
    const { recipient } = await outbox.resident()
    for (let message = 1; message <= 20; message += 1) await planFor(recipient)
    let store = createMemoryLimiter()
    let asked = 0
    const forgetful: Limiter = {
      reserve: async (...given) => {
        const verdict = await store.reserve(...given)
        asked += 1
        if (asked % 3 === 0) store = createMemoryLimiter()
        return verdict
      },
      release: (...given) => store.release(...given),
      restore: (...given) => store.restore(...given),
      stands: (...given) => store.stands(...given),
      use: (...given) => store.use(...given),
    }
    for (let time = 1; time <= 30; time += 1) {
      await drainUntilEmpty(worker({ limiter: forgetful }))
      outbox.advance(30)
    }
    expect(reached()).toBe(LIMIT)
    expect(await outbox.queued()).toBe(20 - LIMIT)
  })
})
