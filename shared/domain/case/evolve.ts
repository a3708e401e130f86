import { identityKeysOf } from '../application/item-answers'
import { exhaustive } from '../kernel/exhaustive'
import { dayIn, type Instant } from '../kernel/plain-date'
import { asFiled } from '../service-item/fast-track'
import type { ServiceItem } from '../service-item/item'
import { finishPart, openNext, returnTo, skipPreChecks, stepBefore } from './advance'
import { breakPromise, promiseAnew } from './clock/broken-promise'
import { markOverrun } from './clock/overrun'
import { withToldDays } from './clock/told-days'
import { askForCorrection, goOn, supplement, toldBy, withLastCorrection } from './correction/correcting'
import {
  closeDrafts,
  draftRun,
  lookAnew,
  lookAtAnswer,
  recordDraft,
  returnDraft,
} from './correction/draft-step'
import { DECIDES_NOTHING } from './decides-nothing'
import { applyDeath } from './delivery/evolve-death'
import { applyDelivery, endTold, toBeServed, withoutWish } from './delivery/evolve-delivery'
import { withInApp } from './delivery/in-app'
import { asksForIdentity, deriveAgain, handedOn, movePart, moveTo, overtakenStep, stepAnew } from './derived'
import type { CaseEvent } from './events'
import { conclude, decideOn, deliver, end } from './evolve-end'
import { extend, resume, suspend, withLawMoved, withLawTold } from './evolve-suspension'
import { changePart, changeRun } from './parts'
import { beforeReceipt, receive, receiveAnew } from './receipt'
import { applyAfterDecision } from './revocation/evolve-revocation'
import { stepOf, waitingRun } from './route'
import { type CaseState, type ContentChange, openCorrection } from './state'
import { answerApproval, requestOf } from './step/approvals'
import { changeApprovers } from './step/approvers'
import { applySignature } from './step/joint-signing'
import { STATE_SHAPE } from './upgrade'
import { applyVisit } from './visit/site-visit'
import { committedBy } from './whose/commitment'
import { nobodysDays } from './whose/identity'

/** Applies one event, `filed` to null. Replaying all events of a case gives its row. */
export function evolve(guide: ServiceItem, state: CaseState | null, event: CaseEvent): CaseState {
  const item = asFiled(guide, event.type === 'filed' ? event : state)
  if (event.type === 'filed') return file(item, event)
  if (state === null) throw new Error(`a case begins with "filed", not "${event.type}"`)
  const version = state.version + 1
  const decidingVersion = DECIDES_NOTHING.has(event.type) ? state.decidingVersion : version
  // Before it too: a row from before this was written down has nothing of it.
  return { ...withInApp(apply(item, withInApp(state), event)), version, decidingVersion }
}

/** The case after each of its events. */
export function stations(item: ServiceItem, events: readonly CaseEvent[]): readonly CaseState[] {
  const states: CaseState[] = []
  for (const event of events) {
    const before = states.at(-1) ?? null
    states.push(
      event.type === 'undone' ? goneBack(states[event.to - 1], before) : evolve(item, before, event),
    )
  }
  return states
}

/** What was undone leaves nothing but its events, which count on. */
export function goneBack(former: CaseState | undefined, now: CaseState | null): CaseState {
  if (!former || !now) throw new Error('nothing stands before what was undone')
  const version = now.version + 1
  const decidesNothing = former.decidingVersion === now.decidingVersion
  return { ...former, version, decidingVersion: decidesNothing ? now.decidingVersion : version }
}

export const replay = (item: ServiceItem, events: readonly CaseEvent[]): CaseState => {
  const state = stations(item, events).at(-1)
  if (!state) throw new Error('a case without events')
  return state
}

