import type { Instant } from '#shared/domain/kernel/plain-date'

export interface Clock {
  /** The present instant, UTC, milliseconds. */
  now(): Instant
}
