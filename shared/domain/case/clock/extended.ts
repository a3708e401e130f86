import { dayWords } from '../../kernel/day-words'
import type { PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { dueOf } from '../../time-limit/clock'
import { lawStops, withoutStop } from '../evolve-suspension'
import type { CaseState } from '../state'
import { type CaseDue, dueOfCase, statutoryClock } from './clocks'
import { awaitsNoDay } from './moved-dates'
import { shownDay } from './shown-day'

/** The law's last day, as far as it is known. */
function lawOn(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const law = statutoryClock(item, state)
  return law === null ? null : dueOf(law, calendar)
}

/** Nobody can tell yet until when it is prolonged by this: that year has no calendar. */
export const isUndated = (item: ServiceItem, state: CaseState, calendar: WorkingCalendar) =>
  lawOn(item, state, calendar)?.kind === 'calendar-missing'

/** Until when it was prolonged before anybody could tell, where that is known by now and whoever applied still waits. */
export function extensionToTell(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
): PlainDate | undefined {
  if (!awaitsItsDay(state)) return undefined
  const due = lawOn(item, state, calendar)
  return due?.kind === 'on' ? due.on : undefined
}

/** It was prolonged, and until when was told to nobody yet. */
export const awaitsItsDay = (state: CaseState) => state.extension?.undated === true && !awaitsNoDay(state)

interface ExtendedWords {
  /** 最晚可以办到 12月14日 */
  readonly until: string
  /** Null where no promise runs that the day could be told from. */
  readonly promise: string | null
}

/** Of what was prolonged before it was stopped a day has been told. */
const whileStopped = ({ extension }: CaseState) =>
  extension?.undated ? '现在停着，接着办了再告诉你到哪天' : '现在停着，接着办了才定得下到哪天'

/** The promise is shown only as long as the law, whose day may come before it, stands still. */
const isShownForNow = (item: ServiceItem, state: CaseState, due: CaseDue, calendar: WorkingCalendar) => {
  const going = lawStops(state).reduce(withoutStop, state)
  return going !== state && shownDay(dueOfCase(item, going, calendar)) !== shownDay(due)
}

/** 行政许可法 第42条: what may take longer is the law's limit; the county's promise is not prolonged by it. */
export function extendedWords(
  item: ServiceItem,
  state: CaseState,
  due: CaseDue,
  calendar: WorkingCalendar,
  today: PlainDate,
): ExtendedWords {
  const byLaw = lawOn(item, state, calendar)
  const unknown = lawStops(state).length > 0 ? whileStopped(state) : '最晚到哪天，日期定下来再告诉你'
  const until = byLaw?.kind === 'on' ? `最晚可以办到 ${dayWords(byLaw.on, today)}` : unknown
  if (due.kind !== 'on' || due.clock !== 'promised') return { until, promise: null }
  const day = dayWords(due.on, today)
  if (isShownForNow(item, state, due, calendar))
    return { until, promise: `先按承诺的 ${day}，接着办了要是更早，再告诉你` }
  return { until, promise: due.on < today ? `承诺的 ${day} 已经过了` : `承诺的 ${day} 不变，还是照它办` }
}
