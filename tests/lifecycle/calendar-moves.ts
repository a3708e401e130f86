import { append, calendarOf } from '#shared/domain/case/journeys/case-fixture'
import { datesMoved } from '#shared/domain/case/moved-dates'
import { speakUntilOf } from '#shared/domain/case/revocation'
import { openParts } from '#shared/domain/case/state'
import { addDays, dayIn, weekdayOf, yearOf } from '#shared/domain/kernel/plain-date'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { type Model, type Move, type Real, settle } from './model'

/** A day is made one off, or one to make up for another, and the calendar is published anew; the night's job tells who is to be heard. */
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
    const told = speakUntilOf(journey.state, now).speakUntil
    const hearing =
      told === undefined ? [] : [{ type: 'hearing-dated' as const, at: journey.now, speakUntil: told }]
    settle(model, real, append({ ...journey, calendar: now }, [...(isUnderWay ? [moved] : []), ...hearing]))
  }
  toString = () => `republish(${this.inDays})`
}
