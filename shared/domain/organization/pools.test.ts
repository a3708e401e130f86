import { describe, expect, it } from 'vitest'
import { type PlainDate, plainDate, weekdayOf } from '../kernel/plain-date'
import { decidingUnit, findRemedy } from './deciding-unit'
import { holderPools } from './pools'
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
  staff: new Map(
    Object.values(held)
      .flat()
      .map((member) => [member.id, member]),
  ),
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
    const late = { ...agent, dutyHours: [{ days: ['mon' as const], periods: ['18:30-20:30'] }] }
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
    const late = { ...other, dutyHours: [{ days: ['mon' as const], periods: ['18:30-20:30'] }] }
    expect(
      ask({ ...held, 'village-agent@v2': [late] }, 'village-agent', 'v1', '2026-11-25', ['agent']),
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
})

describe('the organ that decides', () => {
  const remedy = { reviewAuthority: '市人民政府', court: '市中级人民法院', note: null }
  const item = (
    organ: Parameters<typeof decidingUnit>[0]['steps'][number]['organ'],
    own: typeof remedy | null = null,
  ) => ({
    departmentId: 'civil',
    steps: [
      { decides: false, remedy: null, organ: { kind: 'village' as const } },
      { decides: true, remedy: own, organ },
    ],
  })

  it('is the unit of the deciding step, never a village', () => {
    expect(decidingUnit(item({ kind: 'town' }), 't')).toBe('t')
    expect(decidingUnit(item({ kind: 'town' }), null)).toBe('civil')
    expect(decidingUnit(item({ kind: 'village' }), 't')).toBe('civil')
    expect(decidingUnit(item({ kind: 'department' }), 't')).toBe('civil')
    expect(decidingUnit(item({ kind: 'unit', unitId: 'county' }), 't')).toBe('county')
  })

  it('has the remedy of the step, else its own, as has whoever else acts', () => {
    const town = unit('t', 'town', 'county')
    const own = { reviewAuthority: '县人民政府', court: '县人民法院' }
    expect(findRemedy(item({ kind: 'town' }, remedy), town, 't')).toEqual({
      reviewAuthority: '市人民政府',
      court: '市中级人民法院',
    })
    expect(findRemedy(item({ kind: 'town' }), town, 't')).toEqual(own)
    expect(findRemedy(item({ kind: 'unit', unitId: 'county' }, remedy), town, 'county')).toEqual(own)
    expect(findRemedy(item({ kind: 'town' }), unit('v1', 'village', 't'), 'v1')).toBeUndefined()
  })
})
