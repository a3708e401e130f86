import { expect, test, vi } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { reexaminedLamp, whenPaidWords } from './reexamined'

vi.mock('../../../platform/clock', () => ({ today: () => '2026-11-24' }))

const granted = { key: 'granted', word: '办好了', tone: 'good', documentId: null } as const
const revocation = (change: object) =>
  ({ ofRefusal: false, isHeldBack: true, ...change }) as CaseView['revocation']
const pay = { paidOn: null, announced: true } as CaseView['pay']
const standing = (change: object) => ({ outcome: granted, revocation: null, pay, ...change })

test('money that is held back is promised to nobody', () => {
  expect(whenPaidWords(standing({}))).toBe('还没打，打了当天告诉你')
  expect(whenPaidWords(standing({ revocation: revocation({}) }))).toBe('钱先不发，等定下来')
  expect(whenPaidWords(standing({ revocation: revocation({ isHeldBack: false }) }))).toBe(
    '还没打，打了当天告诉你',
  )
  expect(whenPaidWords(standing({ pay: null }))).toBe(null)
})

test('what may be taken back is not simply done; a refusal that may be, was never', () => {
  expect(reexaminedLamp(standing({}))).toBe(null)
  expect(reexaminedLamp(standing({ revocation: revocation({ isHeldBack: false }) }))?.words).toBe(
    '准备撤销，还没定',
  )
  expect(reexaminedLamp(standing({ revocation: revocation({ ofRefusal: true }) }))).toBe(null)
})
