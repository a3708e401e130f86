import { dayIn } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { isDraftStep } from '../correction/draft-step'
import { DELIVERY_DAYS } from '../delivery/delivery-clock'
import { limitDaysOf } from '../route'
import type { CaseState, StepPart, StepRun } from '../state'
import { type NearestDue, nearestDue } from './clocks'

/**
 * What the light of an open share goes by: what runs out first, with the days of that limit. Of a state as it is now.
 */
export function shareDue(
  item: ServiceItem,
  state: CaseState,
  { run, part }: { readonly run: StepRun; readonly part: StepPart },
  calendar: WorkingCalendar,
): NearestDue {
  const nearest = nearestDue(item, state, run, part, calendar)
  return part.suspendedAt === null
    ? nearest
    : { ...nearest, due: { kind: 'paused', since: dayIn(part.suspendedAt) } }
}

/** Whoever accepts has their days after those of the departments. */
const joinedDays = (steps: ServiceItem['steps']) =>
  steps
    .filter(isDraftStep)
    .flatMap((look) =>
      steps.filter(({ kind }) => kind === 'accept').map(({ limitDays }) => limitDays + look.limitDays),
    )

const limitsOfItem = ({ promisedDays, statutory, steps }: ServiceItem) => [
  promisedDays,
  statutory === null ? 0 : statutory.days + (statutory.extension?.days ?? 0),
  ...joinedDays(steps),
  DELIVERY_DAYS,
  ...steps.flatMap((step) =>
    step.organ.kind === 'parallel'
      ? step.organ.unitIds.map((unitId) => limitDaysOf(step, unitId))
      : [step.limitDays],
  ),
]

/** The limits of the catalogue in working days, the shortest first. */
export const limitsOf = (items: readonly ServiceItem[]): readonly number[] =>
  [...new Set(items.flatMap(limitsOfItem))].sort((a, b) => a - b)
