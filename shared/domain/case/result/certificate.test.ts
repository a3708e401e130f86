import { expect, test } from 'vitest'
import { plainDate } from '../../kernel/plain-date'
import { certificateStatus, isCertified, lastDayOf, renewalOffered } from './certificate'
import { certificateCode, checkLink, codeIn, codeWords, readCode } from './certificate-code'

const decided = (kind: 'granted' | 'refused') =>
  ({ decision: { kind, at: '2026-11-24T01:00:00.000Z', stepKey: 'decide', reasonDigest: null } }) as never

test.each([
  ['2026-11-24', 4, '2030-11-23'],
  ['2024-02-29', 3, '2027-02-28'],
  ['2024-02-29', 4, '2028-02-28'],
  ['2026-01-01', 1, '2026-12-31'],
])('from %s for %i years its last day is %s', (from, years, last) => {
  expect(lastDayOf(plainDate(from), years)).toBe(last)
})

test('what has no end has no last day', () => {
  expect(lastDayOf(plainDate('2026-11-24'), null)).toBeNull()
})

const validTo = plainDate('2030-11-23')
/** Asked for on `filedOn`; what became of it by then. */
const asked = (filedOn: string, more: object = {}, isCertified = false) => ({
  state: { filedAt: `${filedOn}T01:00:00.000Z`, decision: null, endedAt: null, ...more } as never,
  isCertified,
})
type Asked = ReturnType<typeof asked>
const RESULT = { validYears: 4, certificate: { prints: [], renewable: true } } as never
const statusOn = (today: string, renewals: Asked | readonly Asked[] = [], kind = 'granted') =>
  certificateStatus({
    validTo,
    state: decided(kind as 'granted'),
    renewals: [renewals].flat(),
    result: RESULT,
    today: plainDate(today),
  })

test('it holds on its last day and no day longer, and not where nothing is granted', () => {
  expect(statusOn('2030-11-23')).toBe('valid')
  expect(statusOn('2030-11-24')).toBe('expired')
  expect(statusOn('2026-12-01', [], 'refused')).toBe('revoked')
  expect(
    certificateStatus({
      validTo: null,
      state: decided('granted'),
      renewals: [],
      result: RESULT,
      today: validTo,
    }),
  ).toBe('valid')
})

test.each([
  ['thirty days before its end and not decided', asked('2030-10-24'), 'valid'],
  ['a day later', asked('2030-10-25'), 'expired'],
  [
    'in time and refused before its end',
    asked('2030-10-01', { decision: { kind: 'refused', at: '2030-11-23T01:00:00.000Z' } }),
    'expired',
  ],
  [
    'in time and refused when the law had renewed it',
    asked('2030-10-01', { decision: { kind: 'refused', at: '2030-11-24T01:00:00.000Z' } }),
    'valid',
  ],
  [
    'in time and not accepted when the law had renewed it',
    asked('2030-10-01', { status: 'declined', endedAt: '2030-11-24T01:00:00.000Z' }),
    'valid',
  ],
  [
    'in time and withdrawn after its end',
    asked('2030-10-01', { status: 'withdrawn', endedAt: '2030-11-24T01:00:00.000Z' }),
    'expired',
  ],
  [
    'in time, asked what is missing and left so',
    asked('2030-10-01', { status: 'terminated', endedAt: '2030-11-24T01:00:00.000Z' }),
    'expired',
  ],
  ['in time and withdrawn', asked('2030-10-01', { endedAt: '2030-10-02T01:00:00.000Z' }), 'expired'],
  [
    'in time and granted, its certificate not made yet',
    asked('2030-10-01', { decision: { kind: 'granted' } }),
    'valid',
  ],
  [
    'in time, granted and taken back',
    asked('2030-10-01', {
      decision: { kind: 'granted' },
      status: 'revoked',
      endedAt: '2031-03-01T01:00:00.000Z',
    }),
    'expired',
  ],
])('renewal asked for %s leaves it %s', (_when, renewal, status) => {
  expect(statusOn('2030-11-24', renewal)).toBe(status)
})

test('what the law renewed lasts as long as what was renewed', () => {
  expect(statusOn('2034-11-23', asked('2030-10-01'))).toBe('valid')
  expect(statusOn('2034-11-24', asked('2030-10-01'))).toBe('expired')
})

test('another stands in its place from the day after its last one, whenever that was made', () => {
  const granted = asked('2030-10-01', { decision: { kind: 'granted' } }, true)
  expect([statusOn('2030-10-20', granted), statusOn('2030-11-23', granted)]).toEqual(['valid', 'valid'])
  expect(statusOn('2030-11-24', granted)).toBe('expired')
  const revoked = asked('2030-10-01', { decision: { kind: 'granted' }, status: 'revoked' }, true)
  expect(statusOn('2030-10-20', revoked)).toBe('valid')
})

test('of several it holds while any that was asked for in time goes on, and ends where any stands certified', () => {
  const inTime = asked('2030-10-01')
  const late = asked('2030-11-13')
  expect(statusOn('2030-11-24', [inTime, late])).toBe('valid')
  expect(statusOn('2030-11-24', [late])).toBe('expired')
  const certified = asked('2030-10-01', { decision: { kind: 'granted' } }, true)
  expect(statusOn('2030-11-24', [certified, late])).toBe('expired')
})

test('renewal is offered from ninety days before its end, once, where the guide knows one', () => {
  const offered = (today: string, renewals: readonly Asked[] = [], certificate: object = {}) =>
    renewalOffered({
      validTo,
      state: decided('granted'),
      renewals,
      result: { certificate: { prints: [], renewable: true, ...certificate } } as never,
      today: plainDate(today),
    })
  expect(offered('2030-08-24')).toBeNull()
  expect(offered('2030-08-25')).toBe('2030-10-24')
  expect(offered('2030-11-23')).toBe('2030-10-24')
  expect(offered('2030-11-24')).toBeNull()
  expect(offered('2030-09-01', [], { renewable: false })).toBeNull()
  expect(offered('2030-09-01', [asked('2030-08-30')])).toBeNull()
  expect(offered('2030-09-01', [asked('2030-08-30', { decision: { kind: 'refused' } })])).toBe('2030-10-24')
  const another = { renewal: { askDaysBefore: 60, basis: '劳务派遣行政许可实施办法' } }
  expect(offered('2030-09-01', [], another)).toBe('2030-09-24')
})

test('renewal is offered to nobody in the name of who has died', () => {
  const offered = (state: object) =>
    renewalOffered({
      validTo,
      state: { ...(decided('granted') as object), ...state } as never,
      renewals: [],
      result: { certificate: { prints: [], renewable: true } } as never,
      today: plainDate('2030-09-01'),
    })
  expect(offered({})).toBe('2030-10-24')
  expect(offered({ isDeceased: true })).toBeNull()
})

test('by a rule of its own it is asked for earlier, and what came after that day holds nothing', () => {
  const result = {
    validYears: 4,
    certificate: { prints: [], renewable: true, renewal: { askDaysBefore: 60, basis: 'x' } },
  } as never
  const on = (filedOn: string) =>
    certificateStatus({
      validTo,
      state: decided('granted'),
      renewals: [asked(filedOn)],
      result,
      today: plainDate('2030-11-24'),
    })
  expect([on('2030-09-24'), on('2030-09-25')]).toEqual(['valid', 'expired'])
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
