import type { DueDate } from '#shared/contract/time-limit'
import { instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { type DayUnit, isOfHoliday, type WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { dueOf, explainDays, type LegalClock } from '#shared/domain/time-limit/clock'
import { ProblemError } from '../../platform/http/problem'

/**
 * Counts a limit out by the clock that counts those of cases; `start` is in time for a limit of 0 days. 422
 * `time-limit.calendar-missing` names the first year that has no calendar.
 */
export function countOut(
  { start, days, unit }: { readonly start: PlainDate; readonly days: number; readonly unit: DayUnit },
  calendar: WorkingCalendar,
): DueDate {
  const limit: LegalClock = { startedAt: instantAt(start, 0), days, unit, pauses: [] }
  const due = dueOf(limit, calendar)
  if (due.kind === 'paused') throw new Error('what has no pause is paused')
  if (due.kind === 'calendar-missing')
    throw new ProblemError('time-limit.calendar-missing', {
      title: `${due.year} 年的放假安排这里没有，算不出日期`,
    })
  const told = explainDays(limit, calendar, due.on)
  return {
    dueOn: due.on,
    counted: told.filter(({ number }) => number !== null).map(({ on }) => on),
    skipped: told
      .filter(({ number }) => number === null)
      .map(({ on }) => ({ on, reason: isOfHoliday(calendar, on) ? '放假' : '周末' })),
  }
}
