import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { newDays, promiseOnTime } from '../case/clock/broken-promise'
import { dueOfCase } from '../case/clock/clocks'
import {
  act,
  append,
  contextOf,
  file,
  type Journey,
  nothingMissing,
  onDay,
  staff,
} from '../case/journeys/case-fixture'
import { dayIn } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { anewReminders, brokenReminders } from './broken'
import { tellResident } from './resident'

// D9 of a project: several have it in hand, and whoever accepted it is whom its applicant calls.
const item = packItems().find(({ id }) => id === 'LX-045')
if (!item) throw new Error('no LX-045')
const accepting = item.steps.find(({ kind }) => kind === 'accept')
const there = act(nothingMissing(file(item, '2026-03-02')), 'accept')
const leader = there.state.steps.find(({ key }) => key === 'accept')?.parts[0]?.unitId
const open = there.state.steps.flatMap(({ key, parts }) =>
  key === 'parallel' ? parts.filter(({ status }) => status === 'open').map(({ unitId }) => unitId) : [],
)
const context = {
  calendar: CALENDAR_2026,
  units: new Map(open.map((id) => [id, { id, name: id, shortName: id }])) as never,
  unitName: (unitId: string) => unitId,
  handlersOf: () => [],
  isAway: () => false,
  holders: (role: string, unitId: string) => [{ id: `${role}@${unitId}`, name: `${role}@${unitId}` }],
}
const held = open.map((unitId) => ({
  stepKey: 'parallel',
  partUnitId: unitId,
  role: 'dept-reviewer' as const,
  unitId,
  dueOn: null,
  queue: 'to-do' as const,
  assigneeId: null,
  barred: [],
  approval: false,
}))
const found = (() => {
  const at = onDay(there, '2026-04-15')
  const events = promiseOnTime(item, at.state, {
    now: at.now,
    calendar: CALENDAR_2026,
    superiorsOf: () => [],
    supervisors: () => [],
  })
  return append(at, events)
})()
const change = ({ state, events }: Journey) => ({
  caseId: 'case',
  caseNumber: '3418212603020001',
  item,
  before: null,
  after: state,
  events: events.slice(-1).map((event) => ({ id: 'event', event })),
  due: { kind: 'none' } as never,
  held,
  opened: [],
  parties: [],
  newCard: null,
  actor: { staffId: null, profileId: null },
})
const toldOf = (id: string, planned: ReturnType<typeof brokenReminders>) =>
  planned.find(({ recipient }) => recipient === `staff:${id}`)

test('the applicant reads every department that has it, and not the first alone', () => {
  const event = found.events.at(-1)
  if (event?.type !== 'promise-broken') throw new Error('not broken')
  const told = tellResident(
    event,
    { ...change(found), due: dueOfCase(item, found.state, CALENDAR_2026) },
    context,
    { as: 'owner', acted: false },
  )
  const words = JSON.stringify(told)
  for (const unitId of open) expect(words).toContain(unitId)
})

test('whoever accepted it hears that the promise is broken, and who has it', () => {
  const message = toldOf(
    `${accepting?.role}@${leader}`,
    brokenReminders(change(found), context, dayIn(found.now)),
  )
  expect(message?.title).toContain('没赶上说好的日子')
  for (const unitId of open) expect(message?.lines.join()).toContain(unitId)
})

test('of several no day is named before another one’s own last day; each of them hears of the one that is', () => {
  const [first = '', ...others] = open
  const late = onDay(there, '2026-04-15')
  const dues = newDays(item, found.state, contextOf(late, staff()) as never)
  expect(dues[0]).toBeDefined()
  const named = act(found, 'promise-anew', { unitId: first, ...(dues[0] ? { newDueOn: dues[0] } : {}) })
  const planned = anewReminders(change(named), context, dayIn(named.now))
  for (const unitId of others) {
    const message = toldOf(`dept-reviewer@${unitId}`, planned)
    expect(message?.lines[0]).toContain(`${first}定的`)
  }
  expect(toldOf(`${accepting?.role}@${leader}`, planned)).toBeDefined()
})
