import type { Picks } from './correction-picks'

/** What a notice will ask, as it is being written. */
export interface CorrectionDraft {
  readonly picks: Picks
  readonly reason: string
  /** What the departments asked when it was worded otherwise; missing where it was not. */
  readonly over?: Picks
}

/** What is worded otherwise than departments have it, and not over the words that they have now. */
export const changedUnder = ({ picks, over = {} }: CorrectionDraft, joined: Picks) =>
  Object.keys(joined).filter((key) => picks[key] !== joined[key] && over[key] !== joined[key])

/** What each own wording stands over: what it stood over before, unless it was written anew. */
export const wordedOver = (before: CorrectionDraft, next: Picks, joined: Picks): Picks =>
  Object.fromEntries(
    Object.entries(next).flatMap(([key, reason]) => {
      const asked = before.picks[key] === reason ? before.over?.[key] : joined[key]
      return asked === undefined ? [] : [[key, asked]]
    }),
  )

/**
 * How the notice that was looked through stands to what would go out by now: only the very words that were read are signed. Where
 * nothing may go out any more it stays to be read.
 */
export function readAs(looked: string | undefined, words: string, mayGoOut: boolean) {
  if (looked === undefined) return 'unread'
  return looked === words || !mayGoOut ? 'read' : 'other'
}
