import type { ServiceItem } from '../../service-item/item'
import { dependsOn, stepOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { type DecidedShare, ownDecision, refusedBefore } from './share-decisions'

const named = (shares: readonly DecidedShare[], nameOf: (unitId: string) => string) =>
  shares
    .map(
      ({ unitId, name, revokedAt }) =>
        `${nameOf(unitId)}${revokedAt === undefined ? '没有准予' : '撤销了'}“${name}”`,
    )
    .join('，')

/** For whoever decides what rests on a permit that was refused or revoked: which, by whom, and what is left to do; null where nothing was. */
export function restingWords(
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  target: StepTarget,
  nameOf: (unitId: string) => string,
): string | null {
  const refused = refusedBefore(item, state, target)
  const own = ownDecision(item, target)
  if (!own || refused.length === 0) return null
  return `${named(refused, nameOf)}，“${own.name}”要以它为前提，不能准予，写明理由不予`
}

/** As a reason of their own decision, for a paper: with whole names. */
export function restingReason(
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  target: StepTarget,
  nameOf: (unitId: string) => string,
): string | null {
  const refused = refusedBefore(item, state, target)
  return refused.length === 0 ? null : `${named(refused, nameOf)}，缺这个前提`
}

/** Shares that wait for a refused one and are not decided yet, or were refused with it. */
export const restOn = (
  item: ServiceItem,
  { steps }: Pick<CaseState, 'steps'>,
  { stepKey, unitId }: StepTarget,
) =>
  (steps.find(({ key }) => key === stepKey)?.parts ?? []).filter(
    (part) => part.outcome !== 'passed' && dependsOn(stepOf(item, stepKey), part.unitId).includes(unitId),
  )
