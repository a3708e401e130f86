import { expect, test } from 'vitest'
import { isHoldersName, type SlipPaper, slipFault, wordsNow } from './slip'

const REASON =
  '住大粱村 3 号，电话 3300，2026年2月28日来囱口说过；家里的情况和2026年2月交的材枓对不上，申申请人的户囗簿没带'
const TEXT = `郎溪县梅渚镇人民政府
决定书
梅准〔2026〕1号
2026年3月5日
沈月梅（3418**********0027）
你于2026年3月2日申请“高龄津贴”，2026年3月3日受理。经审查，符合规定的条件，根据《安徽省实施办法》第十条，准予办理。发给《高龄津贴证》。有效期 3 年。预约时间：2026年4月1日上午。
自2026年12月起，每月发放 300 元，打到尾号 6688 的卡。
不服的，可以在收到后 60 日内向郎溪县人民政府复议局申请行政复议，或者在六个月内向郎溪县人民法院起诉。
有效期：2026年5月6日至2030年11月30日。
面积 120㎡，年满 80周岁
理由：${REASON}`

const PAPER: SlipPaper = {
  text: TEXT,
  typed: [REASON, '面积 120㎡，年满 80周岁'],
  signed: [REASON, '面积 120㎡，年满 80周岁'],
  holder: '沈月梅',
  confirmed: null,
  decided: ['高龄津贴', '2026年3月2日', '2026年3月3日', '2026年3月5日', '3418**********0027'],
  known: ['大梁村', '大梁村村民委员会', '梅渚镇', '户口簿', '申请人到窗口办理，父亲、母亲迁入户口的材料'],
}
const MISNAMED: SlipPaper = { ...PAPER, confirmed: '沈玥梅' }

test.each([
  ['a village by its name', '大粱村', '大梁村'],
  ['a letter alone', '粱', '梁'],
  ['a word that the guide uses', '来囱口说过', '来窗口说过'],
  ['what is set with other spaces', '户 囗簿', '户口簿'],
  ['a letter typed twice', '申申请人', '申请人'],
])('%s that a hand has mistyped is a slip of the pen', (_what, written, corrected) => {
  expect(slipFault({ written, corrected }, PAPER)).toBeNull()
})

test('two words of a guide that stand side by side are one: 身份证 is what was meant', () => {
  const reason = '身份让和户口簿都看过了'
  const paper = {
    ...PAPER,
    typed: [reason],
    signed: [reason],
    text: reason,
    known: ['凭居民身份证到窗口办理'],
  }
  expect(slipFault({ written: '身份让', corrected: '身份证' }, paper)).toBeNull()
  expect(slipFault({ written: '身份让', corrected: '身份卡' }, paper)).toBe('another')
  expect(slipFault({ written: '户口簿', corrected: '户口证' }, paper)).toBe('another')
})

test('two letters that were turned round are a slip', () => {
  const turned = { ...PAPER, typed: ['没带户簿口'], signed: ['没带户簿口'], text: '没带户簿口' }
  expect(slipFault({ written: '户簿口', corrected: '户口簿' }, turned)).toBeNull()
})

test('a letter that was left out is put in where what stands there is no word without it', () => {
  const reason = '没带户簿，人不在大梁'
  const left = { ...PAPER, typed: [reason], signed: [reason], text: reason }
  expect(slipFault({ written: '户簿', corrected: '户口簿' }, left)).toBeNull()
  expect(slipFault({ written: '人不在', corrected: '本人不在' }, left)).toBe('another')
})

/** Each of them once made another reason of one that was signed. */
const SIGNED =
  '申请人的户口今年三月从本镇迁出，父亲李建国在外县买房3套，同住2人，已由村里张大力核实，电话 3300，住 3 号'
test.each([
  ['where they moved', '迁出', '迁入'],
  ['who', '父亲李建国', '母亲李建国'],
  ['what they did', '买房', '卖房'],
  ['how many', '3套', '8套'],
  ['how many live there', '同住2人', '同住9人'],
  ['when', '三月', '八月'],
  ['which year', '今年', '去年'],
  ['another person', '李建国', '李建军'],
  ['another who looked', '张大力', '张大方'],
  ['how they live', '同住', '分住'],
  ['which way', '从本镇', '到本镇'],
  ['which place', '村里', '镇里'],
  ['when it was so', '李建国在', '李建国曾在'],
  ['a number that is theirs', '电话 3300', '电话 3301'],
  ['a house', '住 3 号', '住 5 号'],
])('%s: a fact is no slip, however little is changed', (_what, written, corrected) => {
  const paper = { ...PAPER, text: SIGNED, typed: [SIGNED], signed: [SIGNED] }
  expect(slipFault({ written, corrected }, paper)).toBe('another')
})

