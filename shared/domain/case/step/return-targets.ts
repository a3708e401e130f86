import type { ServiceItem } from '../../service-item/item'
import { isPartAlone, stepOf } from '../route'
import type { CaseState } from '../state'
import { isDisowned } from '../whose/identity'

/**
 * The steps a case may be sent back to: those that judged it after acceptance. While nobody applies none from which it would
 * come to departments again.
 */
export function returnTargets(item: ServiceItem, state: CaseState, fromKey: string): readonly string[] {
  const from = state.steps.findIndex((run) => run.key === fromKey)
  return state.steps
    .filter((run, index) => {
      const { kind } = stepOf(item, run.key)
      return index < from && run.status === 'done' && ['examine', 'inspect', 'publicise'].includes(kind)
    })
    .filter((run) => state.steps.indexOf(run) > acceptIndex(item, state))
    .filter(
      (run) =>
        !isDisowned(state) ||
        !state.steps
          .slice(state.steps.indexOf(run), from)
          .some(({ key }) => isPartAlone(item, { stepKey: key })),
    )
    .map((run) => run.key)
}

const acceptIndex = (item: ServiceItem, state: CaseState) =>
  state.steps.findIndex((run) => stepOf(item, run.key).kind === 'accept')
