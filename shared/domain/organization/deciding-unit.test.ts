import { describe, expect, it } from 'vitest'
import { type DecidedItem, type DecisionRemedy, decidingUnit, findRemedy, remedyText } from './deciding-unit'
import type { Unit } from './registry'

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

  it('of an item that nobody decides is the department', () => {
    const told = { departmentId: 'civil', steps: [{ decides: false, remedy: null, organ: { kind: 'town' } }] }
    expect(decidingUnit(told as DecidedItem, 't')).toBe('civil')
    expect(findRemedy(told as DecidedItem, unit('civil', 'department', 'county'), 'civil')).toEqual({
      reviewAuthority: '县人民政府',
      court: '县人民法院',
    })
  })

  it('has no remedy where half of it is unknown', () => {
    const civil = unit('civil', 'department', 'county')
    for (const half of [{ reviewAuthority: null }, { court: null }])
      expect(remedyText(item({ kind: 'department' }), { ...civil, ...half }, 'civil')).toBeNull()
  })
})

describe('what one may do against it', () => {
  const town = unit('t', 'town', 'county')
  const step = (objection?: DecisionRemedy['objection']): DecidedItem => ({
    departmentId: 'civil',
    steps: [
      {
        decides: true,
        organ: { kind: 'town' },
        remedy: { reviewAuthority: '宣城市人民政府', court: '郎溪县人民法院', objection },
      },
    ],
  })
  // 行政复议法 第20条 (2023 revision): 60 days; 行政诉讼法 第46条: six months.
  const review = '可以在收到后 60 日内向宣城市人民政府申请行政复议，或者在 6 个月内向郎溪县人民法院起诉。'

  it('review within 60 days, or suit within six months', () => {
    expect(remedyText(step(), town, 't')).toBe(`不服这个决定，${review}`)
    expect(remedyText(step(null), town, 't', 'amount')).toBe(`对金额有异议的，${review}`)
  })

  // 法律援助法 第49条: first to the bureau of justice, which answers within five days.
  it('an objection first where a law sends one elsewhere', () => {
    const objection = { to: '郎溪县司法局', days: 5 }
    expect(findRemedy(step(objection), town, 't')).toEqual({
      reviewAuthority: '宣城市人民政府',
      court: '郎溪县人民法院',
      objection,
    })
    expect(remedyText(step(objection), town, 't')).toBe(
      `不服这个决定，先向郎溪县司法局提出异议，5 日内给答复；答复维持、还是不服的，${review}`,
    )
    expect(remedyText(step(objection), town, 't', 'amount')).toMatch(/^对金额有异议的，先向/)
  })

  it('nothing against a village, which decides nothing, nor against nobody', () => {
    expect(remedyText(step(), unit('v1', 'village', 't'), 't')).toBeNull()
    expect(remedyText(step(), undefined, 't')).toBeNull()
  })
})
