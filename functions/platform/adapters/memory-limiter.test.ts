import { cacheContract } from '../ports/cache.contract'
import { limiterContract } from '../ports/limiter.contract'
import { createMemoryCache } from './memory-cache'
import { createMemoryLimiter } from './memory-limiter'

limiterContract('in-process', createMemoryLimiter)
cacheContract('in-process', () => createMemoryCache())
