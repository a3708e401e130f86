import { afterAll, describe, expect, it } from 'vitest'
import { StoreUnavailable } from '../ports/cache'
import { cacheContract } from '../ports/cache.contract'
import { limiterContract } from '../ports/limiter.contract'
import { createRedisCommands } from './redis'
import { createRedisCache } from './redis-cache'
import type { RedisCommands, RedisScript } from './redis-commands'
import { createRedisLimiter } from './redis-limiter'
import { createUpstashCommands } from './upstash'

// biome-ignore lint/style/noProcessEnv: names the stores that test:services started
const { TEST_REDIS_URL, TEST_UPSTASH_URL, TEST_UPSTASH_TOKEN = 'test' } = process.env

const closing: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

const openRedis = (url: string) => {
  const commands = createRedisCommands(url, () => undefined)
  closing.push(commands.close)
  return commands
}

const EMPTY: RedisScript = { name: 'empty', text: "return redis.call('FLUSHALL')" }

function contracts(name: string, commands: RedisCommands) {
  const create = () => createRedisLimiter(commands)
  const createEmptied = async () => {
    await commands.run(EMPTY, [], [])
    return { emptied: create(), create }
  }
  limiterContract(name, { create, createEmptied })
  cacheContract(name, () => createRedisCache(commands))
}

if (TEST_REDIS_URL) contracts('ioredis', openRedis(TEST_REDIS_URL))
if (TEST_UPSTASH_URL) contracts('Upstash', createUpstashCommands(TEST_UPSTASH_URL, TEST_UPSTASH_TOKEN))

// Nothing listens on the discard port of the loopback address.
describe.each([
  ['ioredis', () => openRedis('redis://127.0.0.1:9')],
  ['Upstash', () => createUpstashCommands('http://127.0.0.1:9', 'test')],
])('%s without a store', (_, open) => {
  it('says within two seconds that the store is unavailable', async () => {
    const commands = open()
    const startedAt = performance.now()
    await expect(createRedisCache(commands).get('key')).rejects.toThrow(StoreUnavailable)
    await expect(createRedisLimiter(commands).reserve([], 0)).rejects.toThrow(StoreUnavailable)
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  })

  it('says so at once after that', async () => {
    const cache = createRedisCache(open())
    await expect(cache.get('key')).rejects.toThrow(StoreUnavailable)
    const startedAt = performance.now()
    for (let time = 1; time <= 5; time += 1) await expect(cache.get('key')).rejects.toThrow(StoreUnavailable)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})
