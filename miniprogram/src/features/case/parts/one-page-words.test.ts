import { expect, test, vi } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { onePageOf } from './one-page-words'

// It draws, which needs the app around it.
vi.mock('../../time-limit/parts/due-words', () => ({ becauseWords: () => '日期还没定' }))

const view = (change: object) =>
  ({
    plainName: '高龄津贴',
    outcome: { key: 'open' },
    timeline: [{ type: 'filed', who: '帮办的人', at: '2026-11-24T01:45:00.000Z', title: '提交了申请' }],
    identityAwaited: null,
    disownedWays: null,
    correction: null,
    dueOn: '2026-12-08',
    next: null,
    pay: null,
    caseNumber: '341821202611240001',
    helpedBy: { name: null, isReader: false },
    ...change,
  }) as unknown as CaseView
const helped = (change: object, name: string | null = null) =>
  onePageOf(view(change), '2026-11-24', name).rows.find(({ key }) => key === '谁替办的')?.value

test('who helped is told as far as the reader knows them, and else no row asks', () => {
  expect(helped({})).toBeUndefined()
  expect(helped({ helpedBy: { name: '子女', isReader: false } }, '李建国')).toBe('子女')
  expect(helped({ helpedBy: { name: '大梁村 王立新', isReader: false } })).toBe('大梁村 王立新')
  const own = { name: null, isReader: true }
  expect(helped({ helpedBy: own }, '李建国')).toBe('李建国')
  expect(helped({ helpedBy: { ...own, name: '子女' } }, '李建国')).toBe('子女 李建国')
  expect(helped({ helpedBy: own })).toBeUndefined()
})

test('a page that the phone has kept from a version before is still read', () => {
  const rows = onePageOf(
    view({ helpedBy: undefined, holder: { unitName: '梅渚镇' }, phone: '0563-7021234' }),
    '2026-11-24',
    null,
  ).rows
  expect(rows.at(-1)).toEqual({ key: '有事找谁', value: '打电话问', note: '0563-7021234' })
  expect(rows.find(({ key }) => key === '最晚哪天办好')).toBeDefined()
})

const rowsAt = (change: object, today = '2026-12-01') => onePageOf(view(change), today, null).rows
const noteOf = (change: object) => rowsAt({ nowText: '正在审核', ...change })[0]?.note

test('a day that is hardly kept is not promised plainly on paper', () => {
  const day = (change: object) => rowsAt(change).find(({ key }) => key.includes('哪天'))
  expect(day({})?.note ?? null).toBeNull()
  expect(day({ dueDoubted: true })?.note).toBe('怕赶不上')
  const late = { outcome: { key: 'late' }, dueOn: '2026-11-27', newDueOn: '2026-12-10' }
  expect(day(late)?.note).toBe('说好 11月27日 周五，没做到，对不住')
  expect(day({ ...late, dueDoubted: true })?.note).toBe('怕赶不上。说好 11月27日 周五，没做到，对不住')
})

test('what is asked of them comes before what they need not do', () => {
  const correction = {
    items: [{ label: '居民身份证' }, { label: '银行卡' }],
    dueOn: '2026-12-08',
    dueBecause: null,
  }
  const awaited = { words: '批以前要核一次身份', inWechat: true }
  expect(noteOf({})).toBe('现在不用你做什么')
  expect(noteOf({ correction })).toBe('要补：居民身份证、银行卡')
  expect(noteOf({ correction, identityAwaited: awaited })).toBe('批以前要核一次身份')
  expect(noteOf({ correction, disownedWays: '没有申请人，先不定日期' })).toBe('没有申请人，先不定日期')
  expect(noteOf({ outcome: { key: 'withdrawn' }, identityAwaited: awaited })).toBeUndefined()
  const until = rowsAt({ correction }).find(({ key }) => key === '最晚哪天补')
  expect(until).toEqual({ key: '最晚哪天补', value: '12月8日 周二' })
  expect(rowsAt({ correction: { ...correction, dueOn: null } })).toContainEqual({
    key: '最晚哪天补',
    value: '日期还没定',
  })
})

test('a day that waits for a person to be seen says so; the power of a firm has its own words', () => {
  const day = (change: object) => rowsAt(change).find(({ key }) => key === '最晚哪天办好')?.note
  const identityAwaited = { words: '批以前还差一样' }
  expect(day({ identityAwaited, applicantKind: 'person' })).toBe('核过身份，才办得成')
  expect(day({ identityAwaited, applicantKind: 'firm' })).toBeUndefined()
  expect(day({})).toBeUndefined()
})

