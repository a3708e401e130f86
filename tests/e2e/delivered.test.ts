import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { dialogOf } from './desk-hands'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { choose, press, sees, turnWheels, UNTIL_READ, write } from './screen'

// A paper on its way: the phone says where it is to go, the desk writes down its number and its receipt, the phone counts from then.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const DESK = { width: 1280, height: 720 }
const NARROW = { width: 320, height: 700 }
const born = bornBy(client)
const NUMBER = '1023456789012'
const ADDRESS = '郎溪县梅渚镇大梁村 12 号'

async function openAs(
  person: string,
  path: string,
  { size = PHONE, elder = false }: { size?: { width: number; height: number }; elder?: boolean } = {},
) {
  const opened = await openPhone(browser, { url, person, size, elder })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}

async function refused(name: string) {
  const owner = await born(name)
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '年龄没到八十' }],
    ['window', 'conclude'],
  ])
  return { owner, id }
}

async function choosePost(personId: string, id: string) {
  const { page, close } = await openAs(personId, `features/case/result?id=${id}`)
  await press(page, /^(选|改)怎么收/)
  await choose(page, 'radio', /寄到家/)
  await press(page, '就这样收')
  await sees(page, '地址写全，要能送到家门口')
  await write(page, '寄到哪里', ADDRESS)
  expect(await pageFaults(page)).toEqual([])
  await press(page, '就这样收')
  await sees(page, '你选的：寄到家')
  await close()
}

test('from the phone to the desk and back: where it goes, its number, its receipt, and the last day from then', async () => {
  const { owner, id } = await refused('柏邮寄')
  await choosePost(owner.personId, id)
  const desk = await openAs(STAFF.window, `staff/case/case?id=${id}`, { size: DESK })
  await sees(desk.page, ADDRESS)
  await press(desk.page, /^登记寄出/)
  const post = dialogOf(desk.page)
  await desk.page.waitForTimeout(UNTIL_READ)
  await write(post, '单号', '12345')
  await press(post, '登记寄出')
  await sees(post, '照面单上的单号写，有一位对不上')
  await write(post, '单号', NUMBER)
  await keepPicture(desk.page, 'delivery-post')
  expect(await pageFaults(desk.page, { desktop: true })).toEqual([])
  await press(post, '登记寄出')
  await sees(desk.page, new RegExp(`单号 ${NUMBER}，还没签收`))

  const phone = await openAs(owner.personId, `features/case/result?id=${id}`)
  await sees(phone.page, NUMBER)
  await sees(phone.page, '收到文书后 60 日内')
  await keepPicture(phone.page, 'delivery-on-its-way')
  expect(await pageFaults(phone.page)).toEqual([])
  await phone.close()

  await press(desk.page, /^登记收到/)
  const receipt = dialogOf(desk.page)
  await desk.page.waitForTimeout(UNTIL_READ)
  await press(receipt, '登记收到')
  await sees(receipt, '选一天')
  await turnWheels(desk.page, desk.page, /^哪天签收的/, [])
  await press(receipt, '登记收到')
  await sees(desk.page, /送到，寄到家/)
  await desk.close()
  expect((await caseOf(owner.person, id)).against?.ways?.servedOn).not.toBeNull()

  const after = await openAs(owner.personId, `features/case/result?id=${id}`, { size: NARROW, elder: true })
  await sees(after.page, /送到了，寄到家/)
  await sees(after.page, /送到，复议 60 日内/)
  await keepPicture(after.page, 'delivery-served')
  expect(await pageFaults(after.page)).toEqual([])
  await after.close()
})

test('into a hand at the window of a phone: whoever takes it for somebody is named', async () => {
  const { id } = await refused('柏当面')
  const { page, close } = await openAs(STAFF.window, `staff/case/case?id=${id}`)
  await press(page, /^登记当面给了/)
  const sheet = dialogOf(page)
  await page.waitForTimeout(UNTIL_READ)
  await choose(sheet, 'radio', /别人代收/)
  await press(sheet, '登记当面给了')
  await sees(sheet, '写上代收人的姓名')
  await write(sheet, '代收人姓名', '柏小弟')
  await choose(sheet, 'radio', /本人写了委托书的代收人/)
  await keepPicture(page, 'delivery-taker')
  expect(await pageFaults(page)).toEqual([])
  await press(sheet, '登记当面给了')
  await sees(page, /代收：柏小弟，本人写了委托书的代收人/)
  await close()
})
