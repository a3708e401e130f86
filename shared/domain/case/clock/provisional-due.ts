import { addDays, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { provisionalDueOf } from '../../time-limit/clock'
import type { CaseState } from '../state'
import { dueOfCase, lawsDay, promisedClock } from './clocks'

/** Orders what has no date yet; shown to nobody. */
export function provisionalDueOfCase(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
  today: PlainDate,
): PlainDate {
  const due = dueOfCase(item, state, calendar)
  if (due.kind === 'on') return due.on
  const promised = promisedClock(item, state)
  const byLaw = lawsDay(item, state, calendar)
  const dates = [
    ...(promised ? [provisionalDueOf(promised, calendar, today)] : []),
    ...(byLaw?.kind === 'on' ? [byLaw.on] : []),
  ].sort()
  return dates[0] ?? addDays(today, item.promisedDays + 30)
}
