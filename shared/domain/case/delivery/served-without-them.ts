import { addDays, dayIn, type Instant, instantAt, type PlainDate } from '../../kernel/plain-date'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { dueOf } from '../../time-limit/clock'
import type { CaseError } from '../context'
import type { CaseState } from '../state'
import { isAgainst } from './against'
import type { Announced, ServedPaper } from './delivery-state'
import { openPosting, serviceOf } from './evolve-delivery'

// Nobody keeps a decision from taking effect by not opening the door. 行政许可法 names no way of its own: 民事诉讼法 is followed.

/** 公告送达: from the day on which it is put up so many have to pass. 民事诉讼法 第95条 */
export const ANNOUNCED_DAYS = 30

/**
 * The day with whose end it counts as served: the first day does not count, and a last one that is a day off moves on
 * (民事诉讼法 第85条). Nothing where that year has no calendar.
 */
export function announcedTo(on: PlainDate, calendar: WorkingCalendar): Pick<Announced, 'until'> {
  const due = dueOf(
    { startedAt: instantAt(on, 0), days: ANNOUNCED_DAYS, unit: 'calendar', pauses: [] },
    calendar,
  )
  return due.kind === 'on' ? { until: due.on } : {}
}

export const announcedUntil = ({ on, until }: Pick<Announced, 'on' | 'until'>): PlainDate =>
  until ?? addDays(on, ANNOUNCED_DAYS)

/**
 * Why a paper is not left with whoever would not take it, or put up for whom nobody finds (第89、95条): it is put up only where a
 * letter has come back. Null when it is allowed.
 */
export function whyNotWithoutThem(
  state: CaseState,
  act: 'leave' | 'announce' | 'record-announced',
  of: ServedPaper,
  now: Instant,
): CaseError | null {
  const service = serviceOf(state, of)
  if (!isAgainst(state, of)) return { code: 'case.action-not-allowed' }
  if (act === 'record-announced') {
    if (!service?.announced) return { code: 'case.action-not-allowed' }
    return dayIn(now) > announcedUntil(service.announced) ? null : { code: 'case.announcement-runs' }
  }
  if (openPosting(service)) return { code: 'case.posted-before' }
  if (act === 'leave') return null
  if (service?.announced) return { code: 'case.announcement-runs' }
  return service?.posts.some(({ returned }) => returned) ? null : { code: 'case.not-returned' }
}
