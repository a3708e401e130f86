import { dayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import type { ClockDue } from '../../time-limit/clock'
import { type Light, lightOf } from '../../time-limit/light'
import type { LateBefore } from '../revocation/revocation-state'
import { stepOf } from '../route'
import { type CaseState, openParts } from '../state'
import { dueOfCase, statutoryClock } from './clocks'
import { shareDue } from './task-light'

/** What a light goes by on any day; `judgedOn` where it is judged once and for all. */
export interface LightBasis {
  readonly due: ClockDue
  /** The whole limit that `due` comes from, in working days. */
  readonly days: number
  readonly judgedOn: PlainDate | null
  /** The law's last day, while the promise alone stands still: what is over by it is late all the same. */
  readonly lawOn?: PlainDate
  /** Of a refusal that fell, and had come too late itself; missing where none had. */
  readonly before?: LateBefore
}

const daysLate = (light: Light) => (light.kind === 'late' ? light.daysLate : 0)

/** What was late stays late: of what is decided anew the worse of both is told. */
export function lightAt(
  { due, days, judgedOn, lawOn, before }: LightBasis,
  today: PlainDate,
  calendar: WorkingCalendar,
): Light {
  const on = judgedOn ?? today
  const isLawOver = lawOn !== undefined && lawOn < on
  const light = lightOf(isLawOver ? { kind: 'on', on: lawOn } : due, days, on, calendar)
  if (!before) return light
  const first = lightOf({ kind: 'on', on: before.dueOn }, days, before.judgedOn, calendar)
  return daysLate(first) > daysLate(light) ? first : light
}

/** By what a case is judged for good that is to be decided anew; undefined where it was in time. */
export function verdictBefore(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
): LateBefore | undefined {
  const { due, days, judgedOn: on, before } = lightBasis(item, state, calendar)
  if (due.kind !== 'on' || on === null) return before
  const late = daysLate(lightOf(due, days, on, calendar))
  const lateThen = before
    ? daysLate(lightOf({ kind: 'on', on: before.dueOn }, days, before.judgedOn, calendar))
    : 0
  return late > lateThen ? { dueOn: due.on, judgedOn: on } : before
}

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
  const { lateBefore } = state
  const judged = { judgedOn: judgedOn(state), ...(lateBefore === undefined ? {} : { before: lateBefore }) }
  if (due.kind === 'waits-for') {
    const stage = stageDue(item, state, calendar)
    const law = due.lawOn === undefined ? {} : { lawOn: due.lawOn }
    const paused = { due: { kind: 'paused', since: due.since }, days: item.promisedDays, ...law } as const
    return { ...(stage ?? paused), ...judged }
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
