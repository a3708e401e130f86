/** Every page of the product: read by app.config.ts, the official account's menu, the reminders' links and the tests. */
export interface Page {
  readonly path: string
  /** `main`, or the one directory that is the subpackage's root. Form and cases are one (ADR 0085); in main they would pass 500 KB. */
  readonly package: string
  readonly title: string
  /** What the tab of this page is called; WeChat wants tabs in the main package. In the order of the bar. */
  readonly tab?: string
  /** WeChat's search may show it: it says the same to everybody. */
  readonly found?: true
  readonly targets: readonly ('weapp' | 'h5')[]
}

const both = ['weapp', 'h5'] as const

export const pages = [
  {
    path: 'features/service-item/home',
    package: 'main',
    title: '印象办事',
    tab: '首页',
    targets: both,
  },
  {
    path: 'features/service-item/search',
    package: 'main',
    title: '找要办的事',
    found: true,
    targets: both,
  },
  {
    path: 'features/service-item/guide',
    package: 'main',
    title: '怎么办',
    found: true,
    targets: both,
  },
  {
    path: 'features/case/application/form',
    package: 'features/case',
    title: '填一填',
    targets: both,
  },
  {
    path: 'features/case/application/submitted',
    package: 'features/case',
    title: '收到了',
    targets: both,
  },
  {
    path: 'tabs/case/my-cases',
    package: 'main',
    title: '我的办件',
    tab: '办件',
    targets: both,
  },
  {
    path: 'features/case/timeline',
    package: 'features/case',
    title: '办到哪了',
    targets: both,
  },
  {
    path: 'features/case/correction',
    package: 'features/case',
    title: '补一补',
    targets: both,
  },
  {
    path: 'features/case/addition',
    package: 'features/case',
    title: '补交一样东西',
    targets: both,
  },
  {
    path: 'features/case/result',
    package: 'features/case',
    title: '办理结果',
    targets: both,
  },
  {
    path: 'features/case/documents',
    package: 'features/case',
    title: '材料和文书',
    targets: both,
  },
  {
    path: 'features/case/document',
    package: 'features/case',
    title: '文书',
    targets: both,
  },
  {
    path: 'features/case/lanes',
    package: 'features/case',
    title: '各部门办到哪了',
    targets: both,
  },
  {
    path: 'features/case/one-page',
    package: 'features/case',
    title: '一页纸',
    targets: both,
  },
  {
    path: 'features/case/receipt',
    package: 'features/case',
    title: '收件回执',
    targets: both,
  },
  {
    path: 'features/certificate/check',
    package: 'features/certificate',
    title: '核对证照',
    targets: both,
  },
  {
    path: 'features/notice/notices',
    package: 'features/notice',
    title: '正在公示的',
    targets: both,
  },
  {
    path: 'features/notice/notice',
    package: 'features/notice',
    title: '公示',
    targets: both,
  },
  {
    path: 'features/reminder/inbox',
    package: 'main',
    title: '消息',
    tab: '消息',
    targets: both,
  },
  {
    path: 'tabs/account/me',
    package: 'main',
    title: '我的',
    tab: '我的',
    targets: both,
  },
  {
    path: 'features/account/register',
    package: 'features/account',
    title: '登记',
    targets: both,
  },
  {
    path: 'features/account/agreement',
    package: 'features/account',
    title: '协议和隐私',
    targets: both,
  },
  {
    path: 'features/account/consents',
    package: 'features/account',
    title: '协议和授权',
    targets: both,
  },
  {
    path: 'features/account/reminder-settings',
    package: 'features/account',
    title: '提醒设置',
    targets: both,
  },
  {
    path: 'features/account/copy',
    package: 'features/account',
    title: '我的信息',
    targets: both,
  },
  {
    path: 'features/account/closing',
    package: 'features/account',
    title: '注销',
    targets: both,
  },
  {
    path: 'features/rating/rate',
    package: 'features/rating',
    title: '评一评',
    targets: both,
  },
  {
    path: 'features/feedback/complain',
    package: 'features/feedback',
    title: '投诉建议',
    targets: both,
  },
  { path: 'staff/case/queue', package: 'staff', title: '办件', targets: both },
  { path: 'staff/case/case', package: 'staff', title: '办这一件', targets: both },
  { path: 'staff/case/decision', package: 'staff', title: '作决定', targets: both },
  {
    path: 'staff/case/request-correction',
    package: 'staff',
    title: '一次性补正',
    targets: both,
  },
  { path: 'staff/case/entry', package: 'staff', title: '代录', targets: both },
  { path: 'staff/case/visit', package: 'staff', title: '现场核查', targets: both },
  { path: 'staff/account/let-in', package: 'staff', title: '登录电脑', targets: both },
  {
    path: 'staff/account/desk-login',
    package: 'staff',
    title: '扫码进办件台',
    targets: ['h5'],
  },
  { path: 'staff/account/invite', package: 'staff', title: '邀请同事', targets: both },
  {
    path: 'staff/account/second-factor',
    package: 'staff',
    title: '二次验证',
    targets: both,
  },
  {
    path: 'staff/case/calendar',
    package: 'staff',
    title: '放假日历',
    targets: both,
  },
  {
    path: 'staff/case/replies',
    package: 'staff',
    title: '办事用语',
    targets: both,
  },
  {
    path: 'staff/case/missed-items',
    package: 'staff',
    title: '头一次没要齐的',
    targets: both,
  },
  {
    path: 'staff/reminder/dead-letters',
    package: 'staff',
    title: '没发成的提醒',
    targets: both,
  },
  { path: 'staff/account/bind', package: 'staff', title: '绑定工作身份', targets: both },
] as const satisfies readonly Page[]

export type PagePath = (typeof pages)[number]['path']

/** Where a page stood in former days: links to it stand in messages that were sent, codes on walls and bookmarks. */
const FORMER: Readonly<Record<string, PagePath>> = {
  'features/case/my-cases': 'tabs/case/my-cases',
  'features/account/me': 'tabs/account/me',
  'features/application/form': 'features/case/application/form',
  'features/application/submitted': 'features/case/application/submitted',
}

/** The page that a link names; undefined for what the manifest does not list. */
export const pageNamed = (path: string): PagePath | undefined =>
  pages.find((page) => page.path === path)?.path ?? FORMER[path]

/** The pages of the tab bar, in its order. */
export const tabs: readonly Page[] = pages.filter((page) => 'tab' in page)

export const pagesFor = (target: 'weapp' | 'h5'): readonly Page[] =>
  pages.filter((page) => (page.targets as readonly string[]).includes(target))

export const titleOf = (path: PagePath): string => pages.find((page) => page.path === path)?.title ?? ''