test.each([
  ['whether', '准予', '不予'],
  ['how much', '300 元', '500 元'],
  ['how much, of full width', '３００元', '５００元'],
  ['how much, in other numerals', '每月发放', '三百元'],
  ['for how long', '3 年', '5 年'],
  ['what would come to decide', '囱口说过', '囱口说过，不予办理'],
  ['the month from which it is paid', '2026年12月', '2027年6月'],
  ['from when on, as the paper says it', '自2026年12月起', '自2027年1月起'],
  ['how often', '每月', '每季'],
  ['to which card', '6688', '9999'],
  ['to which card, as the paper says it', '尾号 6688 的卡', '尾号 9999 的卡'],
  ['a whole card', '6299000043030583308', '6299000043030583309'],
  ['days to object', '60 日', '30 日'],
  ['months to object', '六个月', '三个月'],
  ['before whom', '郎溪县人民政府复议局', '宣城市人民政府'],
  ['until when', '2030年11月30日', '2036年11月30日'],
  ['what is booked', '2026年4月1日', '2026年4月2日'],
  ['an area', '120㎡', '520㎡'],
  ['an area, by its digits alone', '120', '520'],
  ['an age', '80周岁', '70周岁'],
  ['the matter', '高龄津贴”', '低保”'],
  ['what would come to be another matter', '对不上', '申请的是高龄津贴'],
  ['the certificate', '《高龄津贴证》', '《高龄津贴卡》'],
  ['a part of the certificate’s name', '津贴证》', '津贴卡》'],
  ['the law', '安徽省实施办法', '安徽省办法'],
  ['the article', '第十条', '第十一条'],
  ['the article, by its numeral alone', '十条', '九条'],
  ['the day of filing', '2026年3月2日', '2026年3月1日'],
  ['a part of the day of filing', '3月2日申请', '3月1日申请'],
  ['the day of acceptance', '2026年3月3日', '2026年3月4日'],
  ['the day of the decision', '2026年3月5日', '2026年3月6日'],
  ['its number', '梅准〔2026〕1号', '梅准〔2026〕2号'],
  ['its organ', '郎溪县梅渚镇人民政府', '郎溪县十字镇人民政府'],
  ['what was found', '符合规定的条件', '符合规定条件'],
  ['the number of a person', '3418**********0027', '3418**********0028'],
  ['a whole number of a person', '341821194603070027', '341821194603070028'],
  ['the number of a firm', '92341821DEM903328K', '92341821DEM903329K'],
])('%s is decided, and no slip', (_what, written, corrected) => {
  expect(slipFault({ written, corrected }, PAPER)).toBe('decides')
})

test.each([
  ['another person', '沈月梅', '王大锤'],
  ['a part of the name', '沈月', '沈玥'],
  ['of what stands beside it', '沈月梅（', '王大锤（'],
])('the holder is no slip: %s', (_what, written, corrected) => {
  expect(slipFault({ written, corrected }, PAPER)).toBe('holder')
  if (corrected !== '沈玥') expect(slipFault({ written, corrected }, MISNAMED)).toBe('holder')
})

test('the holder’s own name is put right to the one that is confirmed, and to no other', () => {
  const right = { written: '沈月梅', corrected: '沈玥梅' }
  expect([slipFault(right, MISNAMED), isHoldersName(right, MISNAMED)]).toEqual([null, true])
  const letter = { written: '月', corrected: '玥' }
  expect([slipFault(letter, MISNAMED), isHoldersName(letter, MISNAMED)]).toEqual([null, true])
  const other = { written: '沈月梅', corrected: '沈悦梅' }
  expect([slipFault(other, MISNAMED), isHoldersName(other, MISNAMED)]).toEqual(['holder', false])
  // It names them as they are confirmed: nothing is to be put right.
  const named = { ...PAPER, confirmed: '沈月梅' }
  expect([slipFault(right, named), isHoldersName(right, named)]).toEqual(['holder', false])
})

