import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList, CaseView } from '#shared/contract/case'
import { openBrowser, openPhone } from './browser'
import { actOn, bearResident, fileCase, openPerson, type Person, SHORT_ITEM, WINDOW } from './people'
import { openServerOfFile } from './running-server'
import { choose, fieldOf, photograph, press, sees, stands, turnWheels, write } from './screen'

const url = await openServerOfFile()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const FORM = `features/case/application/form?id=${SHORT_ITEM.id}&who=self`
const INTENT = '家门口的活，离娃近'

/** What can become of a request on its way. */
const MISHAPS: Readonly<Record<string, (route: Route) => Promise<unknown>>> = {
  'no network': (route) => route.abort(),
  'the server stumbles': (route) =>
    route.fulfill({ status: 500, contentType: 'text/html', body: 'Bad Gateway' }),
  'the answer is lost': async (route) => {
    await route.fetch()
    await route.abort()
  },
}

/** Only the next request of this kind suffers. */
const befall = (page: Page, path: RegExp, mishap: (route: Route) => Promise<unknown>) =>
  page.route(
    (address) => path.test(address.pathname),
    (route) => (route.request().method() === 'POST' ? mishap(route) : route.fallback()),
    { times: 1 },
  )

const casesOf = async (person: Person) => (await person.send<CaseList>('GET', '/api/cases')).items
const caseOf = (person: Person, id: string) => person.send<CaseView>('GET', `/api/cases/${id}`)

/** From the first step to the promise. */
async function fillIn(page: Page) {
  await turnWheels(page, page, /^失业原因/, ['企业关停'])
  await turnWheels(page, page, /^失业日期/, [])
  await write(page, '求职意向', INTENT)
  await press(page, '下一步')
  await photograph(page, page, '居民身份证')
  await press(page, '下一步')
  await choose(page, 'checkbox', /我保证/)
}

test.each(Object.entries(MISHAPS))(
  'form, %s: what was typed stands, and one case comes of it',
  async (_name, mishap) => {
    const person = await bearResident(url, '周小满')
    const { page, go, faults, close } = await openPhone(browser, { url, person: person.id })
    await go(FORM)
    await fillIn(page)
    await befall(page, /^\/api\/cases$/, mishap)
    await press(page, '提交申请')
    await stands(page, /没交上去|不知道交上没有/)
    await sees(page, /你填的都还在/)
    await sees(page, INTENT)
    await press(page, '提交申请')
    await sees(page, '收到了，接下来交给我们')
    expect(await casesOf(person)).toHaveLength(1)
    expect(faults).toEqual([])
    await close()
  },
)

test('two taps at once file one case', async () => {
  const person = await bearResident(url, '周二满')
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go(FORM)
  await fillIn(page)
  await page.getByRole('button', { name: '提交申请' }).dblclick()
  await sees(page, '收到了，接下来交给我们')
  expect(await casesOf(person)).toHaveLength(1)
  await close()
})

test('a form that was closed half way goes on where it was', async () => {
  const person = await bearResident(url, '周三满')
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go(FORM)
  await write(page, '求职意向', INTENT)
  await turnWheels(page, page, /^失业日期/, [])
  await turnWheels(page, page, /^失业原因/, ['个人辞职'])
  await page.waitForFunction(() =>
    Object.keys(localStorage).some((key) => localStorage.getItem(key)?.includes('个人辞职')),
  )
  await page.reload()
  await sees(page, '个人辞职')
  expect(await fieldOf(page, '求职意向').inputValue()).toBe(INTENT)
  await go('tabs/case/my-cases')
  await sees(page, '没填完')
  await press(page, /^失业登记/)
  expect(await fieldOf(page, '求职意向').inputValue()).toBe(INTENT)
  await close()
})

