import { expect, test } from 'vitest'
import { instantAt, plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from './calendar-fixture'
import { nextOpening } from './opening'

const at = (day: string, hour: number, minute = 0) => instantAt(plainDate(day), hour * 60 + minute)

test.each([
  ['open', at('2026-11-24', 9, 42), at('2026-11-24', 9, 42)],
  ['in the minute it opens', at('2026-11-24', 8, 30), at('2026-11-24', 8, 30)],
  ['in the minute it closes', at('2026-11-24', 17, 30), at('2026-11-24', 17, 30)],
  ['before it opens', at('2026-11-24', 0, 5), at('2026-11-24', 8, 30)],
  ['after it closed', at('2026-11-24', 17, 31), at('2026-11-25', 8, 30)],
  ['on Saturday night', at('2026-11-28', 0, 5), at('2026-11-30', 8, 30)],
  ['in a holiday', at('2026-10-02', 12), at('2026-10-08', 8, 30)],
  ['in a year without a calendar', at('2027-01-01', 12), at('2027-01-04', 8, 30)],
])('%s', (_when, now, opens) => {
  expect(nextOpening(now, CALENDAR_2026)).toBe(opens)
})
