import { expect, test } from 'vitest'
import { slipFault } from './slip'

const TEXT = `郎溪县梅渚镇人民政府
决定书
梅准〔2026〕1号
沈月梅
你于2026年3月2日申请“高龄津贴”，2026年3月3日受理。经审查，符合规定的条件，根据《安徽省实施办法》第十条，准予办理。每月发放 300 元，有效期 3 年。住大梁村 3 号`

test.each([
  ['a name', '沈月梅', '沈玥梅'],
  ['a number of a document', '梅准〔2026〕1号', '梅准〔2026〕2号'],
  ['a day', '2026年3月2日', '2026年3月1日'],
  ['an address, where the same digit is decided elsewhere', '大梁村 3 号', '大梁村 5 号'],
  ['what is set with other spaces', '大梁村3号', '大梁村5号'],
])('%s is a slip of the pen', (_what, written, corrected) => {
  expect(slipFault({ written, corrected }, TEXT)).toBeNull()
})

test.each([
  ['whether', '准予', '不予'],
  ['how much', '300 元', '500 元'],
  ['how much, by its digits alone', '300', '500'],
  ['for how long', '3 年', '5 年'],
  ['what would come to decide', '办理', '不予办理'],
])('%s is decided, and no slip', (_what, written, corrected) => {
  expect(slipFault({ written, corrected }, TEXT)).toBe('decides')
})

test('what does not stand there, and what changes nothing', () => {
  expect(slipFault({ written: '王小霞', corrected: '王晓霞' }, TEXT)).toBe('not-written')
  expect(slipFault({ written: '沈月梅', corrected: '沈 月梅' }, TEXT)).toBe('same')
  expect(slipFault({ written: '王小霞', corrected: '王晓霞' }, null)).toBeNull()
})
