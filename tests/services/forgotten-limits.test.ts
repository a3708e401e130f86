import Redis from 'ioredis'
import { expect, it } from 'vitest'
import { drainUntilEmpty } from '../../functions/features/reminder'
import { createOutbox } from '../../functions/features/reminder/outbox-fixture'
import { createAesCipher } from '../../functions/platform/adapters/cipher'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { createRedisCommands } from '../../functions/platform/adapters/redis'
import { createRedisLimiter } from '../../functions/platform/adapters/redis-limiter'
import { systemIds } from '../../functions/platform/adapters/system'
import { createUpstashCommands } from '../../functions/platform/adapters/upstash'
import { applicationOf } from './applications'
import { createDatabase, places } from './databases'
import { openKillable } from './killed-server'

/** Of a resident and of a clerk, a day. */
const LIMITS = { resident: 3, clerk: 6 }
const PEOPLE = 5
const TEMPLATE = 'YX-CASE-PROGRESS'

it.each(['Redis', 'Upstash'])(
  'nobody is disturbed beyond the limit while %s is emptied again and again',
  async (store) => {
    const database = createPostgresDatabase(await createDatabase(), {
      connections: 8,
      onError: () => undefined,
    })
    await database.migrate('drizzle')
    const { redis: url, upstash } = places()
    const redis = new Redis(url)
    const commands = createRedisCommands(url, () => undefined)
    const limiter = createRedisLimiter(
      store === 'Redis' ? commands : createUpstashCommands(upstash.url, upstash.token),
    )
    const cipher = createAesCipher({
      keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
      indexSecret: Buffer.alloc(32, 2),
    })
    const outbox = createOutbox(database, { cipher, ids: systemIds, limiter })
    const people = await Promise.all(
      Array.from({ length: PEOPLE }, () => outbox.resident({ [TEMPLATE]: 30 })),
    )
    for (let round = 1; round <= 6; round += 1) {
      for (const { recipient } of people) {
        for (let message = 1; message <= 3; message += 1) {
          // Each is told by itself.
          await outbox.plan({ recipient, templateId: TEMPLATE, urgent: true })
        }
      }
      let busy = true
      const emptying = (async () => {
        while (busy) {
          await redis.flushall()
          await new Promise((resolve) => setTimeout(resolve, 3 + Math.random() * 20))
        }
      })()
      await Promise.all([1, 2, 3].map(() => drainUntilEmpty(outbox.worker(), { batch: 4 })))
      busy = false
      await emptying
      outbox.advance(130)
      await drainUntilEmpty(outbox.worker())
    }
    const reached = people.map(
      ({ openid }) => outbox.wechat.received.filter((message) => message.openid === openid).length,
    )
    expect(reached).toEqual(people.map(() => LIMITS.resident))
    await Promise.all([commands.close(), database.close()])
    redis.disconnect()
  },
)

it('a clerk’s phone rings at most six times a day, of a product that is killed again and again, and tells of everything', async () => {
  const product = await openKillable({})
  const resident = await product.logIn('li-jianguo')
  type Message = { readonly channel: string; readonly status: string; readonly at: string }
  const messages = async () =>
    (await product.send<{ messages: Message[] }>('GET', '/sandbox/api/messages?person=zhao-min')).body
      .messages
  const rings = async () =>
    (await product.send<{ deliveries: unknown[] }>('GET', '/sandbox/api/deliveries?person=zhao-min')).body
      .deliveries.length
  const before = await rings()
  for (let round = 0; round < 8; round += 1) {
    for (const seed of [2 * round + 1, 2 * round + 2]) {
      const body = await applicationOf(product.uploadsOf(resident), 'LX-017', seed)
      expect((await product.insist(body, resident)).status).toBe(201)
    }
    await product.die('SIGKILL')
    await product.start()
    const hour = String(9 + round + 1).padStart(2, '0')
    await product.send('POST', '/sandbox/api/clock', { set: `2026-11-24T${hour}:05:00+08:00` })
    if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 500))
  }
  await expect
    .poll(async () => (await messages()).filter(({ status }) => status === 'queued').length, {
      timeout: 40_000,
    })
    .toBe(0)
  const rung = (await rings()) - before
  expect(rung).toBeGreaterThan(2)
  expect(rung).toBeLessThanOrEqual(LIMITS.clerk)
  await product.close()
}, 300_000)
