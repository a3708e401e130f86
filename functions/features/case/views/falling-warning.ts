import { decidedShareAt } from '#shared/domain/case/parallel/own-share'
import { joinsDecisions, stillRestingOn } from '#shared/domain/case/parallel/share-decisions'
import { openHearing } from '#shared/domain/case/revocation/revocation'
import type { StepTarget } from '#shared/domain/case/state'
import { organName } from '#shared/domain/organization/registry'
import type { StepAction } from '#shared/domain/service-item/item'
import type { Subject } from './subject'

/**
 * One of several organs is about to revoke what it has granted: before another grants what rests on it, and before all are handed
 * over; null elsewhere. 建筑法 第8条
 */
export function fallingWarning(
  { item, state, reference }: Subject,
  action: StepAction,
  allowed: readonly (StepTarget & { readonly action: StepAction })[],
): string | null {
  const of = openHearing(state)?.of
  const falling = of && decidedShareAt(item, state, of)
  if (!falling) return null
  const falls = `${organName(reference, falling.unitId)}拟撤销“${falling.name}”，还没定。`
  if (action === 'grant') return joinsDecisions(item) ? `${falls}现在出件写的还是准予，先问清楚再出。` : null
  const isOf = (share: StepTarget) =>
    allowed.some(
      (each) => each.action === action && each.stepKey === share.stepKey && each.unitId === share.unitId,
    )
  const resting = action === 'pass' ? stillRestingOn(item, state, falling).filter(isOf) : []
  return resting.length > 0
    ? `${falls}${resting.map(({ name }) => `“${name}”`).join('、')}以它为前提，它撤销了就不能批，等它定下来再签。`
    : null
}
