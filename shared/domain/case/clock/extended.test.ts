import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { evolve, replay } from '../evolve'
import { act, file, type Journey, nothingMissing, onDay, staff } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { nextOnTime } from '../step/decide-on-time'
import { extensionToTell } from './extended'

// 行政许可法 第42条: prolonged into a year that has no calendar, or while the law's days stand still: its day is told once, when it is known.
const FULL: WorkingCalendar = new Map([
  ...CALENDAR_2026,
  [2027, { offDays: new Set(['2027-01-01']), workDays: new Set<string>() }],
])
const guide = (id: string) => {
  const found = packItems().find((each) => each.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const LATE = act(driveTo(file(guide('LX-038'), '2026-12-21'), 'decide'), 'extend')
const toTell = ({ item, state }: Journey, calendar: WorkingCalendar) => extensionToTell(item, state, calendar)
const filled = (journey: Journey) =>
  evolve(journey.item, journey.state, {
    type: 'dates-filled',
    at: journey.now,
    year: 2027,
    lawOn: toTell(journey, FULL) as never,
  })

test('its day is to tell once its calendar is there, and never again; the job looks for it', () => {
  expect(LATE.events.at(-1)).toMatchObject({ type: 'limit-extended', undated: true })
  expect(toTell(LATE, CALENDAR_2026)).toBeUndefined()
  expect(toTell(LATE, FULL)).toMatch(/^2027-02-/)
  expect(nextOnTime(LATE.item, LATE.state, CALENDAR_2026)).toBe(LATE.state.extension?.on)
  const told = filled(LATE)
  expect(extensionToTell(LATE.item, told, FULL)).toBeUndefined()
  expect(nextOnTime(LATE.item, told, FULL)).not.toBe(LATE.state.extension?.on)
})

test('what had its day when it was given, was given before that was kept, or is decided waits for none', () => {
  const known = act(driveTo(file(guide('LX-038'), '2026-03-02'), 'decide'), 'extend')
  expect(known.events.at(-1)).not.toHaveProperty('undated')
  expect(toTell(known, FULL)).toBeUndefined()
  const older = LATE.events.map((event) => {
    if (event.type !== 'limit-extended') return event
    const { undated: _unkept, ...rest } = event
    return rest
  })
  expect(extensionToTell(LATE.item, replay(LATE.item, older), FULL)).toBeUndefined()
  expect(toTell(act(LATE, 'refuse'), FULL)).toBeUndefined()
})

test('what a department’s stop and then a missing calendar left open is told by the calendar', () => {
  const project = act(nothingMissing(file(guide('LX-045'), '2026-11-02')), 'accept')
  const stopped = act(onDay(project, '2026-11-10'), 'suspend', {
    unitId: 'water',
    basis: 'expert-review',
    expectedDays: 20,
  })
  const asked = act(stopped, 'request-approval', {
    unitId: 'eco',
    for: 'extend',
    actor: staff({ role: 'dept-reviewer', unitId: 'eco' }),
  })
  const extended = act(asked, 'extend', {
    actor: staff({ role: 'county-approver', unitId: 'gov-office' }),
  })
  expect(toTell(extended, FULL)).toBeUndefined()
  const resumed = act(onDay(extended, '2026-12-15'), 'resume', { unitId: 'water' })
  expect(resumed.events.at(-1)).not.toHaveProperty('lawOn')
  expect(toTell(resumed, CALENDAR_2026)).toBeUndefined()
  expect(toTell(resumed, FULL)).toMatch(/^2027-/)
})
