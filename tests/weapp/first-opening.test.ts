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

const sent = () => phone.network.sent.map(({ method, path }) => `${method} ${path.replace(/[?].*/, '')}`)
/** A question answers nobody in its first half second. */
const afterTheQuestionOpened = () => new Promise((resolve) => setTimeout(resolve, 600))
const NEW = '有新版本了'

test('the first page is there after one way, with its mark, while the login is still under way', async () => {
  phone = phoneOf(county, filed.personId)
  const arrive = phone.network.hold('POST', /^\/api\/sessions$/)
  await phone.launch()
  expect(phone.screen.text()).toContain('全部 52 项')
  expect(phone.screen.text()).toContain('演示环境，人物和数据均为虚构')
  expect(sent().sort()).toEqual(['GET /api/home', 'POST /api/sessions'])
  arrive()
  await phone.settled()
  expect(sent().sort()).toEqual(['GET /api/home', 'GET /api/home', 'POST /api/sessions'])
  expect(phone.screen.text()).toContain('高龄津贴')
  expect(phone.faults).toEqual([])
})

test('a guide that is opened by a link likewise', async () => {
  phone = phoneOf(county, filed.personId)
  const arrive = phone.network.hold('POST', /^\/api\/sessions$/)
  await phone.launch('features/service-item/guide', { id: ITEM })
  expect(phone.screen.text()).toContain('要交')
  arrive()
  await phone.settled()
  expect(sent().filter((each) => each === 'POST /api/sessions')).toHaveLength(1)
  expect(phone.faults).toEqual([])
})

test('what is one’s own is asked for once, after the login and never before', async () => {
  phone = phoneOf(county, filed.personId)
  await phone.launch('features/case/timeline', { id: filed.id })
  expect(sent()).toEqual(['POST /api/sessions', `GET /api/cases/${filed.id}`])
  await phone.launch('features/case/timeline', { id: filed.id })
  expect(sent().slice(2)).toEqual([`GET /api/cases/${filed.id}`])
  expect(phone.faults).toEqual([])
})

test.each([
  ['features/service-item/home', 'GET /api/home'],
  ['features/service-item/guide', `GET /api/service-items/${ITEM}`],
  ['tabs/case/my-cases', 'GET /api/cases'],
])('%s asks once where there is a session', async (path, request) => {
  phone = phoneOf(county, filed.personId)
  await phone.launch('features/case/timeline', { id: filed.id })
  const before = sent().length
  await phone.launch(path, { id: ITEM })
  expect(sent().slice(before)).toEqual([request])
  expect(phone.faults).toEqual([])
})

test('a new version is offered on a tab, once, and put on by whoever wants it', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen, hands } = phone
  await phone.launch()
  hands.newVersion?.()
  await phone.settled()
  expect(screen.text()).toContain(NEW)
  await afterTheQuestionOpened()
  await screen.press('等一会儿')
  expect(hands.updated).toBe(0)
  expect(screen.text()).not.toContain(NEW)
  hands.newVersion?.()
  await phone.settled()
  await afterTheQuestionOpened()
  await screen.press('现在换上')
  expect(hands.updated).toBe(1)
  expect(phone.faults).toEqual([])
})

test('while a form is open nothing is asked, and a new version waits until one is back at a tab', async () => {
  phone = phoneOf(county, filed.personId)
  const { screen, hands } = phone
  await phone.launch()
  await phone.navigate('features/feedback/complain', {})
  hands.newVersion?.()
  await phone.settled()
  expect(screen.text()).not.toContain(NEW)
  expect(hands.updated).toBe(0)
  await phone.pressBack()
  expect(screen.text()).toContain(NEW)
  expect(phone.faults).toEqual([])
})
