import { create } from 'zustand'
import type { CaseChanged } from '#shared/contract/case'
import { UNDO_SECONDS } from '#shared/domain/case/undo'
import type { StepAction } from '#shared/domain/service-item/item'
import { useSession } from '../../../platform/session'

/** An act that can still be taken back, by whoever did it on this machine. */
export interface Done {
  readonly caseId: string
  readonly version: number
  /** 方*舟：通过了 */
  readonly words: string
  readonly until: number
}

export const useDone = create<{ readonly done: Done | undefined }>(() => ({ done: undefined }))

// The next hands may be others'.
useSession.subscribe(({ isLoggedIn }) => {
  if (!isLoggedIn) useDone.setState({ done: undefined })
})

const UNDOABLE: readonly StepAction[] = ['assign', 'verify', 'pass']

/** What was just done, where it can be taken back, and whether it can; whatever else was done ends the offer of what came before. */
export function offerUndo(body: object, { id, version }: Pick<CaseChanged, 'id' | 'version'>, words: string) {
  const isOffered = UNDOABLE.some((action) => 'action' in body && body.action === action)
  const until = Date.now() + UNDO_SECONDS * 1000
  useDone.setState({ done: isOffered ? { caseId: id, version, words, until } : undefined })
  return isOffered
}