function file(item: ServiceItem, event: CaseEvent & { type: 'filed' }): CaseState {
  const steps = event.stepKeys.map((key) => waitingRun(stepOf(item, key), event.where))
  const filed: CaseState = {
    shape: STATE_SHAPE,
    serviceItemId: event.serviceItemId,
    itemVersion: event.itemVersion,
    status: 'submitted',
    version: 1,
    decidingVersion: 1,
    where: event.where,
    organUnitId: event.organUnitId,
    filedAt: event.at,
    fastTrack: event.fastTrack,
    ...(event.renews === undefined ? {} : { renews: event.renews }),
    ...(event.renewsUntil === undefined ? {} : { renewsUntil: event.renewsUntil }),
    answersDigest: event.answersDigest,
    receivedAt: null,
    completeAt: null,
    accepted: null,
    identityConfirmed: event.identityConfirmed,
    applicant: event.applicant,
    confirmedBy: event.confirmedBy,
    channel: event.channel,
    src: event.src,
    assisted: event.assisted,
    enteredBy: event.enteredBy,
    enteredAt: event.enteredAt,
    ...(event.consent === undefined ? {} : { consent: event.consent }),
    ...(event.consentBy === undefined ? {} : { consentBy: event.consentBy }),
    ...committedBy(event),
    relatives: event.relatives,
    takenOverAt: null,
    disownments: [],
    ownBefore: [],
    seats: event.seats,
    changes: [],
    transfers: [],
    approvals: [],
    steps,
    corrections: [],
    pauses: [],
    extension: null,
    decision: null,
    promiseKeptAt: null,
    concludedAt: null,
    deliveredAt: null,
    deliveredBy: null,
    paidOn: null,
    endedAt: null,
  }
  return openNext(item, receive(item, filed, event.at), -1, event.at)
}

function apply(item: ServiceItem, state: CaseState, event: Exclude<CaseEvent, { type: 'filed' }>): CaseState {
  switch (event.type) {
    case 'verified':
      return finishPart(item, state, event, event.outcome)
    case 'accepted':
      return accept(item, state, event)
    case 'declined':
      return toBeServed(end(state, 'declined', event.at), 'decline', event)
    case 'correction-requested':
      return askForCorrection(
        closeDrafts(item, answerApproval(state, 'request-correction', event, true), event.at),
        event,
      )
    case 'correction-drafted':
      return recordDraft(item, state, event)
    case 'draft-returned':
      return returnDraft(item, state, event)
    case 'correction-reminded':
      return withLastCorrection(state, { remindedAt: event.at, ...toldBy(event) })
    case 'supplemented':
      return lookAtAnswer(
        item,
        ofWhoIsNamed(state, changeAnswers(item, supplement(item, leftBy(state, event), event.at), event)),
        event,
      )
    case 'added':
      return ofWhoIsNamed(state, lookAnew(item, changeAnswers(item, state, event), event))
    case 'applicant-named':
      return nameApplicant(item, state, event)
    case 'taken-over':
      return { ...ownWordAlone(state), takenOverAt: event.at }
    case 'disowned':
      return disown(closeDrafts(item, withoutWish(state), event.at), event)
    case 'correction-lapsed':
      return goOn(withLastCorrection(state, { lapsedAt: event.at }), event.at)
    case 'examined':
      return finishPart(item, markExamined(state, event), event, event.outcome)
    case 'signed':
      return applySignature(state, event)
    case 'returned':
      return returnTo(item, state, event.toStepKey, event.at)
    case 'transferred':
      return transfer(item, state, event)
    case 'assigned':
      return changePart(state, event, () => ({ assigneeId: event.staffId }))
    case 'visit-recorded':
    case 'visit-signed':
      return applyVisit(state, event)
    case 'rectification-required':
      return changePart(state, event, () => ({
        visited: false,
        rectifyBy: event.recheckOn,
        ...(event.orderedOn === undefined ? {} : { orderedOn: event.orderedOn }),
      }))
    case 'clock-suspended':
      return suspend(item, answerApproval(state, 'suspend', event, true), event)
    case 'clock-resumed':
      return resume(state, event)
    case 'stop-overran':
      return markOverrun(state, event)
    case 'limit-extended':
      return extend(answerApproval(state, 'extend', event, true), event)
    case 'approval-requested':
      return { ...state, approvals: [...state.approvals, requestOf(event)] }
    case 'approvers-changed':
      return changeApprovers(state, event)
    case 'approval-rejected':
      return answerApproval(state, event.for, event, false)
    case 'approval-lapsed':
      return answerApproval(state, event.for, event, null)
    case 'promise-broken':
      return breakPromise(state, event)
    case 'promised-anew':
      return promiseAnew(state, event)
    case 'notice-published':
      return changeRun(state, event.stepKey, ({ objectedOf: _over, publicUntil: _told, ...run }) => ({
        ...run,
        publishedOn: dayIn(event.at),
        ...(event.lastOn ? { publicUntil: event.lastOn } : {}),
      }))
    case 'notice-closed':
      return finishPart(item, state, event, 'publicised')
    case 'objection-recorded':
      return objectTo(item, state, event)
    case 'identity-confirmed':
      return confirm(item, state, event)
    case 'granted':
    case 'refused':
      return decideOn(item, state, event)
    case 'payment-recorded':
      return { ...state, paidOn: event.paidOn }
    case 'concluded':
      return conclude(item, state, event)
    case 'delivered':
      return deliver(item, state, event)
    case 'withdrawn':
      return end(state, event.type, event.at)
    case 'terminated': {
      const ended = end(state, event.type, event.at)
      // Of a death from before its event said so, too: nobody's phone is the dead's.
      return event.cause === 'deceased'
        ? endTold({ ...ended, isDeceased: true }, { ...event, toBeServed: true })
        : endTold(ended, event)
    }
    case 'decision-corrected':
    case 'revocation-advised':
    case 'advice-declined':
    case 'revocation-proposed':
    case 'settlers-changed':
    case 'hearing-dated':
    case 'holder-heard':
    case 'decision-kept':
    case 'decision-revoked':
      return applyAfterDecision(item, state, event)
    case 'delivery-chosen':
    case 'posted':
    case 'post-returned':
    case 'announced':
    case 'served':
      return applyDelivery(state, event)
    case 'applicant-death-recorded':
    case 'death-record-withdrawn':
      return applyDeath(state, event)
    case 'undone':
      throw new Error('what was undone is told by the events before it')
    case 'dates-filled':
      return withLawTold(withToldDays(state, event), event)
    case 'dates-moved':
      return withLawMoved(withToldDays(state, event), event)
    case 'nudged':
      return { ...state, nudged: { at: event.at, unitIds: event.unitIds } }
    case 'renewed-revoked':
      return { ...state, renewedRevokedAt: event.at }
    case 'handed-over':
      return state
    default:
      return exhaustive(event)
  }
}

