import { decideReservation, type Limit, limitKey } from '#shared/domain/kernel/limit'
import type { Limiter } from '../ports/limiter'

/** For the one process of the embedded profile. */
export function createMemoryLimiter(): Limiter {
  const counts = new Map<string, number>()
  const times = new Map<string, number[]>()
  const usage = {
    count: (key: string) => counts.get(key) ?? 0,
    times: (key: string) => times.get(key) ?? [],
  }
  let day = ''

  /** Days gone by are never asked for again. */
  const forgetOldDays = (limits: readonly Limit[]) => {
    const latest = limits.find((limit) => limit.kind === 'per-day')?.day ?? ''
    if (latest <= day) return
    for (const key of counts.keys()) if (key.slice(-latest.length) < day) counts.delete(key)
    day = latest
  }
  const take = (limit: Limit, now: number) => {
    const key = limitKey(limit)
    if (limit.kind === 'per-day') {
      counts.set(key, usage.count(key) + 1)
      return
    }
    // Twice the window is kept, so that a clock that lags behind still sees what its own window holds.
    const kept = usage.times(key).filter((time) => time > now - 2 * limit.seconds * 1000)
    const at = kept.findLastIndex((time) => time <= now) + 1
    times.set(key, [...kept.slice(0, at), now, ...kept.slice(at)])
  }
  const giveBack = (limit: Limit, reservedAt: number) => {
    const key = limitKey(limit)
    if (limit.kind === 'per-day') {
      counts.set(key, Math.max(0, usage.count(key) - 1))
      return
    }
    const kept = [...usage.times(key)]
    const at = kept.indexOf(reservedAt)
    if (at >= 0) kept.splice(at, 1)
    times.set(key, kept)
  }

  return {
    reserve: async (limits, now) => {
      forgetOldDays(limits)
      const verdict = decideReservation(usage, limits, now)
      if (verdict.kind === 'granted') for (const limit of limits) take(limit, now)
      return verdict
    },
    release: async (limits, reservedAt) => {
      for (const limit of limits) giveBack(limit, reservedAt)
    },
  }
}
