import { dayKey, endOfDay, type Limit } from '#shared/domain/kernel/limit'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
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

/** Nothing came of a try: it counts no more. */
export type GiveBack = () => Promise<void>

/** Slows down who tries too often: what failed or proves nothing, what searches, and what tells others each time. */
export interface Brake {
  /**
   * Counts one try under `name` for `key` (an id or a keyed digest, never a number or an address); 429 when `max` of
   * the last so many seconds, or of the day, are used up, in these words where it has its own. While the store is away
   * everybody passes; what it has forgotten is counted anew.
   */
  limit(
    name: string,
    key: string,
    max: number,
    span: number | PlainDate,
    words?: { readonly title?: string; readonly detail: string },
  ): Promise<void>
  /** The same, with how the try is given back where nothing came of it. */
  take(...of: Parameters<Brake['limit']>): Promise<GiveBack>
  /** The same, answered instead of thrown: whether there was room for this try, which then is counted. */
  passes(name: string, key: string, max: number, span: number | PlainDate): Promise<boolean>
}

const DAY_SECONDS = 86_400

/** A window also of a day, under its date: a limit per day waits until reminders have told the store what is used up. */
const windowOf = (name: string, key: string, max: number, span: number | PlainDate): Limit => ({
  kind: 'sliding-window',
  name,
  max,
  ...(typeof span === 'number'
    ? { key: `${name}:${key}`, seconds: span }
    : { key: dayKey(`${name}:${key}`, span), seconds: DAY_SECONDS }),
})

const waitWords = (seconds: number) => (seconds < 90 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`)

export const createBrake = ({ limiter, clock, log }: BrakeDeps): Brake => {
  /** While the store is away nothing is counted: undefined. */
  const asked = async <Answer>(name: string, ask: () => Promise<Answer>) => {
    try {
      return await ask()
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause
      log.warn('brake.store-unavailable', { brake: name })
      return undefined
    }
  }
  /** When there is room again, where there is none; else the way back. */
  const reserved = async (...[name, key, max, span]: Parameters<Brake['passes']>) => {
    const now = Date.parse(clock.now())
    const limits = [windowOf(name, key, max, span)]
    const verdict = await asked(name, () => limiter.reserve(limits, now))
    const retryAt =
      verdict?.kind === 'refused' ? (typeof span === 'number' ? verdict.retryAt : endOfDay(span)) : undefined
    const giveBack: GiveBack = async () => {
      if (verdict?.kind === 'granted')
        await asked(name, () => limiter.release(limits, verdict.at, verdict.epoch))
    }
    return { now, retryAt, giveBack }
  }
  const take: Brake['take'] = async (name, key, max, span, words) => {
    const { now, retryAt, giveBack } = await reserved(name, key, max, span)
    if (retryAt === undefined) return giveBack
    const retryAfterSeconds = Math.max(1, Math.ceil((Date.parse(retryAt) - now) / 1000))
    throw new ProblemError('request.rate-limited', {
      detail: `试的次数太多了，${waitWords(retryAfterSeconds)}后再来`,
      ...words,
      retryAfterSeconds,
    })
  }
  return {
    take,
    limit: async (...of) => {
      await take(...of)
    },
    passes: async (...of) => (await reserved(...of)).retryAt === undefined,
  }
}
