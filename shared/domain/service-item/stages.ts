import { dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import { addWorkingDays, type WorkingCalendar } from '../time-limit/calendar'
import { type ClockDue, dueOf, type Pause } from '../time-limit/clock'
import { publicityDays } from '../time-limit/publicity'
import type { ServiceItem, Step } from './item'
import { stepDeed } from './step-name'

/**
 * How a step's time stands to the promise: `before` the application is complete, `beside` it without holding it up,
 * within the `promise`, `apart` while the promise stands still, `after` it is kept.
 */
export type Counting = 'before' | 'beside' | 'promise' | 'apart' | 'after'

export interface CountedStep {
  readonly step: Step
  readonly counting: Counting
}

const countingOf = (step: Step, isBefore: boolean): Counting => {
  if (step.optional) return 'beside'
  if (isBefore) return 'before'
  if (step.countsTowardPromise) return 'promise'
  return step.suspends.includes('promised') ? 'apart' : 'after'
}

/** What follows upon an application until the result is handed over; not what is looked at afterwards. */
export function countedSteps({ steps }: Pick<ServiceItem, 'steps'>): readonly CountedStep[] {
  const complete = steps.findIndex((step) => step.completesApplication)
  return steps.flatMap((step, at) =>
    step.followUp ? [] : [{ step, counting: countingOf(step, at <= complete) }],
  )
}

/** What stops the promise and is `toCome`, by name: 现场核查、公示; null where nothing is. */
export function apartText(item: Pick<ServiceItem, 'steps'>, toCome: (step: Step) => boolean = () => true) {
  const names = countedSteps(item).flatMap(({ step, counting }) =>
    counting === 'apart' && toCome(step) ? [step.publicity ? '公示' : stepDeed(step.name)] : [],
  )
  return names.length === 0 ? null : [...new Set(names)].join('、')
}

/** The day on which a step that stops the promise is through, begun on `from`, with all of its time used. */
function throughOn(step: Step, from: PlainDate, calendar: WorkingCalendar) {
  if (step.publicity) {
    const { closableOn } = publicityDays(from, step.publicity, calendar)
    return { kind: 'on', on: closableOn } as const
  }
  return addWorkingDays(calendar, from, step.limitDays)
}

/**
 * The last day of the promise for what is filed now, were each step to take all of its time, and each that stops the
 * promise to come. By the county's rule of pauses, as of a case.
 */
export function lastDayIfFiled(item: ServiceItem, now: Instant, calendar: WorkingCalendar): ClockDue {
  const pauses: Pause[] = []
  let day = dayIn(now)
  for (const { step, counting } of countedSteps(item)) {
    if (counting !== 'promise' && counting !== 'apart') continue
    const through =
      counting === 'apart' ? throughOn(step, day, calendar) : addWorkingDays(calendar, day, step.limitDays)
    if (through.kind !== 'on') return through
    if (counting === 'apart') pauses.push({ from: day, until: through.on })
    day = through.on
  }
  return dueOf({ startedAt: now, days: item.promisedDays, unit: 'working', pauses }, calendar)
}
