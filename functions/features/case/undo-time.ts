import { UNDO_SECONDS } from '#shared/domain/case/undo'
import type { Instant } from '#shared/domain/kernel/plain-date'

const lastMoment = (at: Instant) => Date.parse(at) + UNDO_SECONDS * 1000

/** Until when an act may be taken back, and what is told of it waits. */
export const undoneUntil = (at: Instant) => new Date(lastMoment(at)).toISOString() as Instant

export const isUndoOver = (at: Instant, now: Instant) => Date.parse(now) > lastMoment(at)

/** What happened before can no longer be taken back. */
export const undoableSince = (now: Instant) =>
  new Date(Date.parse(now) - UNDO_SECONDS * 1000).toISOString() as Instant
