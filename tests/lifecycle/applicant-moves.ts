import { expect } from 'vitest'
import { dueOfCase } from '#shared/domain/case/clock/clocks'
import type { CaseActor } from '#shared/domain/case/context'
import type { CaseCommand } from '#shared/domain/case/decide'
import type { NewName } from '#shared/domain/case/events'
import {
  APPLICANT,
  append,
  attempt,
  calendarOf,
  everybody,
  factsOf,
  type Journey,
  NO_CHANGE,
} from '#shared/domain/case/journeys/case-fixture'
import { openRevocation } from '#shared/domain/case/revocation/revocation'
import { openParts } from '#shared/domain/case/state'
import { inHandAt } from '#shared/domain/case/step/in-hand'
import { isUndoable } from '#shared/domain/case/undo'
import { addDays, dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { type Model, type Move, type Real, settle } from './model'

/** Under another number than was said not to be theirs. */
export const namedAnew = (journey: Journey): NewName => ({
  applicant: {
    ...factsOf(journey).applicant,
    numberIndex: 'another',
    identityIndex: 'another',
    disowned: false,
  },
  answersDigest: 'named',
  change: null,
})

export const OWN_ACTS = ['add', 'take-over', 'disown'] as const
type OwnAct = (typeof OWN_ACTS)[number]

/** Whoever it is for brings something, takes it over or says that it is not theirs. */
export class Own implements Move {
  constructor(
    readonly type: OwnAct,
    readonly isNamed: boolean,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const { journey } = real
    // What was decided and ended is disowned too: that is another test's.
    if (this.type === 'disown' && model.ended) return
    const tried = attempt(journey, this.command(journey), this.actor(model, journey))
    expect([this.type, tried.ok]).toEqual([this.type, this.isAllowed(model, journey)])
    if (tried.ok && this.type === 'disown') Object.assign(model, { disowned: true, asked: false })
    settle(model, real, tried.ok ? tried.value : journey)
  }

  private actor({ disowned }: Model, { state }: Journey): CaseActor {
    const isFree = state.takenOverAt === null && !disowned
    return { ...APPLICANT, mayTakeOver: isFree, mayDisown: isFree }
  }

  private isAllowed({ decision, ended, disowned, identityConfirmed }: Model, { state, events }: Journey) {
    const isTakenOver = state.takenOverAt !== null
    switch (this.type) {
      case 'add':
        return !ended && decision === null && !disowned
      case 'take-over':
        return !ended && decision === null && !disowned && !isTakenOver
      case 'disown':
        return !disowned && !isTakenOver && !identityConfirmed && !events.some(isOwners)
    }
  }

  private command(journey: Journey): CaseCommand {
    switch (this.type) {
      case 'add':
        return { type: 'add', answersDigest: 'added', facts: factsOf(journey), change: NO_CHANGE }
      case 'take-over':
        return {
          type: 'take-over',
          confirmedBy: null,
          ...(this.isNamed ? { named: { ...namedAnew(journey), change: NO_CHANGE } } : {}),
        }
      case 'disown':
        return { type: 'disown', staffIds: [] }
    }
  }
  toString = () => `${this.type}(${this.isNamed ? 'under another name' : ''})`
}

const isOwners = (event: { readonly type: string; readonly change?: { readonly byOwner: boolean } | null }) =>
  event.change?.byOwner === true

/** Whoever waits asks that it go on: no day moves by it, and within three days nobody asks again. */
export class Nudge implements Move {
  check = () => true
  run(model: Model, real: Real) {
    const { journey } = real
    // Over or not, what was revoked unheard is an organ's to take back.
    const takers = (journey.state.revocations ?? [])
      .filter(({ revoked, unheardSince }) => revoked === true && unheardSince !== undefined)
      .map(({ of }) => of?.unitId ?? journey.state.organUnitId)
    const working = model.ended ? [] : inHandAt(journey.item, journey.state).map(({ part }) => part.unitId)
    const inHand = [...working, ...takers]
    const tried = attempt(journey, { type: 'nudge', unitIds: inHand }, APPLICANT)
    const last = journey.events.reduce<{ readonly at: Instant; readonly unitIds: readonly string[] } | null>(
      (found, event) => (event.type === 'nudged' ? event : found),
      null,
    )
    // Whoever has it from those who were told was asked nothing.
    const isTheirs = last?.unitIds.some((unitId) => inHand.includes(unitId)) === true
    const isSoon = last !== null && isTheirs && dayIn(journey.now) < addDays(dayIn(last.at), 3)
    const isStill = (model.ended || model.asked) && takers.length === 0
    const isWaiting = isStill || model.disowned || journey.state.isDeceased === true
    if (tried.ok) {
      expect([isSoon, isWaiting]).toEqual([false, false])
      const due = ({ item, state }: Journey) => dueOfCase(item, state, calendarOf(journey))
      expect(due(tried.value)).toEqual(due(journey))
      const { version } = journey.state
      const { nudged: _told, ...rest } = tried.value.state
      const { nudged: _before, ...before } = journey.state
      expect(rest).toEqual({ ...before, version: version + 1 })
    } else if (tried.error.code === 'case.nudged-before') expect([isSoon, isWaiting]).toEqual([true, false])
    settle(model, real, tried.ok ? tried.value : journey)
  }
  toString = () => 'nudge'
}

/** Whoever did the last act takes it back in the same moment, or too late. */
export class Undo implements Move {
  constructor(readonly isOthers: boolean) {}
  check = () => true
  run(model: Model, real: Real) {
    const { journey } = real
    const last = journey.events.at(-1)
    const isOver = last?.at !== journey.now
    const tried = attempt(
      journey,
      {
        type: 'undo',
        last: last && { ...last, actor: this.isOthers ? 'staff:other' : 'staff:first' },
        to: journey.events.length - 1,
        isOver,
      },
      { ...everybody(journey), staffId: 'first' },
    )
    const wanted = last !== undefined && isUndoable(last) && !isOver && !this.isOthers
    expect(['undo', tried.ok]).toEqual(['undo', wanted])
    settle(model, real, tried.ok ? tried.value : journey)
  }
  toString = () => `undo(${this.isOthers ? 'by another' : ''})`
}

/** Whoever held it is away: the job hands what waits, or the first open share, to others, which changes nothing else of the case. */
export class HandOver implements Move {
  check = () => true
  run(model: Model, real: Real) {
    const { journey } = real
    const { state, now: since } = journey
    const asked = openRevocation(state)
    if (asked) {
      const of = asked.of ?? { stepKey: state.decision?.stepKey ?? '', unitId: state.organUnitId }
      const { stepKey, unitId } = of
      const changed = {
        type: 'settlers-changed',
        at: since,
        stepKey,
        unitId,
        settles: 'revocation',
        added: [],
      } as const
      settle(model, real, append(journey, [changed]))
      return
    }
    const [open] = openParts(state)
    if (!open || model.ended) return
    const at = { stepKey: open.step.key, unitId: open.part.unitId }
    settle(model, real, append(journey, [{ type: 'handed-over', at: journey.now, ...at, takers: [] }]))
  }
  toString = () => 'handOver'
}
