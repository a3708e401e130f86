import Redis from 'ioredis'
import { answered, type RedisCommands, type RedisScript, STORE_TIMEOUT_MILLISECONDS } from './redis-commands'

/**
 * Redis over TCP. `onError` hears of lost connections, which are made again by themselves; until then every command fails
 * at once. Only the first connection is waited for.
 */
export function createRedisCommands(
  url: string,
  onError: (cause: Error) => void,
): RedisCommands & { close(): Promise<void> } {
  const client = new Redis(url, {
    connectTimeout: STORE_TIMEOUT_MILLISECONDS,
    commandTimeout: STORE_TIMEOUT_MILLISECONDS,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // A command whose answer was lost is the caller's to repeat.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, STORE_TIMEOUT_MILLISECONDS),
  })
  client.on('error', onError)
  const tried = new Promise<void>((done) => {
    client.once('ready', done)
    client.once('close', done)
  })

  const defined = client as unknown as Record<string, (...values: (string | number)[]) => Promise<unknown>>
  /** Sent by its digest, and whole where the server does not know it yet: after a restart, on another node. */
  const scriptOf = ({ name, text: lua }: RedisScript) => {
    const command = `script:${name}`
    if (!defined[command]) client.defineCommand(command, { lua })
    return (keys: readonly string[], values: readonly string[]) =>
      defined[command]?.(keys.length, ...keys, ...values)
  }

  const ask = <Value>(command: () => Promise<Value>) =>
    answered(async () => {
      await tried
      return command()
    })

  return {
    get: (key) => ask(async () => (await client.get(key)) ?? undefined),
    set: (key, value, seconds) =>
      ask(async () => {
        await client.set(key, value, 'EX', seconds)
      }),
    setIfAbsent: (key, value, seconds) =>
      ask(async () => (await client.set(key, value, 'EX', seconds, 'NX')) === 'OK'),
    run: (script, keys, values) => ask(async () => scriptOf(script)(keys, values)),
    close: async () => client.disconnect(),
  }
}
