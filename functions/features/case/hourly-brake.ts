import { ProblemError } from '../../platform/http/problem'
import { StoreUnavailable } from '../../platform/ports/cache'
import type { Clock } from '../../platform/ports/clock'
import type { Limiter } from '../../platform/ports/limiter'
import type { Brake } from './deps'

interface HourlyBrake {
  readonly limiter: Limiter
  readonly clock: Clock
  /** What the keys stand for, so that two brakes count apart. */
  readonly name: string
  readonly max: number
}

const HOUR = 3600

/** `max` an hour and key. A store that does not answer stops nobody: the brake is no lock. */
export const createHourlyBrake = ({ limiter, clock, name, max }: HourlyBrake): Brake => ({
  async take(key) {
    const now = Date.parse(clock.now())
    const limit = {
      kind: 'sliding-window',
      name: 'person-per-hour',
      key: `brake:${name}:${key}`,
      seconds: HOUR,
      max,
    } as const
    const verdict = await limiter.reserve([limit], now).catch((cause: unknown) => {
      if (cause instanceof StoreUnavailable) return null
      throw cause
    })
    if (verdict?.kind !== 'refused') return
    const retryAfterSeconds = Math.max(1, Math.ceil((Date.parse(verdict.retryAt) - now) / 1000))
    throw new ProblemError('request.rate-limited', { retryAfterSeconds })
  },
})
