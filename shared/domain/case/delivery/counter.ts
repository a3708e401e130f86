import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, Pool } from '../context'
import { stepOf } from '../route'
import type { CaseState } from '../state'
import { servingShare } from './delivery-clock'
import { SERVED_PAPERS } from './delivery-state'

const isSame = (one: Pool) => (other: Pool) => one.role === other.role && one.unitId === other.unitId

/**
 * Whoever hands papers over: the holders of the steps that serve them, before and after they are served, since the proof of it is
 * signed last. They alone, beside who stands in for the applicant, print whom a paper is for in full.
 */
export function handsOver(
  item: ServiceItem,
  state: CaseState,
  { actor, poolsOf }: Pick<CaseContext, 'actor' | 'poolsOf'>,
): boolean {
  if (actor.kind !== 'staff' || actor.isBarred) return false
  const { pools } = actor
  return SERVED_PAPERS.some((of) => {
    const share = servingShare(item, state, of)
    if (!share) return false
    const step = stepOf(item, share.stepKey)
    const holders = [{ role: step.role, unitId: share.unitId }, ...poolsOf(step, share.unitId)]
    return pools.some((own) => holders.some(isSame(own)))
  })
}
