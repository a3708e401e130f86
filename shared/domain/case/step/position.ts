import type { ServiceItem, Step } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import { stepOf } from '../route'
import type { CaseState, StepPart, StepRun, StepTarget } from '../state'

export type Verdict = CaseError | null

export const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError
export const when = (holds: boolean, error: CaseError = REFUSED): Verdict => (holds ? null : error)

/** One share of a case, before whoever asks what they may do there. */
export interface Position {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly step: Step
  readonly run: StepRun
  readonly part: StepPart
  readonly context: CaseContext
}

export type CaseOf = Pick<Position, 'item' | 'state'>

export const shareAt = ({ run, part }: Position): StepTarget => ({ stepKey: run.key, unitId: part.unitId })

export function positionOf(
  item: ServiceItem,
  state: CaseState,
  target: StepTarget,
  context: CaseContext,
): Position | undefined {
  const run = state.steps.find((each) => each.key === target.stepKey)
  const part = run?.parts.find((each) => each.unitId === target.unitId)
  return run && part && { item, state, step: stepOf(item, run.key), run, part, context }
}
