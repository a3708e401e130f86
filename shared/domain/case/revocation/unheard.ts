import { dayIn, type Instant } from '../../kernel/plain-date'
import type { CaseActor, CaseContext, CaseError, Pool } from '../context'
import type { DeathRecord } from '../delivery/death-record'
import { servedByHand } from '../delivery/delivery-choice'
import { serviceOf } from '../delivery/evolve-delivery'
import type { CaseEvent } from '../events'
import type { CaseState } from '../state'
import { hasSaidAll, openRevocation } from './revocation'
import { isUnheard, type Revocation } from './revocation-state'

/**
 * What was revoked while a record of a death stood, before who lives could speak: they had not had its notice with the days to speak,
 * and had not said that nothing more comes. 行政许可法 第7条
 */
export const unheardAt = ({ revocations = [], deliveredAt }: CaseState, { at, had, dropped }: DeathRecord) =>
  revocations.filter(
    ({ revoked, decided, answeredAt, proposedAt, of, stood }) =>
      revoked === true &&
      decided === 'granted' &&
      answeredAt !== null &&
      answeredAt >= at &&
      (of !== undefined || stood !== undefined || deliveredAt !== null) &&
      !had.some((paper) => paper.of === 'revocation-notice' && paper.signedAt === proposedAt) &&
      !(dropped.revocation?.proposedAt === proposedAt && hadTheirSay(dropped.revocation, at)),
  )

/** They had said that nothing more comes, or their days to speak were over before the death was recorded. */
const hadTheirSay = (before: Revocation, recordedAt: Instant) =>
  hasSaidAll(before) || (before.speakUntil !== undefined && before.speakUntil < dayIn(recordedAt))

/** What waits to be taken back. */
export const unheardOf = ({ revocations = [] }: Pick<CaseState, 'revocations'>): readonly Revocation[] =>
  revocations.filter(isUnheard)

/** Why nothing is done with its decision where none stands: none was signed, or what fell unheard waits to be taken back. */
export const whyNoneStands = (state: Pick<CaseState, 'revocations'>) =>
  ({ code: unheardOf(state).length > 0 ? 'case.revoked-unheard' : 'case.undecided' }) as const

const isHeldBy = (actor: CaseActor, pools: readonly Pool[]) =>
  actor.kind === 'staff' &&
  actor.pools.some((own) => pools.some(({ role, unitId }) => own.role === role && own.unitId === unitId))

/**
 * What the actor takes back by saying that the decision stands; undefined where they have nothing to take back, and where another
 * revocation is theirs to settle first. `unitId`: whose, of several organs.
 */
export function toTakeBack(state: CaseState, actor: CaseActor, unitId?: string): Revocation | undefined {
  const isMeant = ({ of, deciders }: Revocation) =>
    (unitId === undefined || (of?.unitId ?? state.organUnitId) === unitId) &&
    isHeldBy(
      actor,
      deciders.filter((pool) => pool.unitId === (of?.unitId ?? state.organUnitId)),
    )
  const open = openRevocation(state)
  return open && isMeant(open) ? undefined : unheardOf(state).find(isMeant)
}

/** One paper of a kind goes its way at a time: of two nobody could say which was handed over. */
export function isOnItsWay(state: CaseState, of: 'revocation' | 'revocation-withdrawn') {
  const service = serviceOf(state, of)
  return service !== undefined && service.served === undefined
}

/** Of several organs the next takes its own back once the paper of the last one was served. */
export function whyNotTakenBack(state: CaseState, { of }: Revocation, actor: CaseActor): CaseError | null {
  if (actor.kind === 'staff' && actor.isBarred) return { code: 'case.own-case' }
  return of !== undefined && isOnItsWay(state, 'revocation-withdrawn')
    ? { code: 'case.revocation-unserved' }
    : null
}

/** As every place calls it: its paper is 收回撤销决定书. */
export const TAKEN_BACK = '撤销收回了'

/**
 * An organ puts right itself what it did without hearing anybody: it says nothing of whether the decision was right, so whoever may
 * sign for it does, who proposed it or signed the decision too.
 */
export function takenBack(
  state: CaseState,
  { proposedAt, of }: Revocation,
  { reasonDigest, seatsGone }: { readonly reasonDigest: string; readonly seatsGone?: true },
  { now: at, isApplicantReached }: Pick<CaseContext, 'now' | 'isApplicantReached'>,
): CaseEvent {
  const gone = seatsGone ? { seatsGone } : {}
  const { stepKey, unitId } = of ?? { stepKey: state.decision?.stepKey ?? '', unitId: state.organUnitId }
  return {
    type: 'decision-kept',
    at,
    stepKey,
    unitId,
    reasonDigest,
    unheard: proposedAt,
    ...gone,
    ...servedByHand(!isApplicantReached),
  }
}

/** Which one it took back; undefined where it kept one that was weighed. */
export const takenBackBy = (
  { revocations = [] }: Pick<CaseState, 'revocations'>,
  { unheard }: { readonly unheard?: Instant },
) => (unheard === undefined ? undefined : revocations.find(({ proposedAt }) => proposedAt === unheard))
