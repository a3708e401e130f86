import type { Limit, LimitVerdict } from '#shared/domain/kernel/limit'

export interface Limiter {
  /**
   * Reserves one unit of every limit at `now`, or none at all.
   * Throws `StoreUnavailable` when the store does not answer: reminders then wait.
   */
  reserve(limits: readonly Limit[], now: number): Promise<LimitVerdict>
  /** Gives one unit of each back, for a message that surely did not go out. */
  release(limits: readonly Limit[], now: number): Promise<void>
}
