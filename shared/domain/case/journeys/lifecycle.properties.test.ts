import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedRuns } from '../../../../tests/asked-runs'
import { packItems } from '../../../../tests/generated-input'
import { HandOver, Nudge, OWN_ACTS, Own, Undo } from '../../../../tests/lifecycle/applicant-moves'
import { NextYear, Republish } from '../../../../tests/lifecycle/calendar-moves'
import { AFTER_ACTS, After } from '../../../../tests/lifecycle/decision-moves'
import { DELIVERED_HOW, DELIVERIES, Deliver, Serve } from '../../../../tests/lifecycle/delivery-moves'
import {
  ACTORS,
  APPLICANT_INDEX,
  counted,
  HELPER_INDEX,
  type Model,
  type Real,
} from '../../../../tests/lifecycle/model'
import { NoAnswer, Overrun, Prolong, RARE, Rarely } from '../../../../tests/lifecycle/rare-moves'
import { neverReached } from '../../../../tests/lifecycle/reach'
import { Anything, Ask, Deadlines, GoOn, Offered, Wait } from '../../../../tests/lifecycle/step-moves'
import { COMMON_ACTIONS, STEP_ACTIONS } from '../../service-item/item'
import { SERVED_PAPERS } from '../delivery/delivery-state'
import { replay } from '../evolve'
import { askingVillage, file, type Journey, later, passTime } from './case-fixture'
import { type Goal, step } from './sensible-acts'

// By the hundred thousand, and from a new seed each time: npm run test:sequences.
const USUAL = 400
const SEED = 20_261_130
const asked = askedRuns('SEQUENCES', USUAL, SEED)
/** By so many everything is reached from any seed. */
const ENOUGH = asked.seed === SEED ? USUAL : USUAL * 10

const actor = fc.nat({ max: ACTORS.length - 1 })
const most = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: actor })
const byApplicant = fc.oneof(
  { weight: 4, arbitrary: fc.constant(APPLICANT_INDEX) },
  { weight: 1, arbitrary: actor },
)
const choice = fc.nat({ max: 30 })
const offered = fc.tuple(choice, most).map(([which, who]) => new Offered(which, who))
const going = fc.constantFrom<Goal>('granted', 'granted', 'refused').map((goal) => new GoOn(goal))
const waiting = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 12 }) }, { weight: 1, arbitrary: fc.constant(45) }),
    fc.nat({ max: 600 }),
  )
  .map(([days, minutes]) => new Wait(days, minutes))

const after = fc
  .tuple(
    fc.constantFrom(...AFTER_ACTS),
    fc.oneof(actor, fc.constantFrom(0, APPLICANT_INDEX, HELPER_INDEX, 10, 11)),
    fc.nat({ max: 11 }),
  )
  .map(([action, who, luck]) => new After(action, who, luck))

const delivering = fc
  .tuple(
    fc.constantFrom(...DELIVERIES),
    fc.constantFrom(...SERVED_PAPERS),
    fc.constantFrom(0, 0, 0, 1, 4),
    fc.constantFrom(0, 0, 0, APPLICANT_INDEX, 2),
  )
  .map(([kind, of, daysAgo, who]) => new Deliver(kind, of, daysAgo, who))

const serving = fc
  .tuple(fc.constantFrom(...DELIVERED_HOW), fc.nat({ max: 2 }))
  .map(([how, which]) => new Serve(how, which))

