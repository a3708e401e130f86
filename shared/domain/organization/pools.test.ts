import { describe, expect, it, test } from 'vitest'
import { type PlainDate, plainDate, weekdayOf } from '../kernel/plain-date'
import { holderPools, isOutsider } from './pools'
import type { Registry, StaffMember, Unit } from './registry'

const unit = (id: string, kind: Unit['kind'], parentId: string | null): Unit => ({
  id,
  kind,
  name: id,
  shortName: id,
  parentId,
  creditCode: '',
  documentPrefix: null,
  reviewAuthority: kind === 'village' ? null : '县人民政府',
  court: kind === 'village' ? null : '县人民法院',
})
const agent: StaffMember = {
  id: 'agent',
  name: '代办员',
  partTime: true,
  dutyHours: [{ days: ['tue'], periods: ['18:30-20:30'] }],
  leave: [],
  substituteId: null,
}
const acting: StaffMember = {
  ...agent,
  id: 'acting',
  dutyHours: [
    { days: ['tue'], periods: ['18:30-20:30'], unitId: 'v1' },
    { days: ['thu'], periods: ['18:30-20:30'], unitId: 'v2' },
  ],
}
/** Known to the county, without a post. */
const postless: StaffMember = { ...agent, id: 'postless' }
const units = [
  unit('county', 'county', null),
  unit('civil', 'department', 'county'),
  unit('t', 'town', 'county'),
  unit('v1', 'village', 't'),
  unit('v2', 'village', 't'),
]
const registryOf = (held: Readonly<Record<string, readonly StaffMember[]>>): Registry => ({
  units: new Map(units.map((each) => [each.id, each])),
  holders: (role, unitId) => held[`${role}@${unitId}`] ?? [],
  staff: new Map([...Object.values(held).flat(), postless].map((member) => [member.id, member])),
  rolesOf: (staffId) =>
    Object.entries(held)
      .filter(([, members]) => members.some(({ id }) => id === staffId))
      .map(([pool]) => ({ role: pool.split('@')[0] ?? '', unitId: pool.split('@')[1] ?? '' })),
})
const isWorkingDay = (day: PlainDate) => weekdayOf(day) < 5
/** A Tuesday, 09:42. */
const span = (until: string) => ({
  from: { day: plainDate('2026-11-24'), minute: 582 },
  until: plainDate(until),
})
const ask = (
  held: Readonly<Record<string, readonly StaffMember[]>>,
  role: string,
  unitId: string,
  until = '2026-11-25',
  barred: readonly string[] = [],
) =>
  holderPools(registryOf(held), {
    role,
    unitId,
    span: span(until),
    isWorkingDay,
    isBarred: ({ id }) => barred.includes(id),
  })

/** On Monday evenings: not before Wednesday. */
const late = { ...agent, dutyHours: [{ days: ['mon' as const], periods: ['18:30-20:30'] }] }
const clerk = { ...agent, id: 'clerk' }
const town = { 'town-window@t': [clerk] }
const own = (role: string, unitId: string) => ({ role, unitId, because: 'own' })
const window = { role: 'town-window', unitId: 't', because: 'window' }

