import type { Place } from '#shared/domain/case/events'
import type { CaseState, StepTarget } from '#shared/domain/case/state'
import { isUnnamed } from '#shared/domain/case/whose/identity'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../../service-item'

/**
 * Units of the same kind that hold the step's role: a case is handed over, never sent astray. Another department is not
 * competent by itself (行政许可法 第32条: 有权的行政机关).
 */
export function transferTargets(
  reference: Reference,
  state: CaseState,
  item: ServiceItem,
  stepKey: string,
  unitId: string,
) {
  const step = item.steps.find((each) => each.key === stepKey)
  const from = reference.units.get(unitId)
  if (!step || !from || from.kind === 'department' || state.accepted !== null) return []
  return [...reference.units.values()]
    .filter(
      ({ id, kind }) => kind === from.kind && id !== unitId && reference.holders(step.role, id).length > 0,
    )
    .map(({ id, name }) => ({ unitId: id, name }))
}

/** Who applies is written before it goes anywhere, and nothing goes where nobody would take it. */
export const mayGoElsewhere = (
  reference: Reference,
  state: CaseState,
  item: ServiceItem,
  { stepKey, unitId }: StepTarget,
) => !isUnnamed(item, state) && transferTargets(reference, state, item, stepKey, unitId).length > 0

/** Where the whole case goes when its accepting step is handed over; null where one village's share goes alone. */
export function placeAfterTransfer(
  reference: Reference,
  state: CaseState,
  item: ServiceItem,
  stepKey: string,
  unitId: string,
  toUnitId: string,
): Place | null {
  const kind = item.steps.find((each) => each.key === stepKey)?.kind
  const to = reference.units.get(toUnitId)
  if (kind !== 'accept' || !to) return null
  const townId = to.kind === 'village' ? to.parentId : toUnitId
  const villageId = to.kind === 'village' ? toUnitId : state.where.villageId
  const organs = [unitId, state.where.townId]
  return {
    where: { ...state.where, villageId, townId },
    organUnitId: organs.includes(state.organUnitId) && townId !== null ? townId : state.organUnitId,
  }
}
