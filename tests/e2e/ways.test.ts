import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPhone } from './browser'
import { actOn, bearResident, fileCase, openPerson, SHORT_ITEM, WINDOW } from './people'
import { openServerOfFile } from './running-server'
import { answer, choose, press, sees } from './screen'

const url = await openServerOfFile()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const HOME = 'features/service-item/home'

test('a day is told as the office has it, whatever the phone’s clock says', async () => {
  const { page, go, close } = await openPhone(browser, { url })
  await page.clock.setFixedTime('2027-03-01T09:00:00+08:00')
  await go('features/service-item/guide?id=LX-005')
  await sees(page, '今天申请，最晚')
  await sees(page, /^12月\d+日 周/)
  await close()
})

test.each([
  ['features/case/timeline?id=00000000-0000-7000-8000-000000000000', '这件现在看不到了'],
  ['features/case/result?id=none', '没有这一页'],
  ['features/service-item/guide?id=LX-999', '没有这件事'],
])('what is gone says so and leads home: %s', async (path, words) => {
  const { page, go, close } = await openPhone(browser, { url, person: 'li-jianguo' })
  await go(path)
  await sees(page, words)
  await press(page, '回首页')
  await sees(page, /建国，/)
  await close()
})

test('an address that no page has leads home', async () => {
  const { page, go, close } = await openPhone(browser, { url })
  await go('features/nothing/here')
  await sees(page, '想办什么事？')
  await close()
})

test('a browser without WeChat shows the way to somebody’s phone', async () => {
  const { page, go, close } = await openPhone(browser, { url })
  await go('tabs/case/my-cases')
  await sees(page, '在微信里打开就能登录')
  await press(page, '选一个人登录')
  await page.waitForURL(`${url}/sandbox`)
  await close()
})

test('back from a message’s page leads where it belongs, and the page of work is closed to residents', async () => {
  const person = await bearResident(url, '吴一满')
  const id = await fileCase(url, person)
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go(`features/case/timeline?id=${id}`)
  await sees(page, '办到哪了')
  await press(page, '返回')
  await sees(page, '我的办件')
  await sees(page, SHORT_ITEM.plainName)
  await choose(page, 'tab', /首页/)
  await sees(page, '正在办')
  await go('staff/case/queue')
  await sees(page, '你现在没有工作身份')
  expect(await page.getByRole('tab', { name: /待我办/ }).count()).toBe(0)
  await close()
})

test('a message’s link opens after the session was ended, at home and at work', async () => {
  const person = await bearResident(url, '吴二满')
  const id = await fileCase(url, person)
  for (const [who, path, words] of [
    [person, `features/case/timeline?id=${id}`, '办到哪了'],
    [await openPerson(url, WINDOW.id), `staff/case/case?id=${id}`, '申请内容'],
  ] as const) {
    const { page, go, faults, close } = await openPhone(browser, { url, person: who.id })
    await go(HOME)
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.endsWith(':token')))
    const { sessions } = await who.send<{ sessions: { id: string; current: boolean }[] }>(
      'GET',
      '/api/sessions',
    )
    for (const each of sessions) if (!each.current) await who.send('DELETE', `/api/sessions/${each.id}`)
    await go(path)
    await sees(page, words)
    expect(faults).toEqual([])
    await close()
  }
})

test('whoever logged out stays out until he logs in again', async () => {
  const person = await bearResident(url, '吴三满')
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go('tabs/account/me')
  await press(page, '退出登录')
  await answer(page, '退出')
  await sees(page, '还没有登录')
  await page.reload()
  await sees(page, '还没有登录')
  await press(page, '微信登录')
  await sees(page, '吴三满')
  await close()
})

test('what a colleague did in between is told, and the page shows what is there now', async () => {
  const person = await bearResident(url, '吴四满')
  const id = await fileCase(url, person)
  const { page, go, close } = await openPhone(browser, { url, person: WINDOW.id })
  await go(`staff/case/case?id=${id}`)
  await press(page, '受理')
  const sheet = page.getByRole('dialog')
  await sheet.waitFor()
  await actOn(await openPerson(url, 'qian-li'), id, 'accept')
  await press(sheet, '受理')
  await sees(sheet, '现在不能这样办了，看最新的')
  await press(sheet, '现在不能这样办了，看最新的')
  await sees(page, '准予')
  await close()
})

test('a case taken back by its applicant is over on both sides', async () => {
  const person = await bearResident(url, '吴五满')
  const id = await fileCase(url, person)
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go(`features/case/timeline?id=${id}`)
  await press(page, '撤回申请')
  await answer(page, '撤回')
  await sees(page, '撤回了')
  await page.reload()
  await sees(page, /撤回/)
  expect(await page.getByRole('button', { name: '撤回申请' }).count()).toBe(0)
  await close()
  const desk = await openPhone(browser, { url, person: WINDOW.id })
  await desk.go(`staff/case/case?id=${id}`)
  await sees(desk.page, '这件现在没有要你办的')
  await desk.close()
})
