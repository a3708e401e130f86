import { create } from 'zustand'
import type { Queue } from '#shared/contract/work'
import { useSession } from '../../../platform/session'

/** What waits, by the lists that are counted; and what one has acted on. */
export type Tab = keyof Queue['counts'] | 'done'
export type QueueItem = Queue['items'][number]

/** One case may wait at two steps, and at one of them for another work than before. */
export const keyOf = ({ caseId, stepKey, unitName, stepName, department }: QueueItem) =>
  [caseId, stepKey, unitName, stepName, department?.unitId].join(' ')

/** A case that stands open, and by which of its rows. */
export interface Opened {
  readonly caseId: string
  readonly key: string
  /** Whose share of several it is. */
  readonly unitId?: string
  /** Where its row stood before what was done here moved it. */
  readonly from?: number
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

export const openedBy = (item: QueueItem, from?: number): Opened => ({
  caseId: item.caseId,
  key: keyOf(item),
  ...(item.department ? { unitId: item.department.unitId } : {}),
  ...(from === undefined ? {} : { from }),
})

/** Which row stands for the open case: its own, else another of the same case, but of no other department; -1 where none does. */
export function rowOf(items: readonly QueueItem[], opened: Opened | undefined) {
  const own = items.findIndex((item) => keyOf(item) === opened?.key)
  const isAnother = ({ department }: QueueItem) =>
    department !== undefined && opened?.unitId !== undefined && department.unitId !== opened.unitId
  return own >= 0 ? own : items.findIndex((item) => item.caseId === opened?.caseId && !isAnother(item))
}

/** What stands open by its row as it is now; as it was where nothing is to be noted. `from`: null where another list is shown. */
export function openedAs(
  row: QueueItem,
  opened: Opened | undefined,
  from: number | null,
): Opened | undefined {
  if (openedBy(row).key !== opened?.key) return openedBy(row, from ?? undefined)
  return from === null && opened.from !== undefined ? openedBy(row) : opened
}

/**
 * The row that comes after (1) or before (-1) the open case. Of one that has left the list, at `place`, or that waits elsewhere
 * for what comes next, the next is the row that has moved up into its place.
 */
export function rowBeside(
  items: readonly QueueItem[],
  opened: Opened | undefined,
  steps: 1 | -1,
  place: number,
): QueueItem | undefined {
  const at = rowOf(items, opened)
  if (at >= 0 && opened?.from === undefined) return items[at + steps]
  const others = items.filter((_, index) => index !== at)
  const left = opened?.from ?? place
  // The last one has left: what remains stands before it.
  return steps === 1 ? (others[left] ?? others[others.length - 1]) : others[Math.min(left, others.length) - 1]
}
