import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn, instantAt, minuteOfDayIn } from '../../kernel/plain-date'
import { COMMON_ACTIONS, STEP_ACTIONS, type StepAction } from '../../service-item/item'
import { allowedActions, whyNot } from '../actions'
import type { CaseActor } from '../context'
import type { CaseCommand } from '../decide'
import { replay } from '../evolve'
import { isUnnamed } from '../identity'
import { mayConfirmIdentity } from '../identity-check'
import type { StepTarget } from '../state'
import {
  APPLICANT,
  askingVillage,
  attempt,
  complete,
  contextOf,
  everybody,
  factsOf,
  file,
  type Journey,
  later,
  NO_CHANGE,
  passTime,
  staff,
} from './case-fixture'
import { brokenRules } from './invariants'
import { step } from './sensible-acts'

/** Those who hold everything here, one office only, nothing, or their own case. */
const ACTORS: readonly ((journey: Journey) => CaseActor)[] = [
  everybody,
  () => staff({ role: 'village-agent', unitId: 'village' }),
  () => staff({ role: 'town-window', unitId: 'town' }),
  () => staff({ role: 'town-approver', unitId: 'town' }),
  () => staff({ role: 'supervisor', unitId: 'county' }),
  ({ item }) => staff({ role: 'dept-approver', unitId: item.departmentId }),
  ({ item }) => staff({ role: 'window', unitId: item.departmentId }),
  () => staff({ role: 'window', unitId: 'elsewhere' }),
  () => APPLICANT,
  (journey) => ({ ...everybody(journey), isBarred: true }),
]

/** What an onlooker who knows only what was done expects to be true. */
interface Model {
  decision: 'granted' | 'refused' | null
  ended: boolean
  asked: boolean
  identityConfirmed: boolean
}
interface Real {
  journey: Journey
}
type Move = fc.Command<Model, Real>

const nth = <Value>(list: readonly Value[], index: number) => list[index % Math.max(list.length, 1)]
const actorOf = ({ journey }: Real, index: number) => (ACTORS[index] ?? everybody)(journey)

function settle(model: Model, real: Real, next: Journey) {
  expect(brokenRules(real.journey, next)).toEqual([])
  expect(next.state.version).toBe(next.events.length)
  expect(next.state.decision?.kind ?? null).toBe(model.decision)
  expect(next.state.endedAt !== null).toBe(model.ended)
  expect(next.state.status === 'correcting').toBe(model.asked)
  expect(next.state.identityConfirmed).toBe(model.identityConfirmed)
  real.journey = next
}

const ENDS: readonly StepAction[] = ['decline', 'deliver', 'terminate', 'settle']

function learn(model: Model, action: StepAction) {
  if (action === 'grant' || action === 'settle') model.decision = 'granted'
  if (action === 'refuse') model.decision = 'refused'
  if (action === 'request-correction') model.asked = true
  if (ENDS.includes(action)) model.ended = true
  if (action === 'terminate') model.asked = false
}

/** The same door for buttons and verbs: what is offered is done, what is not offered is refused and changes nothing. */
function tryAct(model: Model, real: Real, action: StepAction, at: StepTarget, who: CaseActor) {
  const { item, state } = real.journey
  const context = contextOf(real.journey, who)
  const offered = allowedActions(item, state, context).some(
    (each) => each.action === action && each.stepKey === at.stepKey && each.unitId === at.unitId,
  )
  const why = whyNot(item, state, action, at, context)
  const command = complete(real.journey, { action, stepKey: at.stepKey, unitId: at.unitId }, who)
  const tried = attempt(real.journey, { type: 'act', ...command }, who)
  expect([action, tried.ok, why === null]).toEqual([action, offered, offered])
  if (tried.ok) learn(model, action)
  else expect(tried.error).toEqual(why)
  settle(model, real, tried.ok ? tried.value : real.journey)
}

class Offered implements Move {
  constructor(
    readonly choice: number,
    readonly actor: number,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const who = actorOf(real, this.actor)
    const { item, state } = real.journey
    const chosen = nth(allowedActions(item, state, contextOf(real.journey, who)), this.choice)
    if (chosen) tryAct(model, real, chosen.action, chosen, who)
  }
  toString = () => `offered(${this.choice} of ${this.actor})`
}

class Anything implements Move {
  constructor(
    readonly action: StepAction,
    readonly choice: number,
    readonly actor: number,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const places = real.journey.state.steps.flatMap((run) =>
      run.parts.map(({ unitId }) => ({ stepKey: run.key, unitId })),
    )
    const place = nth(places, this.choice) ?? { stepKey: 'nowhere', unitId: 'nowhere' }
    tryAct(model, real, this.action, place, actorOf(real, this.actor))
  }
  toString = () => `${this.action}(${this.choice} by ${this.actor})`
}

class Wait implements Move {
  constructor(
    readonly days: number,
    readonly minutes: number,
  ) {}
  check = () => true
  run(_model: Model, real: Real) {
    const then = later(real.journey, this.days)
    const minute = Math.min(minuteOfDayIn(then.now) + this.minutes, 1439)
    real.journey = { ...then, now: instantAt(dayIn(then.now), minute) }
  }
  toString = () => `wait(${this.days} days, ${this.minutes} minutes)`
}

