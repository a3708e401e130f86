import { Redis } from '@upstash/redis'
import { answered, type RedisCommands, type RedisScript, STORE_TIMEOUT_MILLISECONDS } from './redis-commands'

/** Redis over Upstash's REST interface. */
export function createUpstashCommands(url: string, token: string): RedisCommands {
  const client = new Redis({
    url,
    token,
    // With the defaults a dead store holds a request for more than four seconds.
    retry: { retries: 1, backoff: () => 50 },
    signal: () => AbortSignal.timeout(STORE_TIMEOUT_MILLISECONDS),
    automaticDeserialization: false,
    enableTelemetry: false,
  })
  const scripts = new Map<string, ReturnType<typeof prepare>>()
  const prepare = (script: RedisScript) => client.createScript<unknown>(script.text)
  const scriptOf = (script: RedisScript) => {
    const known = scripts.get(script.name) ?? prepare(script)
    scripts.set(script.name, known)
    return known
  }
  return {
    get: (key) => answered(async () => (await client.get<string>(key)) ?? undefined),
    set: (key, value, seconds) =>
      answered(async () => {
        await client.set(key, value, { ex: seconds })
      }),
    setIfAbsent: (key, value, seconds) =>
      answered(async () => (await client.set(key, value, { ex: seconds, nx: true })) === 'OK'),
    run: (script, keys, values) => answered(() => scriptOf(script).exec([...keys], [...values])),
  }
}
