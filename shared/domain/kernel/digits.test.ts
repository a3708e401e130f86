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
  maskNumbersIn,
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

describe('numbers that people write into a text', () => {
  test.each([
    ['139 1234 5678', '139****5678'],
    ['139-1234-5678', '139****5678'],
    ['+8613912345678', '+139****5678'],
    ['QQ13912345678', 'QQ139****5678'],
    ['１３９１２３４５６７８', '139****5678'],
    ['3418 2119 4611 1800 24', '3418**********0024'],
    ['341821 1946-11-18 0024', '3418**********0024'],
    ['３４１８２１１９４６１１１８００２４', '3418**********0024'],
    ['341821194611180025', '3418**********0025'],
    ['34182119461118002x', '3418**********002X'],
    ['34182119461118002444', '3418**********002444'],
    ['341821461118002', '3418*******8002'],
    ['6222 0000 0000 0000 0', '**** 0000'],
    ['6228480402564890018', '**** 0018'],
    ['6228480402564890019', '**** 0019'],
    ['电话13912345678，卡 6228480402564890018。', '电话139****5678，卡 **** 0018。'],
    ['13912345678 15405631620', '139****5678 154****1620'],
  ])('"%s" becomes "%s"', (text, masked) => {
    expect(maskNumbersIn(text)).toBe(masked)
  })

  test.each([
    '3418212611240001',
    '3418212611240001 和 34182126112410001',
    '2026-11-24',
    '1990-05-05 139',
    '2026-11-24 2026-12-24',
    '2026年11月24日 8:30—12:00',
    '交了 5000 元，3000 4000 5000 6000',
    '100000.00 元',
    '92341821DEM903328K',
    '梅许〔2026〕12号',
    '０５６３',
  ])('"%s" stays', (text) => {
    expect(maskNumbersIn(text)).toBe(text)
  })

  const plainDigits = (text: string) => text.normalize('NFKC').replace(/[^\dX]/g, '')
  const person = fc
    .tuple(digits(3), digits(4))
    .map(([order, tail]) => ['139', tail, '5', order].join('').slice(0, 11))
  const idNumber = fc
    .tuple(digits(3), fc.constantFrom(...'0123456789X'))
    .map(([order, check]) => `34182119461118${order}${check}`)
  const card = digits(14).map((rest) => `62${rest}`)
  const number = fc.oneof(person, idNumber, card)
  const written = fc
    .tuple(number, fc.boolean(), fc.constantFrom('', ' ', '-', '　'))
    .map(([whole, isWide, gap]) => {
      const pattern = whole.length === 11 ? /^(\d{3})(\d{4})(\d{4})$/ : /.{1,4}/g
      const groups =
        whole.length === 11 ? (pattern.exec(whole)?.slice(1) ?? []) : (whole.match(pattern) ?? [])
      const text = groups.join(gap)
      const wide = text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
      return { whole, text: isWide ? wide : text }
    })

  test('none of them is left, in whatever width and however parted', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 3 }), (numbers) => {
        const masked = plainDigits(maskNumbersIn(numbers.map(({ text }) => text).join('；电话')))
        for (const { whole } of numbers) expect(masked).not.toContain(whole)
      }),
    )
  })

  test('case numbers, dates and amounts of any county stay', () => {
    const caseNumber = fc
      .tuple(fc.constantFrom('341821', '110105', '330481'), fc.integer({ min: 1, max: 99_999 }))
      .map(([region, number]) => `${region}261124${String(number).padStart(4, '0')}`)
    const amount = fc.integer({ min: 0, max: 99_999_999 }).map(String)
    fc.assert(
      fc.property(fc.oneof(caseNumber, amount, fc.constant('2026-11-24')), (text) => {
        expect(maskNumbersIn(`编号 ${text}，完`)).toBe(`编号 ${text}，完`)
      }),
    )
  })
})
