import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { act, append, file, type Journey, onDay, supplement } from '../journeys/case-fixture'
import { newDayToldBy, promiseOnTime } from './broken-promise'

// Whoever is told by when a new day is named is told another one where the promise stands still meanwhile.
const item = packItems().find(({ id }) => id === 'LX-005')
if (!item) throw new Error('no LX-005')
const toldBy = ({ state }: Journey) => newDayToldBy(item, state, CALENDAR_2026)

test('by the next working day, by none while it stands still, and by the next after that', () => {
  const late = onDay(act(file(item, '2026-11-02'), 'accept'), '2026-11-17')
  expect(toldBy(late)).toBeNull()
  const found = promiseOnTime(late.item, late.state, {
    now: late.now,
    calendar: CALENDAR_2026,
    superiorsOf: () => [],
    supervisors: () => [],
  })
  const broken = append(late, found)
  expect(toldBy(broken)).toBe('2026-11-18')
  const asked = act(broken, 'request-correction')
  expect(toldBy(asked)).toBeNull()
  expect(toldBy(supplement(onDay(asked, '2026-11-20')))).toBe('2026-11-23')
})
