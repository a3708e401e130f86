import { expect, test } from 'vitest'
import { slipFault } from './slip'

const TEXT = `郎溪县梅渚镇人民政府
决定书
梅准〔2026〕1号
沈月梅
你于2026年3月2日申请“高龄津贴”，2026年3月3日受理。经审查，符合规定的条件，根据《安徽省实施办法》第十条，准予办理。发给《高龄津贴证》。有效期 3 年。预约时间：2026年4月1日上午。
自2026年12月起，每月发放 300 元，打到尔家银行尾号 6688 的卡。
不服的，可以在收到后 60 日内向郎溪县人民政府复议局申请行政复议，或者在六个月内向郎溪县人民法院起诉。
有效期：2026年5月6日至2030年11月30日。
面积 120㎡，年满 80周岁，住大梁村 3 号，电话 3300`

test.each([
  ['a name', '沈月梅', '沈玥梅'],
  ['a number of a document', '梅准〔2026〕1号', '梅准〔2026〕2号'],
  ['of full width as of half', '（２０２６）１号', '（2026）2号'],
  ['a day', '2026年3月2日', '2026年3月1日'],
  ['an address, where the same digit is decided elsewhere', '大梁村 3 号', '大梁村 5 号'],
  ['what is set with other spaces', '大梁村3号', '大梁村5号'],
])('%s is a slip of the pen', (_what, written, corrected) => {
  const text = TEXT.replace('〔2026〕', written.startsWith('（') ? '（2026）' : '〔2026〕')
  expect(slipFault({ written, corrected }, text)).toBeNull()
})

test.each([
  ['whether', '准予', '不予'],
  ['how much', '300 元', '500 元'],
  ['how much, of full width', '３００元', '５００元'],
  ['how much, in other numerals', '每月发放', '三百元'],
  ['for how long', '3 年', '5 年'],
  ['what would come to decide', '办理', '不予办理'],
  ['the month from which it is paid', '2026年12月', '2027年6月'],
  ['how often', '每月', '每季'],
  ['to which card', '6688', '9999'],
  ['a whole card', '6299000043030583308', '6299000043030583309'],
  ['days to object', '60 日', '30 日'],
  ['months to object', '六个月', '三个月'],
  ['before whom', '郎溪县人民政府复议局', '宣城市人民政府'],
  ['until when', '2030年11月30日', '2036年11月30日'],
  ['what is booked', '2026年4月1日', '2026年4月2日'],
  ['an area', '120㎡', '520㎡'],
  ['an area, by its digits alone', '120', '520'],
  ['an age', '80周岁', '70周岁'],
])('%s is decided, and no slip', (_what, written, corrected) => {
  expect(slipFault({ written, corrected }, TEXT)).toBe('decides')
})

test('of what stands there twice more of the line is asked for', () => {
  expect(slipFault({ written: '2026年', corrected: '2025年' }, TEXT)).toBe('not-once')
  expect(slipFault({ written: '3', corrected: '5' }, TEXT)).toBe('not-once')
})

test('what does not stand there, and what changes nothing', () => {
  expect(slipFault({ written: '王小霞', corrected: '王晓霞' }, TEXT)).toBe('not-written')
  expect(slipFault({ written: '沈月梅', corrected: '沈 月梅' }, TEXT)).toBe('same')
  expect(slipFault({ written: '王小霞', corrected: '王晓霞' }, null)).toBeNull()
})
