import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { onTestFailed } from 'vitest'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The one without a window to draw takes a quarter less of the processor. */
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

let launched: Promise<Browser> | undefined

/** The one browser of this process, in which a file has contexts of its own: it ends them by `close`. */
export async function openBrowser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? INSTALLED.find((path) => existsSync(path)) ?? 'chromium',
    args: ARGUMENTS,
  })
  const browser = await launched
  const close = async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
  }
  return Object.assign(browser, { close })
}

/** On a machine so many times slower whatever waits for something by luck is found out. */
const SLOWER = Number(process.env['SLOWER'] ?? 1)

export const PHONE = { width: 390, height: 844 }

/** Where letters are keys. */
const NARROWEST_DESK = 1000

/** No hand is so quick: a letter this soon after the app has begun goes on a word that was begun before it, and is no key. */
const UNTIL_HEARD = 250

interface PhoneOptions {
  readonly url: string
  /** Of the local WeChat; a visitor without. */
  readonly person?: string | undefined
  readonly size?: typeof PHONE
  /** The large letters, chosen before. */
  readonly elder?: boolean
  readonly hasTouch?: boolean
  readonly userAgent?: string
}

/** Somebody's phone: the mini program in the browser, as `person` of the local WeChat, or as a visitor. */
export async function openPhone(browser: Browser, options: PhoneOptions) {
  const context: BrowserContext = await browser.newContext({
    viewport: options.size ?? PHONE,
    reducedMotion: 'reduce',
    hasTouch: options.hasTouch ?? false,
    ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  if (options.elder)
    await context.addInitScript(
      (key) => localStorage.setItem(key, 'true'),
      `yinxiang:${options.person ?? 'visitor'}:elder`,
    )
  const page = await context.newPage()
  page.setDefaultTimeout(15_000 * SLOWER)
  await slowDown(page)
  pictureIfFailed(page)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text())
  })
  const query = options.person === undefined ? '' : `?as=${options.person}`
  const go = async (path: string) => {
    const [url, shown] = [`${options.url}/${query}#/${path}`, await pageOnTop(page)]
    const staysInDocument = page.url().split('#')[0] === url.split('#')[0]
    await page.goto(url)
    if (staysInDocument && shown !== null) await untilAnother(page, shown)
    const isFirst = !staysInDocument && (options.size ?? PHONE).width >= NARROWEST_DESK
    await Promise.all([untilStill(page), isFirst && page.waitForTimeout(UNTIL_HEARD)])
  }
  return { page, go, faults, close: () => context.close() }
}

/** Which page is in front, by its own mark; null before the first. */
export const pageOnTop = (page: Page) =>
  page.evaluate(
    // Tabs and pages below stay behind, hidden.
    () => [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')].at(-1)?.id ?? null,
  )

/** A page of the same document comes, or is left, in its own time beside the one that it covers. */
const untilAnother = (page: Page, before: string | null) =>
  page.waitForFunction((id) => {
    const top = [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')].at(-1)
    return top !== undefined && top.id !== id
  }, before)

/** Leaves the page in front, by the browser's own way or by another; back once the page below is the one in front. */
export async function leave(page: Page, by: () => Promise<unknown> = () => page.goBack()) {
  const before = await pageOnTop(page)
  await by()
  await untilAnother(page, before)
  await untilStill(page)
}

async function slowDown(page: Page) {
  if (SLOWER === 1) return
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
}

/** Until no page slides in or out: what is measured on the way stands beyond the screen. */
export async function untilStill(page: Page) {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')].every((each) =>
      each.classList.contains('taro_page_stationed'),
    ),
  )
}

/** Until the page shows what it is there for: no skeleton, nothing under way. */
export async function untilShown(page: Page) {
  await untilStill(page)
  await page.locator('.page__body:visible').first().waitFor()
  await page.waitForFunction(() => {
    const isShown = (element: Element) => element.getClientRects().length > 0
    return ![...document.querySelectorAll('[aria-busy=true]')].some(isShown)
  })
}

function pictureIfFailed(page: Page) {
  try {
    onTestFailed(async ({ task }) => {
      if (!page.isClosed()) await takePicture(page, `failed-${task.name.slice(0, 20)}-${Date.now()}`)
    })
  } catch {
    // Opened outside of a test.
  }
}

/** For whoever looks at a page; a picture takes longer than most of what is asked of it. */
export const KEEPS_PICTURES = process.env['PICTURES'] === '1'

export async function keepPicture(page: Page, name: string) {
  if (KEEPS_PICTURES) await takePicture(page, name)
}

/** Never in the repository. */
async function takePicture(page: Page, name: string) {
  const folder = 'dist/pictures'
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
