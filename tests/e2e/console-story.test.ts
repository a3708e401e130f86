import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser'
import { type ConsoleWindow, keepConsole, openConsole } from './console-window'
import { axeFaults, pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { choose, fieldOf, press, sees, UNTIL_READ, write } from './screen'

// What the console tells to whoever comes first: one case from its first word to its last, each act one press away.
const url = await openServerOfFile()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const storyOf = (page: Page) => page.locator('#story')

/** The green button in the words that it must have; answers once the device of that person stands there. */
async function go({ page }: ConsoleWindow, words: string | RegExp, device: string) {
  const button = storyOf(page).getByRole('button', { name: words })
  await button.waitFor()
  expect(await button.getAttribute('class')).toBe('go')
  await button.click()
  await page.locator(`iframe[title="${device}"]`).waitFor()
}

/** A specimen out of the phone's own album. */
async function takePhoto({ page, phone }: ConsoleWindow, tile: RegExp, specimen: string) {
  await press(phone, tile)
  const album = page.getByRole('dialog', { name: '手机里的照片' })
  await album.getByRole('button', { name: specimen }).click()
  await album.waitFor({ state: 'hidden' })
}

async function fillIn(desk: ConsoleWindow) {
  const { page, phone } = desk
  const writeForHim = () => press(page, '替他写上')
  await press(phone, /^帮别人办/)
  await phone.getByRole('textbox', { name: '姓名' }).waitFor()
  await writeForHim()
  await press(phone, '和我一个村')
  await press(phone, '下一步')
  await phone.getByRole('textbox', { name: '社保卡/银行卡号' }).waitFor()
  await writeForHim()
  await press(phone, '下一步')
  await takePhoto(desk, /拍正面，居民身份证/, '身份证正面')
  await takePhoto(desk, /拍反面，居民身份证/, '身份证反面')
  await takePhoto(desk, /拍一张，居民户口簿/, '户口簿')
  await takePhoto(desk, /拍一张，社会保障卡/, '社保卡')
  await phone
    .getByRole('button', { name: /^社会保障卡.*，已传好/ })
    .first()
    .waitFor()
  await press(phone, '下一步')
  await choose(phone, 'checkbox', /我保证/)
  await press(phone, '提交申请')
  await sees(phone, /^收到了/)
  await press(phone, '好，到时提醒我')
  await press(phone, '允许')
  await sees(phone, '好，到时微信提醒你。')
}

/** An act of the case, confirmed in its sheet. */
async function actAs({ page, phone }: ConsoleWindow, action: string, answer?: string) {
  await press(phone, action)
  const sheet = phone.getByRole('dialog')
  await sheet.waitFor()
  if (answer) await choose(sheet, 'radio', answer)
  await page.waitForTimeout(UNTIL_READ)
  await press(sheet, action)
  await sheet.waitFor({ state: 'hidden' })
}

const switchedTo = (page: Page, name: string, isOn: boolean) =>
  page.locator(`[role=switch][aria-checked=${isOn}]`, { hasText: name }).waitFor()

/** Nothing sticks out or is cut, and axe finds nothing serious; the phone is drawn smaller than it is. */
async function sound(page: Page) {
  const faults = await pageFaults(page, { desktop: true })
  expect(faults.filter((fault) => !/^cut (unseen|named|screen) /.test(fault))).toEqual([])
  expect(await axeFaults(page, { but: '#screen iframe' })).toEqual([])
}

test.each([
  [1024, 768],
  [1280, 720],
  [1440, 900],
])('%i × %i: the list, the bar and the desk stand whole', async (width, height) => {
  const desk = await openConsole(browser, { url, story: true, size: { width, height } })
  const { page } = desk
  await sees(page, '三分钟，看一件事走完')
  await page.locator('iframe[title="李建国的手机"]').waitFor()
  await keepConsole(page, `console-story-${width}`)
  await sound(page)
  await go(desk, '变成建国，替妈妈申请', '李建国的手机')
  await press(page, '替他写上')
  await sees(page, /^这一页没有要写的号码/)
  await keepConsole(page, `console-story-bar-${width}`)
  await sound(page)
  await page.getByRole('button', { name: /^赵敏/ }).click()
  await page.locator('iframe[title="赵敏的电脑"]').waitFor()
  // As wide as a desk, however small it is drawn.
  await sees(desk.phone, '待我办')
  await keepConsole(page, `console-story-desk-${width}`)
  await sound(page)
  await press(page, '收起这个故事')
  await storyOf(page).waitFor({ state: 'hidden' })
  await page.reload()
  await page.locator('iframe[title="赵敏的电脑"]').waitFor()
  expect(await storyOf(page).isVisible()).toBe(false)
  await press(page, '三分钟故事')
  await storyOf(page).waitFor()
  await desk.close()
})

test('without a signal what is typed stays, and goes on with it; large letters are the phone’s own', async () => {
  const desk = await openConsole(browser, { url, story: true })
  const { page, phone } = desk
  await press(page, '断网也能收')
  await sees(page, /^这部手机断网了/)
  await switchedTo(page, '断网', true)
  const asks = () =>
    page.locator('#screen iframe').evaluate((frame: HTMLIFrameElement) =>
      (frame.contentWindow as Window).fetch('/api/health').then(
        () => 'answered',
        () => 'failed',
      ),
    )
  expect(await asks()).toBe('failed')
  await press(phone, /^帮别人办/)
  await write(phone, '姓名', '陈小妹')
  await page.getByRole('switch', { name: '断网' }).click()
  await switchedTo(page, '断网', false)
  expect(await asks()).toBe('answered')
  expect(await fieldOf(phone, '姓名').inputValue()).toBe('陈小妹')

  await press(page, '回首页')
  await sees(phone, /^大字版$/)
  await page.getByRole('switch', { name: '大字版' }).click()
  await switchedTo(page, '大字版', true)
  await sees(phone, '换回标准版')
  await press(phone, '换回标准版')
  await switchedTo(page, '大字版', false)
  await desk.close()
})

test('six steps, each begun by the green button, to the end', async () => {
  const desk = await openConsole(browser, { url, story: true })
  const { page, phone } = desk
  await sees(page, '三分钟，看一件事走完')
  await sees(page, '妈妈满 80 了，领高龄津贴。5 个人，6 步，每步先点绿的。')
  await keepConsole(page, 'console-story')

  await go(desk, '变成建国，替妈妈申请', '李建国的手机')
  await fillIn(desk)
  await keepConsole(page, 'console-story-filed')

  await go(desk, '拨到今晚 18:30，变成立新', '王立新的手机')
  await page.getByRole('status', { name: '现在的时间' }).filter({ hasText: '18:30' }).waitFor()
  await press(phone, '当面核身份')
  const sheet = phone.getByRole('dialog')
  await choose(sheet, 'checkbox', '上门看过本人和身份证')
  await page.waitForTimeout(UNTIL_READ)
  await press(sheet, '核过了')
  await sheet.waitFor({ state: 'hidden' })
  await actAs(desk, '核实上报')

  await go(desk, '拨到明天 8:30，变成赵敏', '赵敏的电脑')
  await keepConsole(page, 'console-story-desk')
  await actAs(desk, '受理')
  await go(desk, '变成志远', '孙志远的电脑')
  await press(phone, '准予')
  await press(phone, '看一遍，签发准予')
  const paper = phone.getByRole('dialog')
  await paper.waitFor()
  await page.waitForTimeout(UNTIL_READ)
  await press(paper, '签发，准予')
  await paper.waitFor({ state: 'hidden' })
  await go(desk, '变成赵敏', '赵敏的电脑')
  await actAs(desk, '办结')
  await actAs(desk, '送达', '电子件到手机')
  await go(desk, /变成桂兰/, '陈桂兰的手机')
  await switchedTo(page, '大字版', true)
  await press(phone, /^这次办得怎么样/)
  await choose(phone, 'radio', '非常满意')
  await press(phone, '提交评价')
  await sees(page, '这一件，从头走到了尾')
  await sees(page, /谁收到了什么：.*李建国 微信提醒 \d+ 条/)
  await keepConsole(page, 'console-story-done')
  expect(await storyOf(page).locator('li.done').count()).toBe(6)
  await page.reload()
  await sees(page, '这一件，从头走到了尾')
  await press(page, '看这一件')
  await page.locator('iframe[title="李建国的手机"]').waitFor()
  await sees(phone, '办到哪了')
  expect(desk.faults).toEqual([])
  await desk.close()
}, 240_000)