test('no office says sorry for a day that it could not keep while a person had to be seen', () => {
  const late = { outcome: { key: 'late' }, identityAwaited: { words: '批以前还差一样' } }
  const day = (change: object) =>
    rowsAt({ ...late, ...change }).find(({ key }) => key === '说好哪天办好')?.note
  expect(day({ applicantKind: 'person' })).toBe('身份还没核，核过才能办')
  expect(day({ applicantKind: 'firm' })).toBe('没做到，对不住，还在办')
})

test('a half day that went by without a word is told as that, and asked about', () => {
  const bookedBefore = { on: '2026-11-30', half: '上午', place: '办税厅' }
  const rows = rowsAt({ nowText: '正在审核', bookedBefore, outcome: { key: 'late' } })
  expect(rows[0]?.note).toBe('办没办、要不要改日子，打电话问')
  expect(rows).toContainEqual({ key: '约的那半天', value: '11月30日 周一 上午', note: '过了，还没定下来' })
  // Of a visit it is said when it stands, and nobody goes on with it.
  expect(rows).toContainEqual({ key: '说好哪天定下来', value: '12月8日 周二', note: '没做到，对不住' })
  expect(rowsAt({ outcome: { key: 'late' } })).toContainEqual({
    key: '说好哪天办好',
    value: '12月8日 周二',
    note: '没做到，对不住，还在办',
  })
})

test('a stage that is late before anything was promised breaks its own limit', () => {
  const dueBecause = {
    kind: 'waits-for',
    step: 'village',
    stepName: '村级公示',
    because: 'stage',
    until: null,
  }
  expect(rowsAt({ outcome: { key: 'late' }, dueOn: null, dueBecause })).toContainEqual({
    key: '哪天办好',
    value: '还没定',
    note: '村级公示没按时限做完，对不住。做完就告诉你哪天办好',
  })
  const unpublished = { ...dueBecause, until: '2026-11-30', unpublished: { days: 5, unit: 'calendar' } }
  expect(rowsAt({ outcome: { key: 'late' }, dueOn: null, dueBecause: unpublished })).toContainEqual({
    key: '哪天办好',
    value: '还没定',
    note: '村级公示该 11月30日 周一 贴出来，还没贴，对不住。贴出来起要 5 天，公示完就告诉你哪天办好',
  })
})

test('money that can be said is said large, and what is longer below; whether it was paid beside it', () => {
  const amount = '每月 50 元'
  const long = '按家庭人均收入和当地最低生活保障标准的差额发'
  const paid = { amount, paidOn: '2026-12-10' }
  expect(rowsAt({ pay: paid, decision: {} })).toContainEqual({
    key: '给多少',
    value: amount,
    note: '12月10日 打的款',
  })
  expect(rowsAt({ pay: { ...paid, from: '2026年12月' }, decision: {} })).toContainEqual({
    key: '给多少',
    value: amount,
    note: '2026年12月起，12月10日 打的款',
  })
  expect(rowsAt({ pay: { amount, paidOn: null }, decision: null })).toContainEqual({
    key: '办好以后',
    value: amount,
  })
  expect(rowsAt({ pay: { amount: long, paidOn: null }, decision: null })).toContainEqual({
    key: '办好以后',
    value: '按标准发',
    note: long,
  })
})

test('who does not agree reads until when, and nothing of a document that was deleted', () => {
  const remedy = '可以申请复议，也可以起诉'
  const against = { reason: '户口不在本县', documentTitle: '不予决定书', deleted: false, remedy, ways: null }
  const rows = (change: object) => rowsAt({ outcome: { key: 'refused' }, against: { ...against, ...change } })
  const disagreeing = (change: object) => rows(change).find(({ key }) => key === '不同意')
  expect(disagreeing({})).toEqual({ key: '不同意', value: '可以再争', note: remedy })
  expect(disagreeing({ ways: { reviewUntil: '2027-01-30' } })).toEqual({
    key: '不同意',
    value: '最晚 2027年1月30日 周六 申请复议',
    note: remedy,
  })
  const why = (change: object) => rows(change).find(({ key }) => key === '为什么')
  expect(why({})?.value).toBe('户口不在本县')
  expect(why({ deleted: true })).toBeUndefined()
})

test('whom to ask bears the name of whoever has it only where they are of that office', () => {
  const ask = { shortName: '梅渚镇', phone: '0563-7021234', weekly: '工作日 8:30—17:30' }
  const whom = (shortName: string) => rowsAt({ ask, holder: { shortName, name: '赵敏' } }).at(-1)?.value
  expect(whom('梅渚镇')).toBe('梅渚镇 赵敏')
  expect(whom('县民政局')).toBe('梅渚镇')
})

