import { expect } from 'vitest'
import { promiseOnTime } from '#shared/domain/case/clock/broken-promise'
import { stopsOnTime } from '#shared/domain/case/clock/overrun'
import type { CaseActor } from '#shared/domain/case/context'
import type { CaseCommand } from '#shared/domain/case/decide'
import {
  append,
  attempt,
  complete,
  contextOf,
  everybody,
  factsOf,
  type Journey,
  later,
  NO_CHANGE,
  OFFICERS,
  passTime,
} from '#shared/domain/case/journeys/case-fixture'
import { type Goal, sensible } from '#shared/domain/case/journeys/sensible-acts'
import { decidedShares } from '#shared/domain/case/parallel/share-decisions'
import type { StepTarget } from '#shared/domain/case/state'
import { allowedActions, whyNot } from '#shared/domain/case/step/actions'
import { isUnnamed } from '#shared/domain/case/whose/identity'
import { mayConfirmIdentity } from '#shared/domain/case/whose/identity-check'
import { dayIn, instantAt, minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import type { StepAction } from '#shared/domain/service-item/item'
import { namedAnew } from './applicant-moves'
import { actorOf, type Model, type Move, nth, type Real, settle } from './model'

const ENDS: readonly StepAction[] = ['decline', 'deliver', 'terminate', 'settle']

/** ADR 0100: of a project whose departments decide, what is joined is a refusal where each of them has refused or revoked. */
function joined({ item, state }: Journey): 'granted' | 'refused' {
  const said = item.steps.flatMap(({ key, organ }) =>
    organ.kind === 'parallel' && organ.decides
      ? (state.steps.find((run) => run.key === key)?.parts ?? [])
      : [],
  )
  const falls = said.every(({ outcome, revokedAt }) => outcome === 'failed' || revokedAt !== undefined)
  return said.length > 0 && falls ? 'refused' : 'granted'
}

function learn(model: Model, action: StepAction, journey: Journey) {
  if (action === 'grant' || action === 'settle') model.decision = joined(journey)
  if (action === 'refuse') model.decision = 'refused'
  if (action === 'deliver' || action === 'settle') model.delivered = true
  if (action === 'request-correction') model.asked = true
  if (ENDS.includes(action)) model.ended = true
  if (action === 'terminate') model.asked = false
}

/** The same door for buttons and verbs: what is offered is done, what is not offered is refused and changes nothing. */
export function tryAct(model: Model, real: Real, action: StepAction, at: StepTarget, who: CaseActor) {
  const { item, state } = real.journey
  const context = contextOf(real.journey, who)
  const offered = allowedActions(item, state, context).some(
    (each) => each.action === action && each.stepKey === at.stepKey && each.unitId === at.unitId,
  )
  const why = whyNot(item, state, action, at, context)
  const command = complete(real.journey, { action, stepKey: at.stepKey, unitId: at.unitId }, who)
  const tried = attempt(real.journey, { type: 'act', ...command }, who)
  expect([action, tried.ok, why === null]).toEqual([action, offered, offered])
  if (tried.ok) learn(model, action, real.journey)
  else expect(tried.error).toEqual(why)
  settle(model, real, tried.ok ? tried.value : real.journey)
}

export class Offered implements Move {
  constructor(
    readonly choice: number,
    readonly actor: number,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const who = actorOf(real, this.actor)
    const { item, state } = real.journey
    const open = allowedActions(item, state, contextOf(real.journey, who))
    // What ends everything is always offered, and left for the last.
    const usual = open.filter(({ action }) => action !== 'terminate')
    const chosen = nth(this.choice % 10 === 0 || usual.length === 0 ? open : usual, this.choice)
    if (chosen) tryAct(model, real, chosen.action, chosen, who)
  }
  toString = () => `offered(${this.choice} of ${this.actor})`
}

/** Everybody does what the case needs; where only time can help, days pass. */
export class GoOn implements Move {
  constructor(readonly goal: Goal) {}
  check = () => true
  run(model: Model, real: Real) {
    const chosen = sensible(real.journey, this.goal)
    if (!chosen) return new Wait(3, 0).run(model, real)
    tryAct(model, real, chosen.action, chosen, everybody(real.journey))
    if (chosen.action !== 'record-visit') return
    for (const staffId of OFFICERS)
      tryAct(model, real, 'sign-visit', chosen, { ...everybody(real.journey), staffId })
  }
  toString = () => `goOn(${this.goal})`
}

export class Anything implements Move {
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

export class Wait implements Move {
  constructor(
    readonly days: number,
    readonly minutes: number,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const then = later(real.journey, this.days)
    const minute = Math.min(minuteOfDayIn(then.now) + this.minutes, 1439)
    settle(model, real, { ...then, now: instantAt(dayIn(then.now), minute) })
  }
  toString = () => `wait(${this.days} days, ${this.minutes} minutes)`
}

/** Whom a broken promise is told to is another test's. */
const NOBODY_ABOVE = { superiorsOf: () => [], supervisors: () => [] }

export class Deadlines implements Move {
  check = () => true
  run(model: Model, real: Real) {
    const next = passTime(real.journey)
    const last = next.events.slice(real.journey.events.length).at(-1)?.type
    if (last === 'terminated') model.ended = true
    if (last === 'terminated' || last === 'correction-lapsed') model.asked = false
    expect(passTime(next).events.length - next.events.length).toBe(0)
    settle(model, real, next)
    const { item, state } = next
    const context = { ...contextOf(next, { kind: 'system' }), ...NOBODY_ABOVE }
    const over = append(next, stopsOnTime(state, context))
    expect(stopsOnTime(over.state, context)).toEqual([])
    settle(model, real, append(over, promiseOnTime(item, over.state, context)))
  }
  toString = () => 'deadlines'
}

type Other = 'confirm-identity' | 'supplement' | 'withdraw'

export class Ask implements Move {
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
    const isUndecided = model.decision === null && decidedShares(journey.item, journey.state).length === 0
    return own && (this.type === 'supplement' ? model.asked && !model.disowned : isUndecided)
  }
  command({ journey }: Real): CaseCommand {
    if (this.type === 'supplement')
      return { type: 'supplement', answersDigest: 'new', facts: factsOf(journey), change: NO_CHANGE }
    if (this.type === 'withdraw') return { type: 'withdraw', reasonDigest: null }
    const isNamed = !isUnnamed(journey.item, journey.state)
    return { type: this.type, stepKey: 'accept', ...(isNamed ? {} : { named: namedAnew(journey) }) }
  }
  learn(model: Model) {
    if (this.type === 'confirm-identity') Object.assign(model, { identityConfirmed: true, disowned: false })
    else model.asked = false
    if (this.type === 'withdraw') model.ended = true
  }
  toString = () => `${this.type}(by ${this.actor})`
}
