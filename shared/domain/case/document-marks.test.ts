import { expect, test } from 'vitest'
import { marksOf } from './document-marks'

const issued = (...kinds: readonly string[]) => kinds.map((kind, at) => ({ id: `${at}`, kind }))

test('a decision is marked by what came after it, until another decision follows', () => {
  const all = issued(
    'acceptance',
    'deny',
    'amendment',
    'revocation-notice',
    'revocation',
    'confirm',
    'amendment',
  )
  expect(marksOf(all, '1')).toEqual([
    { kind: 'corrected', by: '2' },
    { kind: 'revoked', by: '4' },
  ])
  expect(marksOf(all, '5')).toEqual([{ kind: 'corrected', by: '6' }])
})

test('nothing but a decision is marked', () => {
  const all = issued('acceptance', 'grant', 'revocation')
  expect(marksOf(all, '0')).toEqual([])
  expect(marksOf(all, '2')).toEqual([])
  expect(marksOf(all, 'none')).toEqual([])
})