const moves = fc.commands<Model, Real>(
  [
    offered,
    offered,
    going,
    going,
    going,
    waiting,
    fc
      .tuple(fc.constantFrom(...STEP_ACTIONS, ...COMMON_ACTIONS), choice, most)
      .map(([action, which, who]) => new Anything(action, which, who)),
    fc.constant(new Deadlines()),
    byApplicant.map((who) => new Ask('supplement', who)),
    most.map((who) => new Ask('confirm-identity', who)),
    after,
    after,
    delivering,
    serving,
    serving,
    // Nothing is named by an addition: half of them are asked for by a nudge instead.
    fc
      .tuple(fc.constantFrom(...OWN_ACTS), fc.boolean())
      .map(([act, isNamed]) => (act === 'add' && isNamed ? new Nudge() : new Own(act, isNamed))),
    fc.constantFrom(false, false, false, true).map((isOthers) => new Undo(isOthers)),
    fc.constantFrom(new HandOver(), new NextYear()),
    fc.constantFrom(...RARE).map((action) => new Rarely(action)),
    fc.constantFrom(new NoAnswer(), new Prolong(false), new Prolong(true), new Overrun()),
    fc.integer({ min: 1, max: 20 }).map((inDays) => new Republish(inDays)),
    fc
      .tuple(byApplicant, fc.nat({ max: 4 }))
      .map(([who, luck]) => (luck === 4 ? new Ask('withdraw', who) : new Offered(luck, 0))),
  ],
  { maxCommands: 90, size: 'max' },
)
/** Whose guides alone have acts that no other has. */
const FEW = packItems().filter(({ steps }) =>
  steps.some(({ actions }) => actions.includes('draft-correction') || actions.includes('assign')),
)
const start = fc.record({
  item: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...packItems(), askingVillage(packItems())) },
    { weight: 1, arbitrary: fc.constantFrom(...FEW, askingVillage(packItems())) },
  ),
  day: fc.constantFrom('2026-03-02', '2026-11-24', '2026-12-28', '2026-09-25', '2026-11-28'),
  /** Acts that went well before anything strange happens. */
  ahead: fc.oneof(fc.nat({ max: 6 }), fc.nat({ max: 24 })),
  goal: fc.constantFrom('granted', 'granted', 'refused'),
  /** What is signed and closed waits to be served, or is handed over at once. */
  waits: fc.boolean(),
  identityConfirmed: fc.boolean(),
  /** Whom a message reaches: the applicant, nobody, or somebody who filed it for them. */
  reach: fc.constantFrom({}, { isUnreached: true } as const, { isHelped: true } as const),
  commit: fc.constantFrom('是', '否'),
})

test('whatever anybody does, in any order, the case stays true to its rules', {
  timeout: 60_000 + asked.numRuns * 100,
}, () => {
  fc.assert(
    fc.property(
      start,
      moves,
      ({ item, day, ahead, goal, waits, identityConfirmed, reach, commit }, commands) => {
        const isThere = ({ endedAt, concludedAt }: Journey['state']) =>
          endedAt !== null || (waits && concludedAt !== null)
        let journey: Journey = {
          ...file(item, day, { answers: { commit }, identityConfirmed }),
          ...reach,
        }
        for (let count = 0; count < ahead && !isThere(journey.state); count += 1) {
          journey = step(journey, goal)
        }
        const real: Real = { journey }
        const model: Model = {
          decision: journey.state.decision?.kind ?? null,
          ended: journey.state.endedAt !== null,
          asked: false,
          identityConfirmed,
          delivered: journey.state.endedAt !== null && journey.state.decision !== null,
          proposal: null,
          advised: [],
          kept: false,
          keptOf: [],
          disowned: false,
          fallen: 0,
        }
        fc.modelRun(() => ({ model, real }), commands)
        const { events, state } = real.journey
        expect(replay(item, events)).toEqual(state)
        const decisions = events.filter(({ type }) => type === 'granted' || type === 'refused')
        expect(decisions).toHaveLength(model.fallen + (model.decision === null ? 0 : 1))
      },
    ),
    asked,
  )
  const unreached = neverReached(counted.events)
  process.stdout.write(`${JSON.stringify({ ...asked, ...counted, unreached })}\n`)
  // A move that reaches nothing tries nothing; of few sequences nobody can say so.
  if (asked.numRuns >= ENOUGH) expect(unreached).toEqual([])
})

test.each([
  ['on the fifth working day', 7, false],
  ['on the sixth', 8, true],
])('%s silence has accepted: any item, from its receipt', (_day, days, silent) => {
  for (const item of packItems()) {
    const { state } = passTime(later(file(item, '2026-11-24'), days))
    const accepted = silent && state.receivedAt !== null ? { on: '2026-11-24', bySilence: true } : null
    expect([item.id, state.accepted]).toEqual([item.id, accepted])
  }
})
