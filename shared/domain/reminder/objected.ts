import { stepOf } from '../case/route'
import { plainStepName } from '../service-item/step-name'
import type { PlanContext, ReminderChange } from './change'

/** To whoever has it next: who before them said no, whose reason they are to read before they say otherwise. */
export const objectedLines = (
  { item, after }: Pick<ReminderChange, 'item' | 'after'>,
  unitName: PlanContext['unitName'],
): readonly string[] =>
  after.decision === null
    ? after.steps.flatMap(({ key, parts }) =>
        parts
          .filter(({ outcome, isDecision }) => outcome === 'failed' && !isDecision)
          .map(
            ({ unitId }) =>
              `${unitName(unitId)}${plainStepName(stepOf(item, key).name)}：没通过，为什么，点开先看`,
          ),
      )
    : []
