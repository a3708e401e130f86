import { describe, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { type StoryCase, type StoryFacts, storyOf } from './story'

const NOON = '2026-11-24T04:00:00.000Z' as Instant
const EVENING = '2026-11-24T10:30:00.000Z' as Instant
const at = (minute: number) => `2026-11-24T02:${String(minute).padStart(2, '0')}:00.000Z` as Instant

const son = { id: 'son', name: '李建国' }
const mother = { id: 'mother', name: '陈桂兰' }
const agent = { id: 'agent', name: '王立新', nextDuty: EVENING }
const clerk = { id: 'clerk', name: '赵敏', nextDuty: NOON }
const other = { id: 'other', name: '钱丽', nextDuty: NOON }
const reviewer = { id: 'reviewer', name: '孙志远', nextDuty: NOON }

const facts: StoryFacts = {
  item: { id: 'LX-005', name: '高龄津贴' },
  filer: son,
  owner: mother,
  route: [
    {
      key: 'assist',
      name: '核实',
      kind: 'verify',
      afield: true,
      decides: false,
      meets: true,
      staff: [agent],
    },
    {
      key: 'accept',
      name: '受理',
      kind: 'accept',
      afield: false,
      decides: false,
      meets: true,
      staff: [clerk, other],
    },
    {
      key: 'review',
      name: '审核',
      kind: 'examine',
      afield: false,
      decides: true,
      meets: false,
      staff: [reviewer],
    },
    {
      key: 'finish',
      name: '办结送达',
      kind: 'conclude',
      afield: false,
      decides: false,
      meets: true,
      staff: [clerk],
    },
  ],
  answers: [{ label: '姓名', value: '陈桂兰' }],
  found: null,
}
const filed = { type: 'filed', stepKey: null, at: at(1), by: son }
const filedCase: StoryCase = {
  id: 'case-1',
  caseNumber: '3418212611240001',
  status: 'submitted',
  isIdentityConfirmed: false,
  isTakenOver: false,
  acts: [filed],
  open: [
    { stepKey: 'assist', queue: 'to-do', staff: [agent] },
    { stepKey: 'accept', queue: 'to-do', staff: [clerk, other] },
  ],
  mayBeRated: false,
  ratedAt: null,
  told: [],
}
const tell = (found: Partial<StoryCase> | null) =>
  storyOf({ ...facts, found: found && { ...filedCase, ...found } }, NOON)
const statesOf = (story: ReturnType<typeof tell>) => story.steps.map(({ state }) => state)

describe('the story of one case', () => {
  test('before it begins the son is the next, on the form', () => {
    const story = tell(null)
    expect(story.phase).toBe('first')
    expect(story.next).toMatchObject({
      person: son,
      device: 'phone',
      page: 'features/case/application/form?id=LX-005',
      waitsUntil: null,
    })
    expect(statesOf(story)).toEqual(['now', 'coming', 'coming', 'coming', 'coming', 'coming'])
    // Nothing leads to a case that is not there.
    expect(story.steps.map(({ page }) => page)).toEqual([
      'features/case/application/form?id=LX-005',
      '',
      '',
      '',
      '',
      '',
    ])
  })

  test('filed, it is the agent’s turn, who is on duty in the evening and checks the identity first', () => {
    const story = tell({})
    expect(story.steps[0]).toMatchObject({ title: '建国替妈妈申请', state: 'done', at: at(1) })
    expect(story.next).toEqual({
      person: agent,
      device: 'phone',
      page: 'staff/case/case?id=case-1',
      deed: '',
      waitsUntil: EVENING,
    })
    expect(story.steps[1]?.how).toBe('手机，先点“当面核身份”，再看过人和材料，点“核实上报”')
    expect(tell({ isIdentityConfirmed: true }).steps[1]?.how).toBe('手机，看过人和材料，点“核实上报”')
  })

  test('whoever did it bears the step, whatever was planned', () => {
    const acts = [
      filed,
      { type: 'verified', stepKey: 'assist', at: at(2), by: agent },
      { type: 'accepted', stepKey: 'accept', at: at(3), by: other },
    ]
    const open = [{ stepKey: 'review', queue: 'to-do', staff: [reviewer] }]
    const story = tell({ acts, open, status: 'accepted', isIdentityConfirmed: true })
    expect(story.steps[2]).toMatchObject({ title: '钱丽受理了', at: at(3), person: { id: 'other' } })
    expect(story.next).toMatchObject({ person: { id: 'reviewer' }, device: 'desk', waitsUntil: null })
  })

  test('whoever decides cannot check the identity: it goes to the counter first', () => {
    const acts = [
      filed,
      { type: 'verified', stepKey: 'assist', at: at(2), by: agent },
      { type: 'accepted', stepKey: 'accept', at: at(3), by: other },
    ]
    const open = [{ stepKey: 'review', queue: 'to-do', staff: [reviewer] }]
    const atCounter = tell({
      acts: acts.slice(0, 2),
      open: [{ ...open[0], stepKey: 'accept', queue: 'to-do', staff: [clerk] }],
    })
    expect(atCounter.steps[2]?.how).toBe('电脑，先点“当面核身份”，再看过材料，点“受理”')
    const story = tell({ acts, open })
    expect(story.steps[3]?.how).toBe('电脑，看过材料，点“准予”，签字')
    expect(story.next).toMatchObject({ person: other, device: 'desk', deed: '当面核身份' })
    expect(story.says).toBe('还没当面核身份，批不了。轮到钱丽：电脑，点“当面核身份”，核过了接着走。')
    const checked = tell({ acts, open, isIdentityConfirmed: true })
    expect(checked.next).toMatchObject({ person: { id: 'reviewer' }, deed: '' })
    expect(checked.says).toBeNull()
  })

  test('a village that had not looked is passed by', () => {
    const acts = [filed, { type: 'accepted', stepKey: 'accept', at: at(3), by: clerk }]
    const story = tell({ acts, open: [{ stepKey: 'review', queue: 'to-do', staff: [reviewer] }] })
    expect(statesOf(story)).toEqual(['done', 'passed', 'done', 'now', 'coming', 'coming'])
  })

  test('concluded is not delivered: the step stays open', () => {
    const acts = [filed, { type: 'concluded', stepKey: 'finish', at: at(9), by: clerk }]
    const story = tell({ acts, open: [{ stepKey: 'finish', queue: 'to-do', staff: [clerk] }] })
    expect(story.steps[4]?.state).toBe('now')
  })

  test('what is missing is the son’s, or hers once she has taken it over', () => {
    const open = [{ stepKey: 'accept', queue: 'waits-for-applicant', staff: [clerk] }]
    const asked = tell({ open, status: 'correcting' })
    expect(asked.says).toBe('要补材料，轮到建国。补好了接着走。')
    expect(asked.next).toMatchObject({ person: son, page: 'features/case/correction?id=case-1' })
    expect(tell({ open, status: 'correcting', isTakenOver: true }).next?.person).toBe(mother)
  })

  test('refused, it is told as refused, and goes on to be handed over', () => {
    const acts = [filed, { type: 'refused', stepKey: 'review', at: at(8), by: reviewer }]
    const open = [{ stepKey: 'finish', queue: 'to-do', staff: [clerk] }]
    const story = tell({ acts, open, status: 'refused' })
    expect(story.steps[3]?.title).toBe('志远审核，没批')
    expect(story.phase).toBe('running')
    expect(story.next?.person).toMatchObject({ id: 'clerk' })
  })

  test('ended without a decision, one may apply again', () => {
    const story = tell({ status: 'withdrawn', open: [] })
    expect(story.phase).toBe('ended')
    expect(story.says).toBe('这一件撤回了。可以再申请一次。')
    expect(story.next).toMatchObject({ deed: '再申请一次', page: 'features/case/application/form?id=LX-005' })
  })

  test('delivered it waits for her word, and rated it is done', () => {
    const delivered = { status: 'delivered', open: [], mayBeRated: true } as const
    expect(tell(delivered).next).toMatchObject({ person: mother, page: 'features/case/result?id=case-1' })
    const told = [{ name: '李建国', pushed: 1, kept: 2 }]
    const rated = tell({ ...delivered, ratedAt: at(20), told })
    expect(rated).toMatchObject({ phase: 'done', next: null, told })
    expect(rated.steps.at(-1)).toMatchObject({ state: 'done', at: at(20) })
  })

  test('who files for herself is told so', () => {
    expect(tell({ acts: [{ ...filed, by: mother }] }).steps[0]?.title).toBe('桂兰自己申请')
  })
})
