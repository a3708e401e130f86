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

const LIMIT = 6
const PEOPLE = 5

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
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => outbox.staff()))
    for (let round = 1; round <= 6; round += 1) {
      for (const { recipient } of people) {
        for (let message = 1; message <= 3; message += 1) {
          await outbox.plan({ recipient, channel: 'relation', templateId: 'YX-STAFF-TASK' })
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
    expect(reached).toEqual(people.map(() => LIMIT))
    await Promise.all([commands.close(), database.close()])
    redis.disconnect()
  },
)

it('a clerk gets six messages a day from a product that is killed again and again', async () => {
  const product = await openKillable({})
  const resident = await product.logIn('li-jianguo')
  const messages = async () => {
    const answer = await product.send<{ messages: { channel: string; status: string }[] }>(
      'GET',
      '/sandbox/api/messages?person=zhao-min',
    )
    return answer.body.messages
  }
  const before = (await messages()).length
  for (let filed = 2; filed <= 10; filed += 2) {
    for (const seed of [filed - 1, filed]) {
      const body = await applicationOf(product.uploadsOf(resident), 'LX-017', seed)
      expect((await product.insist(body, resident)).status).toBe(201)
    }
    await expect
      .poll(async () => (await messages()).filter(({ status }) => status !== 'queued').length, {
        timeout: 20_000,
      })
      .toBe(before + filed)
    await product.die('SIGKILL')
    await product.start()
  }
  expect((await messages()).filter(({ channel }) => channel === 'relation')).toHaveLength(LIMIT)
  await product.close()
}, 300_000)
