import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone } from './browser'
import { pageFaults } from './page-checks'
import { SHORT_ITEM } from './people'
import { openServerOfFile } from './running-server'
import { bornBy } from './scenes'
import { answer, choose, fieldOf, photoOf, press, sees, turnWheels, write } from './screen'

// Asked to wait: what there was too much of, how long, what else one can do, and nothing typed is lost.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = bornBy(client, '1979-03-08')

interface Refusal {
  readonly status: 429 | 503
  readonly detail?: string
  readonly seconds?: number
}

const CODES = { 429: 'request.rate-limited', 503: 'server.unavailable' } as const
const TITLES = { 429: '点得太快了，等一等再试', 503: '现在连不上，等一等再试' } as const

/** As the server says it: tests/product has what makes it say so. */
const refuse = (page: Page, path: string, { status, detail, seconds }: Refusal) =>
  page.route(`**${path}`, (route) =>
    route.request().method() === 'GET'
      ? route.fallback()
      : route.fulfill({
          status,
          contentType: 'application/problem+json',
          json: {
            type: 'about:blank',
            code: CODES[status],
            title: TITLES[status],
            status,
            requestId: '0',
            ...(detail === undefined ? {} : { detail }),
            ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
          },
        }),
  )

const sound = async (page: Page) => expect(await pageFaults(page)).toEqual([])

test('too many wrong login codes: how long, and where else to go', async () => {
  const { personId } = await born('钱大有', 1)
  const { page, go, close } = await openPhone(browser, { url, person: personId })
  await refuse(page, '/api/sessions', { status: 429, detail: '试的次数太多了，8 分钟后再来', seconds: 480 })
  await go('tabs/case/my-cases')
  await sees(page, '要等一等')
  await sees(page, '试的次数太多了，8 分钟后再来。急的话，打 12345，或者到村里、窗口办。')
  await keepPicture(page, 'limit-login')
  await sound(page)
  await page.unrouteAll()
  await press(page, '再试一次')
  await sees(page, '现在没有办件')
  await press(page, '返回').catch(() => {})
  await go('tabs/account/me')
  await press(page, '退出登录')
  await answer(page, '退出')
  await refuse(page, '/api/sessions', { status: 429, detail: '试的次数太多了，8 分钟后再来', seconds: 480 })
  await press(page, '微信登录')
  await sees(page, '没登录上')
  await sees(page, /8 分钟后再来/)
  await close()
})

test('too many cases pending: confirming the identity is the way on, and the form stands', async () => {
  const { personId } = await born('钱二有', 2)
  const { page, go, close } = await openPhone(browser, { url, person: personId })
  const detail = '你有 10 件还没办完，等办完一件再申请；核过身份就不限件数，窗口也能帮你办'
  await go(`features/case/application/form?id=${SHORT_ITEM.id}`)
  await press(page, /^给自己办/)
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await press(page, '下一步')
  await turnWheels(page, page, /^失业原因/, ['企业关停'])
  await turnWheels(page, page, /^失业日期/, [])
  await press(page, '下一步')

  const busy = '传了还没用上的文件太多了：先把填好的申请交上来，或者过几天再传'
  await refuse(page, '/api/uploads', { status: 429, detail: busy, seconds: 3600 })
  const opened = page.waitForEvent('filechooser')
  await press(page, /拍正面，居民身份证/)
  await (await opened).setFiles(await photoOf('居民身份证'))
  await sees(page, `${busy}。核过身份就不限，材料也能带到窗口交。拍好的都还在。`)
  await keepPicture(page, 'limit-upload')
  await sound(page)
  await page.unrouteAll()
  await press(page, /没传上去，点一下重传/)
  await page.getByRole('button', { name: /^居民身份证.*，已传好/ }).waitFor()
  await press(page, '下一步')

  await choose(page, 'checkbox', /我保证/)
  await refuse(page, '/api/cases', { status: 429, detail, seconds: 86_400 })
  await press(page, '提交申请')
  await sees(page, '没交上去')
  await sees(page, `你填的都还在。${detail}。`)
  expect(await page.getByText('点得太快了').count()).toBe(0)
  await keepPicture(page, 'limit-pending')
  await sound(page)
  expect(await page.getByRole('button', { name: '再试一次' }).filter({ visible: true }).count()).toBe(0)
  await press(page, '微信核一下')
  await sees(page, '你是哪一位？')
  await close()
})

