import { dayIn, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import type { ClockDue } from '../time-limit/clock'
import { type Light, lightOf } from '../time-limit/light'
import { dueOfCase, statutoryClock } from './clocks'
import { stepOf } from './route'
import { type CaseState, openParts } from './state'
import { shareDue } from './task-light'

/** What a light goes by on any day; `judgedOn` where it is judged once and for all. */
export interface LightBasis {
  readonly due: ClockDue
  /** The whole limit that `due` comes from, in working days. */
  readonly days: number
  readonly judgedOn: PlainDate | null
}

export const lightAt = ({ due, days, judgedOn }: LightBasis, today: PlainDate, calendar: WorkingCalendar) =>
  lightOf(due, days, judgedOn ?? today, calendar)

/** A limit is judged when the promise is kept or the case has ended; what comes later does not make it late. */
function judgedOn({ promiseKeptAt, endedAt }: CaseState): PlainDate | null {
  const at = promiseKeptAt ?? endedAt
  return at === null ? null : dayIn(at)
}

/** Of the light of the date that is shown. */
export function lightBasis(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
  due = dueOfCase(item, state, calendar),
): LightBasis {
  const judged = { judgedOn: judgedOn(state) }
  if (due.kind === 'waits-for') {
    const stage = stageDue(item, state, calendar)
    return { ...(stage ?? { due: { kind: 'paused', since: due.since }, days: item.promisedDays }), ...judged }
  }
  const law = due.kind === 'on' && due.clock === 'statutory' ? statutoryClock(item, state) : null
  return { due, days: law?.days ?? item.promisedDays, ...judged }
}

/** The light of the date that is shown. */
export const caseLight = (
  item: ServiceItem,
  state: CaseState,
  today: PlainDate,
  calendar: WorkingCalendar,
): Light => lightAt(lightBasis(item, state, calendar), today, calendar)

/** A village stage before the application has its own limit, and the resident sees it; null where there is none now. */
function stageDue(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  if (state.completeAt !== null || state.endedAt !== null) return null
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  return open ? shareDue(item, state, { run: open.step, part: open.part }, calendar) : null
}
