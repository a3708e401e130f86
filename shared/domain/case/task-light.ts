import { dayIn, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import { type Light, lightOf, soonDays } from '../time-limit/light'
import { nearestDue } from './clocks'
import { limitDaysOf } from './route'
import type { CaseState, StepPart, StepRun } from './state'

/** Of an open share of a step, by what runs out first: the same in the queue, on the page and in a reminder. */
export function taskLight(
  item: ServiceItem,
  state: CaseState,
  { run, part }: { readonly run: StepRun; readonly part: StepPart },
  today: PlainDate,
  calendar: WorkingCalendar,
): Light {
  if (part.suspendedAt !== null) return { kind: 'paused', since: dayIn(part.suspendedAt) }
  const { due, days } = nearestDue(item, state, run, part, calendar)
  return lightOf(due, days, today, calendar)
}

const limitsOf = ({ promisedDays, statutory, steps }: ServiceItem) => [
  promisedDays,
  statutory === null ? 0 : statutory.days + (statutory.extension?.days ?? 0),
  ...steps.flatMap((step) =>
    step.organ.kind === 'parallel'
      ? step.organ.unitIds.map((unitId) => limitDaysOf(step, unitId))
      : [step.limitDays],
  ),
]

/** How many working days before its last one a task of the catalogue can be soon at the earliest. */
export const earliestSoon = (items: readonly ServiceItem[]) =>
  Math.max(0, ...items.flatMap(limitsOf).map(soonDays))
