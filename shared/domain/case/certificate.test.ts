import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { certificateStatus, isCertified, lastDayOf } from './certificate'
import { certificateCode, checkLink, codeIn, codeWords, readCode } from './certificate-code'

const decided = (kind: 'granted' | 'refused') =>
  ({ decision: { kind, at: '2026-11-24T01:00:00.000Z', stepKey: 'decide', reasonDigest: null } }) as never

test.each([
  ['2026-11-24', 4, '2030-11-23'],
  ['2024-02-29', 3, '2027-02-27'],
  ['2026-01-01', 1, '2026-12-31'],
])('from %s for %i years its last day is %s', (from, years, last) => {
  expect(lastDayOf(plainDate(from), years)).toBe(last)
})

test('what has no end has no last day', () => {
  expect(lastDayOf(plainDate('2026-11-24'), null)).toBeNull()
})

test('it holds on its last day and no day longer, and not where nothing is granted', () => {
  const validTo = plainDate('2030-11-23')
  const on = (today: string, kind: 'granted' | 'refused' = 'granted') =>
    certificateStatus({ validTo, state: decided(kind), today: plainDate(today) })
  expect([on('2030-11-23'), on('2030-11-24'), on('2026-12-01', 'refused')]).toEqual([
    'valid',
    'expired',
    'revoked',
  ])
  expect(certificateStatus({ validTo: null, state: decided('granted'), today: validTo })).toBe('valid')
})

test('it is made of what is granted, of items whose certificate is made here', () => {
  const item = (certificate?: object) => ({ resultDocument: { certificate } }) as never
  expect(isCertified(item({ prints: [], renewable: true }), decided('granted'))).toBe(true)
  expect(isCertified(item({ prints: [], renewable: true }), decided('refused'))).toBe(false)
  expect(isCertified(item(), decided('granted'))).toBe(false)
})

test('16 bytes are 26 characters that are read as they were meant', () => {
  const code = certificateCode(Uint8Array.from({ length: 16 }, (_, at) => at * 17))
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(certificateCode(new Uint8Array(16))).toBe('0'.repeat(26))
  expect(certificateCode(new Uint8Array(16).fill(255))).toBe(`${'Z'.repeat(25)}W`)
  expect(readCode(codeWords(code).toLowerCase())).toBe(code)
  expect(readCode('o1-iL')).toBe('0111')
  expect(codeIn(checkLink('https://a.example', code))).toBe(code)
  expect(codeIn(` ${code} `)).toBe(code)
  expect(checkLink('https://a.example', code)).toBe(
    `https://a.example/#/features/certificate/check?code=${code}`,
  )
})
