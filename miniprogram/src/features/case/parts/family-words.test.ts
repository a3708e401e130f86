import { describe, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { BY_SILENCE, OUTCOME_WORDS } from '#shared/domain/case/outcome/outcome-words'
import { CHECK_FAILED } from '#shared/domain/case/visit/check'
import { awaitedWords } from '#shared/domain/case/whose/identity'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { familyWords, toldWhom } from './family-words'

const TODAY = plainDate('2026-11-25')
const VIEW: Parameters<typeof familyWords>[0] = {
  plainName: '高龄津贴',
  status: 'accepted',
  outcome: { key: 'open', word: '正在办', tone: 'calm', documentId: null },
  nowText: '梅渚镇正在审核',
  dueOn: '2026-12-08',
  dueBecause: null,
  correction: null,
  identityAwaited: null,
  disownedWays: null,
  booked: null,
  bookedBefore: null,
  pay: { amount: '每月 50 元', from: null, card: '3308', paidOn: null, announced: false },
}
const outcome = (key: CaseView['outcome']['key'], word: string) => ({
  outcome: { ...VIEW.outcome, key, word },
})
/** As the page has it. */
const awaitedOfFirm = (takesIt: boolean) => ({
  words: awaitedWords({ kind: 'firm', underFourteen: false }, { takesIt, otherName: false }) ?? '',
  inWechat: false,
})
const CORRECTION = { dueOn: '2026-12-02' } as CaseView['correction']

const ASSESSED = {
  kind: 'waits-for',
  step: 'assess',
  stepName: '残疾评定',
  until: null,
  because: 'step',
} as const
const UNPUBLISHED = {
  ...ASSESSED,
  stepName: '村级公示',
  because: 'stage',
  until: '2026-11-26',
  unpublished: { days: 5, unit: 'calendar' },
} as const
const BOOKED = { on: '2026-12-03', half: '上午', place: '梅渚镇为民服务中心，人民路 1 号' }

const TOLD: readonly (readonly [string, Partial<typeof VIEW>, string])[] = [
  ['filed', { nowText: '大梁村正在核实' }, '高龄津贴：大梁村正在核实，最晚 12月8日 办好，现在不用跑。'],
  ['under way', {}, '高龄津贴：梅渚镇正在审核，最晚 12月8日 办好，现在不用跑。'],
  [
    'the day in doubt',
    { nowText: '县交通局在等能作决定的人', dueDoubted: true },
    '高龄津贴：县交通局在等能作决定的人，最晚 12月8日 办好，怕赶不上，现在不用跑。',
  ],
  ['without a date', { dueOn: null }, '高龄津贴：梅渚镇正在审核，现在不用跑。'],
  [
    'late, with a new day',
    { ...outcome('late', '超了 2 个工作日'), newDueOn: '2026-12-10' },
    '高龄津贴：梅渚镇正在审核，超了说好的日子，改到 12月10日，还在办。',
  ],
  ['late', outcome('late', '超了 2 个工作日'), '高龄津贴：梅渚镇正在审核，超了说好的日子，还在办。'],
  [
    'a stage late that has no promise yet',
    {
      ...outcome('late', '超了 2 个工作日'),
      nowText: '大梁村公示期满了，准备往下办',
      dueOn: null,
      dueBecause: { ...ASSESSED, stepName: '村级公示', because: 'stage' },
    },
    '高龄津贴：大梁村公示期满了，准备往下办，村级公示没按时限做完，还在办。',
  ],
  [
    'a notice that the village is to hang',
    { nowText: '大梁村准备公示', dueOn: null, dueBecause: UNPUBLISHED },
    '高龄津贴：大梁村准备公示，最晚 11月26日 贴出来，现在不用跑。',
  ],
  [
    'a notice that it has not hung in time',
    {
      ...outcome('late', '超了 2 个工作日'),
      nowText: '大梁村准备公示',
      dueOn: null,
      dueBecause: UNPUBLISHED,
    },
    '高龄津贴：大梁村准备公示，村级公示该 11月26日 周四 贴出来，还没贴，还在办。',
  ],
  [
    'a village that looks at it',
    {
      nowText: '大梁村正在核实',
      dueOn: null,
      dueBecause: { ...ASSESSED, until: '2026-12-01', because: 'stage' },
    },
    '高龄津贴：大梁村正在核实，最晚 12月1日 做完这一步，现在不用跑。',
  ],
  [
    'asked for more',
    { ...outcome('correcting', '要补 1 样'), correction: CORRECTION },
    '高龄津贴：要补 1 样，最晚 12月2日 补上，补好就接着办。',
  ],
  [
    'identity awaited',
    { identityAwaited: { words: '要核一次身份', inWechat: true } },
    '高龄津贴：梅渚镇正在审核，还差核身份。',
  ],
  [
    'late, identity awaited',
    { ...outcome('late', '超了 2 个工作日'), identityAwaited: { words: '要核一次身份', inWechat: true } },
    '高龄津贴：梅渚镇正在审核，还差核身份。',
  ],
  [
    'power of the firm awaited',
    { identityAwaited: awaitedOfFirm(false) },
    '高龄津贴：梅渚镇正在审核，批以前要出示这家企业的委托：带委托书到窗口。',
  ],
  [
    'power of the firm awaited, and the reader has it',
    { identityAwaited: awaitedOfFirm(true) },
    '高龄津贴：梅渚镇正在审核，批以前要有这家企业的委托。',
  ],
  [
    'late, power of the firm awaited',
    { ...outcome('late', '超了 2 个工作日'), identityAwaited: awaitedOfFirm(false) },
    '高龄津贴：梅渚镇正在审核，超了说好的日子，批以前要出示这家企业的委托：带委托书到窗口。',
  ],
  [
    'booked, power of the firm awaited',
    { booked: BOOKED, identityAwaited: awaitedOfFirm(false) },
    '高龄津贴：约了 12月3日 上午来，还没定下来，批以前要出示这家企业的委托：带委托书到窗口。',
  ],
  [
    'booked and gone by, power of the firm awaited',
    {
      ...outcome('late', '超了 9 个工作日'),
      bookedBefore: BOOKED,
      identityAwaited: awaitedOfFirm(true),
    },
    '高龄津贴：约的 12月3日 上午过了，还没定下来，批以前要有这家企业的委托。',
  ],
  ['booked', { booked: BOOKED }, '高龄津贴：约了 12月3日 上午来，还没定下来。'],
  [
    'booked, and granted',
    { ...outcome('granted', OUTCOME_WORDS.concluded), status: 'concluded', booked: BOOKED },
    '高龄津贴：约好了，12月3日 上午去 梅渚镇为民服务中心。',
  ],
  [
    'booked, not said to stand',
    { ...outcome('late', '超了 1 个工作日'), booked: BOOKED },
    '高龄津贴：约了 12月3日 上午来，还没定下来，去以前先打电话问。',
  ],
  [
    'booked, gone by',
    { ...outcome('late', '超了 9 个工作日'), bookedBefore: BOOKED },
    '高龄津贴：约的 12月3日 上午过了，还没定下来。',
  ],
  [
    'suspended',
    { ...outcome('suspended', '暂停了'), nowText: '等鉴定做完，这段不算时限' },
    '高龄津贴：停一停，等鉴定做完，这段不算时限。',
  ],
  ['to be assessed', { dueOn: null, dueBecause: ASSESSED }, '高龄津贴：梅渚镇正在审核。'],
  [
    'granted',
    { ...outcome('granted', OUTCOME_WORDS.granted), status: 'granted' },
    `高龄津贴：${OUTCOME_WORDS.granted}，正在把结果办过来。`,
  ],
  [
    'concluded',
    { ...outcome('granted', OUTCOME_WORDS.concluded), status: 'concluded' },
    `高龄津贴：${OUTCOME_WORDS.concluded}，每月 50 元，打到填的那张卡。`,
  ],
  [
    'paid',
    {
      ...outcome('granted', OUTCOME_WORDS.concluded),
      status: 'concluded',
      pay: { amount: '每月 50 元', from: null, card: '3308', paidOn: '2026-12-10', announced: true },
    },
    `高龄津贴：${OUTCOME_WORDS.concluded}，钱 12月10日 打了，看看到账没有。`,
  ],
  [
    'concluded, with more to be said than is heard',
    {
      ...outcome('granted', OUTCOME_WORDS.concluded),
      status: 'concluded',
      pay: { amount: '按和当地标准的差额每月发给', from: null, card: null, paidOn: null, announced: false },
    },
    `高龄津贴：${OUTCOME_WORDS.concluded}。`,
  ],
  [
    'found otherwise by a later check',
    { ...outcome('granted', CHECK_FAILED), status: 'concluded' },
    `高龄津贴：${CHECK_FAILED}，办的单位会打电话来说。`,
  ],
  [
    'disowned',
    { nowText: '没有申请人，停着', disownedWays: '带身份证到窗口' },
    '高龄津贴：没有申请人，停着。',
  ],
  [
    'accepted by silence',
    { nowText: `梅渚镇正在审核，${BY_SILENCE}` },
    '高龄津贴：梅渚镇正在审核，最晚 12月8日 办好，现在不用跑。',
  ],
  [
    'booked for today',
    { booked: { ...BOOKED, on: TODAY } },
    '高龄津贴：约了 11月25日 上午来，还没定下来，去以前先打电话问。',
  ],
  ['refused', outcome('refused', '没批'), '高龄津贴：没批，为什么、不同意怎么办，文书里都写着。'],
  ['declined', outcome('declined', '没受理'), '高龄津贴：没受理，为什么、不同意怎么办，文书里都写着。'],
  ['withdrawn', outcome('withdrawn', '撤回了'), '高龄津贴：撤回了，不办了，要办再申请。'],
  ['lapsed', outcome('lapsed', '停了'), '高龄津贴：要补的没补，停下来了，还能再申请。'],
]

/** Read aloud at about six characters a second, which is slow. */
const MOST = 8 * 6

describe('a sentence for the family', () => {
  test.each(TOLD)('%s', (_step, change, said) => {
    const words = familyWords({ ...VIEW, ...change }, TODAY)
    expect(words).toBe(said)
    expect(words.length).toBeLessThanOrEqual(MOST)
    expect(words).not.toMatch(/3308|\d{5}/)
  })
})

test('a firm passes it on to whoever works on it, a person to the family', () => {
  expect(toldWhom({ applicantKind: 'firm' })).toBe('一起办的人')
  expect(toldWhom({ applicantKind: 'person' })).toBe('家里人')
})
