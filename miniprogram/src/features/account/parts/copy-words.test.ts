import { expect, test } from 'vitest'
import { copySections, copyText } from './copy-words'

const COPY = {
  哪天要的: '2026-11-30',
  登记的: { 姓名: '陈桂兰', 手机号: null },
  评过的: [],
  办件: [
    { 编号: '341821-1', 哪天交: '2026-11-03' },
    { 编号: '341821-2', 哪天交: '2025-12-01' },
  ],
  哪天用过: ['2026-11-30', '2026-11-03', '2025-12-01'],
}

test('whatever came stands there, in the order in which it came', () => {
  expect(copySections(COPY).map(({ title }) => title)).toEqual(Object.keys(COPY))
  expect(copySections({ 以后才有的: { 甲: '乙' } })).toEqual([
    { title: '以后才有的', blocks: [{ nth: 0, facts: [{ key: '甲', value: '乙' }] }] },
  ])
})

test('of what there is nothing it is said, and days are read as days', () => {
  const said = Object.fromEntries(copySections(COPY).map((each) => [each.title, each]))
  expect(said['哪天要的']).toMatchObject({ words: '2026年11月30日', blocks: [] })
  expect(said['登记的']?.blocks.map(({ facts }) => facts)).toEqual([
    [
      { key: '姓名', value: '陈桂兰' },
      { key: '手机号', value: '没有' },
    ],
  ])
  expect(said['评过的']).toMatchObject({ words: '没有', blocks: [] })
  expect(said['哪天用过']?.blocks.map(({ facts }) => facts)).toEqual([
    [
      { key: '2026年11月', value: '30日、3日' },
      { key: '2025年12月', value: '1日' },
    ],
  ])
})

test('what was answered stands in the block of its case, and nothing of what has one name twice is left out', () => {
  const [section] = copySections({
    办件: [
      {
        编号: '1',
        填的: [
          ['姓名', '陈桂兰'],
          ['年收入', '3 元'],
        ],
        谁办过: [
          ['11月3日', '提交'],
          ['11月3日', '受理'],
        ],
        交的: [],
      },
    ],
  })
  expect(section?.blocks.map(({ facts }) => facts)).toEqual([
    [
      { key: '编号', value: '1' },
      { key: '姓名', value: '陈桂兰' },
      { key: '年收入', value: '3 元' },
      { key: '11月3日', value: '提交；受理' },
      { key: '交的', value: '没有' },
    ],
  ])
})

test('what is kept has every line of the page', () => {
  expect(copyText(COPY)).toBe(
    [
      '【哪天要的】\n2026年11月30日',
      '【登记的】\n姓名：陈桂兰\n手机号：没有',
      '【评过的】\n没有',
      '【办件】\n编号：341821-1\n哪天交：2026年11月3日\n\n编号：341821-2\n哪天交：2025年12月1日',
      '【哪天用过】\n2026年11月：30日、3日\n2025年12月：1日',
    ].join('\n\n'),
  )
})
