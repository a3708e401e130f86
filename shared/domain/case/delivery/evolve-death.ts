import type { CaseState } from '../state'
import type { DeathEvent } from './death-events'
import { type DeathRecord, SERVED_PAPERS, type ServedPaper, type Service } from './delivery-state'
import { serviceOf, toBeServed, withoutWish } from './evolve-delivery'
import { inAppOn, keptInApp } from './in-app'
import { signedAt } from './signed-at'

type Recorded = Extract<DeathEvent, { type: 'applicant-death-recorded' }>
type Paper = Pick<Service, 'of' | 'signedAt'>

const isSame = (one: Paper) => (other: Paper) => one.of === other.of && one.signedAt === other.signedAt

/** It is theirs: in their hand by whichever way, or on their phone before the day on which they died. */
function isHad(state: CaseState, of: ServedPaper, { diedOn }: Recorded) {
  if (of === 'result' ? state.deliveredAt !== null : serviceOf(state, of)?.served !== undefined) return true
  const inApp = inAppOn(state, of)
  return inApp !== null && inApp < diedOn
}

const signed = (state: CaseState): readonly Paper[] =>
  SERVED_PAPERS.flatMap((of) => {
    const at = signedAt(state, of)
    return at === null ? [] : [{ of, signedAt: at }]
  })

/** Nobody's phone is the dead's: what came to it since they died serves nobody, and what they had wished for goes with them. */
function record(state: CaseState, event: Recorded): CaseState {
  const { at, diedOn, proofDigest } = event
  const papers = signed(state)
  const had = papers.filter(({ of }) => isHad(state, of, event))
  const dropped = (state.inApp ?? []).filter((each) => papers.some(isSame(each)) && !had.some(isSame(each)))
  const death: DeathRecord = {
    at,
    diedOn,
    proofDigest,
    had,
    dropped: {
      ...(state.deliveryChoice === undefined ? {} : { deliveryChoice: state.deliveryChoice }),
      inApp: dropped,
      owed: dropped.filter(({ of }) => of !== 'result' && serviceOf(state, of) === undefined),
    },
  }
  const dead: CaseState = { ...withoutWish(state), isDeceased: true, death }
  const kept = keptInApp(
    dead,
    (state.inApp ?? []).filter((each) => !dropped.includes(each)),
  )
  return dropped.reduce(
    (next, { of }) => (of === 'result' ? next : toBeServed(next, of, { toBeServed: true })),
    kept,
  )
}

/** As it had been, but for what was done meanwhile. */
function withdraw({ isDeceased: _dead, death, ...state }: CaseState): CaseState {
  if (!death) return state
  const { deliveryChoice, inApp, owed } = death.dropped
  const services = (state.services ?? []).filter(
    (each) => !(owed.some(isSame(each)) && each.posts.length === 0 && !each.served && !each.announced),
  )
  const alive: CaseState = {
    ...state,
    ...(state.services === undefined ? {} : { services }),
    ...(deliveryChoice === undefined ? {} : { deliveryChoice }),
  }
  const isServedSince = ({ of }: Paper) => serviceOf(alive, of)?.served !== undefined
  return keptInApp(alive, [...(alive.inApp ?? []), ...inApp.filter((each) => !isServedSince(each))])
}

export const applyDeath = (state: CaseState, event: DeathEvent): CaseState =>
  event.type === 'applicant-death-recorded' ? record(state, event) : withdraw(state)
