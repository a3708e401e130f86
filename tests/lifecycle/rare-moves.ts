import { expect } from 'vitest'
import { correctionDue, runningLaw } from '#shared/domain/case/clock/clocks'
import { overrunsOn } from '#shared/domain/case/clock/overrun'
import {
  attempt,
  calendarOf,
  contextOf,
  everybody,
  type Journey,
  staff,
} from '#shared/domain/case/journeys/case-fixture'
import { openCorrection } from '#shared/domain/case/state'
import { allowedActions, approvalChoices } from '#shared/domain/case/step/actions'
import { dayIn, daysBetween, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { StepAction } from '#shared/domain/service-item/item'
import { dueOf } from '#shared/domain/time-limit/clock'
import { type Model, type Move, type Real, settle } from './model'
import { Deadlines, tryAct, Wait } from './step-moves'

/** What no case needs in order to go on, and chance seldom finds the moment for. */
export const RARE = [
  'assign',
  'draft-correction',
  'return-draft',
  'request-correction',
  'require-rectification',
  'request-approval',
  'suspend',
  'return',
  'decline',
] as const satisfies readonly StepAction[]

/** Done where it is offered. */
export class Rarely implements Move {
  constructor(readonly action: StepAction) {}
  check = () => true
  run(model: Model, real: Real) {
    const who = everybody(real.journey)
    const { item, state } = real.journey
    const place = allowedActions(item, state, contextOf(real.journey, who)).find(
      ({ action }) => action === this.action,
    )
    if (place) tryAct(model, real, this.action, place, who)
  }
  toString = () => `rarely(${this.action})`
}

/** The day passes, and the night's job looks. */
function passes(model: Model, real: Real, on: PlainDate, more: number) {
  const days = daysBetween(dayIn(real.journey.now), on) + more
  if (days > 0) new Wait(days, 0).run(model, real)
  new Deadlines().run(model, real)
}

/** Something is asked of the applicant, who does not answer: they are reminded, and then it is over. */
export class NoAnswer implements Move {
  check = () => true
  run(model: Model, real: Real) {
    if (!model.asked) new Rarely('request-correction').run(model, real)
    for (const more of [0, 1]) {
      const { item, state } = real.journey
      const asked = openCorrection(state)
      const due = asked && correctionDue(item, state, asked, calendarOf(real.journey))
      if (due?.kind === 'on') passes(model, real, due.on, more)
    }
  }
  toString = () => 'noAnswer'
}

/** A part or the whole stops for a procedure, which takes longer than was expected. */
export class Overrun implements Move {
  check = () => true
  run(model: Model, real: Real) {
    new Rarely('suspend').run(model, real)
    const on = overrunsOn(real.journey.state, calendarOf(real.journey))
    if (on !== null) passes(model, real, on, 0)
  }
  toString = () => 'overrun'
}

/** Whoever has the steps and cannot prolong the law's limit themselves. */
const withoutApprover = (journey: Journey) => {
  const role = journey.item.statutory?.extension?.approvedBy.role
  return staff(...everybody(journey).pools.filter((pool) => pool.role !== role))
}

/** Who approves is asked to prolong the law's limit, and refuses, or does not answer until it has run out. */
export class Prolong implements Move {
  constructor(readonly isRefused: boolean) {}
  check = () => true
  run(model: Model, real: Real) {
    const who = withoutApprover(real.journey)
    const { item, state } = real.journey
    const context = contextOf(real.journey, who)
    const place = allowedActions(item, state, context).find(
      (each) =>
        each.action === 'request-approval' && approvalChoices(item, state, each, context).includes('extend'),
    )
    if (!place) return
    const { stepKey, unitId } = place
    const asked = { action: 'request-approval', stepKey, unitId, reasonDigest: 'why', for: 'extend' } as const
    const tried = attempt(real.journey, { type: 'act', ...asked }, who)
    expect(['request-approval', tried.ok]).toEqual(['request-approval', true])
    settle(model, real, tried.ok ? tried.value : real.journey)
    if (this.isRefused) return new Rarely('reject-approval').run(model, real)
    const law = runningLaw(item, real.journey.state)
    const due = law && dueOf(law, calendarOf(real.journey))
    if (due?.kind === 'on') passes(model, real, due.on, 1)
  }
  toString = () => `prolong(${this.isRefused ? 'refused' : 'unanswered'})`
}
