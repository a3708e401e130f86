import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import { caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { fieldOf, press, sees, UNTIL_READ, write } from './screen'
import { finish, openSheet, sheetOf } from './sheet-scenes'

// 发布公示: the officer reads what hangs, sees what was taken out of it, and may write the place better.
const url = await openServerOfFile()
const client = clientOf(url)
const DESK = { width: 1280, height: 720 }
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** 村民建房 before its notice, of a place as somebody typed it. */
async function toPublish(name: string, address: string) {
  const born = await bornBy(client)(name)
  const id = await file(client, born, 'LX-025', { geo: { address }, area: 120, floors: 2 })
  await play(client, id, [['village', 'verify']])
  return { id, born }
}

async function openCase(id: string, size: typeof DESK, elder: boolean) {
  const phone = await openPhone(browser, { url, person: STAFF.village, size, elder })
  await phone.go(`staff/case/case?id=${id}`)
  await untilShown(phone.page)
  return phone
}

async function hanging(id: string) {
  const officer = await client.as(STAFF.village)
  const found = (await caseOf(officer, id)).documents.find(({ kind }) => kind === 'publicity')
  return (await officer.send<CaseDocument>('GET', `/api/cases/${id}/documents/${found?.id}`)).body.paragraphs
}

const onPaper = (page: Page) => sheetOf(page).locator('.paper-doc__words').allInnerTexts()

test.each([
  { name: '石公示', size: DESK, elder: false },
  { name: '石公机', size: PHONE, elder: false },
  { name: '石公老', size: PHONE, elder: true },
])('what hangs is what was read: $size.width, large letters $elder', async ({ name, size, elder }) => {
  const address = `大梁村东头，${name.split('').join(' ')}家老屋旁，电话一三九零零零零一二三四，12.50×10.00 米`
  const { id, born } = await toPublish(name, address)
  const { page, faults, close } = await openCase(id, size, elder)
  const sheet = await openSheet(page, '发布公示')
  await page.waitForTimeout(UNTIL_READ)
  const masked = '大梁村东头，某某家老屋旁，电话（号码不公示），12.50×10.00 米'
  expect((await onPaper(page))[1]).toBe(`公示内容：选址位置 ${masked}；拟用面积 120 ㎡；拟建层数 2 层。`)
  expect(await sheet.locator('.notice__out').allInnerTexts()).toEqual([
    name.split('').join(' '),
    '一三九零零零零一二三四',
  ])
  const picture = `notice-${size.width}${elder ? '.elder' : ''}`
  await keepPicture(page, picture)
  const box = fieldOf(sheet, '公示里写的选址位置')
  expect(await box.inputValue()).toBe(masked)
  const seen = await Promise.all(
    [box, sheet.getByRole('button', { name: '发布公示' })].map((each) => each.boundingBox()),
  )
  if (size === DESK)
    for (const at of seen) expect((at?.y ?? size.height) + (at?.height ?? 0)).toBeLessThanOrEqual(size.height)
  await box.scrollIntoViewIfNeeded()
  await keepPicture(page, `${picture}.written`)
  expect(await pageFaults(page, { desktop: size === DESK, elder })).toEqual([])
  // Emptied, nothing hangs that nobody has read: it is asked for, or taken back with a press.
  await write(sheet, '公示里写的选址位置', '')
  await sheet.getByRole('button', { name: '发布公示', exact: true }).click()
  await sees(sheet, '公示里的选址位置空着，写上再发')
  expect((await onPaper(page))[1]).toContain('选址位置 （没写）')
  await press(sheet, '还用画过线的那句')
  expect(await box.inputValue()).toBe(masked)
  await write(sheet, '公示里写的选址位置', '大梁村东头，联系 0563-7012345')
  await sees(sheet, /“0563-7012345”像电话/)
  await keepPicture(page, `${picture}.warned`)
  await write(sheet, '公示里写的选址位置', '大梁村东头老屋旁 139 0000 1234')
  await sheet.getByRole('button', { name: '发布公示', exact: true }).click()
  await sees(sheet, '公示里不能有身份证号、手机号、银行卡号，去掉再发')
  await keepPicture(page, `${picture}.refused`)
  await write(sheet, '公示里写的选址位置', '大梁村东头老屋旁，12.50×10.00 米')
  const read = await onPaper(page)
  expect(read[1]).toContain('选址位置 大梁村东头老屋旁，12.50×10.00 米；')
  await finish(page, '发布公示', `石*${name.slice(-1)}：公示发出了`)
  expect(await hanging(id)).toEqual(read)
  expect((await caseOf(born.person, id)).answers.find(({ key }) => key === 'geo')?.text).toBe(address)
  expect(faults).toEqual([])
  await close()
})
