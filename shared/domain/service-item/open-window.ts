import { findPlainDate, type PlainDate, yearOf } from '../kernel/plain-date'
import type { ServiceItem } from './item'

export type OpenWindowState =
  /** `until` is the last day; null for an item that is open all the year. */
  | { readonly open: true; readonly until: PlainDate | null }
  | { readonly open: false; readonly opensOn: PlainDate }

/** `02-29` is 1 March in common years. */
const dayInYear = (year: number, monthDay: string): PlainDate =>
  findPlainDate(`${year}-${monthDay}`) ?? (`${year}-03-01` as PlainDate)

/** Whether an item takes applications on a day. The window comes every year, both days included, and may wrap its end. */
export function openWindowState(window: ServiceItem['openWindow'], today: PlainDate): OpenWindowState {
  if (window === null) return { open: true, until: null }
  const year = yearOf(today)
  const from = dayInYear(year, window.from)
  const to = dayInYear(year, window.to)
  if (window.from <= window.to) {
    if (today < from) return { open: false, opensOn: from }
    return today <= to
      ? { open: true, until: to }
      : { open: false, opensOn: dayInYear(year + 1, window.from) }
  }
  if (today <= to) return { open: true, until: to }
  return today < from ? { open: false, opensOn: from } : { open: true, until: dayInYear(year + 1, window.to) }
}
