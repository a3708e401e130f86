import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import {
  APPLICANT,
  act,
  attempt,
  factsOf,
  file,
  type Journey,
  NO_CHANGE,
} from '../case/journeys/case-fixture'
import { dayIn } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { restingLines, suppliedReminders } from './joint'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const [PLAN, LICENCE] = ['各阶段材料按清单一次上传', '营业执照']
const asked = { kind: 'material', name: PLAN, reasonDigest: 'why' } as const
const context = {
  calendar: CALENDAR_2026,
  units: new Map(),
  unitName: (unitId: string) => unitId,
  handlersOf: () => [],
  isAway: () => false,
  holders: (role: string, unitId: string) => [
    { id: `${role} of ${unitId}`, name: '' },
    { id: `${unitId} barred`, name: '' },
  ],
}
const task = (unitId: string) =>
  ({
    stepKey: 'parallel',
    partUnitId: unitId,
    role: 'dept-reviewer',
    unitId,
    dueOn: null,
    queue: 'to-do',
    assigneeId: null,
    barred: ['nr barred', 'water barred'],
    approval: false,
  }) as const
const changeOf = ({ item, state, events }: Journey) => ({
  caseId: 'case',
  caseNumber: '3418212611240001',
  item,
  before: null,
  after: state,
  events: events.slice(-1).map((event) => ({ id: 'event', event })),
  due: { kind: 'none' } as never,
  held: [task('nr')],
  opened: [],
  parties: [],
  newCard: null,
  actor: { staffId: null, profileId: null },
})

test('what departments asked for and came is told to those who asked, and to nobody else', () => {
  const looked = ['eco', 'housing', 'emergency'].reduce(
    (next, unitId) => act(next, 'draft-nothing', { unitId }),
    ['nr', 'water'].reduce(
      (next, unitId) => act(next, 'draft-correction', { unitId, items: [asked] }),
      file(project, '2026-11-02'),
    ),
  )
  const sent = act(looked, 'request-correction', { items: [asked] })
  const brings = (paper: string) => {
    const change = { ...NO_CHANGE, papers: [paper] }
    const facts = factsOf(sent)
    const done = attempt(sent, { type: 'supplement', answersDigest: 'new', facts, change }, APPLICANT)
    if (!done.ok) throw new Error(done.error.code)
    return suppliedReminders(changeOf(done.value), context, dayIn(sent.now), new Map())
  }
  expect(brings(LICENCE)).toEqual([])
  const told = brings(PLAN)
  expect(told.map(({ recipient }) => recipient)).toEqual([
    'staff:dept-reviewer of nr',
    'staff:dept-reviewer of water',
  ])
  expect(told[0]?.lines[0]).toBe('你们要补的，申请人补来了。看一遍，还不行的，受理以前告诉受理的人')
})

test('whoever decides what rests on a refused permit is told of it, and nobody who does not', () => {
  const there = act(
    ['nr', 'eco', 'water', 'housing', 'emergency'].reduce(
      (next, unitId) => act(next, 'draft-nothing', { unitId }),
      file(project, '2026-11-02'),
    ),
    'accept',
  )
  const refused = act(act(there, 'fail', { unitId: 'water' }), 'pass', { unitId: 'nr' })
  const lines = (unitId: string) => restingLines(changeOf(refused), [task(unitId)], (unit) => unit)
  expect(lines('housing')).toEqual([
    'water没有准予“生产建设项目水土保持方案审批”，“建筑工程施工许可证核发”要以它为前提，不能准予，写明理由不予',
  ])
  expect(lines('eco')).toEqual([])
})
