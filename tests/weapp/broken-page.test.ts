import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type County, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, ITEM, phoneOf } from './phones'

let county: County
let filed: Awaited<ReturnType<typeof caseAt>>
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  filed = await caseAt(county, '陈桂兰', 'to-accept')
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

/** React tells the phone's own console, which goes nowhere; nothing else may have gone wrong. */
const othersThanDrawing = () => phone.faults.filter((fault) => !/^console\.error TypeError/.test(fault))

test('a page that cannot be drawn says so and comes again, and no other page goes with it', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen, network } = phone
  await phone.launch('features/service-item/guide', { id: ITEM })
  network.befall('GET', /^\/api\/cases\//, { status: 200, body: { id: filed.id } }, 2)
  await phone.navigate('features/case/timeline', { id: filed.id })
  expect(screen.text()).toContain('这一页出错了')
  expect(screen.text()).not.toContain(filed.caseNumber)
  await screen.press('再试一次')
  expect(screen.text()).toContain('这一页出错了')
  await screen.press('再试一次')
  expect(screen.text().replace(/ /g, '')).toContain(filed.caseNumber)
  const { page, error, build } = JSON.parse(phone.hands.logged.at(-1) ?? '{}') as Record<string, string>
  expect({ page, error }).toEqual({ page: 'features/case/timeline', error: 'TypeError' })
  expect(build).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{8}$/)
  expect(phone.hands.logged.join()).not.toContain(filed.id)
  await phone.pressBack()
  expect(screen.path).toBe('features/service-item/guide')
  expect(screen.text()).toContain('要交')
  expect(othersThanDrawing()).toEqual([])
})

test('from a page that cannot be drawn one comes to the first page', async () => {
  phone = phoneOf(county, filed.personId)
  phone.network.befall('GET', /^\/api\/cases\//, { status: 200, body: {} })
  await phone.launch('features/case/timeline', { id: filed.id })
  await phone.screen.press('回首页')
  expect(phone.screen.path).toBe('features/service-item/home')
  expect(othersThanDrawing()).toEqual([])
})

test('a first page that cannot be drawn keeps its tabs: the others are one tap away', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen, network } = phone
  network.befall('GET', /^\/api\/home/, { status: 200, body: { me: 5, items: 3, groups: {} } }, 2)
  await phone.launch()
  expect(screen.text()).toContain('这一页出错了')
  expect(screen.text()).toContain('12345')
  expect(screen.text()).not.toContain('回首页')
  await screen.press(/^办件/)
  expect(screen.path).toBe('tabs/case/my-cases')
  expect(screen.text()).not.toContain('这一页出错了')
  expect(othersThanDrawing()).toEqual([])
})

test('where no applications are taken any more nobody is sent to try again', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen, network } = phone
  const over = { code: 'application.service-over', title: '这里停用了，不收新的申请，到窗口办', status: 409 }
  const body = { type: 'about:blank', requestId: '01a22986-158a-7dc7-bdb4-8a2b752035b1', ...over }
  network.befall('GET', /^\/api\/service-items\/[^/]+\/form/, { status: 409, body }, 3)
  await phone.launch('features/case/application/form', { id: ITEM })
  expect(screen.text()).toContain('到窗口办')
  expect(screen.text()).not.toContain('再试一次')
  expect(screen.text()).not.toContain('报编号')
  await screen.press('回首页')
  expect(screen.path).toBe('features/service-item/home')
})

test.each(['2.21.1', '2.9.4', '1.9.0'])(
  'a WeChat with the library %s is told to be brought up to date, and asks nothing',
  async (library) => {
    phone = phoneOf(county, filed.personId, [], 1, library)
    for (const path of ['features/service-item/home', 'features/case/timeline', 'staff/case/queue']) {
      await phone.launch(path, { id: filed.id })
      expect(phone.screen.text()).toContain('微信太旧了，要先更新')
    }
    expect(phone.network.sent.map(({ path }) => path)).toEqual([])
    expect(phone.faults).toEqual([])
  },
)

test('the least library opens the first page', async () => {
  phone = phoneOf(county, filed.personId, ['getAppBaseInfo', 'getWindowInfo'], 1, '2.21.2')
  await phone.launch()
  expect(phone.screen.text()).not.toContain('微信太旧了')
  expect(phone.screen.text()).toContain('全部 52 项')
})
