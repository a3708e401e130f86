import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { dialogOf } from './desk-hands'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { press, sees, turnWheels, UNTIL_READ, write } from './screen'

// Who applied has died after the decision: the window records it, hands the paper to the family, or takes back what was an error.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const DESK = { width: 1280, height: 720 }
const born = bornBy(client)

async function granted(name: string) {
  const owner = await born(name)
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
  return { owner, id }
}
async function openWindow(id: string, size: { width: number; height: number }) {
  const opened = await openPhone(browser, { url, person: STAFF.window, size })
  await opened.go(`staff/case/case?id=${id}`)
  await untilShown(opened.page)
  return opened
}

async function recorded(
  page: Awaited<ReturnType<typeof openWindow>>['page'],
  picture: string,
  desktop: boolean,
) {
  await press(page, /^申请人去世了/)
  const sheet = dialogOf(page)
  await page.waitForTimeout(UNTIL_READ)
  await press(sheet, '登记')
  await sees(sheet, '选一天')
  await turnWheels(page, page, /^哪天去世的/, [])
  await write(sheet, '看了什么证明', '死亡医学证明书')
  await keepPicture(page, `${picture}-sheet`)
  expect(await pageFaults(page, { desktop })).toEqual([])
  await press(sheet, '登记')
  await sees(page, /去世，文书交给家属/)
}

test('at a desk of 1280: recorded with its proof, and the paper goes into the hand of the family', async () => {
  const { id } = await granted('乔过去')
  const { page, close } = await openWindow(id, DESK)
  await recorded(page, 'death-desk', true)
  await page.getByText(/去世，文书交给家属/).scrollIntoViewIfNeeded()
  await keepPicture(page, 'death-desk')
  await press(page, /^登记当面给了/)
  const sheet = dialogOf(page)
  await page.waitForTimeout(UNTIL_READ)
  await write(sheet, '收文书的家属', '乔有才')
  await press(sheet, '登记当面给了')
  await sees(page, /收的人：乔有才，家属/)
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  await close()
})

test('on a phone of 390: recorded in error it is taken back', async () => {
  const { owner, id } = await granted('乔没死')
  const { page, close } = await openWindow(id, PHONE)
  await page.getByText('申请人去世了').scrollIntoViewIfNeeded()
  await keepPicture(page, 'death-phone-button')
  await recorded(page, 'death-phone', false)
  await press(page, /^去世登记错了/)
  const sheet = dialogOf(page)
  await page.waitForTimeout(UNTIL_READ)
  await write(sheet, '怎么错的', '是同名的另一个人')
  await keepPicture(page, 'death-phone-withdrawn')
  await press(sheet, '改回来')
  await sees(page, /^申请人去世了/)
  expect(await pageFaults(page)).toEqual([])
  await close()
  expect((await caseOf(owner.person, id)).timeline[0]?.type).toBe('death-record-withdrawn')
})
