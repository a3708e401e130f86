import { datesMoved } from '#shared/domain/case/clock/moved-dates'
import { toldDays } from '#shared/domain/case/clock/told-days'
import type { CaseEvent } from '#shared/domain/case/events'
import { append, calendarOf } from '#shared/domain/case/journeys/case-fixture'
import { speakUntilOf } from '#shared/domain/case/revocation/revocation'
import { openParts } from '#shared/domain/case/state'
import { addDays, dayIn, weekdayOf, yearOf } from '#shared/domain/kernel/plain-date'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { speaksUntil } from './decision-moves'
import { type Model, type Move, type Real, settle } from './model'

/** The calendar is this one from now on; the night's job tells whoever is to be heard. */
function published(model: Model, real: Real, calendar: WorkingCalendar, fresh: readonly CaseEvent[]) {
  const { journey } = real
  const told = speakUntilOf(journey.state, calendar).speakUntil
  const hearing =
    told === undefined ? [] : [{ type: 'hearing-dated' as const, at: journey.now, speakUntil: told }]
  const next = append({ ...journey, calendar }, [...fresh, ...hearing])
  const { proposal } = model
  if (proposal?.decided === 'granted')
    model.proposal = { ...proposal, told: speaksUntil(next, proposal) ?? proposal.told }
  settle(model, real, next)
}

/** The calendar of the next year comes: what had waited for it has its day. */
export class NextYear implements Move {
  check = () => true
  run(model: Model, real: Real) {
    const { item, state, now: at } = real.journey
    const before = calendarOf(real.journey)
    const year = yearOf(dayIn(at)) + 1
    if (before.has(year)) return
    const now: WorkingCalendar = new Map(before).set(year, { offDays: new Set(), workDays: new Set() })
    const filled = { type: 'dates-filled', at, year, ...toldDays(item, state, now) } as const
    published(model, real, now, state.endedAt === null ? [filled] : [])
  }
  toString = () => 'nextYear'
}

/** A day is made one off, or one to make up for another, and the calendar is published anew. */
export class Republish implements Move {
  constructor(readonly inDays: number) {}
  check = () => true
  run(model: Model, real: Real) {
    const { journey } = real
    const day = addDays(dayIn(journey.now), this.inDays)
    const year = yearOf(day)
    const before = calendarOf(journey)
    const known = before.get(year)
    if (!known) return
    const toggled = (days: ReadonlySet<string>) => new Set([...days].filter((each) => each !== day))
    const isOff = known.offDays.has(day) || (weekdayOf(day) >= 5 && !known.workDays.has(day))
    const now: WorkingCalendar = new Map(before).set(year, {
      offDays: isOff ? toggled(known.offDays) : new Set([...known.offDays, day]),
      workDays: isOff ? new Set([...known.workDays, day]) : toggled(known.workDays),
    })
    const isUnderWay = journey.state.endedAt === null || openParts(journey.state).length > 0
    const moved = datesMoved(
      journey.item,
      journey.state,
      { before, now },
      { at: journey.now, year, isOwn: false },
    )
    published(model, real, now, isUnderWay ? [moved] : [])
  }
  toString = () => `republish(${this.inDays})`
}