describe('pools of a step', () => {
  it('leaves a village its step while the agent comes in time', () => {
    expect(ask({ ...town, 'village-agent@v1': [agent] }, 'village-agent', 'v1')).toEqual({
      pools: [own('village-agent', 'v1')],
      unstaffed: false,
    })
  })

  it('opens it to the town when the agent has no hours left, is on leave, or serves another village then', () => {
    const away = {
      ...agent,
      leave: [{ from: plainDate('2026-11-24'), to: plainDate('2026-11-25'), substituteId: null }],
    }
    for (const [person, village] of [
      [late, 'v1'],
      [away, 'v1'],
      [acting, 'v2'],
    ] as const)
      expect(ask({ ...town, [`village-agent@${village}`]: [person] }, 'village-agent', village)).toEqual({
        pools: [own('village-agent', village), window],
        unstaffed: false,
      })
    // Thursday's evening comes in time for what is due on Friday, and after 17:30 of what is due on Thursday.
    for (const [until, pools] of [
      ['2026-11-26', 2],
      ['2026-11-27', 1],
    ] as const)
      expect(ask({ ...town, 'village-agent@v2': [acting] }, 'village-agent', 'v2', until).pools).toHaveLength(
        pools,
      )
  })

  it('gives a village without agent to the town, and a town without window to its liaison', () => {
    expect(ask(town, 'village-agent', 'v1')).toEqual({ pools: [window], unstaffed: true })
    expect(ask({ 'liaison@t': [clerk] }, 'village-agent', 'v1')).toEqual({
      pools: [{ role: 'liaison', unitId: 't', because: 'liaison' }],
      unstaffed: true,
    })
  })

  it('leaves it to an agent without hours left where the town has no window', () => {
    expect(ask({ 'village-agent@v1': [late], 'liaison@t': [clerk] }, 'village-agent', 'v1')).toEqual({
      pools: [own('village-agent', 'v1')],
      unstaffed: false,
    })
  })

  it('looks at the hours of village agents alone: other posts keep the offices’', () => {
    for (const [role, unitId] of [
      ['project-officer', 'v1'],
      ['village-agent', 't'],
    ] as const) {
      const held = { ...town, 'town-window@county': [clerk], [`${role}@${unitId}`]: [late] }
      expect(ask(held, role, unitId)).toEqual({ pools: [own(role, unitId)], unstaffed: false })
    }
  })

  it('leaves a step of a unit that is no more to that unit', () => {
    expect(ask(town, 'village-agent', 'gone')).toEqual({
      pools: [own('village-agent', 'gone')],
      unstaffed: true,
    })
  })

  it('gives a step without holder to the liaison of its unit', () => {
    const liaison = { 'liaison@civil': [clerk] }
    expect(ask(liaison, 'dept-reviewer', 'civil')).toEqual({
      pools: [{ role: 'liaison', unitId: 'civil', because: 'liaison' }],
      unstaffed: true,
    })
    expect(ask({ ...liaison, 'dept-reviewer@civil': [clerk] }, 'dept-reviewer', 'civil')).toEqual({
      pools: [own('dept-reviewer', 'civil')],
      unstaffed: false,
    })
    expect(ask({}, 'dept-reviewer', 'civil')).toEqual({
      pools: [own('dept-reviewer', 'civil')],
      unstaffed: true,
    })
  })
})

