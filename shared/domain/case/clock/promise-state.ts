import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { ToldPool } from '../step/approval-state'

/** A promise that was not kept (D9). */
export interface BrokenPromise {
  /** When it was found. */
  readonly at: Instant
  /** The day that was promised first, or of `byLaw` the law's: by it whether the case was in time is judged for good. */
  readonly promisedOn: PlainDate
  /** Who was told beside the holders of the case: they see it from then on. */
  readonly told: readonly ToldPool[]
  /** No other day could be named then, and nobody was asked for one nor told that they hear of it; missing where one could. */
  readonly unnamed?: true
  /** It is the law's last day that was over first, which nobody had promised; missing of a promise. */
  readonly byLaw?: true
  /** The one day that was promised in its place; missing until then. */
  readonly anew?: { readonly at: Instant; readonly dueOn: PlainDate; readonly reasonDigest: string }
  /** When that day was found over too; missing while it is not. */
  readonly again?: { readonly at: Instant }
}
