import { expect, test } from 'vitest'
import { plainDate } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { remedyDays } from './remedy-days'

test.each([
  ['the day itself is not counted', '2026-03-02', '2026-05-06', '2026-09-02', null, null],
  [
    'a last day that is off goes on to the first that is not',
    '2026-04-08',
    '2026-06-08',
    '2026-10-08',
    null,
    null,
  ],
  ['a month that has no such day ends with its last', '2026-03-31', '2026-06-01', '2026-09-30', null, null],
  [
    'of a year without a calendar, none but what it is not before',
    '2026-12-02',
    null,
    null,
    '2027-01-31',
    '2027-06-02',
  ],
  ['the nearer may be known alone', '2026-08-31', '2026-10-30', null, null, '2027-02-28'],
])('%s', (_, servedOn, reviewUntil, suitUntil, reviewNotBefore, suitNotBefore) => {
  expect(remedyDays(plainDate(servedOn), CALENDAR_2026)).toEqual({
    reviewUntil,
    suitUntil,
    reviewNotBefore,
    suitNotBefore,
  })
})
