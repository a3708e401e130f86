import Redis from 'ioredis'
import { type County, openCounty } from '../product/county'
import { createDatabase, places } from './databases'

export const STACKS = {
  'PostgreSQL and Redis': () => ({ REDIS_URL: places().redis }),
  'Neon and Upstash': () => ({
    DATABASE_DRIVER: 'neon',
    NEON_PROXY: places().neonProxy,
    UPSTASH_REDIS_REST_URL: places().upstash.url,
    UPSTASH_REDIS_REST_TOKEN: places().upstash.token,
  }),
} as const

/** The stores are one for all suites: what an earlier one reserved must not stand in the way. */
export async function forgetReservations() {
  const redis = new Redis(places().redis)
  await redis.flushall()
  redis.disconnect()
}

/** The product on a database of its own on the real server; everything else embedded. */
export async function openOnServices(
  stack: keyof typeof STACKS = 'PostgreSQL and Redis',
  more: Readonly<Record<string, string>> = {},
): Promise<{ county: County; databaseUrl: string }> {
  const databaseUrl = await createDatabase()
  await forgetReservations()
  const county = await openCounty({ DATABASE_URL: databaseUrl, ...STACKS[stack](), ...more })
  return { county, databaseUrl }
}

/** `work` for each of `count` numbers, at most `atOnce` at a time. */
export async function atMost<Value>(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = []
  let next = 0
  const worker = async () => {
    while (next < count) {
      const index = next++
      values[index] = await work(index)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return values
}
