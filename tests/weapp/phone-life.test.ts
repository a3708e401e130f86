import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, ITEM, phoneOf, VILLAGE } from './phones'

let county: County
let filed: Awaited<ReturnType<typeof caseAt>>
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  filed = await caseAt(county, '陈桂兰', 'to-accept')
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

/** A question answers nobody in its first half second. */
const afterTheQuestionOpened = () => new Promise((resolve) => setTimeout(resolve, 600))
const withoutGroups = (text: string) => text.replace(/ /g, '')

test('a page that goes behind while it loads is there when it comes back', async () => {
  phone = phoneOf(county, filed.personId)
  const arrive = phone.network.hold('GET', /^\/api\/cases\//)
  await phone.launch('features/case/timeline', { id: filed.id })
  await phone.hide()
  arrive()
  await phone.settled()
  await phone.show()
  expect(withoutGroups(phone.screen.text())).toContain(filed.caseNumber)
  expect(phone.network.sent.map(({ path }) => path)).not.toContain('/api/cases/')
  expect(phone.faults).toEqual([])
})

test('a part of the mini program that does not load is told, and opens once there is a signal', async () => {
  phone = phoneOf(county, filed.personId)
  await phone.launch('features/service-item/guide', { id: ITEM })
  phone.missingPackages.add('features/case')
  await phone.screen.press(/^帮别人办/)
  expect(phone.screen.path).toBe('features/service-item/guide')
  expect(phone.screen.text()).toContain('没打开。看看信号，再点一次。')
  phone.missingPackages.clear()
  await phone.screen.press('再试一次')
  expect(phone.screen.path).toBe('features/case/application/form')
  expect(phone.faults).toEqual([])
})

test('the bar is measured once, and typing asks WeChat nothing for each key', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen, calls } = phone
  await phone.launch()
  await screen.press(/^全部 \d+ 项$/)
  for (const words of ['老', '老年', '老年钱', '老年钱怎', '老年钱怎么'])
    await screen.type('写要办的事', words)
  for (const name of ['getWindowInfo', 'getMenuButtonBoundingClientRect', 'getAppBaseInfo'])
    expect([name, calls.get(name)]).toEqual([name, 1])
  expect(phone.faults).toEqual([])
})

test('two taps within one moment open one page', async () => {
  phone = phoneOf(county, filed.personId)
  await phone.launch()
  await phone.screen.pressTwice('全部 52 项')
  expect(phone.stack.map(({ path }) => path)).toEqual([
    'features/service-item/home',
    'features/service-item/search',
  ])
})

test('the reload after choosing the village fails: what was typed stays, and why nothing newer came is told', async () => {
  const { personId, idNumber } = await newcomer(county, {
    name: '周桂英',
    birth: '1950-02-03',
    villageCode: VILLAGE,
    level: 1,
  })
  phone = phoneOf(county, personId)
  const { screen, network } = phone
  await phone.launch('features/account/register')
  await screen.type('姓名', '周桂英')
  await screen.type('身份证号', idNumber)
  network.befall('GET', /^\/api\/account$/, 'no-answer')
  await screen.turn('你住哪个村或社区', [0, 0])
  expect(screen.text()).toContain('没有连上网。下面是刚才看到的。')
  expect(screen.valueOf('姓名')).toBe('周桂英')
  expect(screen.valueOf('身份证号')).toBe(idNumber)
  await screen.press('再试一次')
  expect(screen.text()).not.toContain('没有连上网')
  expect(screen.valueOf('姓名')).toBe('周桂英')
  expect(phone.faults).toEqual([])
})

test('logged out, the lists and a case lead on, and where one was', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen } = phone
  await phone.launch('tabs/account/me')
  await screen.press('退出登录')
  await afterTheQuestionOpened()
  await screen.press('退出')
  for (const [path, words] of [
    ['tabs/case/my-cases', '登录了，看你的办件'],
    ['features/reminder/inbox', '登录了，看给你的消息'],
    ['features/case/result', '登录了，接着看这一页'],
  ] as const) {
    await phone.launch(path, { id: filed.id })
    expect(screen.text()).toContain(words)
    expect(screen.buttons()).toContain('微信登录')
  }
  expect(screen.buttons()).toContain('先去首页看看')
  await phone.launch('features/case/timeline', { id: filed.id })
  await screen.press('微信登录')
  expect(withoutGroups(screen.text())).toContain(filed.caseNumber)
  expect(phone.faults).toEqual([])
})

test('a new phone opens in large letters for whoever has chosen them, and keeps what is chosen on it', async () => {
  const { personId, person } = await newcomer(county, {
    name: '周秀兰',
    birth: '1950-02-03',
    villageCode: VILLAGE,
    level: 1,
  })
  await person.send('POST', '/api/account', { body: { elderMode: true } })
  phone = phoneOf(county, personId)
  const isLarge = () => phone.stack.at(-1)?.find((node) => / elder( |$)/.test(node.classes)).length === 1
  await phone.launch('tabs/account/me')
  expect(isLarge()).toBe(true)
  for (const path of ['tabs/account/me', 'features/service-item/home']) {
    await phone.launch(path)
    expect(isLarge()).toBe(true)
  }
  await phone.launch('tabs/account/me')
  expect(phone.screen.isChosen(/^大字版/)).toBe(true)
  await phone.screen.press(/^大字版/)
  expect(isLarge()).toBe(false)
  await phone.launch('tabs/account/me')
  expect(isLarge()).toBe(false)
})

test('large letters of an account leave the phone with its session', async () => {
  const { personId, person } = await newcomer(county, {
    name: '周秀英',
    birth: '1950-02-03',
    villageCode: VILLAGE,
    level: 1,
  })
  await person.send('POST', '/api/account', { body: { elderMode: true } })
  phone = phoneOf(county, personId)
  const kept = () => [...phone.storage.keys()].filter((key) => key.startsWith('elder'))
  await phone.launch('tabs/account/me')
  expect(kept()).toHaveLength(1)
  await phone.screen.press(/^退出登录/)
  await afterTheQuestionOpened()
  await phone.screen.press('退出')
  expect(kept()).toEqual([])
})

test('what did not open is told on the page that led there, and on no other', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen } = phone
  await phone.launch()
  await screen.press(/^高龄津贴满 80 岁/)
  phone.missingPackages.add('features/case')
  await screen.press(/^帮别人办/)
  expect(screen.text()).toContain('没打开')
  await phone.pressBack()
  expect(screen.path).toBe('features/service-item/home')
  expect(screen.text()).not.toContain('没打开')
})

test('a link of former days opens the page where it stands by now, and for whom it was', async () => {
  phone = phoneOf(county, filed.personId)
  await phone.launch('features/application/form', { id: ITEM, who: encodeURIComponent('self') })
  expect(phone.screen.path).toBe('features/case/application/form')
  expect(phone.screen.text()).toContain('高龄津贴给谁办')
  await phone.launch('features/application/submitted', { id: filed.id })
  expect(withoutGroups(phone.screen.text())).toContain(filed.caseNumber)
  await phone.launch('features/case/my-cases')
  expect(phone.screen.path).toBe('tabs/case/my-cases')
  await phone.launch('features/nowhere')
  expect(phone.screen.path).toBe('features/service-item/home')
  expect(phone.faults).toEqual([])
})
