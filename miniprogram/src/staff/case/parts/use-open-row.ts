import { useEffect, useRef } from 'react'
import { platform } from '../../../platform'
import { fetchAhead } from '../../../platform/use-request'
import { useHeard } from '../../../ui/layout/sheet'
import { rowIdOf } from './queue-list'
import {
  type Opened,
  openedAs,
  openedBy,
  type QueueItem,
  rowBeside,
  rowOf,
  useQueuePlace,
} from './queue-place'
import { useInFront } from './use-keys'
import type { QueueProps } from './use-queue'

/** How long nobody has pressed anything before the next case opens by itself. */
const QUIET_MS = 1000

/** One case may stand before several of one's departments. */
const placeOf = ({ caseId, unitId }: Opened) => `${caseId} ${unitId ?? ''}`

export const casePath = (caseId: string) => `/api/cases/${caseId}`

/**
 * Which case stands open. It stays until another is chosen, whatever the list does: done, it is shown as it is now, and the
 * next one is announced.
 */
export function useOpenRow({ queue }: Pick<QueueProps, 'queue'>) {
  const opened = useQueuePlace((place) => place.opened)
  const { items, isReady, listed } = queue
  const at = rowOf(items, opened)
  const stood = useRef({ listed: '', at: 0 })
  const openedItself = useRef<string>()
  const isInFront = useInFront()
  const choose = (item: QueueItem) => {
    openedItself.current = undefined
    useQueuePlace.setState({ opened: openedBy(item) })
  }
  const row = items[at]
  const rowId = row && rowIdOf(row)
  useEffect(() => {
    if (isReady && rowId !== undefined) platform.reveal(rowId)
  }, [isReady, rowId])
  useEffect(() => {
    if (!isReady) return
    const from = stood.current.listed === listed ? (opened?.from ?? stood.current.at) : null
    if (row) stood.current = { listed, at }
    const [first] = items
    const now = row ? openedAs(row, opened, from) : (opened ?? (first && openedBy(first)))
    if (now !== opened) useQueuePlace.setState({ opened: now })
  })
  const hasStoodHere = stood.current.listed === listed
  const beside = (steps: 1 | -1) =>
    isReady ? rowBeside(items, opened, steps, hasStoodHere ? stood.current.at : 0) : undefined
  const next = beside(1)
  const announced = opened !== undefined && at < 0 && hasStoodHere ? next : undefined
  const nextId = next?.caseId
  useEffect(() => {
    if (nextId !== undefined) fetchAhead(casePath(nextId))
  }, [nextId])
  const announcedNow = useRef(announced)
  announcedNow.current = announced
  const announcedId = announced && placeOf(openedBy(announced))
  useEffect(() => {
    if (announcedId === undefined || !isInFront) return
    return platform.whenQuiet(QUIET_MS, () => {
      if (!announcedNow.current) return
      const next = openedBy(announcedNow.current)
      openedItself.current = placeOf(next)
      useQueuePlace.setState({ opened: next })
    })
  }, [announcedId, isInFront])
  return {
    opened,
    announced,
    choose,
    move: (steps: 1 | -1) => {
      const target = beside(steps)
      if (target) choose(target)
    },
    first: () => {
      if (isReady && items[0]) choose(items[0])
    },
    /** Nobody has asked for it by a key. */
    cameItself: opened !== undefined && openedItself.current === placeOf(opened),
  }
}

/** A case that came by itself is looked at before a key does anything to it. */
export function useHold(shownId: string | undefined, cameItself: boolean) {
  const heard = useHeard(shownId)
  return cameItself ? heard : (act: () => void) => act
}
