import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { lightOf } from '../../time-limit/light'
import { act, file, type Journey, later, onDay } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { openParts } from '../state'
import { limitsOf, shareDue } from './task-light'

function fileOn(id: string, day = '2026-11-02') {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, day)
}

function lightAt({ item, state, now }: Journey, stepKey: string) {
  const open = openParts(state).find(({ step }) => step.key === stepKey)
  if (!open) return undefined
  const { due, days } = shareDue(item, state, { run: open.step, part: open.part }, CALENDAR_2026)
  return lightOf(due, days, dayIn(now), CALENDAR_2026)
}

describe('the light of a task', () => {
  test('is that of the promise with its days, where the promise runs out first', () => {
    const late = act(onDay(fileOn('LX-005', '2026-11-13'), '2026-11-23'), 'accept')
    expect(lightAt(onDay(late, '2026-11-24'), 'review')).toEqual({ kind: 'soon', daysLeft: 3 })
  })

  test('tells since when a special procedure runs, not since when the step is open', () => {
    const there = driveTo(fileOn('LX-028'), 'site')
    const stopped = act(later(there, 2), 'suspend')
    expect(dayIn(stopped.now)).not.toBe(dayIn(there.now))
    expect(lightAt(later(stopped, 1), 'site')).toEqual({ kind: 'paused', since: dayIn(stopped.now) })
  })

  test('tells since when the applicant is asked', () => {
    const asked = act(onDay(fileOn('LX-005'), '2026-11-03'), 'request-correction')
    expect(lightAt(onDay(asked, '2026-11-10'), 'accept')).toEqual({ kind: 'paused', since: '2026-11-03' })
  })
})

test('the limits of the catalogue are told with their extensions, the longest last', () => {
  const limits = limitsOf(packItems())
  expect(limits).toEqual([...new Set(limits)].sort((a, b) => a - b))
  // 45 days with an extension of 15.
  expect(limits.at(-1)).toBe(60)
})
