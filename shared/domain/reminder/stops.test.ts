import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { stopsOnTime } from '../case/clock/overrun'
import { act, append, file, type Journey, nothingMissing, onDay } from '../case/journeys/case-fixture'
import { dayIn, type PlainDate, plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { stopReminders } from './stops'

const item = packItems().find(({ id }) => id === 'LX-045')
if (!item) throw new Error('no LX-045')
const there = act(nothingMissing(file(item, '2026-03-02')), 'accept')
const stop = (expectedDays: number) =>
  act(there, 'suspend', { unitId: 'water', basis: 'expert-review', expectedDays })

const leader = there.state.steps.find(({ key }) => key === 'accept')?.parts[0]?.unitId
const role = item.steps.find(({ key }) => key === 'accept')?.role

const context = {
  calendar: CALENDAR_2026,
  units: new Map(),
  unitName: (unitId: string) => unitId,
  handlersOf: () => [],
  isAway: () => false,
  holders: (role: string, unitId: string) =>
    ['', ' barred'].map((each) => ({ id: `${role}@${unitId}${each}`, name: '' })),
}
const task = (dueOn: PlainDate | null, assigneeId: string | null = null) => ({
  stepKey: 'parallel',
  partUnitId: 'water',
  role: 'dept-reviewer' as const,
  unitId: 'water',
  dueOn,
  queue: 'paused' as const,
  assigneeId,
  barred: ['dept-reviewer@water barred'],
  approval: false,
})
const told = (
  { state, events, now }: Journey,
  { dueOn = null, actor = '' }: { dueOn?: PlainDate | null; actor?: string } = {},
) =>
  stopReminders(
    {
      caseId: 'case',
      caseNumber: '3418212603020001',
      item,
      before: null,
      after: { ...state, relatives: [`${role}@${leader} barred`, 'dept-approver@water barred'] },
      events: events.slice(-1).map((event) => ({ id: 'event', event })),
      due: { kind: 'none' } as never,
      held: [task(dueOn)],
      opened: [],
      parties: [],
      newCard: null,
      actor: { staffId: actor, profileId: null },
    },
    context,
    dayIn(now),
  ).map(({ recipient, title, lines, channel, urgent }) => ({ recipient, title, lines, channel, urgent }))

test('who leads the whole hears that a department stops, and that it ends after the whole', () => {
  const short = told(stop(20))
  expect(short.map(({ recipient }) => recipient)).toContain(`staff:${role}@${leader}`)
  expect(short[0]).toMatchObject({
    title: `${item.plainName}：water这一段暂停`,
    lines: [
      '因专家评审暂停，预计 20 天，到 3月22日，整件的法定期限也停，承诺的不因此停',
      '办件编号 3418212603020001',
    ],
    channel: 'relation',
    urgent: false,
  })
  expect(told(stop(90))[0]?.lines).toEqual([
    '因专家评审暂停，预计 90 天，到 5月31日，整件的法定期限也停，承诺的不因此停',
    '整件承诺 4月14日，这一段要到那天以后，早点问一问怎么赶',
    '办件编号 3418212603020001',
  ])
  expect(told(stop(50))[0]?.lines[1]).toBe('整件承诺 4月14日，这一段要到那天以后，早点问一问怎么赶')
})

test('that it goes on is for the inbox, and says so where its own days end after the whole', () => {
  const resumed = act(onDay(stop(20), '2026-03-30'), 'resume', { unitId: 'water' })
  expect(told(resumed, { dueOn: plainDate('2026-04-13') })[0]).toMatchObject({
    title: `${item.plainName}：water这一段接着办`,
    lines: ['这一段最晚 4月13日', '办件编号 3418212603020001'],
    channel: 'inbox',
  })
  expect(told(resumed, { dueOn: plainDate('2026-04-15') })[0]?.lines[1]).toContain('整件承诺 4月14日')
})

test('a stop that is over is told to its holder, to who is above them and to who leads; each once, and not to who must not', () => {
  const late = onDay(stop(20), '2026-03-23')
  const superiorsOf = () => [{ role: 'dept-approver', unitId: 'water' } as const]
  const found = append(late, stopsOnTime(late.state, { now: late.now, calendar: CALENDAR_2026, superiorsOf }))
  const messages = told(found)
  expect(messages.map(({ recipient }) => recipient).sort()).toEqual([
    'staff:dept-approver@water',
    'staff:dept-reviewer@water',
    `staff:${role}@${leader}`,
  ])
  const linesOf = (who: string) => messages.find(({ recipient }) => recipient === `staff:${who}`)?.lines
  expect(linesOf('dept-reviewer@water')).toEqual([
    '专家评审原来预计 3月22日 做完，还没做完，申请人看得到',
    '做完了就恢复计时；没做完的，催一催',
    '办件编号 3418212603020001',
  ])
  expect(linesOf('dept-approver@water')?.[0]).toBe(
    'water：专家评审原来预计 3月22日 做完，还没做完，申请人看得到，请过问',
  )
  expect(linesOf(`${role}@${leader}`)?.[0]).toBe(
    '专家评审原来预计 3月22日 做完，还没做完，整件最晚 4月14日，问一问还要几天',
  )
  expect(messages.every(({ urgent }) => urgent)).toBe(true)
})
