import { expect, test } from 'vitest'
import {
  APPLICANT,
  act,
  factsOf,
  HELPER,
  later,
  NO_CHANGE,
  onDay,
  supplement,
  withdraw,
} from '#shared/domain/case/journeys/case-fixture'
import { done, filed, hand, night, upTo } from './by-hand'
import { tell } from './teller'

const WINDOW = hand('first', { role: 'window', unitId: 'housing' })
const told = (name: string) => `./told/before-deciding-${name}.txt`

test('a correction of which nobody is heard: reminded, and ended', async () => {
  const story = tell(filed('LX-038', '2026-11-02'), [
    ['要补', (now) => act(later(now, 1), 'request-correction')],
    ['最后一天', (now) => night(now, '2026-11-17')],
    ['宽限的最后一天', (now) => night(now, '2026-11-24')],
    ['过了', (now) => night(now, '2026-11-25')],
  ])
  await expect(story).toMatchFileSnapshot(told('lapsed'))
})

test('asked once more by leave, silence counts as acceptance, and the review asks no more', async () => {
  const story = tell(filed('LX-041', '2026-03-02'), [
    ['要补', (now) => act(later(now, 1), 'request-correction')],
    ['补来', (now) => supplement(later(now, 2))],
    [
      '请示再要一次',
      (now) => act(later(now, 1), 'request-approval', { for: 'request-correction', actor: WINDOW }),
    ],
    [
      '不同意',
      (now) =>
        act(later(now, 2), 'reject-approval', {
          actor: hand('head', { role: 'dept-approver', unitId: 'housing' }),
        }),
    ],
    ['没人受理', (now) => night(now, '2026-03-14')],
    ['审查', (now) => act(later(now, 2), 'pass')],
    ['勘验', (now) => act(later(now, 2), 'record-visit')],
    [
      '鉴定',
      (now) => act(later(now, 1), 'suspend', { basis: 'inspection', expectedDays: 10, stepKey: 'site' }),
    ],
    ['鉴定完', (now) => act(later(now, 12), 'resume')],
    ['不行，整改', (now) => act(later(now, 1), 'require-rectification')],
    ['复查', (now) => act(later(now, 5), 'record-visit')],
    ['过', (now) => act(now, 'pass')],
  ])
  await expect(story).toMatchFileSnapshot(told('suspended'))
})

test('asked after acceptance, answered by nobody, decided on what is there; the longer time asked for, and lapsed', async () => {
  const story = tell(upTo('review')(filed('LX-026', '2026-04-01')), [
    ['要补', (now) => act(later(now, 1), 'request-correction')],
    [
      '添了材料',
      (now) =>
        done(
          later(now, 2),
          {
            type: 'add',
            answersDigest: 'added',
            facts: factsOf(now),
            change: { ...NO_CHANGE, papers: ['申请书'], byOwner: true },
          },
          APPLICANT,
        ),
    ],
    ['最后一天', (now) => night(now, '2026-04-17')],
    ['过了', (now) => night(now, '2026-04-25')],
    [
      '请示延长',
      (now) =>
        act(later(now, 1), 'request-approval', {
          for: 'extend',
          actor: hand('first', { role: 'dept-reviewer', unitId: 'forest' }),
        }),
    ],
    ['法定到期', (now) => night(now, '2026-05-09')],
  ])
  await expect(story).toMatchFileSnapshot(told('unanswered'))
})

test('moved to another town, taken back in its seconds, accepted, and withdrawn', async () => {
  const story = tell(filed('LX-005', '2026-03-02'), [
    ['村里说不对', (now) => act(later(now, 1), 'fail')],
    [
      '转给建平镇',
      (now) =>
        act(now, 'transfer', {
          stepKey: 'accept',
          toUnitId: '341821100',
          moved: { where: { ...now.state.where, townId: '341821100' }, organUnitId: '341821100' },
        }),
    ],
    ['受理', (now) => act(later(now, 1), 'accept')],
    ['撤回', (now) => withdraw(later(now, 1))],
  ])
  await expect(story).toMatchFileSnapshot(told('moved'))
})

