import type { PagePath } from '#shared/contract/pages'
import type { County } from '../product/county'
import { caseAt, ITEM } from './phones'

type Case = Awaited<ReturnType<typeof caseAt>>
export type Cases = Readonly<Record<'toCorrect' | 'toAccept' | 'toDecide' | 'delivered', Case>>

/** A case at each stage that some page is opened for. */
export const casesFor = async (county: County): Promise<Cases> => ({
  toCorrect: await caseAt(county, '陈桂兰', 'to-correct'),
  toAccept: await caseAt(county, '李秀珍', 'to-accept'),
  toDecide: await caseAt(county, '吴月英', 'to-decide'),
  delivered: await caseAt(county, '周玉梅', 'delivered'),
})

/** Who opens the page, with what, and the words that stand there only when the product answered. */
export interface Opening {
  readonly person: (cases: Cases) => string
  readonly query?: (cases: Cases) => Readonly<Record<string, string>>
  readonly shows: (cases: Cases) => readonly string[]
  /** A page that has all of its words with it. */
  readonly asksNothing?: true
}

const li = () => 'li-jianguo'

const OPENINGS = {
  'features/service-item/home': {
    person: li,
    shows: () => ['建国', '高龄津贴', '养老金资格认证', '郎溪县数据资源管理局主办'],
  },
  'features/service-item/search': {
    person: li,
    query: () => ({ q: encodeURIComponent('老年补贴') }),
    shows: () => ['高龄津贴'],
  },
  'features/service-item/guide': {
    person: li,
    query: () => ({ id: ITEM }),
    shows: () => ['高龄津贴', '居民身份证', '正式名称'],
  },
  'features/case/application/form': {
    person: li,
    query: () => ({ id: ITEM }),
    shows: () => ['给谁办？', '帮别人办'],
  },
  'features/case/application/submitted': {
    person: (cases) => cases.toDecide.personId,
    query: (cases) => ({ id: cases.toDecide.id }),
    shows: (cases) => [cases.toDecide.caseNumber, '收到了，接下来交给我们'],
  },
  'tabs/case/my-cases': { person: (cases) => cases.toDecide.personId, shows: () => ['高龄津贴'] },
  'features/case/timeline': {
    person: (cases) => cases.toDecide.personId,
    query: (cases) => ({ id: cases.toDecide.id }),
    shows: (cases) => [cases.toDecide.caseNumber],
  },
  'features/case/correction': {
    person: (cases) => cases.toCorrect.personId,
    query: (cases) => ({ id: cases.toCorrect.id }),
    shows: () => ['户口簿照片模糊，重拍一张'],
  },
  'features/case/addition': {
    person: (cases) => cases.toDecide.personId,
    query: (cases) => ({ id: cases.toDecide.id }),
    shows: () => ['补交一样东西', '居民户口簿'],
  },
  'features/case/result': {
    person: (cases) => cases.delivered.personId,
    query: (cases) => ({ id: cases.delivered.id }),
    shows: () => ['准予'],
  },
  'tabs/account/me': { person: li, shows: () => ['李建国'] },
  'features/case/documents': {
    person: (cases) => cases.delivered.personId,
    query: (cases) => ({ id: cases.delivered.id }),
    shows: () => ['受理通知书', '送达回证', '居民户口簿'],
  },
  'features/case/document': {
    person: (cases) => cases.delivered.personId,
    query: (cases) => ({ case: cases.delivered.id, id: cases.delivered.documentId }),
    shows: () => ['受理通知书', '起受理'],
  },
  'features/case/lanes': {
    person: (cases) => cases.toDecide.personId,
    query: (cases) => ({ id: cases.toDecide.id }),
    shows: () => ['这件没有几家同时办'],
  },
  'features/case/one-page': {
    person: (cases) => cases.toDecide.personId,
    query: (cases) => ({ id: cases.toDecide.id }),
    shows: () => ['高龄津贴', '走到这里'],
  },
  'features/case/receipt': {
    person: (cases) => cases.toDecide.personId,
    query: (cases) => ({ id: cases.toDecide.id }),
    shows: () => ['收件回执', '给谁办', '用什么纸'],
  },
  'features/account/copy': { person: li, shows: () => ['李建国', '登记的', '服务协议', '哪天用过'] },
  'features/account/closing': { person: li, shows: () => ['注销前，看清三件事', '这些会删掉'] },
  'features/account/register': { person: li, shows: () => ['李建国'] },
  'features/account/agreement': {
    person: li,
    query: () => ({ kind: 'privacy' }),
    shows: () => ['五句话说完', '姓名、身份证号', '六、不满 14 岁的孩子'],
  },
  'features/account/consents': { person: li, shows: () => ['我同意过什么', '隐私保护说明', '第 1 版'] },
  'features/account/reminder-settings': {
    person: li,
    shows: () => ['微信还能提醒几次', '这几样一定告诉你', '误了就耽误事，都关不掉', '办到新的一步'],
  },
  'features/rating/rate': {
    person: (cases) => cases.delivered.personId,
    query: (cases) => ({ id: cases.delivered.id }),
    shows: () => ['满意'],
  },
  'features/reminder/inbox': { person: (cases) => cases.delivered.personId, shows: () => ['高龄津贴'] },
  'features/certificate/check': {
    person: li,
    shows: () => ['核对一份证', '证上的码'],
    // Opened without a code.
    asksNothing: true,
  },
  'features/notice/notices': { person: li, shows: () => ['现在没有公示', '哪个乡镇'] },
  'features/notice/notice': {
    person: li,
    query: () => ({ id: '00000000-0000-7000-8000-000000000000' }),
    shows: () => ['这份公示撤下来了'],
  },
  'features/feedback/complain': { person: li, shows: () => ['12345'] },
  'staff/case/queue': { person: () => 'zhao-min', shows: () => ['李*珍'] },
  'staff/case/case': {
    person: () => 'zhao-min',
    query: (cases) => ({ id: cases.toAccept.id }),
    shows: () => ['李秀珍', '受理'],
  },
  'staff/case/decision': {
    person: () => 'sun-zhiyuan',
    query: (cases) => ({ id: cases.toDecide.id }),
    shows: () => ['吴月英', '准予', '不予'],
  },
  'staff/case/request-correction': {
    person: () => 'zhao-min',
    query: (cases) => ({ id: cases.toAccept.id }),
    shows: () => ['居民户口簿'],
  },
  'staff/case/entry': { person: () => 'zhao-min', shows: () => ['来办什么？', '生育登记'] },
  'staff/case/visit': {
    person: () => 'zhao-min',
    query: (cases) => ({ id: cases.toAccept.id, stepKey: 'accept', unitId: '341821105' }),
    // Of this case no site is looked at.
    shows: () => ['这里现在不用你记，也不用你签'],
  },
  'staff/account/let-in': {
    person: () => 'zhao-min',
    shows: () => ['登录哪台电脑'],
  },
  'staff/case/calendar': {
    person: () => 'he-jing',
    shows: () => ['2027 年还没有日历', '点一天就能改'],
  },
  'staff/case/replies': {
    person: () => 'zhao-min',
    shows: () => ['县里通用的', '缺这一份'],
  },
  'staff/case/missed-items': {
    person: () => 'zhao-min',
    shows: () => ['没有没要齐的'],
  },
  'staff/reminder/dead-letters': {
    person: () => 'he-jing',
    shows: () => ['都发成了', '没有要你看的'],
  },
  'staff/account/invite': {
    person: () => 'he-jing',
    shows: () => ['邀请谁'],
  },
  'staff/account/second-factor': {
    person: () => 'he-jing',
    shows: () => ['还没有绑验证器'],
  },
  'staff/account/bind': {
    person: li,
    query: () => ({ token: 'x'.repeat(40) }),
    shows: () => ['绑定'],
    asksNothing: true,
  },
} satisfies Readonly<Record<Exclude<PagePath, 'staff/account/desk-login'>, Opening>>

export const openings = Object.entries<Opening>(OPENINGS)
