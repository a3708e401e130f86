import { addDays, type PlainDate } from '../kernel/plain-date'
import { isWorkingDay, type WorkingCalendar } from './calendar'

const OFF_DAYS = [
  '2026-01-01 2026-01-02 2026-01-03',
  '2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-21 2026-02-22 2026-02-23',
  '2026-04-04 2026-04-05 2026-04-06',
  '2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05',
  '2026-06-19 2026-06-20 2026-06-21',
  '2026-09-25 2026-09-26 2026-09-27',
  '2026-10-01 2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-07',
].flatMap((holiday) => holiday.split(' '))

const WORK_DAYS = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']

/** 2026 as published; 2027 is not. */
export const CALENDAR_2026: WorkingCalendar = new Map([
  [2026, { offDays: new Set(OFF_DAYS), workDays: new Set(WORK_DAYS) }],
])

/** Working days after `start` up to and including `end`; undefined when a year between has no calendar. */
export function countWorkingDays(calendar: WorkingCalendar, start: PlainDate, end: PlainDate) {
  let count = 0
  for (let day = addDays(start, 1); day <= end; day = addDays(day, 1)) {
    const working = isWorkingDay(calendar, day)
    if (working === undefined) return undefined
    if (working) count += 1
  }
  return count
}
