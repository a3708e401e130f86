import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Home } from '#shared/contract/service-item'
import { ALLOWANCE, fileAllowance } from '../product/allowance'
import { act, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file } from './scenes'
import { fieldOf, press, sees, write } from './screen'

// The resident's pages say what is so, in every size.
const url = await openServerOfFile()
const client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = async (name: string, level: 0 | 1 | 2 | 3 = 3) => ({
  name,
  ...(await newcomer(client, { name, birth: ALLOWANCE.born, villageCode: DALIANG, level })),
})
async function openAs(person: string, path: string, { width = 390, elder = false } = {}) {
  const opened = await openPhone(browser, { url, person, size: { width, height: 844 }, elder })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}
/** Of one sentence: a part of the page holds others too. */
const LATEST_DONE = /最晚 [^，。]{0,14}办好/
const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()

test('the guide of what one has under way leads to the case, and to a form for others alone', async () => {
  const owner = await born('卫在办')
  await fileAllowance(owner.person, owner.name, owner.idNumber)
  const { page, close } = await openAs(owner.personId, `features/service-item/guide?id=${ALLOWANCE.item}`)
  await sees(page, '这件事你已经在办了')
  expect(await count(page, '开始办理')).toBe(0)
  await press(page, '帮别人办')
  await sees(page, '给谁办？')
  await page.goBack()
  await press(page, '看办到哪')
  await sees(page, '卫在办')
  await close()
})

describe('of a booking every page promises that it stands, before the visit', () => {
  test.each([390, 320])('%i px', async (width) => {
    const owner = await born(`卫约${width === 390 ? '宽' : '窄'}`)
    const guide = await openAs(owner.personId, 'features/service-item/guide?id=LX-052', { width })
    await sees(guide.page, '今天申请，最晚定下来')
    expect(await count(guide.page, LATEST_DONE)).toBe(0)
    await guide.close()
    const id = await file(client, owner, 'LX-052')
    for (const path of [
      `features/case/application/submitted?id=${id}`,
      `features/case/timeline?id=${id}`,
      'tabs/case/my-cases',
      'features/service-item/home',
    ]) {
      const { page, close } = await openAs(owner.personId, path, { width })
      await sees(page, /^约了 .*来，还没定下来$/)
      expect(await count(page, /约好/), path).toBe(0)
      await sees(page, /定下来/)
      expect(await count(page, LATEST_DONE), path).toBe(0)
      expect(await pageFaults(page)).toEqual([])
      await close()
    }
  })
})

test('what is empty is said to be empty; spaces in a number are no digits, and cost it nothing', async () => {
  const { personId, idNumber } = await born('卫没填', 1)
  const { page, close } = await openAs(personId, 'features/account/register')
  await press(page, '微信核一下')
  await sees(page, '还有 2 处没填')
  await sees(page, '身份证号还没填')
  await write(page, '姓名', '卫没填')
  const spaced = idNumber.replace(/^(.{6})(.{8})/, '$1 $2 ')
  await write(page, '身份证号', spaced)
  expect(await fieldOf(page, '身份证号').inputValue()).toBe(spaced)
  await sees(page, '18 / 18')
  await write(page, '身份证号', '3418 2119')
  await sees(page, '8 / 18')
  await sees(page, '还有 1 处要改')
  await close()
})

test('a re-application says above why it was refused, and asks to fill in only what is empty', async () => {
  const owner = await born('卫再来')
  const { id } = await fileAllowance(owner.person, owner.name, owner.idNumber)
  await act(await client.as('wang-lixin'), id, 'verify')
  await act(await client.as('zhao-min'), id, 'accept')
  await act(await client.as('sun-zhiyuan'), id, 'refuse', { reason: '户口不在本县' })
  const { page, go, close } = await openAs(owner.personId, `features/case/result?id=${id}`)
  await press(page, '再申请')
  await sees(page, '上次没办成，是因为')
  await sees(page, '户口不在本县')
  expect(await count(page, '空着的补上')).toBe(0)
  await untilShown(page)
  await keepPicture(page, 'form-again')
  expect(await pageFaults(page)).toEqual([])
  // Opened anew the phone still knows which case it was begun from.
  await go(`features/case/result?id=${id}`)
  await press(page, '再申请')
  await sees(page, '上次没办成，是因为')
  expect(await count(page, '有一份没填完的')).toBe(0)
  await close()
})

