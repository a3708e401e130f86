import { expect, test } from 'vitest'
import { layoutDocument, wrapped } from './decision-picture'

const WORDS = {
  title: '不予决定书',
  number: '梅政准〔2026〕1号',
  recipient: '沈秀英（3418**********0024）',
  paragraphs: [
    '你申请的“高龄津贴给付”，经审查，不符合规定的条件，不予办理。',
    '理由：不是本县户口',
    '不服这个决定，可以申请行政复议。',
  ],
  organ: '郎溪县梅渚镇人民政府',
  day: '2026年11月24日',
}
const MARK = '演示环境，人物和数据均为虚构'

test('lines are filled to their width and never begin with a closing mark', () => {
  expect(wrapped('一二三四，五六', 4)).toEqual(['一二三四，', '五六'])
  expect(wrapped('1234567', 4)).toEqual(['1234567'])
  expect(wrapped('', 4)).toEqual([])
})

test('the paper says everything, from top to bottom, inside of its edge', () => {
  const { height, lines } = layoutDocument(WORDS, null)
  const said = lines.map(({ text }) => text).join('')
  for (const words of Object.values(WORDS).flat()) expect(said).toContain(words)
  const ys = lines.map(({ y }) => y)
  expect(ys).toEqual([...ys].sort((a, b) => a - b))
  expect(ys[ys.length - 1]).toBeLessThan(height)
})

test('a seal stands where the people are invented, beside words that say so', () => {
  expect(layoutDocument(WORDS, null).seal).toBe(null)
  const shown = layoutDocument(WORDS, MARK)
  expect(shown.seal?.organ).toBe(WORDS.organ)
  expect(shown.lines[shown.lines.length - 1]?.text).toBe(MARK)
})

test('what became of it since stands above it, and of nothing no line', () => {
  const became = '已撤销，见梅政撤〔2026〕1号'
  const lines = layoutDocument(WORDS, MARK, became).lines
  expect(lines[0]?.text).toBe(became)
  expect(lines[1]?.text).toBe(WORDS.title)
  expect(layoutDocument(WORDS, MARK).lines[0]?.text).toBe(WORDS.title)
})
