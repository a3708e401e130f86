import type { Page } from 'playwright-core'
import type { PagePath } from '#shared/contract/pages'
import type { Scene, Scenes } from './scenes'

type Who = 'visitor' | 'stranger' | 'acquaintance' | 'beginner' | 'resident'

/** One look at one page. */
export interface View {
  readonly name: string
  readonly path: PagePath
  readonly parameters?: Readonly<Record<string, string>>
  readonly who: Who
  /** Words that stand there once it is what it should be. */
  readonly shows: string | RegExp
  /** What one does before looking. */
  readonly before?: (page: Page) => Promise<unknown>
}

const GUIDE = 'features/service-item/guide'
const FORM = 'features/case/application/form'
const CHECK = 'features/certificate/check'
const SEARCH = 'features/service-item/search'

const press = (page: Page, name: string | RegExp) =>
  page.locator('[role=button]:visible').filter({ hasText: name }).last().click()
const next = (page: Page) => press(page, /^下一步$/)

/** Opens the form at a step, as one who filled in the steps before. */
const atStep = (serviceItemId: string, step: number) => async (page: Page) => {
  await page.evaluate(
    ([id, at]) => {
      const own = `yinxiang:${sessionStorage.getItem('yinxiang-as')}`
      const entry = { key: `item:${id}`, plainName: '', savedAt: '2026-11-24T01:42:00.000Z', step: at }
      localStorage.setItem(`${own}:draft:item:${id}`, JSON.stringify({ ...entry, answers: {}, photos: {} }))
      localStorage.setItem(`${own}:drafts`, JSON.stringify([entry]))
    },
    [serviceItemId, step] as const,
  )
  await page.reload()
}

const LAST = 99

const timeline = (scene: Scene, shows: string) => ({ scene, shows })
const TIMELINES = [
  timeline('submitted', '买农机补贴'),
  timeline('correcting', '现在补'),
  timeline('examining', '临时救助'),
  timeline('suspended', '残疾人证'),
  timeline('declined', '小吃摊备案'),
  timeline('refused', '就业困难认定'),
  timeline('withdrawn', '撤回'),
  timeline('delivered', '老年人优待证'),
]

