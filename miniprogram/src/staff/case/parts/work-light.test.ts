import { expect, test } from 'vitest'
import { learnTime } from '../../../platform/clock'
import { todayHeading, workLight } from './work-light'

test.each([
  ['Tue, 24 Nov 2026 09:29:00 GMT', '今天 17:30', '今天 17:30 前受理', '今天要办完'],
  ['Tue, 24 Nov 2026 09:30:00 GMT', '今天 17:30，过了', '今天 17:30 过了，还没受理', '今天没办完'],
  ['Tue, 24 Nov 2026 14:10:00 GMT', '今天 17:30，过了', '今天 17:30 过了，还没受理', '今天没办完'],
])('what is due today is due by the end of the hours: at %s', (date, row, doing, heading) => {
  learnTime(date)
  expect([workLight({ kind: 'today' }, '').words, workLight({ kind: 'today' }, '受理').words]).toEqual([
    row,
    doing,
  ])
  expect(todayHeading()).toBe(heading)
})
