import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Cache } from './cache'

/** What every cache does; keys are new in each test, so that a shared store may stand behind it. */
export function cacheContract(name: string, createCache: () => Cache) {
  describe(`cache: ${name}`, () => {
    it('gives back what was set, as it was written', async () => {
      const cache = createCache()
      const key = randomUUID()
      expect(await cache.get(key)).toBeUndefined()
      for (const value of ['印象', '{"a":1}', '0012', 'true', '']) {
        await cache.set(key, value, 60)
        expect(await cache.get(key)).toBe(value)
      }
    })

    it('forgets after the expiry', async () => {
      const cache = createCache()
      const key = randomUUID()
      await cache.set(key, 'soon gone', 1)
      await wait(1_200)
      expect(await cache.get(key)).toBeUndefined()
    })

    it('lets one of many take a lock', async () => {
      const cache = createCache()
      const key = randomUUID()
      const taken = await Promise.all(
        Array.from({ length: 8 }, (_, index) => cache.setIfAbsent(key, `owner-${index}`, 60)),
      )
      expect(taken.filter(Boolean)).toHaveLength(1)
    })

    it('deletes only for the owner', async () => {
      const cache = createCache()
      const key = randomUUID()
      await cache.setIfAbsent(key, 'owner', 60)
      expect(await cache.compareAndDelete(key, 'stranger')).toBe(false)
      expect(await cache.get(key)).toBe('owner')
      expect(await cache.compareAndDelete(key, 'owner')).toBe(true)
      expect(await cache.compareAndDelete(key, 'owner')).toBe(false)
      expect(await cache.setIfAbsent(key, 'next', 60)).toBe(true)
    })
  })
}
