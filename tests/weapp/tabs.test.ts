import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { tabs } from '#shared/contract/pages'
import { type County, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, phoneOf } from './phones'

let county: County
let filed: Awaited<ReturnType<typeof caseAt>>
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  filed = await caseAt(county, '陈桂兰', 'to-accept')
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

const CASES = 'tabs/case/my-cases'
const INBOX = 'features/reminder/inbox'
const ME = 'tabs/account/me'
/** The tab's button, with whatever waits behind it. */
const tab = (name: string) => new RegExp(`^${name}(?:，.*)?$`)
const askedFor = (path: string) => phone.network.sent.filter((sent) => sent.path === path).length

test('each tab is where one left it: the same page, its words at once, and newer ones behind them', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen, network } = phone
  await phone.launch()
  const home = phone.stack.at(-1)
  for (const [name, path] of [
    ['办件', CASES],
    ['消息', INBOX],
    ['我的', ME],
  ] as const) {
    await screen.press(tab(name))
    expect(screen.path).toBe(path)
  }
  const before = home?.updates.sizes.length
  const arrive = network.hold('GET', /^\/api\/home/)
  await screen.press(tab('首页'))
  expect(phone.stack).toEqual([home])
  expect(screen.text()).toContain('桂兰')
  expect(screen.text()).not.toContain('正在打开首页')
  // The answer is still on its way.
  const asked = askedFor('/api/home')
  arrive()
  await phone.settled()
  expect(askedFor('/api/home')).toBe(asked)
  // Nothing was new, and nothing was drawn again.
  expect(home?.updates.sizes.length).toBe(before)
  expect(phone.faults).toEqual([])
})

test('a page upon a tab leads to another tab, and the first is still where it was', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen } = phone
  await phone.launch()
  const home = phone.stack.at(-1)
  await screen.press(/^全部 \d+ 项$/)
  expect(phone.stack).toHaveLength(2)
  await phone.pressBack()
  await screen.press(tab('办件'))
  await screen.press(/高龄津贴/)
  expect(screen.path).toBe('features/case/timeline')
  await phone.pressBack()
  expect(screen.path).toBe(CASES)
  await screen.press(tab('首页'))
  expect(phone.stack).toEqual([home])
  expect(phone.faults).toEqual([])
})

test.each(tabs.map(({ path }) => path))('a link into %s has the other tabs beside it', async (path) => {
  phone = phoneOf(county, filed.personId)
  await phone.launch(path)
  for (const { tab: name = '', path: other } of tabs) {
    if (other !== phone.screen.path) await phone.screen.press(tab(name))
    expect(phone.stack.map((page) => page.path)).toEqual([other])
  }
  expect(phone.faults).toEqual([])
})

test('two taps within one moment on two tabs mean the first', async () => {
  phone = phoneOf(county, filed.personId)
  await phone.launch()
  await phone.screen.pressTwice(phone.screen.buttons().find((name) => tab('办件').test(name)) ?? '')
  expect(phone.stack.map(({ path }) => path)).toEqual([CASES])
  expect(phone.faults).toEqual([])
})

test('after logging out no tab shows what was somebody’s own, signal or not', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen } = phone
  await phone.launch()
  for (const name of ['办件', '消息', '我的']) await screen.press(tab(name))
  await screen.press('退出登录')
  await new Promise((resolve) => setTimeout(resolve, 600))
  await screen.press('退出')
  await phone.setOnline(false)
  for (const name of ['首页', '办件', '消息']) {
    await screen.press(tab(name))
    expect(screen.text()).not.toMatch(/桂兰|高龄津贴办|办到哪/)
  }
  expect(screen.text()).toContain('没有连上网')
  expect(phone.faults).toEqual([])
})
