import { describe, expect, it } from 'vitest'
import type { Cache } from '../ports/cache'
import { loadedLater } from './loaded-later'
import { createMemoryCache } from './memory-cache'

describe('an adapter that is loaded later', () => {
  it('is not loaded before its first call, and once', async () => {
    let loads = 0
    const cache = loadedLater<Cache>(async () => {
      loads += 1
      return createMemoryCache(() => 0)
    })
    expect(await Promise.resolve(cache)).toBe(cache)
    expect(loads).toBe(0)
    await Promise.all([cache.set('a', '1', 60), cache.set('b', '2', 60)])
    expect([await cache.get('a'), await cache.get('b')]).toEqual(['1', '2'])
    expect(loads).toBe(1)
  })

  it('is loaded anew after a load that failed', async () => {
    let attempts = 0
    const cache = loadedLater<Cache>(async () => {
      attempts += 1
      if (attempts === 1) throw new Error('not readable now')
      return createMemoryCache(() => 0)
    })
    await expect(cache.get('a')).rejects.toThrow('not readable now')
    expect(await cache.get('a')).toBeUndefined()
  })
})
