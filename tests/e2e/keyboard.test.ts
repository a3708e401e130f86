import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPhone, untilShown } from './browser'
import { openServerOfFile } from './running-server'
import { playScenes, type Scenes } from './scenes'

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
  ['features/case/my-cases', '现在补高龄津贴'],
  ['features/account/me', '退出登录'],
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
  const { page, go, close } = await openPhone(browser, { url, person: scenes.stranger.id })
  await go('features/account/register')
  const open = page.getByRole('button', { name: '微信手机号，一键登记' })
  await open.focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
  for (let count = 0; count < 6; count += 1) {
    expect(await focused(page)).toMatchObject({ inDialog: true })
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await focused(page)).toMatchObject({ name: '微信手机号，一键登记' })
  await close()
})
