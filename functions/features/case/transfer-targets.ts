import type { CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../service-item'

/** Units of the same kind that hold the step's role: a case is handed over, never sent astray. */
export function transferTargets(
  reference: Reference,
  state: CaseState,
  item: ServiceItem,
  stepKey: string,
  unitId: string,
) {
  const step = item.steps.find((each) => each.key === stepKey)
  const from = reference.units.get(unitId)
  if (!step || !from || state.accepted !== null) return []
  return [...reference.units.values()]
    .filter(
      ({ id, kind }) => kind === from.kind && id !== unitId && reference.holders(step.role, id).length > 0,
    )
    .map(({ id, name }) => ({ unitId: id, name }))
}
