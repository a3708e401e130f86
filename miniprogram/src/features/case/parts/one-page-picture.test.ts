import { expect, test } from 'vitest'
import { layoutOnePage } from './one-page-picture'

const PAGE = {
  name: '高龄津贴',
  whose: '陈*兰',
  rows: [
    { key: '办到哪了', value: '梅渚镇正在审核', note: '现在不用你做什么' },
    { key: '最晚哪天办好', value: '12月8日 周二' },
    { key: '有事找谁', value: '梅渚镇', note: '0563-7021050' },
  ],
  history: ['11月25日　受理了', '11月24日　提交申请'],
  number: '341821 261124 0037',
  asOf: '11月30日 周一',
}

test('the page says everything in large letters, from top to bottom, inside of its edge', () => {
  const { height, lines } = layoutOnePage(PAGE, '演示环境')
  const said = lines.map(({ text }) => text).join('')
  const words = [
    PAGE.name,
    PAGE.whose,
    PAGE.number,
    ...PAGE.history,
    ...PAGE.rows.flatMap((each) => Object.values(each)),
  ]
  for (const each of words) expect(said).toContain(each)
  const ys = lines.map(({ y }) => y)
  expect(ys).toEqual([...ys].sort((a, b) => a - b))
  expect(ys.at(-1)).toBeLessThan(height)
  // Of 1080 pixels: what matters fills a fourteenth of the width a letter.
  expect(lines.find(({ text }) => text.startsWith('梅渚镇正在'))?.size).toBeGreaterThanOrEqual(76)
})
