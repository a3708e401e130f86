import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { citationsOf } from '../../service-item/citations'
import { verdictWords } from './decision-words'

const DECIDED = {
  kind: 'granted',
  itemName: '食品经营许可（新办）',
  isFirm: true,
  filedOn: '2026-11-24',
  accepted: { on: '2026-11-25', bySilence: false },
  legalBasis: ['《中华人民共和国食品安全法》第三十五条'],
  result: '食品经营许可证',
  validText: '5 年',
  booked: null,
} as const
const said = (decided: Parameters<typeof verdictWords>[0]) => Object.values(verdictWords(decided)).join('')

describe('the paper of a decision', () => {
  test('says of a grant what it rests on and what is given', () => {
    expect(said(DECIDED)).toBe(
      '你单位于2026年11月24日申请“食品经营许可（新办）”，2026年11月25日受理。经审查，符合规定的条件，根据《中华人民共和国食品安全法》第三十五条，准予办理。发给《食品经营许可证》。有效期 5 年。',
    )
  })

  test('speaks to a person as to one', () => {
    expect(said({ ...DECIDED, isFirm: false })).toMatch(/^你于2026年/)
  })

  test('says of a refusal what it rests on, and gives nothing', () => {
    expect(said({ ...DECIDED, kind: 'refused', result: null, validText: null })).toMatch(
      /根据《中华人民共和国食品安全法》第三十五条，不予办理。$/,
    )
  })

  test('of 备案 permits nothing', () => {
    const record = { ...DECIDED, itemName: '食品摊贩备案' }
    expect(said(record)).toContain('予以备案。')
    expect(said({ ...record, kind: 'refused' })).toContain('不予备案。')
    expect(said(record) + said({ ...record, kind: 'refused' })).not.toContain('准予')
  })

  test('says of what silence accepted since when it counts, and that no organ did it', () => {
    const bySilence = said({ ...DECIDED, accepted: { on: '2026-11-24', bySilence: true } })
    expect(bySilence).toContain('，自材料收齐之日（2026年11月24日）起视为受理。')
    expect(bySilence).not.toContain('本机关于')
    expect(said({ ...DECIDED, accepted: null })).not.toContain('受理')
  })
})

describe('the law is cited', () => {
  test('by what is decided, never by the article that says by when', () => {
    for (const item of packItems()) expect(citationsOf(item).join('')).not.toContain('行政许可法》第四十二条')
    const felling = packItems().find(({ id }) => id === 'LX-026')
    expect(felling && citationsOf(felling)).toEqual(['《中华人民共和国森林法》第五十六、五十七条'])
    expect(packItems().filter((item) => citationsOf(item).length === 0)).toEqual([])
  })

  test.each([
    ['中华人民共和国食品安全法', '第三十五条', '《中华人民共和国食品安全法》第三十五条'],
    [
      '农药管理条例（国务院令第677号）',
      '第二十四、二十五条',
      '《农药管理条例》（国务院令第677号）第二十四、二十五条',
    ],
    ['县招商引资优惠政策文件（演示）', null, '《县招商引资优惠政策文件》（演示）'],
    ['国发〔2014〕8号', null, '国发〔2014〕8号'],
    // A note of whoever compiled the pack is no article.
    [
      '居住证暂行条例（国务院令第663号）',
      '制发时限条款（条号请核对）',
      '《居住证暂行条例》（国务院令第663号）',
    ],
  ])('%s %s', (law, article, cited) => {
    expect(citationsOf({ legalBasis: [{ law, article }] })).toEqual([cited])
  })

  test.each(packItems())('by $id with at least one, and with no note of who compiled it', (item) => {
    const cited = citationsOf(item)
    expect(cited.length).toBeGreaterThan(0)
    for (const each of cited) {
      expect(each).toMatch(/^(《[^《》]+》(（[^（）]+）)*(第[^（）]+)?|[^《》]+〔\d{4}〕\d+号)$/)
      expect(each).not.toMatch(/核对/)
    }
  })
})