test('WeChat is away at the real-name check: nothing typed is lost, and one may go on without it', async () => {
  const { name, personId, idNumber } = await born('钱三有', 1)
  const { page, go, faults, close } = await openPhone(browser, { url, person: personId })
  const bodies: { path: string; body: { consents?: { purpose: string; version: string }[] } }[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (request.method() === 'POST' && pathname.startsWith('/api/account/'))
      bodies.push({ path: pathname.slice('/api/account/'.length), body: request.postDataJSON() })
  })
  await go('features/account/register')
  await write(page, '姓名', name)
  await write(page, '身份证号', idNumber)
  await press(page, '微信核一下')
  await sees(page, '先勾上“我同意用身份证号登记”，再往下走。')
  await choose(page, 'checkbox', /同意用身份证号登记/)
  await press(page, '微信核一下')
  await sees(page, /先勾上“我另外同意”，再核/)
  expect(bodies).toEqual([])
  await choose(page, 'checkbox', /敏感信息/)
  await refuse(page, '/api/account/identity-confirmation', {
    status: 503,
    detail: '微信没有回应，还没核上，再点一次',
  })
  await press(page, '微信核一下')
  await press(page, '允许')
  await sees(page, '还没核上')
  await sees(page, '你填的都还在。微信没有回应，还没核上，再点一次。不想等，点“先不核，也能申请”，以后再核。')
  expect(await fieldOf(page, '姓名').inputValue()).toBe(name)
  expect(await fieldOf(page, '身份证号').inputValue()).toBe(idNumber)
  await keepPicture(page, 'wechat-away')
  await sound(page)
  await page.unrouteAll()
  await press(page, '微信核一下')
  await press(page, '允许')
  await sees(page, '微信核过，是你')
  const said = bodies.map(({ path, body }) => [path, ...(body.consents ?? []).map(({ purpose }) => purpose)])
  expect(said[0]).toEqual(['identity', 'identity', 'sensitive'])
  expect(said.at(-1)).toEqual(['identity-confirmation', 'identity', 'sensitive'])
  expect(bodies[0]?.body.consents?.[0]?.version).toMatch(/^\d+$/)
  expect(faults).toEqual([])
  await close()
})

test('whoever has typed too many numbers is not told that they may go on without the check', async () => {
  const { name, personId, idNumber } = await born('钱五有', 1)
  const { page, go, close } = await openPhone(browser, { url, person: personId })
  await go('features/account/register')
  await write(page, '姓名', name)
  await write(page, '身份证号', idNumber)
  await choose(page, 'checkbox', /同意用身份证号登记/)
  await choose(page, 'checkbox', /敏感信息/)
  await refuse(page, '/api/account/identity', { status: 429, detail: '今天换的次数太多了', seconds: 3600 })
  await press(page, '微信核一下')
  await sees(page, /急的话，打 12345，或者到村里、窗口办。/)
  expect(await page.getByText(/不想等，点/).count()).toBe(0)
  await close()
})

test('without the check the sensitive tick is nobody’s condition, and what is not ticked is not sent', async () => {
  const { name, personId, idNumber } = await born('钱四有', 1)
  const { page, go, close } = await openPhone(browser, { url, person: personId })
  await go('features/account/register')
  await write(page, '姓名', name)
  await write(page, '身份证号', idNumber)
  await choose(page, 'checkbox', /同意用身份证号登记/)
  const sent = page.waitForRequest('**/api/account/identity')
  await press(page, '先不核，也能申请')
  const { consents } = (await sent).postDataJSON() as { consents: { purpose: string }[] }
  expect(consents.map(({ purpose }) => purpose)).toEqual(['identity'])
  await close()
})
