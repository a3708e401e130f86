import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dayIn,
  type Instant,
  instantAt,
  minuteOfDayIn,
  type PlainDate,
  plainDate,
  weekdayOf,
} from '../kernel/plain-date'
import { hasDutyHoursBetween, nextDutyAt } from './duty'
import { type DutyHours, WEEKDAYS } from './staff'

const start = plainDate('2026-11-24')
const day = fc.integer({ min: 0, max: 20 }).map((ahead) => addDays(start, ahead))
const weekdays = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 })
const hours: fc.Arbitrary<DutyHours> = fc.record({
  days: weekdays,
  periods: fc.constantFrom(['08:30-11:30', '14:30-17:30'], ['18:30-20:30'], ['09:00-10:00']),
})
const leave = fc.tuple(day, fc.integer({ min: 0, max: 4 })).map(([from, length]) => ({
  from,
  to: addDays(from, length),
  substituteId: null,
}))
const duty = fc.record({
  dutyHours: fc.array(hours, { maxLength: 3 }),
  leave: fc.array(leave, { maxLength: 2 }),
})
const from = fc.record({ day, minute: fc.integer({ min: 0, max: 1439 }) })
const weekends = (date: PlainDate) => weekdayOf(date) < 5

/** Looks at every minute: slow and plain. */
function onDutyAtSomeMinute(
  person: { dutyHours: readonly DutyHours[]; leave: readonly { from: PlainDate; to: PlainDate }[] },
  first: { day: PlainDate; minute: number },
  until: PlainDate,
) {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  for (let date = first.day; date <= until; date = addDays(date, 1)) {
    if (!weekends(date) || person.leave.some((each) => each.from <= date && date <= each.to)) continue
    for (
      let minute = date === first.day ? first.minute : 0;
      minute < (date === until ? 1050 : 1440);
      minute += 1
    ) {
      const now = clock(minute)
      const weekday = WEEKDAYS[weekdayOf(date)]
      const open = person.dutyHours.some(
        (each) =>
          each.days.some((name) => name === weekday) &&
          each.periods.some((period) => period.slice(0, 5) <= now && now < period.slice(6)),
      )
      if (open) return true
    }
  }
  return false
}

describe('duty hours in a span', () => {
  it('agree with looking at every minute', () => {
    fc.assert(
      fc.property(duty, from, fc.integer({ min: -1, max: 8 }), (person, first, length) => {
        const until = addDays(first.day, length)
        expect(hasDutyHoursBetween(person, 'any', { from: first, until }, weekends)).toBe(
          onDutyAtSomeMinute(person, first, until),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('never become fewer when the step is due later', () => {
    fc.assert(
      fc.property(
        duty,
        from,
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 0, max: 8 }),
        (person, first, short, more) => {
          const has = (length: number) =>
            hasDutyHoursBetween(person, 'any', { from: first, until: addDays(first.day, length) }, weekends)
          expect(has(short) && !has(short + more)).toBe(false)
        },
      ),
    )
  })
})

describe('when somebody is next on duty', () => {
  const on = (person: Parameters<typeof onDutyAtSomeMinute>[0], at: PlainDate, minute: number) =>
    onDutyAtSomeMinute(
      {
        ...person,
        dutyHours: person.dutyHours.map((each) => ({
          ...each,
          periods: each.periods.filter((period) => {
            const [start, end] = [period.slice(0, 5), period.slice(6)].map(
              (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)),
            ) as [number, number]
            return start <= minute && minute < end
          }),
        })),
      },
      { day: at, minute },
      addDays(at, 0),
    )

  it('they are on duty then, and at no minute of the days before', () => {
    fc.assert(
      fc.property(duty, from, (person, first) => {
        const now = instantAt(first.day, first.minute)
        const next = nextDutyAt(person, now, weekends)
        const until = next === null ? addDays(first.day, 40) : addDays(dayIn(next), -1)
        if (first.day <= until) expect(onDutyAtSomeMinute(person, first, until)).toBe(false)
        if (next !== null && minuteOfDayIn(next) < 1050)
          expect(on(person, dayIn(next), minuteOfDayIn(next))).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  const evenings = { dutyHours: [{ days: [...WEEKDAYS], periods: ['18:30-20:30'] }], leave: [] }
  it.each([
    ['before their hours', 9 * 60, instantAt(start, 1110)],
    ['within them', 19 * 60, instantAt(start, 19 * 60)],
    ['when they are over', 20 * 60 + 30, instantAt(addDays(start, 1), 1110)],
  ])('%s', (_when, minute, expected) => {
    expect(nextDutyAt(evenings, instantAt(start, minute), weekends)).toBe(expected)
  })

  it('is now from the first second of their hours', () => {
    const now = new Date(Date.parse(instantAt(start, 1110)) + 20_000).toISOString() as Instant
    expect(nextDutyAt(evenings, now, weekends)).toBe(now)
  })

  it('is nothing without hours', () => {
    expect(nextDutyAt({ dutyHours: [], leave: [] }, instantAt(start, 0), weekends)).toBeNull()
  })
})
