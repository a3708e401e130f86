import { StoreUnavailable } from '../ports/cache'

/** Every command answers or fails within this time. */
export const STORE_TIMEOUT_MILLISECONDS = 1500

/** The few commands that limiter and cache need, spoken over TCP or over REST. Each throws StoreUnavailable. */
export interface RedisCommands {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, expirySeconds: number): Promise<void>
  setIfAbsent(key: string, value: string, expirySeconds: number): Promise<boolean>
  /** Runs a script by its digest, sending its text when the store does not know it yet. */
  run(script: RedisScript, keys: readonly string[], values: readonly string[]): Promise<unknown>
}

/** A Lua script without a `#!` line: Redis 8 refuses the flags that Upstash's documents show there. */
export interface RedisScript {
  readonly name: string
  readonly text: string
}

/** The message of a store's error carries the command with its keys and values: only its first word is kept. */
export async function answered<Value>(command: () => Promise<Value>): Promise<Value> {
  try {
    return await command()
  } catch (cause) {
    const [word = ''] = cause instanceof Error ? cause.message.split(/[^A-Z]/, 1) : []
    throw new StoreUnavailable(word || (cause instanceof Error ? cause.name : 'unknown'))
  }
}
