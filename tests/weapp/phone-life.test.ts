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
  phone.missingPackages.add('features/case')
  await phone.launch('features/service-item/guide', { id: ITEM })
  phone.missingPackages.add('features/application')
  await phone.screen.press(/^开始办理|^接着填/)
  expect(phone.screen.path).toBe('features/service-item/guide')
  expect(phone.screen.text()).toContain('没打开。看看信号，再点一次。')
  phone.missingPackages.clear()
  await phone.screen.press('再试一次')
  expect(phone.screen.path).toBe('features/application/form')
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
