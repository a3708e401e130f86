import { expect, test } from 'vitest'
import { instantAt, type PlainDate, plainDate, weekdayOf } from '../kernel/plain-date'
import { answeringAt } from './answering'
import type { DutyHours } from './staff'

/** 国庆 of a week; 端午 on a Friday; 清明 on a Monday, and of 2023 on a Wednesday. */
const isHoliday = (day: PlainDate) =>
  (day >= '2026-10-01' && day <= '2026-10-07') || ['2023-04-05', '2026-06-19', '2027-04-05'].includes(day)
const isWorkingDay = (day: PlainDate) => day === '2026-10-10' || (weekdayOf(day) < 5 && !isHoliday(day))

const EVENINGS: readonly DutyHours[] = [{ days: ['mon', 'tue', 'wed', 'thu'], periods: ['18:30-20:30'] }]
const HALVES: readonly DutyHours[] = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], periods: ['08:30-11:30', '14:30-17:30'] },
]
const BACKWARD: readonly DutyHours[] = [{ days: ['tue'], periods: ['14:30-17:30', '08:30-11:30'] }]

const WITH_SATURDAY: readonly DutyHours[] = [...HALVES, { days: ['sat'], periods: ['09:00-11:30'] }]
const WITH_WEEKEND: readonly DutyHours[] = [...HALVES, { days: ['sat', 'sun'], periods: ['09:00-11:30'] }]

type Asked = readonly [string, readonly DutyHours[] | 'office', string, number, string | undefined]
const ASKED: readonly Asked[] = [
  // 10月10日 is a Saturday that is worked for the week before it.
  ['whole weeks, on a Saturday that is worked', HALVES, '2026-10-10', 9 * 60, '现在有人，到 11:30'],
  ['the same at noon', HALVES, '2026-10-10', 12 * 60, '现在没人，今天 14:30 起有人'],
  ['the evening before it', HALVES, '2026-10-09', 18 * 60, '现在没人，明天 8:30 起有人'],
  ['on the Sunday after it', HALVES, '2026-10-11', 9 * 60, '现在没人，明天 8:30 起有人'],
  ['hours of its own on that Saturday', WITH_SATURDAY, '2026-10-10', 10 * 60, '现在有人，到 11:30'],
  ['not before these', WITH_SATURDAY, '2026-10-10', 8 * 60 + 45, '现在没人，今天 9:00 起有人'],
  ['nor in the afternoon', WITH_SATURDAY, '2026-10-10', 15 * 60, '现在没人，10月12日 8:30 起有人'],
  [
    'some evenings, on a Saturday that is worked',
    EVENINGS,
    '2026-10-10',
    19 * 60,
    '现在没人，10月12日 18:30 起有人',
  ],
  ['the same the evening before', EVENINGS, '2026-10-09', 21 * 60, '现在没人，10月12日 18:30 起有人'],
  ['on a holiday amid the week', HALVES, '2023-04-05', 9 * 60, '现在没人，明天 8:30 起有人'],
  ['who has hours on Saturdays, then', WITH_SATURDAY, '2026-11-28', 10 * 60, '现在有人，到 11:30'],
  [
    'the same on a Saturday of a holiday',
    WITH_SATURDAY,
    '2026-10-03',
    10 * 60,
    '现在没人，10月8日 8:30 起有人',
  ],
  ...(['2026-06-20', '2026-06-21'] as const).map(
    (day) =>
      [
        `who has hours at weekends, on one of a holiday on Friday: ${day}`,
        WITH_WEEKEND,
        day,
        10 * 60,
        `现在没人，${day === '2026-06-21' ? '明天' : '6月22日'} 8:30 起有人`,
      ] as const,
  ),
  ...(['2027-04-03', '2027-04-04'] as const).map(
    (day) =>
      [
        `the same, of a holiday on Monday: ${day}`,
        WITH_WEEKEND,
        day,
        10 * 60,
        '现在没人，4月6日 8:30 起有人',
      ] as const,
  ),
  ['the same on a Sunday of no holiday', WITH_WEEKEND, '2026-11-29', 10 * 60, '现在有人，到 11:30'],
  ['an office while it is open', 'office', '2026-11-24', 9 * 60, '现在有人，到 17:30'],
  ['an office in the minute it opens', 'office', '2026-11-24', 8 * 60 + 30, '现在有人，到 17:30'],
  ['an office before it opens', 'office', '2026-11-24', 8 * 60, '现在没人，今天 8:30 起有人'],
  ['an office that has just closed', 'office', '2026-11-24', 17 * 60 + 30, '现在没人，明天 8:30 起有人'],
  ['an office over the weekend', 'office', '2026-11-27', 18 * 60, '现在没人，11月30日 8:30 起有人'],
  ['an office on the eve of a holiday', 'office', '2026-09-30', 18 * 60, '现在没人，10月8日 8:30 起有人'],
  ['an office on a make-up Saturday', 'office', '2026-10-10', 9 * 60, '现在有人，到 17:30'],
  ['who comes in the evening, in the morning', EVENINGS, '2026-11-24', 9 * 60, '现在没人，今天 18:30 起有人'],
  ['who comes in the evening, then', EVENINGS, '2026-11-24', 19 * 60, '现在有人，到 20:30'],
  ['hours that are written out of order', BACKWARD, '2026-11-24', 8 * 60, '现在没人，今天 8:30 起有人'],
  ['at noon between two halves', HALVES, '2026-11-24', 12 * 60, '现在没人，今天 14:30 起有人'],
  ['who has no hours', [], '2026-11-24', 9 * 60, undefined],
]

test.each(ASKED)('%s', (_, hours, day, minute, words) => {
  const told = answeringAt(instantAt(plainDate(day), minute), hours, isWorkingDay)
  expect(told?.words).toBe(words)
  expect(told?.isOpen).toBe(words?.startsWith('现在有人'))
})

test('whoever opens within 62 days is waited for, later nobody', () => {
  const now = instantAt(plainDate('2026-11-24'), 9 * 60)
  const opensOn = (day: string) => answeringAt(now, 'office', (each) => each >= day)?.words
  expect(opensOn('2027-01-25')).toBe('现在没人，2027年1月25日 8:30 起有人')
  expect(opensOn('2027-01-26')).toBeUndefined()
})
