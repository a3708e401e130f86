import type { Instant } from '../../kernel/plain-date'

/** That whoever waits has asked to go on. */
export interface Nudge {
  readonly at: Instant
  /** Whose people were told. */
  readonly unitIds: readonly string[]
}

export interface NudgedEvent extends Nudge {
  readonly type: 'nudged'
}
