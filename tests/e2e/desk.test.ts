import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { act, caseOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { type DeskScenes, playDeskScenes } from './desk-scenes'
import { axeFaults, pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { STAFF } from './scenes'
import { choose, fieldOf, press, sees, UNTIL_READ, write } from './screen'

const NARROWER = [360, 320]
const DESK = { width: 1280, height: 800 }
/** Another village's agent, whose work is done. */
const EMPTY_HANDED = 'agent-341821001001'
const LIAISON = 'sun-xuemei'
const ADMIN = 'he-jing'

let browser: Browser
let scenes: DeskScenes
const url = await openServerOfFile()
beforeAll(async () => {
  ;[browser, scenes] = await Promise.all([openBrowser(), playDeskScenes(url)])
})
afterAll(() => browser.close())

interface View {
  readonly name: string
  readonly person: string
  readonly path: string
  readonly shows: string | RegExp
  readonly before?: (page: Page) => Promise<void>
}

/** Each page of those who work, as each of them sees it. */
function viewsOf({ cases, invitation }: Pick<DeskScenes, 'cases' | 'invitation'>): readonly View[] {
  const queue = 'staff/case/queue'
  const one = (id: string) => `staff/case/case?id=${id}`
  return [
    { name: 'me-agent', person: STAFF.village, path: 'tabs/account/me', shows: '我的工作' },
    {
      name: 'staff-bind',
      person: 'resident',
      path: `staff/account/bind?token=${invitation}`,
      shows: '绑定工作身份',
    },
    { name: 'staff-queue-agent', person: STAFF.village, path: queue, shows: '待我办' },
    { name: 'staff-queue-window', person: STAFF.window, path: queue, shows: '待我办' },
    { name: 'staff-queue-reviewer', person: STAFF.reviewer, path: queue, shows: '待我办' },
    { name: 'staff-queue-admin', person: ADMIN, path: queue, shows: '这里没有归你办的件' },
    { name: 'staff-queue-liaison', person: LIAISON, path: queue, shows: '这里没有归你办的件' },
    { name: 'staff-queue-empty', person: EMPTY_HANDED, path: queue, shows: '都办完了' },
    {
      name: 'staff-queue-waiting',
      person: STAFF.window,
      path: queue,
      shows: '等申请人补材料',
      before: (page) => choose(page, 'tab', /^等申请人/),
    },
    {
      name: 'staff-queue-not-found',
      person: STAFF.window,
      path: queue,
      shows: '没有找到',
      before: (page) => page.getByRole('searchbox').filter({ visible: true }).fill('没这个人'),
    },
    { name: 'staff-case-agent', person: STAFF.village, path: one(cases.unverified), shows: '核实上报' },
    {
      name: 'staff-case-window',
      person: STAFF.window,
      path: one(cases.accept),
      shows: '申请人的身份还没核过',
    },
    { name: 'staff-case-reviewer', person: STAFF.reviewer, path: one(cases.examined), shows: '经过' },
    {
      name: 'staff-case-waiting',
      person: STAFF.window,
      path: one(cases.correcting),
      shows: /等申请人补 1 样/,
    },
    {
      name: 'staff-correction',
      person: STAFF.window,
      path: `staff/case/request-correction?id=${cases.correct}&stepKey=accept&unitId=341821105`,
      shows: '补正只能告知一次',
    },
    {
      name: 'staff-correction-notice',
      person: STAFF.window,
      path: `staff/case/request-correction?id=${cases.correct}&stepKey=accept&unitId=341821105`,
      shows: '发出，补 1 样',
      before: async (page) => {
        await page.getByRole('checkbox').filter({ visible: true }).first().click()
        await choose(page, 'checkbox', '看不清，重新拍一张')
        await press(page, '看告知书，补 1 样')
      },
    },
    {
      name: 'staff-decision-grant',
      person: STAFF.reviewer,
      path: `staff/case/decision?id=${cases.grant}&action=grant`,
      shows: '看一遍，签发准予',
    },
    {
      name: 'staff-decision-refuse',
      person: STAFF.reviewer,
      path: `staff/case/decision?id=${cases.refuse}&action=refuse`,
      shows: '不予的理由',
    },
  ]
}

const NAMES = viewsOf({ cases: {} as DeskScenes['cases'], invitation: '' }).map(({ name }) => name)

async function open(view: View, options: { elder?: boolean; size?: typeof PHONE }) {
  const phone = await openPhone(browser, { url, person: view.person, ...options })
  await phone.go(view.path)
  await untilShown(phone.page)
  await view.before?.(phone.page)
  await sees(phone.page, view.shows)
  return phone
}

const viewNamed = (name: string) => {
  const view = viewsOf(scenes).find((each) => each.name === name)
  if (!view) throw new Error(`no ${name}`)
  return view
}

describe.each([{ elder: false }, { elder: true }])('on the phone, elder mode $elder', ({ elder }) => {
  test.each(NAMES)('%s can be read and pressed by everybody', async (name) => {
    const phone = await open(viewNamed(name), { elder })
    const { page } = phone
    await keepPicture(page, elder ? `${name}.elder` : name)
    expect(await axeFaults(page)).toEqual([])
    expect(await pageFaults(page, { elder })).toEqual([])
    for (const width of NARROWER) {
      await page.setViewportSize({ ...PHONE, width })
      expect(await pageFaults(page, { elder }), `${width} px`).toEqual([])
    }
    expect(phone.faults).toEqual([])
    await phone.close()
  })
})

test.each(NAMES)('%s at a desk', async (name) => {
  const desk = await open(viewNamed(name), { size: DESK })
  await keepPicture(desk.page, `${name}.desk`)
  expect(await axeFaults(desk.page)).toEqual([])
  expect(await pageFaults(desk.page, { desktop: true })).toEqual([])
  expect(desk.faults).toEqual([])
  await desk.close()
})

const seenBy = async (person: string, caseId: string): Promise<CaseView> =>
  caseOf(await scenes.client.as(person), caseId)

/** The queue at a desk with one case open, found by the words of its row. */
async function openDesk(person: string, row: RegExp) {
  const desk = await openPhone(browser, { url, person, size: DESK })
  await desk.go('staff/case/queue')
  await untilShown(desk.page)
  await press(desk.page, row)
  await untilShown(desk.page)
  return desk
}

async function confirmSheet(page: Page, button: string) {
  const sheet = page.getByRole('dialog')
  await press(sheet, button)
  await sheet.waitFor({ state: 'hidden' })
}

test('/ looks for a case; Escape leaves the box, and then what was found', async () => {
  const desk = await openPhone(browser, { url, person: STAFF.window, size: DESK })
  const { page } = desk
  await desk.go('staff/case/queue')
  await untilShown(page)
  const rows = page.locator('.qrow')
  const all = await rows.count()
  const box = page.getByRole('searchbox').filter({ visible: true })
  await page.keyboard.press('/')
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
  const asked: string[] = []
  await page.route('**/api/work/cases/search', async (route) => {
    const { q } = route.request().postDataJSON()
    asked.push(q)
    // What was asked first is answered last.
    if (q !== '郑小霞') await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue().catch(() => undefined)
  })
  await page.keyboard.type('孙')
  await page.waitForRequest('**/api/work/cases/search')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('郑小霞', { delay: 80 })
  // What is done is found too, beside what waits.
  await page.waitForFunction(() => {
    const found = [...document.querySelectorAll('.qrow')]
    return found.length > 0 && found.every((row) => row.textContent?.includes('郑*霞'))
  })
  await page.waitForTimeout(2_000)
  expect(asked).toEqual(['孙', '郑小霞'])
  expect((await rows.allTextContents()).every((words) => words.includes('郑*霞'))).toBe(true)
  expect(page.url()).not.toContain(encodeURIComponent('郑'))
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.tagName !== 'INPUT')
  expect(await box.inputValue()).toBe('郑小霞')
  await page.keyboard.press('Escape')
  await page.waitForFunction((before) => document.querySelectorAll('.qrow').length === before, all)
  expect(await box.inputValue()).toBe('')
  await page.keyboard.press('/')
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('what a window does: identity, acceptance, refusal to accept, the one correction notice', async () => {
  const { cases } = scenes
  const desk = await openDesk(STAFF.window, /养老金申领.*周\*兰/s)
  const { page } = desk
  await press(page, '当面核身份')
  await choose(page.getByRole('dialog'), 'checkbox', '本人到场，人和身份证一致')
  await confirmSheet(page, '核过了')
  expect(await seenBy(STAFF.window, cases.accept)).toMatchObject({ identityConfirmed: true })
  await press(page, '受理')
  await confirmSheet(page, '受理')
  await sees(page, '周*兰：受理了')
  await page.getByRole('button', { name: /养老金申领.*周\*兰/s }).waitFor({ state: 'hidden' })
  expect(await seenBy(STAFF.window, cases.accept)).toMatchObject({ status: 'accepted' })

  await press(page, /小吃摊备案.*周\*兰/s)
  await press(page, '不予受理')
  await choose(page.getByRole('dialog'), 'checkbox', '不符合受理条件')
  await press(page.getByRole('dialog'), '看一遍不予受理决定书')
  const declined = page.getByRole('dialog').locator('.paper-doc')
  await sees(declined, '不予受理决定书')
  await sees(declined, '理由：不符合受理条件')
  await sees(declined, /60 日内向.*申请行政复议/)
  await keepPicture(page, 'staff-decline.desk')
  await confirmSheet(page, '发出，不予受理')
  expect(await seenBy(STAFF.window, cases.decline)).toMatchObject({ status: 'declined' })

  await press(page, /残疾人补贴.*郑\*霞/s)
  await press(page, '一次性补正')
  await sees(page, '补正只能告知一次')
  await page.getByRole('checkbox').filter({ visible: true }).first().click()
  await choose(page, 'checkbox', '看不清，重新拍一张')
  await press(page, '看告知书，补 1 样')
  const notice = page.getByRole('dialog')
  await sees(notice, '一次性补正告知书')
  await sees(notice, /：看不清，重新拍一张$/)
  await keepPicture(page, 'staff-correction-notice.desk')
  await confirmSheet(page, '发出，补 1 样')
  await sees(page, '待我办')
  expect(await seenBy(STAFF.window, cases.correct)).toMatchObject({ status: 'correcting' })
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('a reviewer decides by keyboard alone, with the paper before them', async () => {
  const desk = await openPhone(browser, { url, person: STAFF.reviewer, size: DESK })
  const { page } = desk
  await desk.go('staff/case/queue')
  await untilShown(page)
  const title = page.locator('.case__title')
  const rows = page.locator('.qrow')
  const wanted = await rows.evaluateAll((all) =>
    all.findIndex((row) => row.textContent?.includes('临时救助')),
  )
  for (let at = 1; at <= wanted; at += 1) {
    await page.keyboard.press('j')
    await rows.nth(at).and(page.locator('.is-open')).waitFor()
  }
  await title.filter({ hasText: '临时救助' }).waitFor()
  await untilShown(page)
  await page.keyboard.press('1')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('g')
  await sees(page, '文书预览')
  const paper = page.locator('.paper-doc').filter({ visible: true })
  await sees(paper, '临时救助决定')
  await sees(paper, '郎溪县梅渚镇人民政府')
  await sees(paper, /梅政准〔2026〕/)
  // It pays, and the guide names no one amount.
  await fieldOf(page, '一共发多少').fill('500')
  await sees(paper, /500 元/)
  await page.keyboard.press('Escape')
  await keepPicture(page, 'staff-decision-keys.desk')
  await page.keyboard.press('g')
  const sheet = page.getByRole('dialog')
  await sheet.waitFor()
  await keepPicture(page, 'staff-signing.desk')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await sheet.waitFor({ state: 'hidden' })
  await sees(page, '待我办')
  expect(await seenBy(STAFF.reviewer, scenes.cases.grant)).toMatchObject({
    decision: { kind: 'granted', organName: '郎溪县梅渚镇人民政府' },
  })
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('a refusal stands on its paper with reason and remedy before it is signed', async () => {
  const desk = await openDesk(STAFF.reviewer, /就业困难认定.*郑\*霞/s)
  const { page } = desk
  await press(page, '不予')
  await sees(page, '不予的理由')
  await press(page, '看一遍，签发不予')
  await sees(page, '写明理由再签发')
  await write(page, '不予的理由', '已经过了法定退休年龄')
  const paper = page.locator('.paper-doc').filter({ visible: true })
  await sees(paper, '不予决定书')
  await sees(paper, '理由：已经过了法定退休年龄')
  await sees(paper, /60 日内向郎溪县人民政府申请行政复议，或者在 6 个月内向郎溪县人民法院起诉/)
  await press(page, '看一遍，签发不予')
  await confirmSheet(page, '签发，不予')
  await sees(page, '待我办')
  const { decision } = await seenBy(STAFF.reviewer, scenes.cases.refuse)
  expect(decision).toMatchObject({ kind: 'refused', reason: '已经过了法定退休年龄' })
  expect(decision?.documentNumber).toMatch(/^梅政不准〔2026〕\d+号$/)
  await desk.close()
})

test('who comes second is told who was first, and keeps what was written', async () => {
  const desk = await openDesk(STAFF.window, /失业登记.*郑\*霞/s)
  const { page } = desk
  await press(page, '不予受理')
  const sheet = page.getByRole('dialog')
  await write(sheet, '理由', '户口不在本镇')
  const colleague = await scenes.client.as('qian-li')
  expect((await act(colleague, scenes.cases.raced, 'accept')).status).toBe(200)
  await press(sheet, '看一遍不予受理决定书')
  await press(sheet, '发出，不予受理')
  await sees(sheet, '这件刚刚有人办过了')
  await sees(sheet, /梅渚镇 钱丽：受理了/)
  await keepPicture(page, 'staff-conflict.desk')
  await press(sheet, '现在不能这样办了，看最新的')
  await sheet.waitFor({ state: 'hidden' })
  expect(desk.faults).toEqual([])
  await desk.close()
})
