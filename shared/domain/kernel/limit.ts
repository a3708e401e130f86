import { addDays, type Instant, instantAt, type PlainDate } from './plain-date'

/**
 * At most `max` units: on one calendar day in Asia/Shanghai, or in any window of `seconds`. A unit of a window that is used some
 * moments after it is reserved, `holdSeconds` at most, counts as used at the end of them until its own moment is known.
 */
export type Limit =
  | {
      readonly kind: 'per-day'
      readonly name: string
      readonly key: string
      readonly day: PlainDate
      readonly max: number
    }
  | {
      readonly kind: 'sliding-window'
      readonly name: string
      readonly key: string
      readonly seconds: number
      readonly max: number
      readonly holdSeconds?: number
    }

export type LimitVerdict =
  | { readonly kind: 'granted' }
  /** `limit` is the first of the list that is used up; it has a unit again at `retryAt`. */
  | { readonly kind: 'refused'; readonly limit: string; readonly retryAt: Instant }

/** What has been reserved so far. */
export interface LimitUsage {
  /** Units of a day's limit, by `limitKey`. */
  count(key: string): number
  /** When the units of a window's limit are used, ascending, in milliseconds since 1970. */
  times(key: string): readonly number[]
  /** The latest time at which anybody has asked for a unit of a window's limit; 0 where nobody has. */
  latest(key: string): number
}

/** The name under which a limit's units are kept; a day's limit has one for each day. */
export const limitKey = (limit: Limit) =>
  limit.kind === 'per-day' ? dayKey(limit.key, limit.day) : limit.key

export const dayKey = (key: string, day: PlainDate) => `${key}:${day}`

/** The first instant of the day after. */
export const endOfDay = (day: PlainDate): Instant => instantAt(addDays(day, 1), 0)

const MILLISECONDS = 1000
const instantOf = (milliseconds: number): Instant => {
  const midnight = Math.floor(milliseconds / 86_400_000)
  const day = addDays('1970-01-01' as PlainDate, midnight)
  const rest = milliseconds - midnight * 86_400_000
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const clock = [rest / 3_600_000, (rest / 60_000) % 60, (rest / MILLISECONDS) % 60].map(two).join(':')
  return `${day}T${clock}.${String(rest % MILLISECONDS).padStart(3, '0')}Z` as Instant
}

/** When the unit that stands in the way has left the window: `blockedBy` and `now` in milliseconds since 1970. */
export const windowRetryAt = (blockedBy: number, seconds: number): Instant =>
  instantOf(blockedBy + seconds * MILLISECONDS)

function refusalOf(usage: LimitUsage, limit: Limit, now: number): LimitVerdict | undefined {
  const refused = (retryAt: Instant) => ({ kind: 'refused', limit: limit.name, retryAt }) as const
  if (limit.kind === 'per-day') {
    return usage.count(limitKey(limit)) < limit.max ? undefined : refused(endOfDay(limit.day))
  }
  // Units ahead of `now` count too: clocks of two machines differ, and the window must hold on either.
  const inside = usage.times(limitKey(limit)).filter((time) => time > now - limit.seconds * MILLISECONDS)
  const blockedBy = inside[inside.length - limit.max]
  return blockedBy === undefined ? undefined : refused(windowRetryAt(blockedBy, limit.seconds))
}

/** A clock that is further ahead of another is out of order, and no other waits for it. In milliseconds. */
export const FURTHEST_AHEAD = 600_000

/**
 * The time at which units are reserved: of machines whose clocks differ the fastest goes for all, or the window of one would end too
 * early on another. In milliseconds since 1970.
 */
export function reservationTime(
  usage: Pick<LimitUsage, 'latest'>,
  limits: readonly Limit[],
  now: number,
): number {
  const asked = limits
    .filter(({ kind }) => kind === 'sliding-window')
    .map((limit) => usage.latest(limitKey(limit)))
    .filter((at) => at <= now + FURTHEST_AHEAD)
  return Math.max(now, ...asked)
}

/** When a unit of a window counts as used that is reserved at `at`. */
export const usedAt = ({ holdSeconds = 0 }: Extract<Limit, { kind: 'sliding-window' }>, at: number) =>
  at + holdSeconds * MILLISECONDS

/**
 * Whether one unit of every limit may be taken at `now` (`reservationTime`; milliseconds since 1970): all of them or none. The Lua script
 * of the stores does the same; the tests compare the two.
 */
export function decideReservation(usage: LimitUsage, limits: readonly Limit[], now: number): LimitVerdict {
  for (const limit of limits) {
    const refusal = refusalOf(usage, limit, now)
    if (refusal) return refusal
  }
  return { kind: 'granted' }
}
