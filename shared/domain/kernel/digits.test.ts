import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  birthOfIdNumber,
  creditCodeCheckCharacter,
  idCheckCharacter,
  isCreditCode,
  isIdNumber,
  maskCard,
  maskIdNumber,
  maskName,
  maskPhone,
  passesLuhn,
} from './digits'

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''))
const CREDIT_CHARACTERS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
const credit17 = fc
  .array(fc.constantFrom(...CREDIT_CHARACTERS), { minLength: 17, maxLength: 17 })
  .map((each) => each.join(''))

/** Every other character at one place of a code. */
const slips = (code: string, alphabet: readonly string[], at: number) =>
  alphabet
    .filter((character) => character !== code.charAt(at))
    .map((character) => code.slice(0, at) + character + code.slice(at + 1))

describe('ID numbers', () => {
  test('the example of GB 11643 is one, and the day of birth stands in it', () => {
    expect(isIdNumber('11010519491231002X')).toBe(true)
    expect(birthOfIdNumber('11010519491231002X')).toBe('1949-12-31')
  })

  test.each([
    '11010519491231002x',
    '110105194912310021',
    '11010519491331002X',
    '1101051949123100',
    ' 11010519491231002X',
    '１１０１０５19491231002X',
    '',
  ])('"%s" is none', (text) => {
    expect(isIdNumber(text)).toBe(false)
  })

  test('one wrong digit is always noticed', () => {
    const body = fc.tuple(digits(6), digits(3)).map(([region, order]) => `${region}19491231${order}`)
    fc.assert(
      fc.property(body, fc.integer({ min: 0, max: 16 }), (first17, at) => {
        const whole = first17 + idCheckCharacter(first17)
        expect(isIdNumber(whole)).toBe(true)
        expect(slips(whole, [...'0123456789'], at).some(isIdNumber)).toBe(false)
      }),
    )
  })
})

describe('unified social credit codes', () => {
  test('a code of the form of GB 32100', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true)
  })

  test.each(['91350100M000100Y44', '91350100I000100Y43', '91350100m000100y43', '91350100M000100Y4', ''])(
    '"%s" is none',
    (text) => {
      expect(isCreditCode(text)).toBe(false)
    },
  )

  test('one wrong character is always noticed', () => {
    fc.assert(
      fc.property(credit17, fc.integer({ min: 0, max: 17 }), (first17, at) => {
        const whole = first17 + creditCodeCheckCharacter(first17)
        expect(isCreditCode(whole)).toBe(true)
        expect(slips(whole, CREDIT_CHARACTERS, at).some(isCreditCode)).toBe(false)
      }),
    )
  })
})

describe('card numbers', () => {
  test.each([
    ['79927398713', true],
    ['4111111111111111', true],
    ['79927398710', false],
    ['', false],
    ['4111 1111 1111 1111', false],
  ])('"%s": %s', (text, passes) => {
    expect(passesLuhn(text)).toBe(passes)
  })

  test('exactly one last digit passes', () => {
    fc.assert(
      fc.property(digits(18), (body) => {
        expect([...'0123456789'].filter((check) => passesLuhn(body + check))).toHaveLength(1)
      }),
    )
  })
})

test('masks keep what is enough to recognise', () => {
  expect(maskIdNumber('341821194401010024')).toBe('3418**********0024')
  expect(maskPhone('15400002714')).toBe('154****2714')
  expect(maskCard('6217000000000004602')).toBe('**** 4602')
  expect(['陈桂兰', '李明', '李', '欧阳修文'].map(maskName)).toEqual(['陈*兰', '李*', '李', '欧**文'])
})