const withChange = ({ changes }: CaseState, change: ContentChange | null, at: Instant) =>
  change ? [...changes, { ...change, at }] : changes

function nameApplicant(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'applicant-named' },
): CaseState {
  const { applicant, answersDigest, change, isReceipt, at } = event
  const named = {
    ...withoutWish(leftBy(state, event)),
    applicant,
    answersDigest,
    changes: withChange(state, change, at),
  }
  const nobody = isReceipt ? nobodysDays(item, state) : null
  return nobody ? receiveAnew(item, named, nobody.since, at) : named
}

/** A wish is whose it was who applied by that number. */
const ofWhoIsNamed = (before: CaseState, state: CaseState) =>
  before.applicant?.numberIndex === state.applicant?.numberIndex ? state : withoutWish(state)
const ownWordAlone = (state: CaseState) => (state.deliveryChoice?.by === 'owner' ? state : withoutWish(state))

/** What was printed stays as it was; from then on the case is nobody's by its number, and nobody is there to bring what was asked. */
const disown = (state: CaseState, { at, staffIds = [] }: CaseEvent & { type: 'disowned' }): CaseState => ({
  ...takenDown(openCorrection(state) ? goOn(withLastCorrection(state, { lapsedAt: at }), at) : state),
  applicant: {
    ...(state.applicant ?? { kind: 'person', takenFrom: null, underFourteen: null }),
    numberIndex: null,
    identityIndex: null,
    disowned: true,
  },
  disownments: [...state.disownments, { at, numberIndex: state.applicant?.numberIndex ?? null, staffIds }],
})

