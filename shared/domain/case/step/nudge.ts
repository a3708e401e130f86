import { addDays, dayIn, type Instant, instantAt } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, CaseError, Pool } from '../context'
import type { CaseEvent } from '../events'
import { joinsDecisions } from '../parallel/share-decisions'
import { type AsOf, noticeStage } from '../publicity/objections'
import { bookingsOf, bookingTold } from '../result/booked'
import { owedTakingsBack } from '../revocation/taking-back'
import { stepOf } from '../route'
import { type CaseState, openCorrection, type StepPart, type StepRun, type StepTarget } from '../state'
import { namesNobody } from '../whose/identity'
import { inHandAt } from './in-hand'
import type { Nudge } from './nudge-event'

/** Who has a case is nudged for it once in so many days, by whomever. The county's own rule. */
const NUDGE_DAYS = 3

/** From the first minute of a day on: the day that is told is true whenever it comes. */
export const nudgeAfter = (at: Instant): Instant => instantAt(addDays(dayIn(at), NUDGE_DAYS), 0)

/** The last nudge, while one of those who were told has the work; null where others have it, who were asked nothing. */
export function standingNudge(item: ServiceItem, state: CaseState): Nudge | null {
  const { nudged, endedAt } = state
  const inHand = endedAt === null ? inHandAt(item, state).map(({ part }) => part.unitId) : []
  const takers = owedTakingsBack(state).flatMap((each) => each.takers.map(({ unitId }) => unitId))
  const isTheirs = [...inHand, ...takers].some((unitId) => nudged?.unitIds.includes(unitId))
  return nudged && isTheirs ? nudged : null
}

/** From when on it may be nudged again; null where it may be now. */
export function nextNudgeAt(item: ServiceItem, state: CaseState, now: Instant): Instant | null {
  const nudged = standingNudge(item, state)
  const next = nudged && nudgeAfter(nudged.at)
  return next !== null && now < next ? next : null
}

/** No organ has it to do: it is nobody's, or of who has died. */
const isNobodys = (item: ServiceItem, state: CaseState) =>
  state.isDeceased === true || namesNobody(item, state)

/** None of its steps is an organ's to do: it has ended, or it waits for whom it is for. */
const isNobodysToDo = (state: CaseState, { now }: AsOf) =>
  state.endedAt !== null ||
  openCorrection(state) !== undefined ||
  bookingTold(bookingsOf(state), now, state.decision !== null).booked !== null

/** Its days are over first, or its procedure is, or nothing is granted before it is known to whom. */
function waits(
  item: ServiceItem,
  state: CaseState,
  { step, part }: { readonly step: StepRun; readonly part: StepPart },
  at: AsOf,
) {
  const stage = noticeStage(item, step, at)
  const { actions } = stepOf(item, step.key)
  const isUnknown = !state.identityConfirmed && actions.includes('grant') && !joinsDecisions(item)
  return part.suspendedAt !== null || stage === 'runs' || stage === 'over' || isUnknown
}

/** A share, and of what is to be taken back there who does. */
export type SharesToNudge = readonly (StepTarget & { readonly takers?: readonly Pool[] })[]

/**
 * What stands between the applicant and the result, and could be done now: each share of which somebody may be reminded, and each organ
 * that has to take back what it revoked unheard, of a case that is over too.
 */
export const sharesToNudge = (item: ServiceItem, state: CaseState, at: AsOf): SharesToNudge =>
  isNobodys(item, state) ? [] : [...stepsToNudge(item, state, at), ...owedTakingsBack(state)]

const stepsToNudge = (item: ServiceItem, state: CaseState, at: AsOf): SharesToNudge =>
  isNobodysToDo(state, at)
    ? []
    : inHandAt(item, state)
        .filter((share) => !stepOf(item, share.step.key).followUp && !waits(item, state, share, at))
        .map(({ step, part }) => ({ stepKey: step.key, unitId: part.unitId }))

/** `unitIds`: whose people hear of it. Of whom nobody is there no nudge is on record, and it does not count. */
export function decideNudge(
  item: ServiceItem,
  state: CaseState,
  unitIds: readonly string[],
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const { actor, now: at } = context
  const may = actor.kind === 'applicant' && actor.mayNudge && sharesToNudge(item, state, context).length > 0
  if (!may) return fail({ code: 'case.action-not-allowed' })
  if (nextNudgeAt(item, state, at) !== null) return fail({ code: 'case.nudged-before' })
  return unitIds.length === 0 ? fail({ code: 'case.nudge-unheard' }) : ok([{ type: 'nudged', at, unitIds }])
}