test('a session that was ended half way is opened again, and the form goes through', async () => {
  const person = await bearResident(url, '周四满')
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go(FORM)
  await fillIn(page)
  const { sessions } = await person.send<{ sessions: { id: string; current: boolean }[] }>(
    'GET',
    '/api/sessions',
  )
  for (const { id, current } of sessions) if (!current) await person.send('DELETE', `/api/sessions/${id}`)
  await press(page, '提交申请')
  await sees(page, '收到了，接下来交给我们')
  expect(await casesOf(person)).toHaveLength(1)
  await close()
})

test('without a network the home shows its last content and says so', async () => {
  const person = await bearResident(url, '周五满')
  await fileCase(url, person)
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go('features/service-item/home')
  await sees(page, '正在办')
  await page.route('**/api/**', (route) => route.abort())
  await page.reload()
  await sees(page, /没有连上网。这是 11月.* 看到的/)
  await sees(page, SHORT_ITEM.plainName)
  await page.unrouteAll()
  await page.evaluate(() => localStorage.clear())
  await page.route('**/api/**', (route) => route.abort())
  await page.reload()
  await sees(page, '没有连上网')
  await page.unrouteAll()
  await press(page, /再试一次/)
  await sees(page, '正在办')
  await close()
})

const town = () => openPerson(url, WINDOW.id)

test('correction: what was mended stands when it does not get through', async () => {
  const person = await bearResident(url, '周六满')
  const id = await fileCase(url, person)
  await actOn(await town(), id, 'request-correction', {
    reason: '补一样',
    items: [{ kind: 'field', name: 'intent', reason: '写写想找什么活' }],
  })
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go(`features/case/correction?id=${id}`)
  await write(page, '求职意向', INTENT)
  await befall(page, /\/supplement$/, (route) => route.abort())
  await press(page, '补好了，交上去')
  await sees(page, /你补的都还在/)
  expect(await fieldOf(page, '求职意向').inputValue()).toBe(INTENT)
  await press(page, '补好了，交上去')
  await sees(page, '办到哪了')
  expect((await caseOf(person, id)).answers.find(({ key }) => key === 'intent')?.text).toBe(INTENT)
  await close()
})

test('decision: the reason stands when it does not get through, and one decision comes of it', async () => {
  const person = await bearResident(url, '周七满')
  const id = await fileCase(url, person)
  const window = await town()
  await actOn(window, id, 'accept')
  const { page, go, close } = await openPhone(browser, { url, person: WINDOW.id })
  await go(`staff/case/decision?id=${id}&action=refuse`)
  await choose(page, 'radio', '不予')
  await write(page, '不予的理由', '还在单位上班')
  await befall(page, /\/actions$/, (route) => route.abort())
  await press(page, '看一遍，签发不予')
  const sheet = page.getByRole('dialog', { name: '签发不予决定' })
  await press(sheet, '签发，不予')
  await sees(sheet, /没有连上网/)
  await press(sheet, '签发，不予')
  await sheet.waitFor({ state: 'hidden' })
  const decided = await caseOf(person, id)
  expect(decided.decision).toMatchObject({ kind: 'refused', reason: '还在单位上班' })
  expect(decided.timeline.filter(({ type }) => type === 'refused')).toHaveLength(1)
  await close()
})

test('rating: what was said stands when it does not get through', async () => {
  const person = await bearResident(url, '周八满')
  const id = await fileCase(url, person)
  const window = await town()
  for (const [action, more] of [
    ['accept', {}],
    ['grant', {}],
    ['conclude', {}],
    ['deliver', { method: 'electronic' }],
  ] as const)
    await actOn(window, id, action, more)
  const { page, go, close } = await openPhone(browser, { url, person: person.id })
  await go(`features/rating/rate?id=${id}`)
  await choose(page, 'radio', '基本满意')
  await write(page, '还想说的', '等了两天')
  await befall(page, /\/rating$/, (route) => route.abort())
  await press(page, '提交评价')
  await sees(page, /你写的都还在/)
  expect(await fieldOf(page, '还想说的').inputValue()).toBe('等了两天')
  await press(page, '提交评价')
  await sees(page, '谢谢，你评的是“基本满意”')
  await close()
})
