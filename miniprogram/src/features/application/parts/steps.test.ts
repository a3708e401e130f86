import { expect, test } from 'vitest'
import type { Field, Material } from '#shared/domain/service-item/item'
import { planSteps } from './steps'

const field = (key: string, more: object = {}) =>
  ({
    key,
    label: key,
    kind: 'text',
    prefill: null,
    ofNumber: null,
    computed: null,
    ...more,
  }) as unknown as Field
const paper = (name: string, required: boolean) => ({ name, required }) as unknown as Material

const plan = (fields: readonly Field[], known: readonly string[], papers: readonly Material[] = []) =>
  planSteps(fields, {
    isPrefilled: ({ key }) => known.includes(key),
    papersToBring: papers,
    personTitle: () => '空着的补上',
  }).map(({ key, title, isKnown }) => [key, title, isKnown])

const NAME = field('name', { prefill: 'identity.name' })
const BIRTH = field('birth', { kind: 'date', prefill: 'licence:LIC-IDCARD.birth', ofNumber: 'idNo' })
const CARD = field('card', { kind: 'bankcard', prefill: 'licence:LIC-SSCARD.bankNo' })

test('what is all known asks nothing, and neither do papers that nobody must bring', () => {
  expect(plan([NAME, BIRTH, CARD], ['name', 'card'], [paper('照片', false)])).toEqual([
    ['person', '看一看，对不对', true],
    ['card', '钱打到哪张卡', true],
    ['papers', '材料', true],
    ['check', '核对一遍', false],
  ])
})

test('one thing that is missing keeps its step, under words that promise nothing filled in', () => {
  const village = field('village', { kind: 'village', prefill: 'profile.villageCode' })
  expect(plan([NAME, village], ['name'], [paper('照片', true)])).toEqual([
    ['person', '空着的补上', false],
    ['papers', '材料', false],
    ['check', '核对一遍', false],
  ])
})

test('a step is named by what it asks', () => {
  const table = field('members', { label: '家庭成员', kind: 'table' })
  const two = [field('a', { label: '面积（亩）' }), field('b', { label: '养殖品种' })]
  const titles = (fields: readonly Field[]) => plan(fields, []).map(([, title]) => title)
  expect(titles([...two, table])).toEqual(['面积、养殖品种', '家庭成员', '核对一遍'])
  expect(titles([...two, field('c', { label: '水域' })])[0]).toBe('面积、养殖品种这些')
})

test('a photo that is one of the papers is asked for among them, and where nobody must bring it, by itself', () => {
  const photo = field('photo', { label: '一寸照片', kind: 'image' })
  const keys = (papers: readonly Material[]) => plan([photo], [], papers).map(([key]) => key)
  expect(keys([paper('本人一寸照片', true)])).toEqual(['papers', 'check'])
  expect(keys([paper('居民身份证', true)])).toEqual(['photo', 'papers', 'check'])
  expect(keys([])).toEqual(['photo', 'check'])
})