/** Every residents' page in every state that it has. */
export const residentViews = ({ cases, documentId, certificate }: Scenes): readonly View[] => {
  const of = (scene: Scene) => ({ id: cases[scene] })
  return [
    { name: 'home-visitor', path: 'features/service-item/home', who: 'visitor', shows: '高龄津贴' },
    { name: 'home-resident', path: 'features/service-item/home', who: 'resident', shows: '4 件事等你' },
    { name: 'search', path: SEARCH, who: 'visitor', shows: '生育登记' },
    { name: 'search-typing', path: SEARCH, who: 'visitor', parameters: { q: '老年钱' }, shows: '高龄津贴' },
    { name: 'search-nothing', path: SEARCH, who: 'visitor', parameters: { q: '火星移民' }, shows: '没找到' },
    { name: 'guide', path: GUIDE, who: 'beginner', parameters: { id: 'LX-005' }, shows: '开始办理' },
    { name: 'guide-closed', path: GUIDE, who: 'visitor', parameters: { id: 'LX-004' }, shows: '还不能' },
    { name: 'form-who', path: FORM, who: 'beginner', parameters: { id: 'LX-009' }, shows: '给谁办？' },
    { name: 'form-closed', path: FORM, who: 'beginner', parameters: { id: 'LX-004' }, shows: '现在还不能办' },
    {
      name: 'form-person',
      path: FORM,
      who: 'beginner',
      parameters: { id: 'LX-009', who: 'self' },
      shows: '空着的补上',
    },
    {
      name: 'form-faults',
      path: FORM,
      who: 'beginner',
      parameters: { id: 'LX-009', who: 'self' },
      shows: /还有 \d+ 处没填/,
      before: next,
    },
    ...[
      { name: 'form-photo', item: 'LX-030', step: 3, shows: '拍照片' },
      { name: 'form-papers', item: 'LX-006', step: 1, shows: '要交' },
      { name: 'form-check', item: 'LX-006', step: LAST, shows: '核对一遍' },
    ].map(
      ({ name, item, step, shows }): View => ({
        name,
        path: FORM,
        who: 'beginner',
        parameters: { id: item, who: 'self' },
        shows,
        before: atStep(item, step),
      }),
    ),
    {
      name: 'receipt',
      path: 'features/case/application/submitted',
      who: 'resident',
      parameters: of('submitted'),
      shows: '收到了',
    },
    { name: 'my-cases', path: 'tabs/case/my-cases', who: 'resident', shows: '等你做' },
    { name: 'my-cases-none', path: 'tabs/case/my-cases', who: 'beginner', shows: '现在没有办件' },
    ...TIMELINES.map(
      ({ scene, shows }): View => ({
        name: `timeline-${scene}`,
        path: 'features/case/timeline',
        who: 'resident',
        parameters: of(scene),
        shows,
      }),
    ),
    {
      name: 'timeline-gone',
      path: 'features/case/timeline',
      who: 'beginner',
      parameters: of('examining'),
      shows: '这件现在看不到了',
    },
    {
      name: 'correction',
      path: 'features/case/correction',
      who: 'resident',
      parameters: of('correcting'),
      shows: '户口簿',
    },
    {
      name: 'addition',
      path: 'features/case/addition',
      who: 'resident',
      parameters: of('submitted'),
      shows: '交过的都在',
    },
    {
      name: 'addition-over',
      path: 'features/case/addition',
      who: 'resident',
      parameters: of('refused'),
      shows: '现在不能补交',
    },
    {
      name: 'result-granted',
      path: 'features/case/result',
      who: 'resident',
      parameters: of('delivered'),
      shows: '办好了',
    },
    {
      name: 'result-refused',
      path: 'features/case/result',
      who: 'resident',
      parameters: of('refused'),
      shows: '行政复议',
    },
    {
      name: 'documents',
      path: 'features/case/documents',
      who: 'resident',
      parameters: of('delivered'),
      shows: '送达回证',
    },
    {
      name: 'document',
      path: 'features/case/document',
      who: 'resident',
      parameters: { case: cases.delivered, id: documentId },
      shows: '受理通知书',
    },
    {
      name: 'result-certified',
      path: 'features/case/result',
      who: 'resident',
      parameters: of('certified'),
      shows: '真伪一扫就知道',
    },
    {
      name: 'certificate',
      path: 'features/case/document',
      who: 'resident',
      parameters: { case: cases.certified, id: certificate.id },
      shows: '长期有效',
    },
    { name: 'check', path: CHECK, who: 'visitor', shows: '核对一份证' },
    {
      name: 'check-valid',
      path: CHECK,
      who: 'visitor',
      parameters: { code: certificate.code },
      shows: '这份证是真的',
    },
    {
      name: 'check-unknown',
      path: CHECK,
      who: 'visitor',
      parameters: { code: '0123456789ABCDEFGHJKMNPQRS' },
      shows: '查不到这份证',
    },
    {
      name: 'notices',
      path: 'features/notice/notices',
      who: 'visitor',
      shows: '哪个乡镇',
    },
    {
      name: 'notice-gone',
      path: 'features/notice/notice',
      who: 'visitor',
      parameters: { id: '00000000-0000-7000-8000-000000000000' },
      shows: '这份公示撤下来了',
    },
    {
      name: 'lanes-none',
      path: 'features/case/lanes',
      who: 'resident',
      parameters: of('examining'),
      shows: '这件没有几家同时办',
    },
    {
      name: 'case-receipt',
      path: 'features/case/receipt',
      who: 'resident',
      parameters: of('examining'),
      shows: '用什么纸',
    },
    {
      name: 'one-page',
      path: 'features/case/one-page',
      who: 'resident',
      parameters: of('examining'),
      shows: '走到这里',
    },
    {
      name: 'rating',
      path: 'features/rating/rate',
      who: 'resident',
      parameters: of('delivered'),
      shows: '提交评价',
    },
    {
      name: 'rating-done',
      path: 'features/rating/rate',
      who: 'resident',
      parameters: of('rated'),
      shows: '谢谢',
    },
    { name: 'inbox', path: 'features/reminder/inbox', who: 'resident', shows: '老年人优待证' },
    { name: 'me', path: 'tabs/account/me', who: 'resident', shows: '大字版' },
    { name: 'me-stranger', path: 'tabs/account/me', who: 'stranger', shows: '登记' },
    { name: 'register', path: 'features/account/register', who: 'stranger', shows: '手机号' },
    { name: 'register-identity', path: 'features/account/register', who: 'acquaintance', shows: '身份证号' },
    { name: 'agreement', path: 'features/account/agreement', who: 'visitor', shows: '服务协议' },
    { name: 'consents', path: 'features/account/consents', who: 'resident', shows: '我同意过什么' },
    {
      name: 'reminder-settings',
      path: 'features/account/reminder-settings',
      who: 'resident',
      shows: '这几样一定告诉你',
    },
    { name: 'copy', path: 'features/account/copy', who: 'resident', shows: '哪天用过' },
    { name: 'closing', path: 'features/account/closing', who: 'resident', shows: '注销前，看清三件事' },
    { name: 'complain', path: 'features/feedback/complain', who: 'visitor', shows: '12345' },
  ]
}

/** The address of a view behind `#/`. */
export const addressOf = ({ path, parameters = {} }: View) => {
  const query = new URLSearchParams(parameters).toString()
  return query === '' ? path : `${path}?${query}`
}

/** The person of the local WeChat who looks. */
export const personOf = ({ who }: View, scenes: Scenes) =>
  ({
    visitor: undefined,
    stranger: scenes.stranger.id,
    acquaintance: scenes.acquaintance,
    beginner: scenes.beginner,
    resident: scenes.resident,
  })[who]
