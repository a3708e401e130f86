import type { Instant } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { ShareDecision } from '../service-item/parallel-organ'
import { isUnnamed } from './identity'
import { dependsOn, stepOf } from './route'
import type { CaseState, StepTarget } from './state'

/** What a unit decides at its share for itself; undefined where it gives an opinion. */
export function ownDecision(item: ServiceItem, { stepKey, unitId }: StepTarget): ShareDecision | undefined {
  const { organ } = stepOf(item, stepKey)
  return organ.kind === 'parallel' ? organ.decides?.[unitId] : undefined
}

/** 行政许可法 第26条: each organ decides its own part, and who joins the decisions takes none. */
export const joinsDecisions = ({ steps }: Pick<ServiceItem, 'steps'>) =>
  steps.some(({ organ }) => organ.kind === 'parallel' && organ.decides !== undefined)

export interface DecidedShare extends StepTarget, ShareDecision {
  readonly isGranted: boolean
  readonly at: Instant
}

/** What the units have decided, in the order of the guide. */
export const decidedShares = (
  item: ServiceItem,
  { steps }: Pick<CaseState, 'steps'>,
): readonly DecidedShare[] =>
  steps.flatMap(({ key: stepKey, parts }) =>
    parts.flatMap(({ unitId, outcome, doneAt }) => {
      const decision = ownDecision(item, { stepKey, unitId })
      if (!decision || doneAt === null || (outcome !== 'passed' && outcome !== 'failed')) return []
      return [{ stepKey, unitId, ...decision, isGranted: outcome === 'passed', at: doneAt }]
    }),
  )

/** What a share needs of others that have refused it: what rests on it cannot be granted. 建筑法 第8条 */
export function refusedBefore(
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  { stepKey, unitId }: StepTarget,
): readonly DecidedShare[] {
  if (!ownDecision(item, { stepKey, unitId })) return []
  const needed = dependsOn(stepOf(item, stepKey), unitId)
  return decidedShares(item, state).filter(
    (share) => share.stepKey === stepKey && !share.isGranted && needed.includes(share.unitId),
  )
}

/** When the last unit signed; null while one of them has still to decide, and where one organ decides the whole. */
export function joinedSince(item: ServiceItem, state: Pick<CaseState, 'steps'>): Instant | null {
  const isWhole = state.steps.every(({ key, parts }) =>
    parts.every(
      (part) =>
        ownDecision(item, { stepKey: key, unitId: part.unitId }) === undefined || part.status === 'done',
    ),
  )
  const [last = null] = isWhole
    ? decidedShares(item, state)
        .map(({ at }) => at)
        .sort()
        .slice(-1)
    : []
  return last
}

const allRefused = (shares: readonly DecidedShare[]) => shares.every(({ isGranted }) => !isGranted)

/** What they come to together: one that was granted stands, whatever another has refused. */
export const joinedVerdict = (item: ServiceItem, state: CaseState): 'granted' | 'refused' =>
  joinsDecisions(item) && allRefused(decidedShares(item, state)) ? 'refused' : 'granted'

/** How many were granted and refused of a project of which only a part was granted; null of every other case. */
export function partlyRefused(
  item: ServiceItem,
  state: Pick<CaseState, 'steps' | 'decision'>,
): { readonly granted: number; readonly refused: number } | null {
  if (state.decision?.kind !== 'granted') return null
  const shares = decidedShares(item, state)
  const granted = shares.filter(({ isGranted }) => isGranted).length
  return granted < shares.length ? { granted, refused: shares.length - granted } : null
}

/** In the few words that a template has room for. */
export const PARTLY = '部分没批'
export const PARTLY_LINE = '每一样的决定书点开就看到，没批的写着为什么、不同意怎么办'

/** Never 办好了 nor 批准了: 批了 3 样，没批 2 样. */
export const partlyWords = ({ granted, refused }: NonNullable<ReturnType<typeof partlyRefused>>) =>
  `批了 ${granted} 样，没批 ${refused} 样`

/**
 * Why a unit signs no decision of its own now: of whom it is and who they are must be known before, and what it rests on is not
 * refused; null where it gives an opinion.
 */
export function whyNotOwnDecision(
  { item, state }: { readonly item: ServiceItem; readonly state: CaseState },
  target: StepTarget,
  isGranted: boolean,
): {
  readonly code: 'case.applicant-unnamed' | 'case.identity-unconfirmed' | 'case.rests-on-refused'
} | null {
  if (!ownDecision(item, target)) return null
  if (isUnnamed(item, state)) return { code: 'case.applicant-unnamed' }
  if (isGranted && refusedBefore(item, state, target).length > 0) return { code: 'case.rests-on-refused' }
  return isGranted && !state.identityConfirmed ? { code: 'case.identity-unconfirmed' } : null
}
