import { cacheContract } from '../ports/cache.contract'
import { limiterContract } from '../ports/limiter.contract'
import { createMemoryCache } from './memory-cache'
import { createMemoryLimiter } from './memory-limiter'

limiterContract('in-process', {
  create: createMemoryLimiter,
  createEmptied: async () => {
    const emptied = createMemoryLimiter()
    return { emptied, create: () => emptied }
  },
})
cacheContract('in-process', () => createMemoryCache())
