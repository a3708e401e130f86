import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import {
  addDays,
  dayIn,
  type Instant,
  instantAt,
  minuteOfDayIn,
  type PlainDate,
  plainDate,
} from '../../kernel/plain-date'
import { isWorkingDay } from '../../time-limit/calendar'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { dueOf, explainDays } from '../../time-limit/clock'
import { act, file, type Journey, nothingMissing, offered, supplement } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { openParts } from '../state'
import { promisedClock, taskDue } from './clocks'

interface Stop {
  readonly from: Instant
  readonly until: Instant
}

const works = (day: PlainDate) => isWorkingDay(CALENDAR_2026, day) === true
const inHours = (at: Instant) => works(dayIn(at)) && minuteOfDayIn(at) <= 17 * 60 + 30

/** By the end of the working day on which it arrives, else of the next; what is stopped arrives when it goes on. */
function endOfTheDayOf(at: Instant, stops: readonly Stop[]): PlainDate {
  let day = dayIn(at)
  if (!inHours(at))
    do day = addDays(day, 1)
    while (!works(day))
  const stop = stops.find(({ from, until }) => dayIn(from) <= day && until > at && dayIn(until) >= day)
  return stop ? endOfTheDayOf(stop.until, stops) : day
}

/** Day by day with the fingers: no clock, no pause of the product. */
function counted(start: Instant, days: number, stops: readonly Stop[]): PlainDate {
  if (days === 0) return endOfTheDayOf(start, stops)
  let day = dayIn(start)
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    const stands = stops.some(({ from, until }) => {
      const [first, last] = [dayIn(from), dayIn(until)]
      return first !== last && day <= last && (left === 1 ? day >= first : day > first)
    })
    if (works(day) && !stands) left -= 1
  }
  return day
}

const minute = fc.integer({ min: 0, max: 1439 })
const start = fc.tuple(fc.integer({ min: 0, max: 240 }), minute)
const wait = fc.tuple(fc.integer({ min: 0, max: 8 }), minute)
const notice = fc.option(fc.record({ asked: wait, answered: wait }), { nil: null })

const at = ([days, ofDay]: readonly [number, number]) =>
  instantAt(addDays(plainDate('2026-01-05'), days), ofDay)
/** As many days on; never back. */
const waited = (now: Instant, [days, ofDay]: readonly [number, number]) => {
  const then = instantAt(addDays(dayIn(now), days), ofDay)
  return then > now ? then : now
}
const promisedOn = ({ item, state }: Journey) => {
  const clock = promisedClock(item, state)
  return clock && dueOf(clock, CALENDAR_2026)
}
const on = (day: PlainDate) => ({ kind: 'on', on: day })

function askAndAnswer(
  journey: Journey,
  { asked, answered }: { asked: [number, number]; answered: [number, number] },
) {
  const from = waited(journey.now, asked)
  const notified = act({ ...journey, now: from }, 'request-correction')
  const until = waited(from, answered)
  return { journey: supplement({ ...notified, now: until }), stop: { from, until } }
}

const mayAsk = (journey: Journey) => offered(journey).some(({ action }) => action === 'request-correction')

describe.each(packItems().map((item) => [item.id, item] as const))('%s', (_id, item) => {
  test('is promised for the day that a count with the fingers comes to, after every supplement', () => {
    fc.assert(
      fc.property(start, notice, wait, notice, (filedAt, before, accepted, later) => {
        const filed = file(item, dayIn(at(filedAt)), { minute: filedAt[1] })
        let journey = nothingMissing(driveTo(filed, 'accept'))
        let receipt = journey.now
        if (before) {
          journey = askAndAnswer(journey, before).journey
          // A new receipt: nothing of what was before is counted.
          receipt = journey.now
          const own = openParts(journey.state).find(({ step }) => step.key === 'accept')
          expect(own && taskDue(item, journey.state, own.step, own.part, CALENDAR_2026)).toEqual(
            on(counted(receipt, item.steps.find(({ key }) => key === 'accept')?.limitDays ?? 0, [])),
          )
        }
        expect(promisedOn(journey)).toEqual(on(counted(receipt, item.promisedDays, [])))
        journey = act({ ...journey, now: waited(journey.now, accepted) }, 'accept')
        expect(promisedOn(journey)).toMatchObject(
          journey.state.pauses.some((pause) => pause.until === null)
            ? { kind: 'paused' }
            : on(counted(receipt, item.promisedDays, [])),
        )
        const asks = later && { ...journey, now: waited(journey.now, later.asked) }
        if (before || !asks || !mayAsk(asks)) return
        const second = askAndAnswer(journey, later)
        expect(promisedOn(second.journey)).toEqual(on(counted(receipt, item.promisedDays, [second.stop])))
      }),
      { numRuns: 60 },
    )
  })
})

test('a limit of 0 days that was stopped ends with the day on which it goes on, and tells only what lay between', () => {
  fc.assert(
    fc.property(start, wait, wait, (started, stopped, goesOn) => {
      const startedAt = at(started)
      const from = waited(startedAt, stopped)
      const until = waited(from, goesOn)
      const clock = {
        startedAt,
        days: 0,
        unit: 'working' as const,
        pauses: [{ from: dayIn(from), until: dayIn(until), goesOnAt: until }],
      }
      const due = dueOf(clock, CALENDAR_2026)
      expect(due).toEqual(on(counted(startedAt, 0, [{ from, until }])))
      if (due.kind !== 'on') return
      const told = explainDays(clock, CALENDAR_2026, due.on)
      expect(told.every((day) => day.number === null && day.on < due.on)).toBe(true)
    }),
  )
})