test.each([
  ['another reason', '家里的情况和2026年2月交的材枓对不上', '户口和2026年2月交的材料对不上'],
  ['turned round', '对不上', '对得上'],
  ['what was said', '说过', '没说'],
  ['ten times as much', '电话 3300', '电话 33000'],
  ['more than a letter or two', '来囱口说过', '来窗口哭着求过'],
  ['another word', '囱口说过', '街道说过'],
  ['words that are added', '囱口说过', '囱口说过两回'],
])('%s is another reason, and no slip', (_what, written, corrected) => {
  expect(slipFault({ written, corrected }, PAPER)).toBe('another')
  expect(slipFault({ written, corrected }, { ...PAPER, text: null, typed: [], signed: [] })).toBe('another')
})

test('of what stands there twice more of the line is asked for', () => {
  expect(slipFault({ written: '2026年2月', corrected: '2025年2月' }, PAPER)).toBe('not-once')
  expect(slipFault({ written: '3', corrected: '5' }, PAPER)).toBe('not-once')
})

test('what does not stand there, and what changes nothing', () => {
  expect(slipFault({ written: '王小霞', corrected: '王晓霞' }, PAPER)).toBe('not-written')
  expect(slipFault({ written: '沈月梅', corrected: '沈 月梅' }, PAPER)).toBe('same')
})

test('where its words were not kept, what is known to decide is no slip all the same', () => {
  const unkept = { ...PAPER, text: null, typed: [], signed: [] }
  expect(slipFault({ written: '大粱村', corrected: '大梁村' }, unkept)).toBeNull()
  expect(slipFault({ written: '沈月梅', corrected: '王大锤' }, unkept)).toBe('holder')
  expect(slipFault({ written: '2026年3月2日', corrected: '2026年3月1日' }, unkept)).toBe('decides')
})

test('a paper reads as its corrections have left it, the later by the earlier', () => {
  const words = '户籍在大粱村，电话 ３３００'
  const first = { written: '大粱村', corrected: '大良村' }
  expect(wordsNow(words, [])).toBe(words)
  expect(wordsNow(words, [first, { written: '良', corrected: '梁' }])).toBe('户籍在大梁村，电话 ３３００')
  // Set with other blanks and another width it is found all the same, and what stands beside it stays as it was set.
  expect(wordsNow(words, [{ written: '电话3300', corrected: '电话 3301' }])).toBe('户籍在大粱村，电话 3301')
  // What stands there no longer, or twice, changes nothing.
  expect(wordsNow(words, [first, first])).toBe('户籍在大良村，电话 ３３００')
  expect(wordsNow(words, [{ written: '3', corrected: '4' }])).toBe(words)
})

test('what a correction has replaced is corrected no second time', () => {
  const slips = [{ written: '大粱村', corrected: '大梁村' }]
  const read = {
    ...PAPER,
    text: wordsNow(TEXT, slips),
    typed: PAPER.typed.map((each) => wordsNow(each, slips)),
  }
  expect(slipFault({ written: '大粱村', corrected: '大良村' }, read)).toBe('put-right')
  // What was put right is a word now, and no slip.
  expect(slipFault({ written: '大梁村', corrected: '大良村' }, read)).toBe('another')
  expect(slipFault({ written: '囱口', corrected: '窗口' }, read)).toBeNull()
})

test('step by step no reason becomes another: all that was put right is held against the words as they were signed', () => {
  const signed = ['户籍在大粱村，户囗簿和别的材枓没带']
  const steps = [
    ['大粱村', '大梁村'],
    ['户囗簿', '户口簿'],
    ['材枓', '材料'],
    // A blank is no letter.
    ['大梁 村', '大梁村'],
  ] as const
  let typed = signed
  const faults = steps.map(([written, corrected]) => {
    const read = { ...PAPER, text: typed.join('\n'), typed, signed, holder: null, decided: [] }
    const fault = slipFault({ written, corrected }, read)
    if (fault === null) typed = typed.map((words) => wordsNow(words, [{ written, corrected }]))
    return fault
  })
  // Two letters are two, wherever they stand.
  expect(faults).toEqual([null, null, 'another', 'same'])
  expect(typed).toEqual(['户籍在大梁村，户口簿和别的材枓没带'])
})
