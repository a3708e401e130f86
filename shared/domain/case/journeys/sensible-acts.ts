import type { StepAction } from '../../service-item/item'
import { stepOf } from '../route'
import type { AllowedAction } from '../step/actions'
import { act, type Journey, later, offered } from './case-fixture'

export type Goal = 'granted' | 'refused'

const COMMON = [
  'draft-nothing',
  'record-visit',
  'publish-notice',
  'close-notice',
  'accept',
  'verify',
  'convene',
] as const
/** In the order in which somebody who wants the case to end so would try them. */
const SENSIBLE = {
  granted: [...COMMON, 'pass', 'grant', 'pay', 'conclude', 'deliver'],
  // What several have each refused is handed over by whoever would hand over a grant.
  refused: [...COMMON, 'fail', 'pass', 'refuse', 'grant', 'conclude', 'deliver'],
} as const satisfies Record<Goal, readonly StepAction[]>

const isSilent = ({ drafts = [] }: Journey['state'], unitId: string) =>
  !drafts.some((each) => each.unitId === unitId)

/** What was said once is enough, one visit too, and what is checked after the case is another day's work. */
const wanted = ({ item, state }: Journey, { action, stepKey, unitId }: AllowedAction) =>
  !stepOf(item, stepKey).followUp &&
  (action !== 'draft-nothing' || isSilent(state, unitId)) &&
  (action !== 'record-visit' ||
    !state.steps.some(
      (run) => run.key === stepKey && run.parts.some((part) => part.unitId === unitId && part.visited),
    ))

/** The next sensible act; undefined when only time can help. */
export function sensible(journey: Journey, goal: Goal): AllowedAction | undefined {
  const open = offered(journey).filter((each) => wanted(journey, each))
  return SENSIBLE[goal].flatMap((action) => open.find((each) => each.action === action) ?? []).at(0)
}

/** The next sensible act, or a day's wait when only time can help. */
export function step(journey: Journey, goal: Goal): Journey {
  const chosen = sensible(journey, goal)
  return chosen ? act(journey, chosen.action, chosen) : later(journey, 1)
}

const ENOUGH = 120

/** All stations of a case until it is ended, the first one included; throws when it is stuck. */
export function driveToEnd(start: Journey, goal: Goal): readonly Journey[] {
  const stations = [start]
  for (let here = start; here.state.endedAt === null; ) {
    here = step(here, goal)
    stations.push(here)
    if (stations.length > ENOUGH) throw new Error(`${start.item.id} is stuck as ${here.state.status}`)
  }
  return stations
}

/** Goes on sensibly until a step is open; the steps before it are passed. */
export function driveTo(start: Journey, stepKey: string): Journey {
  let here = start
  for (let count = 0; count < ENOUGH; count += 1) {
    if (here.state.steps.some((run) => run.key === stepKey && run.status === 'open')) return here
    here = step(here, 'granted')
  }
  throw new Error(`${start.item.id} never comes to ${stepKey}`)
}
