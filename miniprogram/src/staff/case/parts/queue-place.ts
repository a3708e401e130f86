import { create } from 'zustand'
import type { Queue } from '#shared/contract/work'
import { useSession } from '../../../platform/session'

/** What waits, by the lists that are counted; and what one has acted on. */
export type Tab = keyof Queue['counts'] | 'done'
export type QueueItem = Queue['items'][number]

/** One case may wait at two steps. */
export const keyOf = ({ caseId, stepKey, unitName }: QueueItem) => `${caseId} ${stepKey} ${unitName}`

/** A case that stands open, and by which of its rows. */
export interface Opened {
  readonly caseId: string
  readonly key: string
}

interface QueuePlace {
  readonly tab: Tab
  /** As it stands in the box; in memory alone, since it may be a name. */
  readonly typed: string
  /** How many rows were brought. */
  readonly rows: number
  readonly opened: Opened | undefined
}

const START: QueuePlace = { tab: 'to-do', typed: '', rows: 0, opened: undefined }

/** Where one was in the queue, as long as the app is open: another page in between loses nothing of it. */
export const useQueuePlace = create<QueuePlace>(() => START)

// The next hands may be others'.
useSession.subscribe(({ isLoggedIn }) => {
  if (!isLoggedIn) useQueuePlace.setState(START)
})

export const openedBy = (item: QueueItem): Opened => ({ caseId: item.caseId, key: keyOf(item) })

/** Which row stands for the open case: its own, else another of the same case; -1 where none does. */
export function rowOf(items: readonly QueueItem[], opened: Opened | undefined) {
  const own = items.findIndex((item) => keyOf(item) === opened?.key)
  return own >= 0 ? own : items.findIndex(({ caseId }) => caseId === opened?.caseId)
}

/**
 * The row that comes after (1) or before (-1) the open case. Of one that has left the list, at `place`, the next is the row
 * that has moved up into its place.
 */
export function rowBeside(
  items: readonly QueueItem[],
  opened: Opened | undefined,
  steps: 1 | -1,
  place: number,
): QueueItem | undefined {
  const at = rowOf(items, opened)
  if (at >= 0) return items[at + steps]
  // The last one has left: what remains stands before it.
  return steps === 1 ? (items[place] ?? items[items.length - 1]) : items[Math.min(place, items.length) - 1]
}
