import { expect, test } from 'vitest'
import { declinedBy } from '../service-item/citations'
import { verdictWords } from './decision-words'

const legalBasis = [{ law: '森林法', article: '第五十六条' }]

test.each([
  ['01', '《中华人民共和国行政许可法》第三十二条'],
  ['07', '《森林法》第五十六条'],
] as const)('a refusal to accept of type %s rests on %s', (typeCode, cited) => {
  const basis = declinedBy({ typeCode, legalBasis })
  expect(basis).toEqual([cited])
  const { found, verdict } = verdictWords({
    kind: 'declined',
    itemName: '林木采伐许可',
    isFirm: false,
    filedOn: '2026-11-24',
    accepted: null,
    legalBasis: basis,
    result: null,
    validText: null,
    booked: null,
  })
  expect(found + verdict).toContain(`根据${cited}，决定不予受理。`)
})
