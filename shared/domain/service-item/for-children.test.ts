import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { childCheckOf, insteadOf } from './for-children'

const today = plainDate('2026-11-24')
const card = { forChild: '户口簿上孩子那一页' }

test('whoever is not sixteen yet may have no card, and is told what goes in its place', () => {
  expect(insteadOf(card, plainDate('2010-11-25'), today)).toContain('拍户口簿上孩子那一页')
  expect(insteadOf(card, plainDate('2010-11-24'), today)).toBeNull()
})

test('while nobody knows who applies the child is named', () => {
  expect(insteadOf(card, null, today)).toBe('没有身份证的孩子：户口簿上孩子那一页')
})

test('a paper that no child brings has nothing in its place', () => {
  expect(insteadOf({}, plainDate('2015-05-05'), today)).toBeNull()
  expect(insteadOf({}, null, today)).toBeNull()
})

test('the guardian’s way is told where a child may apply, and nowhere else', () => {
  expect(childCheckOf({ materials: [card] as never })).toContain('监护人')
  expect(childCheckOf({ materials: [{}] as never })).toBeNull()
})
