import type { Limit, LimitVerdict } from '#shared/domain/kernel/limit'

/**
 * The store's memory between two losses: it is begun by `restore` and ends when the store is emptied or started anew.
 * Empty where only windows were reserved in a store that has forgotten.
 */
export type Epoch = string

export type Reservation =
  /** `at`: the time for which it is reserved, in milliseconds since 1970; later than `now` where another clock is ahead. */
  | { readonly kind: 'granted'; readonly epoch: Epoch; readonly at: number }
  | Exclude<LimitVerdict, { readonly kind: 'granted' }>
  /** The store does not know what the day has used up: nothing is reserved before it has been told (`restore`). */
  | { readonly kind: 'forgotten' }

/** Units of one day's limit that are used up, by `limitKey`. */
export interface UsedUnits {
  readonly key: string
  readonly count: number
}

/** When units of one window's limit were used, or may have been, in milliseconds since 1970. */
export interface UsedTimes {
  readonly key: string
  readonly times: readonly number[]
}

export interface Limiter {
  /**
   * Reserves one unit of every limit at `now`, or none at all.
   * Throws `StoreUnavailable` when the store does not answer: reminders then wait.
   */
  reserve(limits: readonly Limit[], now: number): Promise<Reservation>
  /**
   * Gives one unit of each back, for a message that surely did not go out. Units of a day stay used up when the store
   * has forgotten since `epoch`: whether they were counted again nobody knows.
   */
  release(limits: readonly Limit[], at: number, epoch: Epoch): Promise<void>
  /**
   * Says of units that were reserved for `at`, each of a window that holds them, that they were used by `usedBy` at the latest.
   * Whoever does not say so has them held to the end.
   */
  use(limits: readonly Limit[], at: number, usedBy: number): Promise<void>
  /**
   * Tells a store that has forgotten what is used up: each count of a day is raised, never lowered, the units of windows are added.
   * Else changes nothing.
   */
  restore(used: readonly UsedUnits[], windows?: readonly UsedTimes[]): Promise<void>
  /** Whether the store has forgotten nothing since `epoch`. */
  stands(epoch: Epoch): Promise<boolean>
}
