import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, STAFF } from './scenes'
import { answer, choose, fieldOf, press, sees } from './screen'

// What ends a case takes two presses that were meant, and tells what became of it where it was pressed.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = bornBy(client)
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 800 }

async function entered(name: string) {
  const { idNumber } = await born(name, 0)
  const person = await client.as(STAFF.window)
  return { person, id: await file(client, { person, name, idNumber, channel: 'window' }, 'LX-005') }
}

const GAP = 120
const BOUNCES = {
  mouse: async (page: Page, button: Locator) => {
    const box = await button.boundingBox()
    if (!box) throw new Error('not shown')
    for (const _ of [1, 2]) {
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
      await page.waitForTimeout(GAP)
    }
  },
  finger: async (page: Page, button: Locator) => {
    const box = await button.boundingBox()
    if (!box) throw new Error('not shown')
    for (const _ of [1, 2]) {
      await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
      await page.waitForTimeout(GAP)
    }
  },
  key: async (page: Page, button: Locator) => {
    await button.focus()
    for (const _ of [1, 2]) {
      await page.keyboard.press('Enter')
      await page.waitForTimeout(GAP)
    }
  },
}

const REASON = '本人来说不办了'
/** At the counter with what the applicant said, which stands there still where it was said before. */
async function takeBack(page: Page, who: 'resident' | 'staff', { isSaid = false } = {}) {
  await press(page, /^撤回申请/)
  if (who === 'staff' && !isSaid) await choose(page, 'checkbox', REASON)
  if (isSaid) expect(await fieldOf(page, '本人怎么说的').inputValue()).toContain(REASON)
  await answer(page, '撤回')
}

const shownButton = (page: Page, name: RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true }).first()

test.each([
  { by: 'mouse', who: 'resident', size: PHONE },
  { by: 'finger', who: 'resident', size: PHONE },
  { by: 'key', who: 'resident', size: PHONE },
  { by: 'mouse', who: 'staff', size: PHONE },
  { by: 'mouse', who: 'staff', size: DESK },
] as const)('$who, twice by $by at $size.width: the withdrawal is asked and not answered', async (scene) => {
  const { by, who, size } = scene
  const name = `叶双${by === 'mouse' ? '甲' : by === 'finger' ? '乙' : '丙'}`
  const owner = await born(name, 3)
  const own = { person: owner.person, id: '', as: owner.personId, path: 'features/case/timeline' }
  if (who === 'resident') own.id = await file(client, owner, 'LX-005')
  else Object.assign(own, await entered(`${name}丁`), { as: STAFF.window, path: 'staff/case/case' })
  const phone = await openPhone(browser, { url, person: own.as, size, hasTouch: by === 'finger' })
  const { page } = phone
  await phone.go(`${own.path}?id=${own.id}`)
  await untilShown(page)
  const cell = shownButton(page, /^撤回申请/)
  // Not under the bar, which takes what is pressed by its place.
  await cell.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await page.waitForTimeout(300)
  await BOUNCES[by](page, cell)
  await page.waitForTimeout(900)
  expect((await caseOf(own.person, own.id)).status).not.toBe('withdrawn')
  const question = page.getByRole('dialog').filter({ visible: true })
  await sees(question, '不撤')
  const words = await question.locator('.sheet__actions [role=button]').allInnerTexts()
  expect(words).toEqual(['不撤', '撤回'])
  if (who === 'resident') expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('不撤')
  await keepPicture(page, `question-ends-${who}-${size.width}`)
  expect(await pageFaults(page, { desktop: size.width > 1000 })).toEqual([])
  await answer(page, '不撤')
  await question.waitFor({ state: 'hidden' })
  await takeBack(page, who)
  await sees(page, /撤回了/)
  expect((await caseOf(own.person, own.id)).status).toBe('withdrawn')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('at the counter the withdrawal whose answer was lost is looked for, and never stands in another act', async () => {
  const { person, id } = await entered('汪丢答')
  const phone = await openPhone(browser, { url, person: STAFF.window })
  const { page } = phone
  await phone.go(`staff/case/case?id=${id}`)
  await untilShown(page)
  await page.route('**/withdrawal', (route) => route.abort(), { times: 1 })
  await takeBack(page, 'staff')
  await sees(page, '不知道交上没有')
  expect(await page.getByText('你写的').filter({ visible: true }).count()).toBe(0)
  await keepPicture(page, 'staff-withdrawal-lost')
  await press(page, '受理')
  const sheet = page.getByRole('dialog').filter({ visible: true })
  await sheet.first().waitFor()
  expect(await sheet.getByText('不知道交上没有').count()).toBe(0)
  await press(sheet, '关上')
  await sees(page, '不知道交上没有')

  let arrived = (): void => undefined
  const held = new Promise<void>((resolve) => {
    arrived = resolve
  })
  await page.route('**/actions', async (route) => {
    await held
    await route.abort()
  })
  await press(page, '受理')
  await sheet.first().waitFor()
  await press(sheet, '受理')
  await sees(page, '正在交，别关')
  expect(await page.getByText('正在撤回').count()).toBe(0)
  arrived()
  await sees(sheet, '不知道交上没有')
  await press(sheet, '关上')
  await page.unroute('**/actions')

  await press(page, '看一下')
  await sees(page, '没交上，再点一次')
  await page.route(
    '**/withdrawal',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await takeBack(page, 'staff', { isSaid: true })
  await sees(page, '不知道交上没有')
  await press(page, '看一下')
  await sees(page, '照本人的意思撤回了')
  expect((await caseOf(person, id)).status).toBe('withdrawn')
  expect(await page.getByText('申请人撤回了').filter({ visible: true }).count()).toBe(0)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('what was given up while it was done is told as unknown, and a look says that it is done', async () => {
  const mine = await born('袁未知', 3)
  const id = await file(client, mine, 'LX-005')
  const phone = await openPhone(browser, { url, person: mine.personId })
  const { page } = phone
  await phone.go(`features/case/timeline?id=${id}`)
  await untilShown(page)
  await page.route('**/withdrawal', async (route) => {
    await route.fetch()
    const problem = {
      type: 'about:blank',
      code: 'server.unavailable',
      title: '现在连不上，等一等再试',
      status: 503,
    }
    await route.fulfill({ status: 503, json: { ...problem, requestId: 'r' } })
  })
  await takeBack(page, 'resident')
  await sees(page, '不知道交上没有')
  expect(await page.getByText('没撤回').count()).toBe(0)
  await press(page, '看一下')
  await sees(page, '撤回了')
  expect(await caseOf(mine.person, id)).toMatchObject({ status: 'withdrawn' })
  await phone.close()
})

test('staff, twice by finger: the sheet that rises under it is not answered, and a press that was meant is', async () => {
  const owner = await born('叶双丁', 3)
  const id = await file(client, owner, 'LX-036')
  const { page, go, faults, close } = await openPhone(browser, {
    url,
    person: STAFF.window,
    size: PHONE,
    hasTouch: true,
  })
  await go(`staff/case/case?id=${id}`)
  await untilShown(page)
  const now = async () => (await caseOf(await client.as(STAFF.window), id)).status
  await BOUNCES.finger(page, shownButton(page, /^受理$/))
  const sheet = page.getByRole('dialog').filter({ visible: true })
  await sheet.waitFor()
  await page.waitForTimeout(1_000)
  expect(await now()).toBe('submitted')
  await press(sheet, '受理')
  await expect.poll(now).toBe('accepted')
  expect(faults).toEqual([])
  await close()
})
