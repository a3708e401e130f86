import type { Instant } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { ShareDecision } from '../../service-item/parallel-organ'
import { OUTCOME_WORDS } from '../outcome/outcome-words'
import { isUnheard } from '../revocation/revocation-state'
import { dependsOn, stepOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { isUnnamed } from '../whose/identity'

/** What a unit decides at its share for itself; undefined where it gives an opinion. */
export function ownDecision(
  item: Pick<ServiceItem, 'steps'>,
  { stepKey, unitId }: StepTarget,
): ShareDecision | undefined {
  const organ = item.steps.find(({ key }) => key === stepKey)?.organ
  return organ?.kind === 'parallel' ? organ.decides?.[unitId] : undefined
}

/** 行政许可法 第26条: each organ decides its own part, and who joins the decisions takes none. */
export const joinsDecisions = ({ steps }: Pick<ServiceItem, 'steps'>) =>
  steps.some(({ organ }) => organ.kind === 'parallel' && organ.decides !== undefined)

export interface DecidedShare extends StepTarget, ShareDecision {
  readonly isGranted: boolean
  readonly at: Instant
  /** Who signed it; missing before it was kept. */
  readonly staffId?: string
  /** Its organ has taken back what it had granted; missing while it stands. */
  readonly revokedAt?: Instant
}

/** It was granted and nobody has revoked it: what rests on it has it. */
export const isStanding = ({ isGranted, revokedAt }: Pick<DecidedShare, 'isGranted' | 'revokedAt'>) =>
  isGranted && revokedAt === undefined

/** What the units have decided, in the order of the guide. */
export const decidedShares = (
  item: ServiceItem,
  { steps }: Pick<CaseState, 'steps'>,
): readonly DecidedShare[] =>
  steps.flatMap(({ key: stepKey, parts }) =>
    parts.flatMap(({ unitId, outcome, doneAt, revokedAt, decidedBy }) => {
      const decision = ownDecision(item, { stepKey, unitId })
      if (!decision || doneAt === null || (outcome !== 'passed' && outcome !== 'failed')) return []
      const isGranted = outcome === 'passed'
      const revoked = revokedAt === undefined ? {} : { revokedAt }
      const signed = decidedBy === undefined ? {} : { staffId: decidedBy }
      return [{ stepKey, unitId, ...decision, isGranted, at: doneAt, ...signed, ...revoked }]
    }),
  )

/** What a share needs of others that have refused it, or revoked it: what rests on it cannot be granted. 建筑法 第8条 */
export function refusedBefore(
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  { stepKey, unitId }: StepTarget,
): readonly DecidedShare[] {
  if (!ownDecision(item, { stepKey, unitId })) return []
  const needed = dependsOn(stepOf(item, stepKey), unitId)
  return decidedShares(item, state).filter(
    (share) => share.stepKey === stepKey && !isStanding(share) && needed.includes(share.unitId),
  )
}

/** What was granted and rests on what a unit has decided. */
export function restingOn(
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  { stepKey, unitId }: StepTarget,
): readonly DecidedShare[] {
  return decidedShares(item, state).filter(
    (share) =>
      share.stepKey === stepKey &&
      isStanding(share) &&
      dependsOn(stepOf(item, stepKey), share.unitId).includes(unitId),
  )
}

/** Shares that have still to decide and rest on what a unit has decided. */
export function stillRestingOn(
  item: ServiceItem,
  state: Pick<CaseState, 'steps'>,
  { stepKey, unitId }: StepTarget,
): readonly (StepTarget & ShareDecision)[] {
  const parts = state.steps.find(({ key }) => key === stepKey)?.parts ?? []
  return parts.flatMap((part) => {
    const own = { stepKey, unitId: part.unitId }
    const decision = ownDecision(item, own)
    const rests = dependsOn(stepOf(item, stepKey), part.unitId).includes(unitId)
    return decision && part.doneAt === null && rests ? [{ ...own, ...decision }] : []
  })
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

const noneStands = (shares: readonly DecidedShare[]) => !shares.some(isStanding)

/** What they come to together: one that was granted stands, whatever another has refused. */
export const joinedVerdict = (item: ServiceItem, state: CaseState): 'granted' | 'refused' =>
  joinsDecisions(item) && noneStands(decidedShares(item, state)) ? 'refused' : 'granted'

/** How many of a project stand as granted, were refused, and were revoked since. */
interface Tally {
  readonly granted: number
  readonly refused: number
  readonly revoked: number
  /** Of those revoked unheard, which are being taken back; missing where none is. */
  readonly takingBack?: number
}

/**
 * What the decisions of a project come to, once they are joined; null where all stand as granted or all were refused, and of every other case.
 * `at`: as it was in that moment.
 */
export function tallyOf(
  item: ServiceItem,
  state: Pick<CaseState, 'steps' | 'decision' | 'revocations'>,
  at?: string,
): Tally | null {
  if (state.decision === null) return null
  const shares = decidedShares(item, state)
  const fellLater = ({ revokedAt }: DecidedShare) =>
    at !== undefined && revokedAt !== undefined && revokedAt > at
  const granted = shares.filter((share) => isStanding(share) || fellLater(share)).length
  const refused = shares.filter(({ isGranted }) => !isGranted).length
  if (granted === shares.length || refused === shares.length) return null
  const fallen = shares.length - granted - refused
  const takingBack = at === undefined ? (state.revocations ?? []).filter(isUnheard).length : 0
  return { granted, refused, revoked: fallen - takingBack, ...(takingBack > 0 ? { takingBack } : {}) }
}

/** In the few words that a template has room for. */
export const PARTLY = '部分没批'
export const PARTLY_LINE = '每一样的决定书点开就看到，没批、撤销的写着为什么、不同意怎么办'

/** Never 办好了 nor 批准了: 批了 3 样，没批 1 样，撤销了 1 样; where nothing else is to be told, 撤销了. */
export function partlyWords({ granted, refused, revoked, takingBack = 0 }: Tally): string {
  const isAlone = granted + refused === 0 && (revoked === 0 || takingBack === 0)
  const fell = (word: string, count: number) => count > 0 && (isAlone ? word : `${word} ${count} 样`)
  const counted = [
    granted > 0 && `批了 ${granted} 样`,
    refused > 0 && `没批 ${refused} 样`,
    fell(OUTCOME_WORDS.revoked, revoked),
    fell(OUTCOME_WORDS.takingBack, takingBack),
  ]
  return counted.filter((each) => each !== false).join('，')
}

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
