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
) => holderPools(registryOf(held), { role, unitId, span: span(until), isWorkingDay })

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
    expect(ask({}, 'dept-reviewer', 'civil')).toEqual({ pools: [], unstaffed: true })
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

  it('has the remedy of the step, else its own', () => {
    expect(findRemedy(item({ kind: 'town' }, remedy), unit('t', 'town', 'county'))).toEqual({
      reviewAuthority: '市人民政府',
      court: '市中级人民法院',
    })
    expect(findRemedy(item({ kind: 'town' }), unit('t', 'town', 'county'))).toEqual({
      reviewAuthority: '县人民政府',
      court: '县人民法院',
    })
    expect(findRemedy(item({ kind: 'town' }), unit('v1', 'village', 't'))).toBeUndefined()
  })
})
