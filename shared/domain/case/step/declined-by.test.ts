import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { declinedBy, onTheWayBy } from '../../service-item/citations'
import { verdictWords } from '../paper/decision-words'

test.each([
  ['01', '《中华人民共和国行政许可法》第三十二条'],
  ['07', '本县公布的办件规则（不予受理）'],
] as const)('a refusal to accept of type %s rests on %s', (typeCode, cited) => {
  const basis = declinedBy({ typeCode, steps: [] })
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

test.each([
  ['accepted', '第三十二条'],
  ['silence', '第三十二条'],
  ['asked', '第三十二条'],
  ['suspended', '第四十五条'],
  ['extended', '第四十二条'],
] as const)('%s of a permit rests on %s, of anything else on the rule of the county', (act, article) => {
  expect(onTheWayBy({ typeCode: '01', steps: [] }, act)).toBe(`《中华人民共和国行政许可法》${article}`)
  expect(onTheWayBy({ typeCode: '05', steps: [] }, act)).toMatch(/^本县公布的办件规则（.+）$/)
})

test('a project of several organs that each decide a permit goes by the law of permits', () => {
  const project = packItems().find(({ id }) => id === 'LX-045')
  if (!project) throw new Error('no LX-045')
  expect(onTheWayBy(project, 'asked')).toBe('《中华人民共和国行政许可法》第三十二条')
  expect(declinedBy(project)).toEqual(['《中华人民共和国行政许可法》第三十二条'])
})
