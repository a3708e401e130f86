import { expect, test } from 'vitest'
import { lookingWords } from './looking-words'

const ENTERED = { isEntered: true, applicantIndex: 'digest', applicant: null }
const person = { kind: 'person', underFourteen: false } as const

test('typed by staff, it is seen by the applicant who is confirmed by that number', () => {
  expect(lookingWords({ ...ENTERED, applicant: person })).toMatch(/^本人用微信登记、核过身份，/)
  expect(lookingWords(ENTERED)).toMatch(/^本人/)
  expect(lookingWords({ ...ENTERED, applicant: { ...person, kind: 'firm' } })).toMatch(
    /^有这家企业委托的人，/,
  )
})

test('no phone is promised where none shows it: a child under fourteen, and whom no number names', () => {
  expect(lookingWords({ ...ENTERED, applicant: { ...person, underFourteen: true } })).toBeNull()
  expect(lookingWords({ ...ENTERED, applicant: person, applicantIndex: null })).toBeNull()
})

test('filed on a phone or taken over, it is seen by whoever has it, whomever it names', () => {
  for (const applicantIndex of [null, 'digest'])
    expect(lookingWords({ isEntered: false, applicantIndex, applicant: person })).toMatch(/^办这件的人/)
})
