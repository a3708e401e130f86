import { randomUUID } from 'node:crypto'
import { decideReservation, type Limit, limitKey, reservationTime, usedAt } from '#shared/domain/kernel/limit'
import type { Limiter } from '../ports/limiter'

const SWEEP_ABOVE = 1000

const withUnit = (times: readonly number[], unit: number) => {
  const at = times.findLastIndex((time) => time <= unit) + 1
  return [...times.slice(0, at), unit, ...times.slice(at)]
}

const without = (times: readonly number[], unit: number) => {
  const at = times.indexOf(unit)
  return at < 0 ? [...times] : [...times.slice(0, at), ...times.slice(at + 1)]
}

/** For the one process of the embedded profile; it forgets with each start. */
export function createMemoryLimiter(): Limiter {
  const counts = new Map<string, number>()
  const times = new Map<string, number[]>()
  const latest = new Map<string, number>()
  const usage = {
    count: (key: string) => counts.get(key) ?? 0,
    times: (key: string) => times.get(key) ?? [],
    latest: (key: string) => latest.get(key) ?? 0,
  }
  /** Windows by the time at which nothing in them matters any more. */
  const over = new Map<string, number>()
  let day = ''
  let epoch: string | undefined

  /** Keys of brakes are many and seldom asked for again. */
  const forgetOldWindows = (now: number) => {
    if (times.size < SWEEP_ABOVE) return
    for (const [key, end] of over) {
      if (end >= now) continue
      for (const each of [over, times, latest]) each.delete(key)
    }
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
    times.set(key, withUnit(kept, usedAt(limit, now)))
    over.set(key, usedAt(limit, now) + 2 * limit.seconds * 1000)
  }
  const giveBack = (limit: Limit, reservedAt: number) => {
    const key = limitKey(limit)
    if (limit.kind === 'per-day') {
      counts.set(key, Math.max(0, usage.count(key) - 1))
      return
    }
    times.set(key, without(usage.times(key), usedAt(limit, reservedAt)))
  }
  const ask = (limits: readonly Limit[], at: number) => {
    for (const limit of limits) if (limit.kind === 'sliding-window') latest.set(limitKey(limit), at)
  }

  return {
    reserve: async (limits, now) => {
      if (epoch === undefined && limits.some(({ kind }) => kind === 'per-day')) return { kind: 'forgotten' }
      forgetOldDays(limits)
      forgetOldWindows(now)
      const at = reservationTime(usage, limits, now)
      ask(limits, at)
      const verdict = decideReservation(usage, limits, at)
      if (verdict.kind !== 'granted') return verdict
      for (const limit of limits) take(limit, at)
      return { ...verdict, epoch: epoch ?? '', at }
    },
    release: async (limits, reservedAt, since) => {
      for (const limit of limits) if (limit.kind !== 'per-day' || since === epoch) giveBack(limit, reservedAt)
    },
    use: async (limits, reservedAt, usedBy) => {
      for (const limit of limits) {
        const key = limitKey(limit)
        if (limit.kind !== 'sliding-window' || !usage.times(key).includes(usedAt(limit, reservedAt))) continue
        times.set(key, withUnit(without(usage.times(key), usedAt(limit, reservedAt)), usedBy))
      }
    },
    restore: async (used, windows = []) => {
      if (epoch !== undefined) return
      for (const { key, count } of used) counts.set(key, Math.max(count, usage.count(key)))
      for (const { key, times: more } of windows) times.set(key, more.reduce(withUnit, [...usage.times(key)]))
      epoch = randomUUID()
    },
    stands: async (since) => since === epoch,
  }
}
