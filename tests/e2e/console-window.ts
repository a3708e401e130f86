import type { Browser, Page } from 'playwright-core'
import { KEEPS_PICTURES, openPhone } from './browser'
import { press } from './screen'

const DESK = { width: 1440, height: 900 }

interface ConsoleOptions {
  readonly url: string
  readonly size?: typeof DESK
  /** As to whoever opens it first; else the story was closed before. */
  readonly story?: boolean
}

/** The console of the local WeChat at a desk: everybody's notifications, and a phone that is anybody's. */
export async function openConsole(browser: Browser, options: ConsoleOptions) {
  const { page, faults, close } = await openPhone(browser, {
    url: options.url,
    size: options.size ?? DESK,
  })
  page.on('console', (message) => {
    // A phone without a session asks once, and logs in; whoever is new has agreed to nothing yet, and is asked.
    if (message.type() === 'error' && !/\b(401|409)\b/.test(message.text())) faults.push(message.text())
  })
  if (!options.story) await page.addInitScript(() => localStorage.setItem('console:story-closed', 'yes'))
  await page.goto(`${options.url}/sandbox`)
  const phone = page.frameLocator('#screen iframe')
  const notices = page.getByRole('log', { name: /^服务通知/ })

  const become = async (name: string) => {
    await page.getByRole('searchbox', { name: '找人' }).fill(name)
    await page
      .getByRole('navigation', { name: '你是谁？' })
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .first()
      .click()
    const opened = page.locator(`iframe[title^="${name}的"]`)
    await opened.waitFor()
    // Who works at a desk has a phone too.
    if ((await opened.getAttribute('title')) !== `${name}的手机`) await press(page, '用手机')
    await page.locator(`iframe[title="${name}的手机"]`).waitFor()
    await page.getByRole('searchbox', { name: '找人' }).fill('')
  }

  /** Waits until WeChat has brought the newest notification with these words, opens the page it leads to, and answers its path. */
  const openNotice = async (words: RegExp) => {
    const notice = notices.getByRole('button').filter({ hasText: words }).last()
    await notice.waitFor()
    await notice.click()
    const link = await page.locator('#screen iframe').getAttribute('src')
    return new URL(link ?? '', options.url).hash.replace(/^#\/?/, '')
  }

  /** Born through the console's own form; answers whom the phone belongs to and the number to register with. */
  const bear = async ({ name, birth }: { name: string; birth: string }) => {
    await press(page, '＋ 新来一个人')
    const form = page.getByRole('dialog', { name: '新来一个人' })
    await form.getByLabel('姓名').fill(name)
    await form.getByLabel('出生日期').fill(birth)
    await press(form, '让他来')
    const told = page.getByRole('dialog', { name: '来了' })
    const [idNumber = ''] = /\d{17}[\dX]/.exec((await told.textContent()) ?? '') ?? []
    await press(told, '好')
    return { id: new URL(page.url()).hash.slice(1), idNumber }
  }

  return { page, phone, notices, faults, close, become, openNotice, bear }
}

export type ConsoleWindow = Awaited<ReturnType<typeof openConsole>>

export const keepConsole = async (page: Page, name: string) => {
  if (KEEPS_PICTURES) await page.screenshot({ path: `dist/pictures/${name}.png` })
}