class Deadlines implements Move {
  check = () => true
  run(model: Model, real: Real) {
    const next = passTime(real.journey)
    const last = next.events.slice(real.journey.events.length).at(-1)?.type
    if (last === 'terminated') model.ended = true
    if (last === 'terminated' || last === 'correction-lapsed') model.asked = false
    expect(passTime(next).events.length - next.events.length).toBe(0)
    settle(model, real, next)
  }
  toString = () => 'deadlines'
}

type Other = 'confirm-identity' | 'supplement' | 'withdraw'

class Ask implements Move {
  constructor(
    readonly type: Other,
    readonly actor: number,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const who = actorOf(real, this.actor)
    const wanted = this.expected(model, real, who)
    const tried = attempt(real.journey, this.command(real), who)
    expect([this.type, tried.ok]).toEqual([this.type, wanted])
    if (tried.ok) this.learn(model)
    settle(model, real, tried.ok ? tried.value : real.journey)
  }
  expected(model: Model, { journey }: Real, who: CaseActor) {
    if (this.type === 'confirm-identity') {
      return !model.ended && !model.identityConfirmed && mayConfirmIdentity(journey.item, journey.state, who)
    }
    const own = who.kind === 'applicant' && !model.ended
    return own && (this.type === 'supplement' ? model.asked : model.decision === null)
  }
  command({ journey }: Real): CaseCommand {
    if (this.type === 'supplement')
      return { type: 'supplement', answersDigest: 'new', facts: factsOf(journey), change: NO_CHANGE }
    if (this.type === 'withdraw') return { type: 'withdraw', reasonDigest: null }
    const { applicant } = factsOf(journey)
    const isNamed = !isUnnamed(journey.item, journey.state)
    return {
      type: this.type,
      stepKey: 'accept',
      ...(isNamed ? {} : { named: { applicant, answersDigest: 'named', change: null } }),
    }
  }
  learn(model: Model) {
    if (this.type === 'confirm-identity') model.identityConfirmed = true
    else model.asked = false
    if (this.type === 'withdraw') model.ended = true
  }
  toString = () => `${this.type}(by ${this.actor})`
}

const actor = fc.nat({ max: ACTORS.length - 1 })
const most = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: actor })
const APPLICANT_INDEX = 8
const byApplicant = fc.oneof(
  { weight: 4, arbitrary: fc.constant(APPLICANT_INDEX) },
  { weight: 1, arbitrary: actor },
)
const choice = fc.nat({ max: 30 })
const offered = fc.tuple(choice, most).map(([which, who]) => new Offered(which, who))
const waiting = fc
  .tuple(fc.nat({ max: 12 }), fc.nat({ max: 600 }))
  .map(([days, minutes]) => new Wait(days, minutes))

const moves = fc.commands<Model, Real>(
  [
    offered,
    offered,
    offered,
    waiting,
    fc
      .tuple(fc.constantFrom(...STEP_ACTIONS, ...COMMON_ACTIONS), choice, most)
      .map(([action, which, who]) => new Anything(action, which, who)),
    fc.constant(new Deadlines()),
    byApplicant.map((who) => new Ask('supplement', who)),
    most.map((who) => new Ask('confirm-identity', who)),
    fc
      .tuple(byApplicant, fc.nat({ max: 4 }))
      .map(([who, luck]) => (luck === 4 ? new Ask('withdraw', who) : new Offered(luck, 0))),
  ],
  { maxCommands: 60, size: 'max' },
)
const start = fc.record({
  item: fc.constantFrom(...packItems(), askingVillage(packItems()), askingVillage(packItems())),
  day: fc.constantFrom('2026-11-24', '2026-12-28', '2026-09-25', '2026-11-28'),
  /** Acts that went well before anything strange happens. */
  ahead: fc.nat({ max: 14 }),
  identityConfirmed: fc.boolean(),
  commit: fc.constantFrom('是', '否'),
})

test('whatever anybody does, in any order, the case stays true to its rules', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(start, moves, ({ item, day, ahead, identityConfirmed, commit }, commands) => {
      let journey = file(item, day, { answers: { commit }, identityConfirmed })
      for (let count = 0; count < ahead && journey.state.endedAt === null; count += 1) {
        journey = step(journey, 'granted')
      }
      const real: Real = { journey }
      const model: Model = {
        decision: journey.state.decision ? 'granted' : null,
        ended: journey.state.endedAt !== null,
        asked: false,
        identityConfirmed,
      }
      fc.modelRun(() => ({ model, real }), commands)
      const { events, state } = real.journey
      expect(replay(item, events)).toEqual(state)
      const decisions = events.filter(({ type }) => type === 'granted' || type === 'refused')
      expect(decisions).toHaveLength(model.decision === null ? 0 : 1)
    }),
    { numRuns: 400 },
  )
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