describe('a holder who is barred from a case, or away until its step is due', () => {
  const substitute = (role: string, unitId: string) => ({ role, unitId, because: 'substitute' })
  const liaison = { role: 'liaison', unitId: 'civil', because: 'liaison' }
  const stand = { ...agent, substituteId: 'other' }
  const other = { ...agent, id: 'other' }
  const leave = [{ from: plainDate('2026-11-24'), to: plainDate('2026-11-25'), substituteId: 'clerk' }]

  it('hands over to the substitute, who holds it where they work', () => {
    const held = { ...town, 'village-agent@v1': [stand], 'village-agent@v2': [other] }
    expect(ask(held, 'village-agent', 'v1', '2026-11-25', ['agent'])).toEqual({
      pools: [substitute('village-agent', 'v2')],
      unstaffed: false,
    })
    const away = { ...held, 'village-agent@v1': [{ ...stand, leave }] }
    expect(ask(away, 'village-agent', 'v1')).toEqual({
      pools: [own('village-agent', 'v1'), substitute('town-window', 't')],
      unstaffed: false,
    })
  })

  it('hands over to the town’s window where the substitute is barred too, or keeps no hours in time either', () => {
    const held = { ...town, 'village-agent@v1': [stand], 'village-agent@v2': [other] }
    expect(ask(held, 'village-agent', 'v1', '2026-11-25', ['agent', 'other'])).toEqual({
      pools: [window],
      unstaffed: true,
    })
    const lateToo = { ...late, id: 'other' }
    expect(
      ask({ ...held, 'village-agent@v2': [lateToo] }, 'village-agent', 'v1', '2026-11-25', ['agent']),
    ).toEqual({ pools: [substitute('village-agent', 'v2'), window], unstaffed: true })
  })

  it('leaves it to the others of the pool', () => {
    const held = { 'dept-reviewer@civil': [agent, clerk], 'liaison@civil': [other] }
    expect(ask(held, 'dept-reviewer', 'civil', '2026-11-25', ['agent'])).toEqual({
      pools: [own('dept-reviewer', 'civil')],
      unstaffed: false,
    })
  })

  it('hands over to the liaison at last, and to nobody who is barred', () => {
    const held = { 'dept-reviewer@civil': [stand], 'liaison@civil': [other] }
    expect(ask(held, 'dept-reviewer', 'civil', '2026-11-25', ['agent'])).toEqual({
      pools: [substitute('liaison', 'civil')],
      unstaffed: false,
    })
    const alone = { 'dept-reviewer@civil': [agent], 'liaison@civil': [other], 'liaison@county': [clerk] }
    expect(ask(alone, 'dept-reviewer', 'civil', '2026-11-25', ['agent'])).toEqual({
      pools: [liaison],
      unstaffed: true,
    })
    expect(ask(alone, 'dept-reviewer', 'civil', '2026-11-25', ['agent', 'other']).pools).toEqual([
      { ...liaison, unitId: 'county' },
    ])
    expect(ask(alone, 'dept-reviewer', 'civil', '2026-11-25', ['agent', 'other', 'clerk'])).toEqual({
      pools: [own('dept-reviewer', 'civil')],
      unstaffed: true,
    })
  })

  it('hands over to the administrator after the liaison, then to the supervisor, and leaves nobody out for a word alone', () => {
    const held = {
      'dept-reviewer@civil': [agent],
      'liaison@civil': [other],
      'admin@county': [clerk],
      'supervisor@county': [{ ...agent, id: 'chief' }],
    }
    const asked = (barred: readonly string[], isOwn: readonly string[] = []) =>
      holderPools(registryOf(held), {
        role: 'dept-reviewer',
        unitId: 'civil',
        span: { from: { day: plainDate('2026-11-25'), minute: 0 }, until: plainDate('2026-11-25') },
        isWorkingDay: () => true,
        isBarred: ({ id }) => barred.includes(id),
        isOwn: ({ id }) => isOwn.includes(id),
      })
    const county = (role: string) => [{ role, unitId: 'county', because: 'county' }]
    expect(asked(['agent', 'other']).pools).toEqual(county('admin'))
    expect(asked(['agent', 'other', 'clerk']).pools).toEqual(county('supervisor'))
    const all = ['agent', 'other', 'clerk', 'chief']
    expect(asked(all)).toEqual({ pools: county('supervisor'), unstaffed: true, lastResort: true })
    expect(asked(all, ['chief'])).toMatchObject({ pools: county('admin'), lastResort: true })
    expect(asked(all, all)).toEqual({ pools: [own('dept-reviewer', 'civil')], unstaffed: true })
  })

  it('finds it again after a leave that ends before it is due', () => {
    const held = { 'dept-reviewer@civil': [{ ...stand, leave }], 'liaison@civil': [other] }
    expect(ask(held, 'dept-reviewer', 'civil', '2026-11-26').pools).toEqual([own('dept-reviewer', 'civil')])
    expect(ask(held, 'dept-reviewer', 'civil').pools).toHaveLength(2)
  })

  it('asks the substitute of the leave that touches the days, from its first to its last, else the one of the post', () => {
    const [first, last] = ['2026-11-24', '2026-11-25']
    const isOfLeave = (from: string, to: string) => {
      const away = [{ from: plainDate(from), to: plainDate(to), substituteId: 'clerk' }]
      const held = {
        'dept-reviewer@civil': [{ ...stand, leave: away }],
        'dept-window@civil': [other],
        'liaison@civil': [clerk],
      }
      const { pools } = ask(held, 'dept-reviewer', 'civil', last, ['agent'])
      expect(pools).toHaveLength(1)
      return pools[0]?.role === 'liaison'
    }
    expect(isOfLeave(last, '2026-11-30')).toBe(true)
    expect(isOfLeave('2026-11-26', '2026-11-30')).toBe(false)
    expect(isOfLeave('2026-11-20', first)).toBe(true)
    expect(isOfLeave('2026-11-20', '2026-11-23')).toBe(false)
  })

  it('hands over to nobody without a post', () => {
    const held = { 'dept-reviewer@civil': [{ ...agent, substituteId: 'postless' }], 'liaison@civil': [other] }
    expect(ask(held, 'dept-reviewer', 'civil', '2026-11-25', ['agent'])).toEqual({
      pools: [liaison],
      unstaffed: true,
    })
  })

  it.each([
    ['the same post elsewhere', ['dept-window@civil', 'dept-reviewer@t'], 'dept-reviewer@t'],
    ['else another post in the unit', ['liaison@county', 'dept-window@civil'], 'dept-window@civil'],
    ['else the first post', ['liaison@county', 'town-window@t'], 'liaison@county'],
  ])('hands over to the substitute at %s', (_, posts, at) => {
    const held = {
      ...Object.fromEntries(posts.map((post) => [post, [other]])),
      'dept-reviewer@civil': [stand],
    }
    const [role = '', unitId = ''] = at.split('@')
    expect(ask(held, 'dept-reviewer', 'civil', '2026-11-25', ['agent'])).toEqual({
      pools: [substitute(role, unitId)],
      unstaffed: false,
    })
  })

  it('names a colleague of the same post no second time, wherever else they work', () => {
    const colleague = { ...late, id: 'other' }
    const held = {
      ...town,
      'village-agent@v2': [colleague],
      'village-agent@v1': [{ ...agent, leave: [], substituteId: 'other' }, colleague],
    }
    expect(ask(held, 'village-agent', 'v1', '2026-11-25', ['agent'])).toEqual({
      pools: [own('village-agent', 'v1'), window],
      unstaffed: false,
    })
  })

  it('names who is away beside the substitute, be that one of the same post or of the same unit', () => {
    const away = { ...stand, leave: leave.map((each) => ({ ...each, substituteId: null })) }
    expect(
      ask({ 'village-agent@v1': [away], 'village-agent@v2': [other] }, 'village-agent', 'v1').pools,
    ).toEqual([own('village-agent', 'v1'), substitute('village-agent', 'v2')])
    expect(
      ask({ 'dept-reviewer@civil': [away], 'dept-window@civil': [other] }, 'dept-reviewer', 'civil').pools,
    ).toEqual([own('dept-reviewer', 'civil'), substitute('dept-window', 'civil')])
  })

  it('leaves it to a substitute without hours in time where the town has no window', () => {
    const held = { 'village-agent@v1': [stand], 'village-agent@v2': [{ ...late, id: 'other' }] }
    expect(ask(held, 'village-agent', 'v1', '2026-11-25', ['agent'])).toEqual({
      pools: [substitute('village-agent', 'v2')],
      unstaffed: false,
    })
  })

  it('needs no substitute for an agent who is there without hours in time', () => {
    const held = {
      ...town,
      'village-agent@v1': [{ ...late, substituteId: 'other' }],
      'village-agent@v2': [other],
    }
    expect(ask(held, 'village-agent', 'v1').pools).toEqual([own('village-agent', 'v1'), window])
  })

  it('comes back to the substitute, then to the holder, where a word alone bars everybody', () => {
    const asked = (held: Readonly<Record<string, readonly StaffMember[]>>) =>
      holderPools(registryOf(held), {
        role: 'dept-reviewer',
        unitId: 'civil',
        span: span('2026-11-25'),
        isWorkingDay,
        isBarred: () => true,
        isOwn: () => false,
      })
    expect(asked({ 'dept-reviewer@civil': [stand], 'dept-window@civil': [other] })).toEqual({
      pools: [substitute('dept-window', 'civil')],
      unstaffed: true,
      lastResort: true,
    })
    expect(asked({ 'dept-reviewer@civil': [agent] })).toEqual({
      pools: [own('dept-reviewer', 'civil')],
      unstaffed: true,
      lastResort: true,
    })
    expect(asked({})).toEqual({ pools: [own('dept-reviewer', 'civil')], unstaffed: true })
  })
})

test('whoever stands in from outside the unit is the administrator or the supervisor', () => {
  expect(['admin', 'supervisor'].map(isOutsider)).toEqual([true, true])
  expect(['liaison', 'dept-reviewer', 'town-window'].map(isOutsider)).toEqual([false, false, false])
})