test('a card that is brought later has a tile for each side', async () => {
  const owner = await born('卫补卡')
  const { id } = await fileAllowance(owner.person, owner.name, owner.idNumber)
  const { page, close } = await openAs(owner.personId, `features/case/addition?id=${id}`)
  for (const side of ['正面', '反面'])
    await page.getByRole('button', { name: `拍${side}，居民身份证${side}` }).waitFor()
  expect(await pageFaults(page)).toEqual([])
  await close()
})

test('what is over asks nobody to look at its papers', async () => {
  const owner = await born('卫办完')
  const { id } = await fileAllowance(owner.person, owner.name, owner.idNumber)
  const does = async (staff: string, action: Parameters<typeof act>[2], more = {}) =>
    expect(await act(await client.as(staff), id, action, more)).toMatchObject({ status: 200 })
  await does('wang-lixin', 'verify')
  const before = await openAs('zhao-min', `staff/case/case?id=${id}`)
  await sees(before.page, '还没看')
  await before.close()
  await does('zhao-min', 'accept')
  await does('sun-zhiyuan', 'grant')
  await does('zhao-min', 'conclude')
  await does('zhao-min', 'deliver', { method: 'electronic' })
  const { page, close } = await openAs('zhao-min', `staff/case/case?id=${id}`)
  await sees(page, /份是交上来的$/)
  expect(await count(page, '还没看')).toBe(0)
  await close()
})

test('a message of a case names what is asked for, and not the number that the case has', async () => {
  const owner = await born('卫消息')
  const { id } = await fileAllowance(owner.person, owner.name, owner.idNumber)
  await act(await client.as('wang-lixin'), id, 'verify')
  await act(await client.as('zhao-min'), id, 'request-correction', {
    reason: '看不清',
    items: [{ kind: 'material', name: '居民户口簿', reason: '照片模糊' }],
  })
  const { page, close } = await openAs(owner.personId, 'features/reminder/inbox')
  await sees(page, /^要补居民户口簿，补好就接着办/)
  expect(await count(page, /办件编号/)).toBe(0)
  await close()
})

test('in large letters whoever helps is called without a long way down, and a wheel is as large as the page', async () => {
  const owner = await born('卫大字')
  await owner.person.send('POST', '/api/account', { body: { villageCode: DALIANG } })
  await fileAllowance(owner.person, owner.name, owner.idNumber)
  const home = await openAs(owner.personId, 'features/service-item/home', { elder: true })
  const { me, hotline } = (await owner.person.send<Home>('GET', '/api/home')).body
  const isThere = me?.servicePoint?.callNow
  const call = home.page.getByRole('button', {
    name: isThere ? '打电话给服务点' : `打 ${hotline} 问`,
    exact: true,
  })
  const place = await call.boundingBox()
  expect(place?.y).toBeLessThan(2 * 844)
  expect(await home.page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2.5 * 844)
  expect(await pageFaults(home.page, { elder: true })).toEqual([])
  await press(home.page, '换回标准版')
  await sees(home.page, '大家常办')
  await home.close()
  const { page, close } = await openAs(owner.personId, 'features/case/application/form?id=LX-005&who=other', {
    elder: true,
    width: 320,
  })
  await press(page, /^所在的村/)
  const row = page.locator('.weui-picker__item:visible').first()
  await row.waitFor()
  expect(
    await row.evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
  ).toBeGreaterThanOrEqual(18)
  await close()
})
