import { addDays, dayIn, earlierOf, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { provisionalWorkingDay } from '../../time-limit/calendar'
import { dueOf } from '../../time-limit/clock'
import { runningLaw } from '../clock/clocks'
import type { CaseContext } from '../context'
import { asIfResumed } from '../evolve-suspension'
import type { CaseState } from '../state'

/** No order to put something right leaves more than a year for it. */
const LONGEST_RECHECK_DAYS = 365

/**
 * Whether a site may be looked at again on a day: a working day to come, before the law's date where that still runs,
 * because an order to put something right stops no clock. A year without calendar works on weekdays.
 */
export function isRecheckDay(
  item: ServiceItem,
  state: CaseState,
  day: PlainDate,
  { now, calendar }: CaseContext,
) {
  const today = dayIn(now)
  const law = runningLaw(item, asIfResumed(state, today))
  const due = law && dueOf(law, calendar)
  const longest = addDays(today, LONGEST_RECHECK_DAYS)
  const latest = due?.kind === 'on' && due.on > today ? earlierOf(due.on, longest) : longest
  return day > today && day <= latest && provisionalWorkingDay(calendar)(day)
}
