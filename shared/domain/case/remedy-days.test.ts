import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { remedyDays } from './remedy-days'

test.each([
  ['the day itself is not counted', '2026-03-02', '2026-05-06', '2026-09-02'],
  ['a month without that day ends on its last', '2026-08-31', '2026-10-30', '2027-02-28'],
  ['a last day that is off goes on to the first that is not', '2026-07-08', '2026-09-07', '2027-01-08'],
  ['over a whole holiday', '2026-08-02', '2026-10-08', '2027-02-02'],
  [
    'in a year without a calendar a day is told that is never too late',
    '2026-12-04',
    '2027-02-02',
    '2027-06-04',
  ],
])('%s', (_, servedOn, reviewUntil, suitUntil) => {
  expect(remedyDays(plainDate(servedOn), CALENDAR_2026)).toEqual({ reviewUntil, suitUntil })
})
