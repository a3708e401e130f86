import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { file, type Journey } from '../case/journeys/case-fixture'
import { driveTo } from '../case/journeys/sensible-acts'
import { sharesToNudge } from '../case/step/nudge'
import { nudgeHeard } from '../case/step/nudge-heard'
import { awayUntil } from '../case/step/told-of'
import type { PlainDate } from '../kernel/plain-date'
import { plainDate } from '../kernel/plain-date'
import type { Leave } from '../organization/staff'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import type { HeldTask, ReminderChange } from './change'
import { nudgedReminders } from './nudged'

const itemOf = (id: string) => packItems().find((each) => each.id === id) as Journey['item']
const journey = driveTo(file(itemOf('LX-038'), '2026-11-24'), 'review')
const today = plainDate('2026-11-24')
const WORDS = '货运许可：申请人催了一次'

type Person = { readonly id: string; readonly name: string; readonly leave?: readonly Leave[] }
const AWAY: readonly Leave[] = [{ from: today, to: plainDate('2026-12-31'), substituteId: null }]
const person = (id: string, leave?: readonly Leave[]): Person => ({
  id,
  name: id,
  ...(leave ? { leave } : {}),
})

const task = (more: Partial<HeldTask> = {}): HeldTask => ({
  stepKey: 'review',
  partUnitId: 'department',
  role: 'dept-reviewer',
  unitId: 'department',
  dueOn: plainDate('2026-12-01'),
  queue: 'to-do',
  assigneeId: null,
  barred: [],
  approval: false,
  ...more,
})

const shareOf = (now: Journey) => {
  const [share] = sharesToNudge(now.item, now.state, { now: now.now, calendar: CALENDAR_2026 })
  if (!share) throw new Error('nothing to nudge')
  return share
}
const { stepKey, unitId: partUnitId } = shareOf(journey)
const own = { stepKey, partUnitId, unitId: partUnitId }

function told(held: readonly HeldTask[], people: readonly Person[], staffId: string | null = null) {
  const { item, state: after, now } = journey
  const change: ReminderChange = {
    caseId: 'case',
    caseNumber: '3418212611240001',
    item,
    before: after,
    after,
    events: [{ id: 'e0', event: { type: 'nudged', at: now, unitIds: [partUnitId] } }],
    due: { kind: 'on', on: plainDate('2026-12-08'), clock: 'promised' } as ReminderChange['due'],
    held,
    opened: [],
    parties: [{ recipient: 'profile:applicant', as: 'owner' }],
    newCard: null,
    actor: { staffId, profileId: 'applicant' },
  }
  const context = {
    calendar: CALENDAR_2026,
    units: new Map(),
    unitName: () => '交通局',
    handlersOf: () => [],
    isAway: awayUntil(now, CALENDAR_2026),
    holders: () => people,
  }
  return nudgedReminders(change, context, today)
}
const whom = (...of: Parameters<typeof told>) => told(...of).map(({ recipient }) => recipient)

test('each who holds it and is there hears it once, calmly, with the days and the number, and no name', () => {
  const messages = told([task(own)], [person('an'), person('bo')])
  expect(messages.map(({ recipient }) => recipient)).toEqual(['staff:an', 'staff:bo'])
  expect(messages[0]).toMatchObject({
    kind: 'nudged',
    urgent: false,
    channel: 'relation',
    title: WORDS,
    lines: ['审查，最晚 12月1日', '申请人在等，期限不变', '办件编号 3418212611240001'],
    page: 'staff/case/case?id=case',
    eventId: 'e0',
  })
})

test('what ends today is not told as urgent by it: that day rings by itself', () => {
  expect(told([task({ ...own, dueOn: today })], [person('an')])).toMatchObject([{ urgent: false }])
})

describe('not told is', () => {
  test('who is on leave as long as it runs; a day off is none', () => {
    expect(whom([task(own)], [person('an', AWAY), person('bo')])).toEqual(['staff:bo'])
    const dayOff: readonly Leave[] = [{ from: today, to: today, substituteId: null }]
    expect(whom([task(own)], [person('an', dayOff)])).toEqual(['staff:an'])
    expect(whom([task(own)], [person('an', AWAY)])).toEqual([])
  })

  test('who must not handle it, the colleague of whom it was given to, and who was asked for something else', () => {
    const people = [person('an'), person('bo')]
    expect(whom([task({ ...own, barred: ['an'] })], people)).toEqual(['staff:bo'])
    expect(whom([task({ ...own, assigneeId: 'an' })], people)).toEqual(['staff:an'])
    expect(whom([task({ ...own, assigneeId: 'an' })], [person('an', AWAY), person('bo')])).toEqual([
      'staff:bo',
    ])
    expect(whom([task({ ...own, approval: true })], people)).toEqual([])
    expect(whom([task({ ...own, stepKey: 'accept' })], people)).toEqual([])
  })

  test('whoever asked for it, though they hold it', () => {
    expect(whom([task(own)], [person('an'), person('bo')], 'an')).toEqual(['staff:bo'])
  })
})

test('whoever has several of the shares hears of them in one message, the nearest first', () => {
  const late = { ...own, partUnitId: 'other', dueOn: plainDate('2026-12-04') as PlainDate }
  const heard = nudgeHeard(
    [shareOf(journey), { stepKey, unitId: 'other' }],
    [task(late), task({ ...own, unitId: 'elsewhere' }), task(own)],
    { holders: () => [{ id: 'an' }], isAway: () => false },
  )
  expect(heard.map(({ task: { partUnitId: part, unitId } }) => `${part} ${unitId}`)).toEqual([
    `other ${partUnitId}`,
    `${partUnitId} elsewhere`,
    `${partUnitId} ${partUnitId}`,
  ])
  expect(told([task({ ...own, unitId: 'elsewhere' }), task(own)], [person('an')])).toHaveLength(1)
})

test('of anything else that happens nobody hears of a nudge', () => {
  const { item, state: after } = journey
  const change = { item, after, events: [], held: [task(own)] } as unknown as ReminderChange
  expect(nudgedReminders(change, {} as never, today)).toEqual([])
})