test('the village’s word is taken back in its seconds, and said otherwise; of what was decided nothing is withdrawn', async () => {
  const story = tell(filed('LX-029', '2026-03-02'), [
    ['村里核了', (now) => act(later(now, 1), 'verify')],
    [
      '撤了',
      (now) =>
        done(
          now,
          {
            type: 'undo',
            last: { ...now.events[now.events.length - 1], actor: 'staff:first' } as never,
            to: now.events.length - 1,
            isOver: false,
          },
          hand('first', { role: 'village-agent', unitId: '341821105200' }),
        ),
    ],
    ['村里说不对', (now) => act(now, 'fail')],
    ['受理', (now) => act(now, 'accept')],
    ['村里说不对还是批', (now) => act(later(now, 3), 'grant')],
  ])
  await expect(story).toMatchFileSnapshot(told('undone'))
})

test('not within its powers: 不予受理, which goes by hand to somebody without an account', async () => {
  const story = tell({ ...filed('LX-040', '2026-03-02'), isUnreached: true }, [
    ['不予受理', (now) => act(later(now, 1), 'decline')],
  ])
  await expect(story).toMatchFileSnapshot(told('declined'))
})

test('whoever helped filed it under somebody’s number, who says that they have not applied', async () => {
  const start = filed('LX-051', '2026-03-02', { identityConfirmed: false })
  const story = tell({ ...start, isHelped: true }, [
    [
      '代填的人说去拿',
      (now) => done(now, { type: 'choose-delivery', method: 'pickup', addressDigest: null }, HELPER),
    ],
    [
      '不认',
      (now) =>
        done(later(now, 1), { type: 'disown', staffIds: ['first'] }, { ...APPLICANT, mayDisown: true }),
    ],
    ['终止', (now) => act(later(now, 1), 'terminate')],
  ])
  await expect(story).toMatchFileSnapshot(told('disowned'))
})

test('a number that was typed: who applies takes it over, is confirmed by the card, and dies', async () => {
  const start = filed('LX-014', '2026-03-02', {
    identityConfirmed: false,
    applicant: { takenFrom: 'answers' } as never,
  })
  const story = tell({ ...start, isHelped: true }, [
    [
      '接过来',
      (now) =>
        done(later(now, 1), { type: 'take-over', confirmedBy: null }, { ...APPLICANT, mayTakeOver: true }),
    ],
    ['当面核了', (now) => done(later(now, 1), { type: 'confirm-identity', stepKey: 'assist' })],
    ['核实', (now) => act(now, 'verify')],
    ['受理', (now) => act(now, 'accept')],
    ['去世', (now) => act(later(now, 1), 'terminate')],
  ])
  await expect(story).toMatchFileSnapshot(told('died'))
})

test('a joint case: departments look, ask, have it given back, and each decides', async () => {
  const start = filed('LX-045', '2026-09-01', { applicant: { kind: 'firm' }, answers: { approvals: [] } })
  const [first, second] = start.state.steps[0]?.parts.map(({ unitId }) => unitId) ?? []
  const story = tell(start, [
    ['一家看出少了', (now) => act(later(now, 1), 'draft-correction', { unitId: first ?? '' })],
    ['一家不缺', (now) => act(later(now, 1), 'draft-nothing', { unitId: second ?? '' })],
    ['退回重写', (now) => act(later(now, 1), 'return-draft')],
  ])
  await expect(story).toMatchFileSnapshot(told('joint'))
})

