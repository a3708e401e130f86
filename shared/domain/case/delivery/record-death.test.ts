import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn, plainDate } from '../../kernel/plain-date'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  contextOf,
  everybody,
  file,
  type Journey,
  later,
  onDay,
} from '../journeys/case-fixture'
import { driveToEnd } from '../journeys/sensible-acts'
import { DELIVERY_ACTS, whyNotDelivery } from './delivery'
import { awaitedServices } from './delivery-clock'
import { SERVED_PAPERS } from './delivery-state'
import { inAppOn } from './in-app'
import { type DeathCommand, whyNotDeath } from './record-death'
import { goesToFamily } from './to-family'

const does = (journey: Journey, command: DeathCommand) => {
  const tried = attempt(journey, command, everybody(journey))
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}
const dies = (journey: Journey, diedOn = dayIn(journey.now)) =>
  does(journey, { type: 'record-death', diedOn, proofDigest: 'paper', bornOn: null, isBeforeFiling: true })
const lives = (journey: Journey) => does(journey, { type: 'withdraw-death-record', reasonDigest: 'error' })
const agreed = (journey: Journey) => {
  const tried = attempt(
    journey,
    { type: 'choose-delivery', method: 'electronic', addressDigest: null },
    APPLICANT,
  )
  return tried.ok ? tried.value : journey
}
const apart = ({ state }: Journey) => ({ ...state, version: 0, decidingVersion: 0 })

const KEPT = ['decision', 'status', 'pauses', 'endedAt', 'promiseKeptAt'] as const
const partsOf = ({ state }: Journey) => state.steps.flatMap(({ parts }) => parts)

/** Whether a death could be recorded at it. */
function isToldRight(station: Journey): boolean {
  const { item, state } = station
  const verdict = whyNotDeath(item, state, 'record', contextOf(station, everybody(station)))
  if (state.decision === null && state.endedAt === null) expect(verdict, item.id).not.toBeNull()
  if (verdict !== null) return false
  const dead = dies(station)
  expect(replay(item, dead.events)).toEqual(dead.state)
  for (const key of KEPT) expect(dead.state[key]).toEqual(state[key])
  // What organs of a project have refused was on the phone of nobody.
  expect(partsOf(dead)).toEqual(partsOf(station).map(({ inAppOn: _on, ...part }) => part))
  const context = contextOf(dead, everybody(dead))
  for (const of of SERVED_PAPERS.filter((each) => goesToFamily(dead.state, each))) {
    expect(inAppOn(dead.state, of)).toBeNull()
    expect(whyNotDelivery(item, dead.state, 'leave', of, context)).not.toBeNull()
  }
  const alive = lives(later(dead, 1))
  expect(apart(alive), item.id).toEqual(apart(station))
  return true
}

test('of every item: once decided a death changes how papers go, and no day or decision; taken back all is as it was', () => {
  const recorded = packItems().flatMap((item) =>
    (['granted', 'refused'] as const).flatMap((goal) =>
      driveToEnd(agreed(file(item, '2026-03-02')), goal).filter(isToldRight),
    ),
  )
  expect(recorded.length).toBeGreaterThan(100)
})

const item = packItems().find(({ id }) => id === 'LX-033')
const declined = () => {
  if (!item) throw new Error('no LX-033')
  return act(agreed(file(item, '2026-03-02')), 'decline')
}

test('what came to their phone on the day they died or later is owed to the family, what came before is theirs', () => {
  const on = declined()
  expect([inAppOn(on.state, 'decline'), awaitedServices(on.item, on.state)]).toEqual(['2026-03-02', []])
  const after = onDay(on, '2026-03-09')
  const owed = dies(after, plainDate('2026-03-02')).state
  expect(inAppOn(owed, 'decline')).toBeNull()
  expect(awaitedServices(on.item, owed)).toMatchObject([{ of: 'decline' }])
  const had = dies(after, plainDate('2026-03-03')).state
  expect([inAppOn(had, 'decline'), goesToFamily(had, 'decline')]).toEqual(['2026-03-02', false])
})

test('what is signed later goes to the family: it is to be served, and by no act that needs who has died', () => {
  const dead = dies(onDay(declined(), '2026-03-09'), plainDate('2026-03-02'))
  const may = DELIVERY_ACTS.filter(
    (each) =>
      whyNotDelivery(dead.item, dead.state, each, 'decline', contextOf(dead, everybody(dead))) === null,
  )
  expect(may).toEqual(['post', 'hand-over'])
  const chosen = attempt(
    dead,
    { type: 'choose-delivery', method: 'electronic', addressDigest: null },
    APPLICANT,
  )
  expect(chosen.ok).toBe(false)
  const named = { type: 'announce', of: 'decline', placeDigest: 'wall', reasonDigest: 'why' } as const
  expect(attempt(declined(), { ...named, familyDigest: 'son' }, everybody(dead)).ok).toBe(false)
})
