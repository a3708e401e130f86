import type { ServiceItem } from '../../service-item/item'
import type { Pool } from '../context'
import { isDraftStep } from '../correction/draft-step'
import { isPartAlone, stepOf } from '../route'
import { type CaseState, openParts, type StepRun, type StepTarget } from '../state'
import { isWithdrawable } from '../whose/applicant-acts'
import { isDisowned } from '../whose/identity'

/** At a step of several departments: none of them judges for nobody, and none ends anything of the others. */
export const isJointlyDisowned = (item: ServiceItem, state: CaseState, { key }: Pick<StepRun, 'key'>) =>
  isDisowned(state) &&
  isWithdrawable(state) &&
  isPartAlone(item, { stepKey: key }) &&
  !isDraftStep(stepOf(item, key))

/** Where whoever leads a joint case ends it once it is disowned: its first open share; null where there is none. */
export function ledShare(item: ServiceItem, state: CaseState): StepTarget | null {
  const first = openParts(state).find(({ step }) => isJointlyDisowned(item, state, step))
  return first ? { stepKey: first.step.key, unitId: first.part.unitId } : null
}

/** Who has accepted a case leads it. */
export function leadersOfCase(item: ServiceItem, state: CaseState): readonly Pool[] {
  const accepting = item.steps.find(({ kind }) => kind === 'accept')
  const parts = state.steps.find(({ key }) => key === accepting?.key)?.parts ?? []
  return accepting ? parts.map(({ unitId }) => ({ role: accepting.role, unitId })) : []
}
