/** How what was said against a notice from afar was settled: taken up as an objection, or set aside with a reason. */
export type ObjectionOutcome = 'taken' | 'aside'

/** What somebody typed on the public page of a notice, as far as it was worked on. */
export interface TypedObjection {
  readonly outcome: ObjectionOutcome | null
  /** They left a telephone, and are told what becomes of it. */
  readonly leavesPhone: boolean
  readonly isTold: boolean
}

/**
 * What staff have to do of it. Nothing of it moves a case before somebody has taken it up: a stranger without a name stops
 * nobody's application. Who left a telephone is told once there is something to tell: it was set aside, or the case decided anew.
 */
export function objectionStage(
  { outcome, leavesPhone, isTold }: TypedObjection,
  { isDecided }: { readonly isDecided: boolean },
): 'unread' | 'awaits-result' | 'to-tell' | 'done' {
  if (outcome === null) return 'unread'
  if (!leavesPhone || isTold) return 'done'
  return outcome === 'aside' || isDecided ? 'to-tell' : 'awaits-result'
}

/** The fewest letters that say what is wrong. */
export const FEWEST_WORDS = 5

/** A mobile number, or a landline with its area: where whoever leaves it is called back. */
export const LEFT_PHONE = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/
