import { randomUUID } from 'node:crypto'
import { decideReservation, type Limit, limitKey } from '#shared/domain/kernel/limit'
import type { Limiter } from '../ports/limiter'

const SWEEP_ABOVE = 1000

/** For the one process of the embedded profile; it forgets with each start. */
export function createMemoryLimiter(): Limiter {
  const counts = new Map<string, number>()
  const times = new Map<string, number[]>()
  const usage = {
    count: (key: string) => counts.get(key) ?? 0,
    times: (key: string) => times.get(key) ?? [],
  }
  /** Windows by the time at which nothing in them matters any more. */
  const over = new Map<string, number>()
  let day = ''
  let epoch: string | undefined

  /** Keys of brakes are many and seldom asked for again. */
  const forgetOldWindows = (now: number) => {
    if (times.size < SWEEP_ABOVE) return
    for (const [key, end] of over) if (end < now && over.delete(key)) times.delete(key)
  }
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
    over.set(key, now + 2 * limit.seconds * 1000)
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
      if (epoch === undefined && limits.some(({ kind }) => kind === 'per-day')) return { kind: 'forgotten' }
      forgetOldDays(limits)
      forgetOldWindows(now)
      const verdict = decideReservation(usage, limits, now)
      if (verdict.kind !== 'granted') return verdict
      for (const limit of limits) take(limit, now)
      return { ...verdict, epoch: epoch ?? '' }
    },
    release: async (limits, reservedAt, since) => {
      for (const limit of limits) if (limit.kind !== 'per-day' || since === epoch) giveBack(limit, reservedAt)
    },
    restore: async (used) => {
      if (epoch !== undefined) return
      for (const { key, count } of used) counts.set(key, Math.max(count, usage.count(key)))
      epoch = randomUUID()
    },
    stands: async (since) => since === epoch,
  }
}