/** No name stays up of who says that they have not applied. */
const takenDown = (state: CaseState): CaseState => ({
  ...state,
  steps: state.steps.map(({ objectedOf: _over, ...run }) =>
    run.status === 'open' ? { ...run, publishedOn: null } : run,
  ),
})

/** What comes after the first is of the notice that it has ended, and changes no more than that: it is looked at already. */
function objectTo(
  item: ServiceItem,
  state: CaseState,
  { at, stepKey }: CaseEvent & { type: 'objection-recorded' },
): CaseState {
  const run = state.steps.find(({ key }) => key === stepKey)
  if (run?.status !== 'open') return state
  const objectedOf = run.publishedOn ?? run.objectedOf
  const back = returnTo(item, state, stepBefore(state, stepKey), at)
  return changeRun(back, stepKey, (each) => (objectedOf === undefined ? each : { ...each, objectedOf }))
}

const leftBy = (state: CaseState, { staffIds = [] }: { readonly staffIds?: readonly string[] }): CaseState =>
  staffIds.length > 0 ? { ...state, ownBefore: [...state.ownBefore, ...staffIds] } : state

/** Answers as they stand now, and what follows from them; a step that they ask for and that was passed is gone back to. */
function changeAnswers(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'supplemented' | 'added' },
): CaseState {
  const { type: _type, at, answersDigest, change, isCommitted: _tick, tickedBy: _by, ...facts } = event
  const changes = withChange(state, change, at)
  const next = deriveAgain(item, { ...state, answersDigest, changes, ...committedBy(event) }, facts, at)
  const overtaken = overtakenStep(item, state, next) ?? stepAnew(item, state, next)
  const back = overtaken === undefined ? next : returnTo(item, next, overtaken, at)
  const isAnew = facts.moved?.villageAnew && state.accepted === null
  return beforeReceipt(item, isAnew ? handedOn(state, back) : back)
}

/** Before the case is accepted it moves whole, and nobody of the old place is left to look at it. */
function transfer(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'transferred' },
): CaseState {
  const run = state.steps.find(({ key }) => key === event.stepKey)
  if (!run) return state
  const handed = movePart(state, run, { from: event.unitId, to: event.toUnitId }, event.at)
  if (!event.moved) return handed
  const closed = skipPreChecks(item, handed, event.at)
  return moveTo(item, closed, event.moved, event.at)
}

/** What was asked of name and number only is answered by the card in hand. */
function confirm(
  item: ServiceItem,
  state: CaseState,
  event: CaseEvent & { type: 'identity-confirmed' },
): CaseState {
  const kept = event.endsWish ? withoutWish(state) : state
  const confirmed: CaseState = { ...kept, identityConfirmed: true, confirmedBy: event.by }
  return openCorrection(confirmed) && asksForIdentity(confirmed, identityKeysOf(item))
    ? supplement(item, confirmed, event.at)
    : confirmed
}

function markExamined(state: CaseState, event: CaseEvent & { type: 'examined' }): CaseState {
  const marked = changePart(state, event, () => ({
    late: event.late,
    ...(event.isDecision ? { isDecision: true as const } : {}),
    ...(event.staffId === undefined ? {} : { decidedBy: event.staffId }),
    ...(event.signedBy ? { signedBy: event.signedBy } : {}),
    ...(event.inAppOn === undefined ? {} : { inAppOn: event.inAppOn }),
  }))
  // A check after the decision changes no status, and one unit's opinion does not end the wait for another's answer.
  const stays = event.outcome === 'convened' || state.decision !== null || openCorrection(state)
  return stays ? marked : { ...marked, status: 'examining' }
}

function accept(item: ServiceItem, state: CaseState, event: CaseEvent & { type: 'accepted' }): CaseState {
  const on = dayIn((event.bySilence && state.receivedAt) || event.at)
  const closed = skipPreChecks(item, state, event.at)
  const accepted = {
    ...closed,
    status: 'accepted' as const,
    accepted: { on, bySilence: event.bySilence },
    ...(event.told ? { silenceTold: event.told } : {}),
    ...(!event.bySilence && draftRun(item, state) ? { draftsClosedAt: event.at } : {}),
  }
  return finishPart(item, accepted, event, 'accepted')
}
