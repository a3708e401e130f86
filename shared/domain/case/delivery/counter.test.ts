import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { CaseActor } from '../context'
import { askedLabel, askedSides, saidByUnit } from '../correction/asked'
import { draftedWords } from '../correction/draft-words'
import { APPLICANT, contextOf, file, type Journey, staff } from '../journeys/case-fixture'
import { suspensionWords } from '../step/special-procedures'
import { isFailedCheck } from '../visit/check'
import { handsOver } from './counter'

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}

describe('whom a paper is for is printed in full by whoever hands it over', () => {
  const { item, state, now } = file(itemOf('LX-005'), '2026-03-02')
  const journey: Journey = { item, state, events: [], now }
  const WINDOW = { role: 'town-window', unitId: 'town' } as const
  const may = (actor: CaseActor) => handsOver(item, state, contextOf(journey, actor))

  test('the holders of the steps that serve it, and nobody else', () => {
    expect(may(staff(WINDOW))).toBe(true)
    expect(may(staff({ role: 'town-reviewer', unitId: 'town' }, WINDOW))).toBe(true)
    expect(may(staff({ ...WINDOW, unitId: 'elsewhere' }))).toBe(false)
    expect(may(staff({ role: 'town-reviewer', unitId: 'town' }))).toBe(false)
    expect(may({ ...staff(WINDOW), isBarred: true })).toBe(false)
    expect(may(APPLICANT)).toBe(false)
  })

  test('and whoever does it in their place where a post has nobody', () => {
    const deputy = { role: 'dept-window', unitId: 'civil' } as const
    const context = { ...contextOf(journey, staff(deputy)), poolsOf: () => [deputy] }
    expect(handsOver(item, state, context)).toBe(true)
    expect(handsOver(item, { ...state, steps: [] }, context)).toBe(false)
  })
})

test('what a notice asks for is called as the form calls it, and a card has both its sides', () => {
  const item = {
    fields: [{ key: 'mobile', label: '手机号' }],
    materials: [{ name: '居民身份证', sides: 2 }, { name: '照片' }],
  } as never
  expect(askedLabel(item, { kind: 'field', name: 'mobile' })).toBe('手机号')
  expect(askedLabel(item, { kind: 'field', name: 'gone' })).toBe('gone')
  expect(askedLabel(item, { kind: 'material', name: 'mobile' })).toBe('mobile')
  const sides = (kind: 'field' | 'material', name: string) => askedSides(item, { kind, name })
  expect([sides('material', '居民身份证'), sides('material', '照片'), sides('material', 'gone')]).toEqual([
    2, 1, 1,
  ])
  expect(sides('field', '居民身份证')).toBe(1)
  expect(saidByUnit('县自规局')).toBe('县自规局写的：')
})

test('what a department wrote is told by whether the notice was out then', () => {
  const out = { corrections: [{ askedAt: '2026-03-05T00:00:00.000Z' }] } as never
  const before = '2026-03-05T00:00:00.000Z'
  const after = '2026-03-06T00:00:00.000Z'
  expect(draftedWords(out, before, 0)).toBe('看过材料，不用补')
  expect(draftedWords(out, before, 2)).toBe('写了要补的 2 样')
  expect(draftedWords(out, after, 0)).toBe('看过补来的，够了')
  expect(draftedWords(out, after, 1)).toBe('补来的还有 1 样不行')
  expect(draftedWords({ corrections: [] }, after, 1)).toBe('写了要补的 1 样')
})

test('a check after the decision that found it otherwise, and nothing else, is told as one', () => {
  const item = itemOf('LX-037')
  const is = (type: string, stepKey: string | null | undefined, outcome?: string) =>
    isFailedCheck(item, {
      type,
      ...(stepKey === undefined ? {} : { stepKey }),
      ...(outcome ? { outcome } : {}),
    })
  expect([is('examined', 'inspect', 'failed'), is('verified', 'inspect', 'failed')]).toEqual([true, true])
  expect(is('examined', 'inspect', 'passed')).toBe(false)
  expect(is('examined', 'site', 'failed')).toBe(false)
  expect(is('returned', 'inspect', 'failed')).toBe(false)
  expect([is('examined', null, 'failed'), is('examined', undefined, 'failed')]).toEqual([false, false])
})

test('why a clock stands still and for how long is told in days as the applicant reads them', () => {
  expect(suspensionWords({ basis: 'appraisal', expectedDays: 37 })).toBe('因鉴定暂停，预计 37 天')
})
