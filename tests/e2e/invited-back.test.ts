import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser'
import { type ConsoleWindow, keepConsole, openConsole } from './console-window'
import { axeFaults, pageFaults } from './page-checks'
import { WINDOW } from './people'
import { openServerOfFile } from './running-server'
import { choose, press, sees, UNTIL_READ, write } from './screen'

// In the console an invitation is sent as in WeChat: copied from one phone, opened on another.
const url = await openServerOfFile()

let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function answer({ page, phone }: ConsoleWindow, words: string) {
  const question = phone.getByRole('dialog').filter({ visible: true }).last()
  await question.waitFor()
  await page.waitForTimeout(UNTIL_READ)
  await press(question, words)
}

/** On the administrator’s phone: ends a colleague's work, has them back, and answers the link of the invitation. */
async function inviteBack(desk: ConsoleWindow, name: string) {
  const { phone } = desk
  await choose(phone, 'tab', /^我的/)
  await press(phone, /^邀请同事/)
  await press(phone, '有人走了，停用工作身份')
  await phone.getByRole('searchbox').filter({ visible: true }).fill(name)
  await press(phone, new RegExp(`^${name}`))
  await sees(phone, `停用${name}的工作身份？`)
  await write(phone, '为什么停', '停错了人')
  await press(phone.getByRole('dialog'), '停用')
  await sees(phone, new RegExp(`^${name}马上不能再办岗位上的件`))
  await press(phone, new RegExp(`^${name}.*停用了`))
  await answer(desk, '让回来')
  await press(phone, `再邀请${name}`)
  await answer(desk, '邀请')
  await sees(phone, `邀请${name}的链接好了`)
  await keepConsole(desk.page, 'console-invited')
  return (await phone.locator('.figure').filter({ visible: true }).first().textContent()) ?? ''
}

test('whose work was ended by a slip opens the invitation on their phone, and works again', async () => {
  const desk = await openConsole(browser, { url, size: { width: 1280, height: 720 } })
  const { page, phone, become, faults, close } = desk
  await become('何静')
  const link = await inviteBack(desk, WINDOW.name)
  await become(WINDOW.name)
  await sees(phone, '你现在没有工作身份')

  await press(page, '打开链接')
  const dialog = page.getByRole('dialog', { name: '打开别人发来的链接' })
  const pasted = dialog.getByLabel('链接')
  const whose = dialog.getByLabel('谁的手机')
  expect(await whose.locator('option:checked').textContent()).toMatch(new RegExp(`^${WINDOW.name}，`))
  await pasted.fill('https://example.gov.cn/1')
  await press(dialog, '打开')
  await sees(dialog, '这个链接在这台电脑上打不开，看看是不是贴全了')
  await pasted.fill(link.slice(0, -1))
  await page.keyboard.press('Enter')
  await sees(dialog, '没有这个链接，看看是不是贴全了')
  await keepConsole(page, 'console-link')
  expect(await pageFaults(page, { desktop: true }).then(ofConsole)).toEqual([])
  expect(await axeFaults(page, { only: '#link', each: true })).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })

  // Followed in a browser, it asks whose phone it came to.
  await page.goto(link)
  await dialog.waitFor()
  expect(await pasted.inputValue()).toBe(link)
  expect(await whose.inputValue()).toBe('')
  await whose.selectOption(WINDOW.id)
  await press(dialog, '打开')
  await page.locator(`iframe[title="${WINDOW.name}的手机"]`).waitFor()
  await press(phone, '绑定')
  await sees(phone, '绑好了')
  await keepConsole(page, 'console-bound')
  await press(phone, '去办件')
  await phone
    .getByRole('tab', { name: /待我办/ })
    .filter({ visible: true })
    .first()
    .waitFor()
  // What she is refused in between, and the link that was not whole.
  expect(faults.filter((fault) => !/\b40[34]\b/.test(fault))).toEqual([])
  await close()
})

/** Words for readers alone, and the phone that is drawn smaller than it is. */
const ofConsole = (found: readonly string[]) =>
  found.filter((fault) => !/^cut (unseen|named|screen) /.test(fault))
