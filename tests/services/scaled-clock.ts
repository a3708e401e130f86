import type { Instant } from '#shared/domain/kernel/plain-date'

export interface Scale {
  /** Where product time stands when `startedAt` (milliseconds of the machine) is now. */
  readonly from: string
  readonly startedAt: number
  /** Seconds of product time in one second of the machine. */
  readonly speed: number
}

/** One clock for many processes, faster than the machine's, so that minutes of limits pass in seconds. */
export function createScaledClock({ from, startedAt, speed }: Scale) {
  const milliseconds = () => Date.parse(from) + Math.floor((Date.now() - startedAt) * speed)
  return { milliseconds, now: () => new Date(milliseconds()).toISOString() as Instant }
}
