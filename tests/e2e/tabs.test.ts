import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { keepPicture, leave, openBrowser, openPhone, untilShown } from './browser'
import { actOn, bearResident, fileCase, openPerson, SHORT_ITEM, WINDOW } from './people'
import { openServerOfFile } from './running-server'
import { choose, press, sees } from './screen'

const url = await openServerOfFile()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const TABS = ['首页', '办件', '消息', '我的']
/** Until the other tab is the one in front: the page that is left still shows its own tabs for a moment. */
const turnTo = (page: Page, name: string) => leave(page, () => choose(page, 'tab', new RegExp(`^${name}`)))
const scrolled = (page: Page) =>
  page.evaluate(() => {
    const top = [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')].at(-1)
    return Math.round(top?.scrollTop ?? -1)
  })

test('each tab keeps its place, and shows at once what it had', async () => {
  const person = await bearResident(url, '顾一满')
  await fileCase(url, person)
  const { page, go, faults, close } = await openPhone(browser, { url, person: person.id })
  await go('features/service-item/home')
  await untilShown(page)
  await page.evaluate(() => document.querySelector('.taro_page')?.scrollTo(0, 240))
  const place = await scrolled(page)
  expect(place).toBeGreaterThan(100)
  for (const name of TABS.slice(1)) {
    await turnTo(page, name)
    await untilShown(page)
    await expect.poll(() => scrolled(page)).toBe(0)
  }
  await page.route('**/api/home', () => {})
  await turnTo(page, '首页')
  await sees(page, '正在办')
  expect(await page.locator('[aria-busy=true]').filter({ visible: true }).count()).toBe(0)
  expect(await scrolled(page)).toBe(place)
  expect(faults).toEqual([])
  await close()
})

test('a page upon a tab, another tab, and the browser’s own way back', async () => {
  const person = await bearResident(url, '顾二满')
  await fileCase(url, person)
  const { page, go, faults, close } = await openPhone(browser, { url, person: person.id })
  await go('tabs/case/my-cases')
  await press(page, new RegExp(`^${SHORT_ITEM.plainName}`))
  await sees(page, '办到哪了')
  await leave(page)
  await sees(page, '我的办件')
  await turnTo(page, '消息')
  await sees(page, /收到/)
  await turnTo(page, '办件')
  await sees(page, SHORT_ITEM.plainName)
  expect(faults).toEqual([])
  await close()
})

test('my cases opened first tell of the messages too', async () => {
  const person = await bearResident(url, '顾六满')
  await fileCase(url, person)
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go('tabs/case/my-cases')
  await sees(page, SHORT_ITEM.plainName)
  await page
    .getByRole('tab', { name: /^消息，\d+ 条新消息/ })
    .filter({ visible: true })
    .waitFor()
  await close()
})

test('by keyboard one reads on where the rows go on', async () => {
  const person = await bearResident(url, '顾七满')
  const id = await fileCase(url, person)
  const { page, go, faults, close } = await openPhone(browser, { url, person: person.id })
  await page.route('**/api/cases', async (route) => {
    const answer = await route.fetch()
    const { items, ...rest } = (await answer.json()) as CaseList
    const many = Array.from({ length: 10 }, (_, at) => ({
      ...items[0],
      id: at === 0 ? id : `${at}`,
      caseNumber: `${at}`,
    }))
    await route.fulfill({ response: answer, json: { ...rest, items: many } })
  })
  await go('tabs/case/my-cases')
  const cards = page
    .getByRole('button', { name: new RegExp(`^${SHORT_ITEM.plainName}`) })
    .filter({ visible: true })
  await expect.poll(() => cards.count()).toBe(8)
  await page.getByRole('button', { name: '再看几件' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => cards.count()).toBe(10)
  await expect.poll(() => cards.nth(8).evaluate((card) => card === document.activeElement)).toBe(true)
  expect(faults).toEqual([])
  await close()
})

test('a link of before the tabs leads to my cases', async () => {
  const person = await bearResident(url, '顾三满')
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go('features/case/my-cases')
  await sees(page, '现在没有办件')
  await close()
})

test.each([
  ['refused', 'features/case/result'],
  ['withdrawn', 'features/case/timeline'],
] as const)('%s: 再申请 opens the form with what was filled in and photographed', async (end, path) => {
  const person = await bearResident(url, '顾四满')
  const id = await fileCase(url, person)
  if (end === 'refused') {
    const window = await openPerson(url, WINDOW.id)
    await actOn(window, id, 'accept')
    await actOn(window, id, 'refuse', { reason: '还在别处上班' })
  } else {
    await person.send('POST', `/api/cases/${id}/withdrawal`, { version: 1 })
  }
  const { page, go, faults, close } = await openPhone(browser, { url, person: person.id })
  await go(`${path}?id=${id}`)
  await sees(page, '填过的、拍过的都留着，改了再交')
  await untilShown(page)
  await keepPicture(page, `apply-again-${end}`)
  await press(page, '再申请')
  await sees(page, '上次填的都在，接着填。')
  await press(page, '下一步')
  await sees(page, '合同到期')
  await press(page, '下一步')
  await page
    .getByRole('button', { name: /^居民身份证.*，已传好/ })
    .first()
    .waitFor()
  await keepPicture(page, `apply-again-papers-${end}`)
  await press(page, '下一步')
  await choose(page, 'checkbox', /我保证/)
  await press(page, '提交申请')
  await sees(page, '收到了，接下来交给我们')
  const { items } = await person.send<CaseList>('GET', '/api/cases')
  expect(items.map(({ outcome }) => outcome.key)).toEqual(['open', end])
  expect(faults).toEqual([])
  await close()
})
