import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { createSearchIndex, search } from './search'

const items = packItems()
const index = createSearchIndex(items)
const idsFor = (query: string) => search(index, query).map(({ id }) => id)

test.each([
  '老年补贴',
  '老年钱',
  '八十岁领钱',
  '高领津贴',
  '高林津贴',
  ' 高龄 津贴 ',
  '我想办高龄津贴',
  '奶奶八十岁了领多少钱',
])('%s finds 高龄津贴 first', (query) => {
  expect(idsFor(query)[0]).toBe('LX-005')
})

test.each(items.map((item) => [item.plainName, item] as const))(
  '%s is found by all its names and keywords',
  (_name, item) => {
    for (const phrase of [item.name, item.plainName, ...item.keywords]) {
      expect(idsFor(phrase).slice(0, 3), phrase).toContain(item.id)
    }
  },
)

test.each([
  '火星移民飞船',
  '今天天气真好',
  '阿斯顿发送',
  'xyzxyz',
  '身份正',
  '哈哈哈',
  '',
  '   ',
  '，。！',
  '😀',
])('nonsense finds nothing: %s', (query) => {
  expect(search(index, query)).toEqual([])
})

test('a hit says by which words it was found', () => {
  expect(search(index, '坐公交免费')[0]).toEqual({ id: 'LX-006', why: '坐公交免费' })
  expect(search(index, '上海看病怎么报销')[0]).toEqual({ id: 'LX-022', why: '上海看病' })
})

describe('pinyin, where the server gives it', () => {
  const withPinyin = createSearchIndex([
    {
      id: 'a',
      plainName: '高龄津贴',
      name: '高龄津贴给付',
      keywords: ['老年钱'],
      pinyin: [['gao', 'ling', 'jin', 'tie'], [], ['lao', 'nian', 'qian']],
    },
    { id: 'b', plainName: '低保', name: '低保', keywords: [], pinyin: [['di', 'bao']] },
  ])

  test.each(['gaoling', 'gljt', 'jintie', 'GaoLingJinT', 'laonian'])('%s', (query) => {
    expect(search(withPinyin, query).map(({ id }) => id)).toEqual(['a'])
  })
  test.each(['ling tie', 'aoling', 'q'])('%s is no beginning of a syllable', (query) => {
    expect(search(withPinyin, query)).toEqual([])
  })
})

test('2,000 entries are searched in less than 10 ms', () => {
  const many = Array.from({ length: 39 }, (_, copy) =>
    items.map((item) => ({ ...item, id: `${item.id}-${copy}` })),
  )
  const big = createSearchIndex(many.flat())
  const queries = items.flatMap(({ name, keywords }) => [name, ...keywords])
  const times = queries
    .map((query) => {
      const started = performance.now()
      search(big, query)
      return performance.now() - started
    })
    .sort((left, right) => left - right)
  // The slower ones of a busy machine are no measure.
  expect(times[Math.floor(times.length / 4)]).toBeLessThan(10)
})

test('hostile input is bounded', () => {
  expect(search(index, '老'.repeat(1_000_000)).length).toBeLessThan(60)
  expect(() => search(index, '\ud800[(*+?\\')).not.toThrow()
})
