import { create } from 'zustand'
import type { CaseChanged } from '#shared/contract/case'
import { useSession } from '../../../platform/session'

/** An act that can still be taken back, by whoever did it on this machine. */
export interface Done {
  readonly caseId: string
  readonly version: number
  /** 方*舟：通过了 */
  readonly words: string
  readonly seconds: number
  readonly until: number
}

export const useDone = create<{ readonly done: Done | undefined }>(() => ({ done: undefined }))

// The next hands may be others'.
useSession.subscribe(({ isLoggedIn }) => {
  if (!isLoggedIn) useDone.setState({ done: undefined })
})

/** What was just done, where it can be taken back, and whether it can; whatever else was done ends the offer of what came before. */
export function offerUndo(
  { id, version, undoSeconds: seconds }: Pick<CaseChanged, 'id' | 'version' | 'undoSeconds'>,
  words: string,
) {
  // The server's clock may be another: the seconds run from here.
  const done = seconds
    ? { caseId: id, version, words, seconds, until: Date.now() + seconds * 1000 }
    : undefined
  useDone.setState({ done })
  return done !== undefined
}
