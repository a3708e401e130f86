import type { Limit } from '#shared/domain/kernel/limit'
import { StoreUnavailable } from '../ports/cache'
import type { Clock } from '../ports/clock'
import type { Limiter } from '../ports/limiter'
import type { Log } from '../ports/log'
import { ProblemError } from './problem'

interface BrakeDeps {
  readonly limiter: Limiter
  readonly clock: Clock
  readonly log: Log
}

/** Slows down who tries too often. It is asked about what failed or proves nothing, never about what is right. */
export interface Brake {
  /**
   * Counts one try under `name` for `key` (an id or a keyed digest, never a number or an address); 429 when `max` of
   * the last `seconds` are used up, in these words where it has its own. While the store is away everybody passes.
   */
  limit(name: string, key: string, max: number, seconds: number, words?: { detail: string }): Promise<void>
}

const waitWords = (seconds: number) => (seconds < 90 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`)

export const createBrake = ({ limiter, clock, log }: BrakeDeps): Brake => ({
  async limit(name, key, max, seconds, words) {
    const limit: Limit = { kind: 'sliding-window', name, key: `${name}:${key}`, max, seconds }
    const now = Date.parse(clock.now())
    try {
      const verdict = await limiter.reserve([limit], now)
      if (verdict.kind !== 'refused') return
      const retryAfterSeconds = Math.max(1, Math.ceil((Date.parse(verdict.retryAt) - now) / 1000))
      throw new ProblemError('request.rate-limited', {
        detail: `试的次数太多了，${waitWords(retryAfterSeconds)}后再来`,
        ...words,
        retryAfterSeconds,
      })
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause
      log.warn('brake.store-unavailable', { brake: name })
    }
  },
})