test('a refusal stands there with its reason, and whom to ask with their hours, whatever has become of it', () => {
  const ask = { shortName: '梅渚镇', phone: '0563-7021234', weekly: '工作日 8:30—17:30', answered: null }
  const against = {
    on: '2026-12-01',
    reason: '户口不在本县',
    documentTitle: '不予决定书',
    deleted: false,
    remedy: null,
  }
  const rowsOf = (change: object) => onePageOf(view(change), '2026-12-02', null).rows
  const refused = rowsOf({ outcome: { key: 'refused' }, against, ask })
  expect(refused).toContainEqual({ key: '为什么', value: '户口不在本县' })
  const whom = { key: '有事找谁', value: '梅渚镇', note: '0563-7021234，工作日 8:30—17:30' }
  expect(refused.at(-1)).toEqual(whom)
  const long = '户口簿上写的地址不在本县，按规定由户口所在地办'
  expect(rowsOf({ outcome: { key: 'refused' }, against: { ...against, reason: long } })).toContainEqual({
    key: '为什么',
    value: '单位这样写',
    note: long,
  })
  expect(rowsOf({ outcome: { key: 'refused' }, against: { ...against, reason: null } })).toContainEqual({
    key: '为什么',
    value: '写在文书里',
  })
  const withdrawn = rowsOf({ outcome: { key: 'withdrawn' }, holder: null, ask, phone: '0563-7010000' })
  expect(withdrawn.at(-1)).toEqual(whom)
})

test('a stop that lasts longer than its notice said says so', () => {
  const expected = (today: string) =>
    onePageOf(view({ dueOn: null, expectedOn: '2026-12-09' }), today, null).rows.find(
      ({ key }) => key === '最晚哪天办好',
    )?.note
  expect(expected('2026-12-09')).toBe('预计 12月9日 周三 做完')
  expect(expected('2026-12-10')).toBe('原来预计 12月9日 周三 做完，过了，还没做完')
})

test('a half day that nobody has agreed to is no 约好, and once it has come she is told to call first', () => {
  const booked = { on: '2026-12-22', half: '上午', place: '办税厅，中港路 1 号' }
  const rowsOf = (change: object, today: string) => onePageOf(view(change), today, null).rows
  const asked = { key: '约了哪天去', value: '12月22日 周二 上午', note: '还没定下来。办税厅，中港路 1 号' }
  const before = rowsOf({ booked, nowText: '正在审核' }, '2026-12-01')
  expect(before).toContainEqual(asked)
  expect(before[0]?.note).toBe('现在不用你做什么')
  const late = rowsOf({ booked, nowText: '正在审核', outcome: { key: 'late' } }, '2026-12-21')
  expect(late).toContainEqual(asked)
  expect(late[0]?.note).toBe('去以前先打电话问')
  expect(rowsOf({ booked, outcome: { key: 'granted' } }, '2026-12-21')).toContainEqual({
    key: '约好哪天去',
    value: '12月22日 周二 上午',
    note: '办税厅，中港路 1 号',
  })
})

test('of a stop stands why, and of a case that was ended: in the words of the office', () => {
  const first = (change: object) =>
    onePageOf(view({ nowText: '等鉴定做完', ...change }), '2026-11-24', null).rows
  const told = (type: string, note: string | null) => [
    { type, at: '2026-11-24T01:45:00.000Z', title: '', note },
  ]
  const suspended = { outcome: { key: 'suspended' } }
  const timeline = told('clock-suspended', '因鉴定暂停，预计 15 天。要到定点医院做残疾评定')
  expect(first({ ...suspended, timeline })[0]?.note).toBe('为什么停：要到定点医院做残疾评定')
  expect(first({ ...suspended, timeline: [] })[0]?.note).toBe('为什么停：打电话问')
  const lapsed = { outcome: { key: 'lapsed' }, timeline: told('terminated', '要补的一直没补，再申请') }
  expect(first(lapsed)).toContainEqual({ key: '为什么', value: '下面写着', note: '要补的一直没补，再申请' })
})

test('whom an assessment waits for is not told that there is nothing to do', () => {
  const dueBecause = { kind: 'waits-for', step: 'assess', stepName: '残疾评定', until: null, because: 'step' }
  const note = (change: object) =>
    onePageOf(view({ nowText: '正在审核', dueOn: null, ...change }), '2026-11-24', null).rows[0]?.note
  expect(note({ dueBecause })).toBe('残疾评定要不要到场、哪天去，打电话问')
  expect(note({ dueBecause: { ...dueBecause, until: '2026-12-08' } })).toBe('现在不用你做什么')
})