test('an emergency: granted on its day, and the household looked at afterwards', async () => {
  const story = tell(filed('LX-009', '2026-11-24', { answers: { kind: '急难型' } }), [
    ['受理', (now) => act(now, 'accept')],
    ['批', (now) => act(now, 'grant', { amount: 200000 })],
    ['办结', (now) => act(now, 'conclude')],
    ['给了', (now) => act(now, 'deliver')],
    ['入户', (now) => act(onDay(now, '2026-11-27'), 'verify')],
  ])
  await expect(story).toMatchFileSnapshot(told('emergency'))
})

test('a half day that was booked and is refused comes back', async () => {
  const start = filed('LX-052', '2026-11-24')
  const seats = [
    { on: '2026-11-26', half: '上午', unitId: 'tax' },
    { on: '2026-11-27', half: '下午', unitId: 'tax' },
  ] as never
  const booked = {
    ...start,
    state: { ...start.state, seats },
    events: start.events.map((event) => ({ ...event, seats })),
  }
  const story = tell(booked, [
    ['受理', (now) => act(now, 'accept')],
    ['批', (now) => act(later(now, 1), 'grant')],
    ['来过一次', (now) => onDay(now, '2026-11-26', 12 * 60 + 1)],
    ['办结', (now) => act(onDay(now, '2026-11-27', 17 * 60 + 40), 'conclude')],
  ])
  await expect(story).toMatchFileSnapshot(told('booked'))
})

test('a joint case: all ask by one notice, look at what came, and are accepted', async () => {
  const start = filed('LX-045', '2026-09-01', { applicant: { kind: 'firm' } })
  const [first = '', second = '', ...others] = start.state.steps[0]?.parts.map(({ unitId }) => unitId) ?? []
  const [paper = ''] = start.item.materials.flatMap(({ kind, name }) => (kind === 'upload' ? [name] : []))
  const items = [{ kind: 'material', name: paper, reasonDigest: '看不清' }] as const
  const brought = {
    answersDigest: 'supplemented',
    facts: factsOf(start),
    change: { ...NO_CHANGE, papers: [paper] },
  }
  const story = tell(start, [
    ['一家看出少了', (now) => act(later(now, 1), 'draft-correction', { unitId: first, items })],
    ['自己先补了来', (now) => done(now, { type: 'add', ...brought }, APPLICANT)],
    ['还是看不清', (now) => act(now, 'draft-correction', { unitId: first, items })],
    [
      '别家不缺',
      (now) => [second, ...others].reduce((each, unitId) => act(each, 'draft-nothing', { unitId }), now),
    ],
    [
      '告知',
      (now) =>
        act(later(now, 1), 'request-correction', {
          items: items.map((each) => ({ ...each, from: [first] })),
        }),
    ],
    ['补来', (now) => done(later(now, 2), { type: 'supplement', ...brought }, APPLICANT)],
    ['够了', (now) => act(later(now, 1), 'draft-nothing', { unitId: first })],
    ['受理', (now) => act(now, 'accept')],
  ])
  await expect(story).toMatchFileSnapshot(told('looked-at'))
})

test('they live in another village than the one that looked: it looks anew, and another town accepts', async () => {
  const start = act(filed('LX-018', '2026-03-02'), 'verify')
  const where = { ...start.state.where, villageId: '341821100212', townId: '341821100' }
  const facts = { ...factsOf(start), moved: { where, organUnitId: '341821100', villageAnew: true } }
  const story = tell(start, [
    [
      '要补',
      (now) =>
        act(later(now, 1), 'request-correction', {
          items: [{ kind: 'field', name: 'villageCode', reasonDigest: '写错了' }],
        }),
    ],
    [
      '补来，是别的村',
      (now) =>
        done(
          later(now, 1),
          {
            type: 'supplement',
            answersDigest: 'moved',
            facts,
            change: { ...NO_CHANGE, fields: ['villageCode'], byOwner: true },
          },
          APPLICANT,
        ),
    ],
    ['新的村核', (now) => act(now, 'verify')],
    ['受理', (now) => act(later(now, 1), 'accept')],
  ])
  await expect(story).toMatchFileSnapshot(told('moved-house'))
})
