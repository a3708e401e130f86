import type { Cache } from '../ports/cache'

/** For the one process of the embedded profile. */
export function createMemoryCache(now: () => number = Date.now): Cache {
  const entries = new Map<string, { value: string; expiresAt: number }>()
  const live = (key: string) => {
    const entry = entries.get(key)
    if (entry && entry.expiresAt <= now()) entries.delete(key)
    return entries.get(key)
  }
  const put = (key: string, value: string, seconds: number) =>
    entries.set(key, { value, expiresAt: now() + seconds * 1000 })
  return {
    get: async (key) => live(key)?.value,
    set: async (key, value, seconds) => {
      put(key, value, seconds)
    },
    setIfAbsent: async (key, value, seconds) => {
      if (live(key)) return false
      put(key, value, seconds)
      return true
    },
    compareAndDelete: async (key, value) => live(key)?.value === value && entries.delete(key),
  }
}
