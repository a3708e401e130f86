import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPhone, pageOnTop, untilShown } from './browser'
import { openServerOfFile } from './running-server'
import { choose, press, sees } from './screen'

// A page whose part has not been loaded, pressed where there is no signal.
const url = await openServerOfFile()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const TOLD = '没打开。看看信号，再点一次。'

test.each([
  { by: 'a tab', at: 'tabs/account/me', open: (page: Page) => choose(page, 'tab', /^我的/) },
  {
    by: 'a button',
    at: 'features/service-item/search',
    open: (page: Page) => press(page, /^全部 \d+ 项/),
  },
])(
  'what does not open says so, keeps its address, and opens once the network is back: by $by',
  async ({ at, open }) => {
    const { page, go, close } = await openPhone(browser, { url })
    await go('features/service-item/home')
    await untilShown(page)
    const before = page.url()
    await page.context().setOffline(true)
    await open(page)
    await sees(page, TOLD)
    expect(page.url()).toBe(before)
    // The first press holds nothing.
    await open(page)
    await sees(page, TOLD)
    await page.context().setOffline(false)
    const front = await pageOnTop(page)
    await press(page, '再试一次')
    await expect.poll(() => pageOnTop(page)).not.toBe(front)
    await untilShown(page)
    expect(page.url()).toContain(at)
    expect(await page.getByText(TOLD).filter({ visible: true }).count()).toBe(0)
    await close()
  },
)
