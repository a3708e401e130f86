import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newcomer } from '../product/client'
import { openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file, playScenes, type Scenes, STAFF } from './scenes'
import { choose, press, sees, UNTIL_READ } from './screen'

const url = await openServerOfFile()
let browser: Browser
let scenes: Scenes
beforeAll(async () => {
  ;[browser, scenes] = await Promise.all([openBrowser(), playScenes(url)])
})
afterAll(() => browser.close())

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    // What one writes in shows the focus by the frame around it.
    const frame = element.closest('.is-focused') ?? element
    const { outlineStyle, boxShadow } = getComputedStyle(frame)
    return {
      name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
      isSeen: outlineStyle !== 'none' || (frame !== element && boxShadow !== 'none'),
      inDialog: element.closest('[role=dialog]') !== null,
    }
  })

/** What Tab reaches, in order, until it leaves the page. */
async function tabThrough(page: Page) {
  const reached = []
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press('Tab')
    const here = await focused(page)
    if (here === null) return reached
    reached.push(here)
  }
  throw new Error('Tab never leaves the page')
}

test.each([
  ['features/service-item/home', '现在补，补 2 样，高龄津贴接着办'],
  ['tabs/case/my-cases', '现在补高龄津贴'],
  ['tabs/account/me', '退出登录'],
])('%s is reached by Tab, and one sees where one is', async (path, wanted) => {
  const { page, go, close } = await openPhone(browser, { url, person: scenes.resident })
  await go(path)
  await untilShown(page)
  // The first page is everybody's until the person behind it is recognised.
  await page.getByRole('button', { name: wanted }).waitFor()
  const reached = await tabThrough(page)
  expect(reached.map(({ name }) => name)).toContain(wanted)
  expect(reached.filter(({ isSeen }) => !isSeen)).toEqual([])
  await close()
})

test('a sheet takes the keyboard, keeps it, and gives it back', async () => {
  const { page, go, close } = await openPhone(browser, { url, person: scenes.resident })
  await go(`features/case/timeline?id=${scenes.cases.submitted}`)
  const open = page.getByRole('button', { name: /^告诉家里人/ })
  await open.focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
  for (let count = 0; count < 6; count += 1) {
    expect(await focused(page)).toMatchObject({ inDialog: true })
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await focused(page)).toMatchObject({ name: expect.stringMatching(/^告诉家里人/) })
  await close()
})

const DESK = { width: 1280, height: 800 }

/** Somebody at a desk, and one Escape: what is in front is gone, where one was is not. */
async function openDesk(person: string) {
  const { page, go, close } = await openPhone(browser, { url, person, size: DESK })
  const dialog = page.getByRole('dialog').filter({ visible: true })
  const leave = async () => {
    await dialog.first().waitFor()
    const before = page.url()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    // A way back would be gone by now.
    await page.waitForTimeout(300)
    expect(page.url()).toBe(before)
  }
  const open = async (path: string) => {
    await go(path)
    await untilShown(page)
  }
  return { page, open, leave, close }
}

test('tabs are one stop of Tab: arrows and both ends choose; of those that open another page they only lead there', async () => {
  const desk = await openDesk(STAFF.window)
  await desk.open('staff/case/queue')
  const tabs = desk.page.getByRole('tablist', { name: '办件' }).filter({ visible: true }).getByRole('tab')
  const chosen = () =>
    tabs.evaluateAll((all) => all.map((each) => each.getAttribute('aria-selected') === 'true'))
  const stops = () => tabs.evaluateAll((all) => all.map((each) => each.tabIndex === 0))
  const last = (await tabs.count()) - 1
  expect(last).toBeGreaterThan(0)
  const at = (place: number) => Array.from({ length: last + 1 }, (_, each) => each === place)
  await tabs.nth((await chosen()).indexOf(true)).focus()
  for (const [key, place] of [
    ['Home', 0],
    ['ArrowLeft', last],
    ['ArrowRight', 0],
    ['ArrowRight', 1],
    ['End', last],
    ['ArrowDown', last],
  ] as const) {
    await desk.page.keyboard.press(key)
    await expect.poll(chosen, { message: key }).toEqual(at(place))
    expect(await stops()).toEqual(at(place))
  }
  await desk.close()
  const { page, go, close } = await openPhone(browser, { url, person: scenes.resident })
  await go('features/service-item/home')
  await untilShown(page)
  const pages = page.getByRole('navigation').filter({ visible: true }).getByRole('tab')
  await pages.first().focus()
  await page.keyboard.press('ArrowRight')
  expect(await pages.nth(1).evaluate((each) => each === document.activeElement)).toBe(true)
  expect(page.url()).toContain('service-item/home')
  await page.keyboard.press('Enter')
  await page.waitForURL(/my-cases/)
  await close()
})

test('one Escape closes one layer: case, queue with a search, correction and signing stay', async () => {
  const name = '方小舟'
  const { person, idNumber } = await newcomer(scenes.client, {
    name,
    birth: '1963-05-20',
    villageCode: DALIANG,
    level: 3,
  })
  const id = await file(scenes.client, { person, name, idNumber }, 'LX-036')
  const { page, open, leave, close } = await openDesk(STAFF.window)
  await open(`staff/case/case?id=${id}`)
  await page.keyboard.press('f')
  await leave()
  await press(page, '更多')
  await leave()

  await open('staff/case/queue')
  const box = page.getByRole('searchbox').filter({ visible: true })
  await box.fill(name)
  await page.locator('.qrow').filter({ hasText: '方*舟', visible: true }).waitFor()
  await box.press('Enter')
  await page.locator('.qrow.is-open').filter({ hasText: '方*舟', visible: true }).waitFor()
  await untilShown(page)
  // Out of the box; behind it the same key would end the search.
  await box.press('Escape')
  await page.keyboard.press('f')
  await leave()
  expect(await box.inputValue()).toBe(name)

  const direct = page.getByRole('button', { name: '一次性补正', exact: true }).filter({ visible: true })
  if ((await direct.count()) === 0) await press(page, '更多')
  await press(page, '一次性补正')
  await sees(page, '补正只能告知一次')
  await page.getByRole('checkbox').filter({ visible: true }).first().click()
  await choose(page, 'checkbox', '看不清，重新拍一张')
  await press(page, '看告知书，补 1 样')
  await leave()
  await close()

  const reviewer = await openDesk(STAFF.reviewer)
  await reviewer.open(`staff/case/case?id=${scenes.cases.examining}`)
  await reviewer.page.keyboard.press('g')
  await sees(reviewer.page, '文书预览')
  await reviewer.page.keyboard.press('g')
  await reviewer.leave()
  await reviewer.close()
})

test('a question takes the keyboard: Escape is a no, Enter answers what has the focus', async () => {
  const { page, go, close } = await openPhone(browser, { url, person: scenes.beginner, elder: true })
  await go('tabs/account/me')
  await untilShown(page)
  const question = page.getByRole('dialog', { name: '退出登录？' })
  const open = async () => {
    await page.getByRole('button', { name: '退出登录' }).focus()
    await page.keyboard.press('Enter')
    await question.waitFor()
    await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
    await page.waitForTimeout(UNTIL_READ)
  }
  await open()
  expect(await pageFaults(page, { elder: true })).toEqual([])
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  expect(await focused(page)).toMatchObject({ name: '退出登录' })
  await open()
  await question.getByRole('button', { name: '退出', exact: true }).focus()
  await page.keyboard.press('Enter')
  await question.waitFor({ state: 'detached' })
  await sees(page, '还没有登录')
  await close()
})
