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
  expect(marksOf(all, '1', () => false)).toEqual([
    { kind: 'corrected', by: '2' },
    { kind: 'revoked', by: '4' },
  ])
  expect(marksOf(all, '5', () => false)).toEqual([{ kind: 'corrected', by: '6' }])
})

test('nothing but a decision is marked', () => {
  const all = issued('acceptance', 'grant', 'revocation')
  expect(marksOf(all, '0', () => false)).toEqual([])
  expect(marksOf(all, '2', () => false)).toEqual([])
  expect(marksOf(all, 'none', () => false)).toEqual([])
})

test('a certificate is marked where the holder’s name was put right, and by no other slip', () => {
  const all = issued('confirm', 'certificate', 'amendment', 'amendment')
  expect(marksOf(all, '1', ({ id }) => id === '3')).toEqual([{ kind: 'corrected', by: '3' }])
  // It was issued under the name that had been put right.
  expect(marksOf(issued('confirm', 'amendment', 'certificate'), '2', () => true)).toEqual([])
})
