import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser'
import { keepConsole, openConsole } from './console-window'
import { axeFaults, pageFaults } from './page-checks'
import { bearResident, fileCase, SHORT_ITEM, WINDOW } from './people'
import { openServerOfFile } from './running-server'
import { choose, press, sees } from './screen'

const url = await openServerOfFile()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('whoever is chosen has the phone, the notifications and the official account', async () => {
  const { page, phone, notices, become, faults, close } = await openConsole(browser, { url })
  await sees(page, '左边点一个人，这里就是他的手机。')
  await become('陈桂兰')
  await sees(phone, /桂兰/)
  await page.getByRole('heading', { name: '陈桂兰的手机' }).waitFor()
  await sees(notices, '还没有通知。办事有了动静，会出现在这里。')

  const menu = page.getByRole('navigation', { name: '公众号菜单' })
  await press(menu, '我的办件')
  await sees(phone, '我的办件')
  await press(menu, /便民/)
  await menu.getByRole('listitem').first().waitFor()
  await page.keyboard.press('Escape')
  await menu.getByRole('listitem').first().waitFor({ state: 'hidden' })

  const talk = page.getByRole('log', { name: /^印象郎溪/ })
  await page.getByRole('textbox', { name: '对公众号说' }).fill('老年钱')
  await page.keyboard.press('Enter')
  await sees(talk, '老年钱')
  await press(page, '取消关注')
  await press(page, '关注')
  await page.getByRole('button', { name: '取消关注' }).waitFor()
  await keepConsole(page, 'console-resident')
  expect(faults).toEqual([])
  await close()
})

test('by keyboard alone: a newcomer comes, and a wrong name is told in the form', async () => {
  const { page, faults, close } = await openConsole(browser, { url })
  await page.getByRole('button', { name: '＋ 新来一个人' }).focus()
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: '新来一个人' })
  await form.getByLabel('姓名').fill('Anna')
  await page.keyboard.press('Enter')
  await form.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'hidden' })

  await page.keyboard.press('Enter')
  await form.getByLabel('姓名').fill('方小妹')
  await page.keyboard.press('Enter')
  const told = page.getByRole('dialog', { name: '来了' })
  await sees(told, /方小妹，身份证号 \d{17}[\dX]/)
  await page.keyboard.press('Escape')
  await page.locator('iframe[title="方小妹的手机"]').waitFor()
  await page.getByRole('button', { name: /^方小妹/ }).waitFor()
  expect(faults.filter((fault) => !fault.includes('422') && !fault.includes('400'))).toEqual([])
  await close()
})

test('the clock moves, deadlines and reminders follow', async () => {
  const person = await bearResident(url, '程小妹')
  await fileCase(url, person)
  const { page, phone, notices, become, openNotice, faults, close } = await openConsole(browser, { url })
  const clock = page.getByRole('status', { name: '现在的时间' })
  const told = () => clock.textContent()
  const moveClock = (move: object) =>
    fetch(`${url}/sandbox/api/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(move),
    })
  await become(WINDOW.name)
  await openNotice(new RegExp(`新办件：${SHORT_ITEM.plainName}`))
  await sees(phone, '办这一件')

  await page.waitForFunction(() => !document.querySelector('#clock-time')?.textContent?.includes('--'))
  expect(await told()).toMatch(/^09:4\d11月24日 周二$/)
  await press(page, '＋1 小时')
  await clock.filter({ hasText: '10:4' }).waitFor()
  await press(page, '今晚 18:30')
  await clock.filter({ hasText: '18:3011月24日 周二' }).waitFor()
  await press(page, '明早 8:00')
  await clock.filter({ hasText: '08:0011月25日 周三' }).waitFor()
  await press(page, '＋1 个工作日')
  await clock.filter({ hasText: '11月26日 周四' }).waitFor()
  await notices
    .getByRole('button')
    .filter({ hasText: /超期|今天 17:30/ })
    .first()
    .waitFor()
  await moveClock({ advanceWorkingDays: 5 })
  await clock.filter({ hasText: '12月3日 周四' }).waitFor()
  await openNotice(/失业登记/)
  await sees(phone, /超/)
  await keepConsole(page, 'console-clock')
  // The pages know the day that the office has, whatever the device's clock says.
  await become('程小妹')
  await choose(phone, 'tab', /^办件/)
  await sees(phone, SHORT_ITEM.plainName)
  expect(faults).toEqual([])
  await close()
})

test.each([1280, 1440])('%i wide: nothing sticks out, everything can be read', async (width) => {
  const { page, become, close } = await openConsole(browser, {
    url,
    size: { width, height: width === 1280 ? 720 : 900 },
  })
  await become('李建国')
  await sees(page, /订阅还剩/)
  await keepConsole(page, `console-${width}`)
  // Words for readers alone, and the phone that is drawn smaller than it is.
  const drawn = (await pageFaults(page, { desktop: true })).filter(
    (fault) => !/^cut (unseen|screen) /.test(fault),
  )
  expect(drawn).toEqual([])
  expect(await axeFaults(page, { but: '#screen iframe' })).toEqual([])
  await close()
})

test('WeChat’s interfaces are shown for other tools', async () => {
  const { page, faults, close } = await openConsole(browser, { url })
  await press(page, '接口')
  const shown = page.getByRole('dialog', { name: '接口' })
  await sees(shown, `${url}/sandbox/wechat`)
  await sees(shown, '公众号（服务号）')
  await keepConsole(page, 'console-interfaces')
  const [mode] = await shown.getByLabel('消息加密方式').all()
  const [, format] = await shown.getByLabel('数据格式').all()
  expect([await mode?.inputValue(), await format?.inputValue()]).toEqual(['safe', 'xml'])
  await mode?.selectOption('兼容模式')
  await format?.selectOption('JSON')
  const chosen = async () => {
    const answer = await fetch(`${url}/sandbox/api/accounts`)
    const { accounts } = (await answer.json()) as { accounts: { mode: string; format: string }[] }
    return accounts.map((account) => `${account.mode} ${account.format}`)
  }
  await expect.poll(chosen).toEqual(['compatible json', 'safe json'])
  await press(shown, '关上')
  await shown.waitFor({ state: 'hidden' })
  await press(page, '接口')
  expect(await mode?.inputValue()).toBe('compatible')
  expect(await axeFaults(page, { but: '#screen iframe' })).toEqual([])
  await press(shown, '关上')
  expect(faults).toEqual([])
  await close()
})
