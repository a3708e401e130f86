import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn, plainDate } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { act, file, type Journey, onDay } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { caseLight } from './case-light'

function fileOn(id: string, day: string) {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, day)
}
const lightOn = (journey: Journey, day: string) =>
  caseLight(journey.item, journey.state, plainDate(day), CALENDAR_2026)

describe('the light that a resident sees', () => {
  test.each([
    ['LX-025', '2026-11-27', { kind: 'calm', daysLeft: 2 }],
    ['LX-025', '2026-11-30', { kind: 'soon', daysLeft: 1 }],
    ['LX-025', '2026-12-01', { kind: 'today' }],
    ['LX-030', '2026-11-26', { kind: 'soon', daysLeft: 1 }],
    ['LX-030', '2026-11-30', { kind: 'late', daysLate: 1 }],
  ])('while the village comes first is that of its own limit: %s on %s', (id, day, light) => {
    expect(lightOn(fileOn(id, '2026-11-24'), day)).toEqual(light)
  })

  test('goes by the day on which the village was to hang its notice, until it hangs', () => {
    const there = driveTo(fileOn('LX-025', '2026-11-24'), 'publicity')
    const today = dayIn(there.now)
    expect([today, '2026-11-27'].map((day) => lightOn(there, day))).toEqual([
      { kind: 'today' },
      { kind: 'late', daysLate: 3 },
    ])
    expect(lightOn(act(onDay(there, '2026-11-27'), 'publish-notice'), '2026-11-27')).toMatchObject({
      kind: 'calm',
    })
  })

  test('stands still where a notice is awaited that stops the promise, until the law’s last day is over', () => {
    const there = driveTo(fileOn('LX-027', '2026-11-24'), 'publicity')
    const today = dayIn(there.now)
    expect(lightOn(there, today)).toEqual({ kind: 'paused', since: today })
    expect(lightOn(there, '2027-01-29')).toEqual({ kind: 'late', daysLate: 27 })
  })

  test('stands still in a step that takes its own time once the application is complete', () => {
    const there = driveTo(fileOn('LX-026', '2026-11-24'), 'site')
    expect(lightOn(there, dayIn(there.now))).toEqual({ kind: 'paused', since: dayIn(there.now) })
  })

  test('stands still since the day of the notice, not of the application', () => {
    const asked = act(onDay(fileOn('LX-005', '2026-11-24'), '2026-11-26'), 'request-correction')
    expect(lightOn(asked, '2026-11-30')).toEqual({ kind: 'paused', since: '2026-11-26' })
  })

  test('has the days of the law where the law comes first', () => {
    // Seven calendar days from the application: 30 % of them are two, of a promise of thirty nine.
    const slow = { ...fileOn('LX-050', '2026-11-24').item, promisedDays: 30 }
    const filed = file(slow, '2026-11-24')
    expect(lightOn(filed, '2026-11-26')).toEqual({ kind: 'calm', daysLeft: 3 })
    expect(lightOn(filed, '2026-11-27')).toEqual({ kind: 'soon', daysLeft: 2 })
  })
})
