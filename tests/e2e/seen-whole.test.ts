import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { fieldOf, photoOf, press, sees, turnWheels, UNTIL_READ, write } from './screen'

// What is said to be seen was seen, what is told is so, and nothing is cut at the narrowest in large letters.
const DESK = { width: 1280, height: 720 }
const NARROW = { width: 320, height: 700 }
const CARD = '居民身份证'
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = bornBy(client, '1943-05-20')

async function filed(name: string, itemId: string, acts: Parameters<typeof play>[2] = []) {
  const id = await file(client, await born(name), itemId)
  await play(client, id, acts)
  return id
}

async function openAt(person: string, path: string, options: { size?: typeof DESK; elder?: boolean } = {}) {
  const opened = await openPhone(browser, { url, person, size: DESK, ...options })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}

const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true })
const countOf = (page: Page, words: string | RegExp) =>
  page.getByText(words).filter({ visible: true }).count()

async function choosePhoto(page: Page, tile: RegExp) {
  const opened = page.waitForEvent('filechooser')
  await press(page, tile)
  await (await opened).setFiles(await photoOf('证'))
}

test('a paper of two photos is seen once both were shown, and not before', async () => {
  const applicant = await born('章两面')
  const id = await file(client, applicant, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    [
      'window',
      'request-correction',
      { reason: '反面也要拍', items: [{ kind: 'material', name: CARD, reason: '反面也要拍' }] },
    ],
  ])
  const phone = await openAt(applicant.personId, `features/case/correction?id=${id}`, { size: PHONE })
  await choosePhoto(phone.page, /^拍正面/)
  await phone.page
    .getByRole('button', { name: /正面.*已传好/ })
    .first()
    .waitFor()
  await choosePhoto(phone.page, /^拍反面/)
  await phone.page
    .getByRole('button', { name: /反面.*已传好/ })
    .first()
    .waitFor()
  await keepPicture(phone.page, 'correction-sides')
  await press(phone.page, '补好了，交上去')
  await sees(phone.page, '交上去了')
  await phone.close()
  const desk = await openAt(STAFF.window, `staff/case/case?id=${id}`)
  const { page } = desk
  const row = page.getByRole('listitem').filter({ hasText: CARD, visible: true })
  const at = /(\d+)$/.exec((await row.locator('.kbd').textContent()) ?? '')?.[1] ?? '1'
  await sees(page, /份要看/)
  await page.keyboard.press(at)
  await sees(dialogOf(page), /第 1 张，共 \d 张$/)
  const [, of] = /共 (\d) 张$/.exec((await page.locator('.viewer__title').textContent()) ?? '') ?? []
  const strip = page.locator('.viewer__paper.is-current')
  await page.waitForTimeout(UNTIL_READ)
  for (let photo = 1; photo < Number(of); photo += 1) {
    await expect.poll(() => strip.textContent()).toContain('还没看')
    await press(dialogOf(page), '看下一张')
    await sees(dialogOf(page), new RegExp(`第 ${photo + 1} 张`))
  }
  await expect.poll(() => strip.textContent()).toContain('看过了')
  await page.keyboard.press('Escape')
  for (const other of await page
    .getByRole('button', { name: /^看.*照片$/ })
    .filter({ visible: true })
    .all()) {
    await other.click()
    await dialogOf(page).waitFor()
    for (;;) {
      await page.waitForTimeout(UNTIL_READ)
      const next = dialogOf(page).getByRole('button', { name: '看下一张', exact: true })
      if ((await next.count()) === 0) break
      await next.click()
    }
    await page.keyboard.press('Escape')
  }
  await sees(page, /都看过了$/)
  expect(await countOf(page, /份要看/)).toBe(0)
  await desk.close()
})

const lost = async (route: Route) => {
  await route.fetch()
  await route.abort()
}

test.each([
  ['came there', lost, /，撤销了$/, true],
  ['did not', (route: Route) => route.abort(), '没撤成，刚才办的还算数', false],
] as const)(
  'the answer of 撤销 is lost: what %s is looked up and told',
  async (_case, mishap, told, isUndone) => {
    const id = await filed(mishap === lost ? '章丢答' : '章丢问', 'LX-007', [
      ['village', 'verify'],
      ['window', 'accept'],
    ])
    const desk = await openAt(STAFF.reviewer, `staff/case/case?id=${id}`)
    const { page } = desk
    await press(page, '通过')
    await page.waitForTimeout(UNTIL_READ)
    await press(dialogOf(page), '通过')
    await page.route(/\/undo$/, mishap, { times: 1 })
    await press(page, /^撤销/)
    await sees(page, told)
    const { timeline } = await caseOf(await client.as(STAFF.reviewer), id)
    expect(timeline[0]?.type === 'undone').toBe(isUndone)
    await desk.close()
  },
)

test('while nothing is answered the offer to look stays, past the ten seconds', async () => {
  const id = await filed('章没信', 'LX-007', [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const desk = await openAt(STAFF.reviewer, `staff/case/case?id=${id}`)
  const { page } = desk
  await press(page, '通过')
  await page.waitForTimeout(UNTIL_READ)
  await press(dialogOf(page), '通过')
  await page.getByRole('button', { name: /^撤销/ }).filter({ visible: true }).waitFor()
  await page.route(/\/undo$/, lost)
  await page.route(new RegExp(`/api/cases/${id}$`), (route) => route.abort())
  await press(page, /^撤销/)
  await sees(page, '没有连上，还不知道撤没撤成')
  await page.waitForTimeout(11_000)
  await page.unrouteAll()
  await keepPicture(page, 'undo-unclear')
  await press(page, '看看撤没撤成')
  await sees(page, /，撤销了$/)
  await page.getByRole('button', { name: '通过', exact: true }).filter({ visible: true }).waitFor()
  await desk.close()
})

test('one key confirms: Enter where nothing must be written, Ctrl and Enter from within a field', async () => {
  const id = await filed('章一键', 'LX-007', [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const desk = await openAt(STAFF.reviewer, `staff/case/case?id=${id}`)
  const { page } = desk
  for (const key of ['Enter', 'Control+Enter']) {
    await page.keyboard.press('g')
    await dialogOf(page).waitFor()
    await page.waitForTimeout(UNTIL_READ)
    if (key !== 'Enter') await write(dialogOf(page), '写一句', '材料齐，符合条件')
    await page.keyboard.press(key)
    await sees(page, /：通过了$/)
    await dialogOf(page).waitFor({ state: 'hidden' })
    // The bar that offers to take it back says it alone.
    expect(await page.locator('.toast').filter({ hasNotText: '撤销了' }).count()).toBe(0)
    await page.keyboard.press('u')
    await page.getByRole('button', { name: '通过', exact: true }).filter({ visible: true }).waitFor()
  }
  await desk.close()
})

test('F on the decision goes to the reason, and nothing is red before a try', async () => {
  const id = await filed('章不予', 'LX-018', [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const desk = await openAt(STAFF.reviewer, `staff/case/decision?id=${id}&action=refuse`)
  const { page } = desk
  await sees(page, '不予的理由')
  const reason = fieldOf(page, '不予的理由')
  await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true)
  await expect
    .poll(async () => {
      const box = await reason.boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= DESK.height
    })
    .toBe(true)
  await keepPicture(page, 'decision-reason.desk')
  expect(await countOf(page, '写明理由再签发')).toBe(0)
  expect(await reason.inputValue()).toBe('')
  await press(page, /^看一遍，签发不予/)
  await sees(page, '写明理由再签发')
  await desk.close()
})

test('at 320 px in large letters nothing of a case is cut, and the undo bar is not covered', async () => {
  const id = await filed('章大字', 'LX-005')
  const { page, close } = await openAt(STAFF.village, `staff/case/case?id=${id}`, {
    size: NARROW,
    elder: true,
  })
  await keepPicture(page, 'staff-case.320.elder')
  expect(await pageFaults(page, { elder: true })).toEqual([])
  const title = await page.locator('.case-head .title').filter({ visible: true }).boundingBox()
  expect(title?.height).toBeLessThan(80)
  for (const body of await page.locator('.paper__body:visible').all())
    expect((await body.boundingBox())?.width).toBeGreaterThan(120)
  await press(page, '核实上报')
  await page.waitForTimeout(UNTIL_READ)
  await press(dialogOf(page), '核实上报')
  await page.getByRole('button', { name: /^撤销/ }).filter({ visible: true }).waitFor()
  expect(await page.locator('.toast').count()).toBe(0)
  await keepPicture(page, 'undo.320.elder')
  expect(await pageFaults(page, { elder: true })).toEqual([])
  await close()
})

test('for a mother: she by her number, no child under what begins at eighty, and all of it read before it is sent', async () => {
  const filer = await born('章小明', 3, '1968-03-04')
  const other = await born('章大妈', 0)
  const third = Number(other.idNumber.charAt(16)) % 2 === 1 ? '他' : '她'
  const { page, close } = await openAt(filer.personId, 'features/case/application/form?id=LX-005', {
    size: PHONE,
  })
  await press(page, /^帮别人办/)
  await sees(page, '对方没授权给你，也能先办。')
  await sees(page, '对方的证件打不开，材料要拍。')
  expect(await countOf(page, /不满 14 岁/)).toBe(0)
  await write(page, '姓名', other.name)
  await write(page, '身份证号', other.idNumber)
  await sees(page, `${third}的证件打不开，材料要拍。`)
  await press(page, '下一步')
  await sees(page, /还有 \d 处没填/)
  await write(page, '手机号', '15400000031')
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await press(page, '下一步')
  await write(page, '社保卡/银行卡号', '6222020200112233446')
  await keepPicture(page, 'form-for-mother')
  await press(page, '下一步')
  await choosePhoto(page, /^拍正面/)
  await choosePhoto(page, /^拍一张，居民户口簿/)
  await choosePhoto(page, /^拍一张，社会保障卡/)
  await page
    .getByRole('button', { name: /^社会保障卡.*已传好/ })
    .first()
    .waitFor()
  await press(page, '下一步')
  await sees(page, `我保证，${third}同意核对`)
  await keepPicture(page, 'form-check-for-mother')
  for (const typed of [other.idNumber, '15400000031', '6222020200112233446']) await sees(page, typed)
  await sees(page, /居民身份证反面没拍，点“改”再拍，也能先交/)
  expect(await pageFaults(page)).toEqual([])
  await close()
})

test('an item whose promise an inspection stops tells the promised day as its guide does', async () => {
  const applicant = await born('章核查')
  const id = await file(client, applicant, 'LX-034')
  const { page, go, close } = await openAt(
    applicant.personId,
    `features/case/application/submitted?id=${id}`,
    {
      size: PHONE,
    },
  )
  await sees(page, /^承诺.*办好，现场核查另算$/)
  await keepPicture(page, 'submitted-apart')
  await go('tabs/case/my-cases')
  await sees(page, /承诺.*办好，现场核查另算/)
  await go(`features/case/timeline?id=${id}`)
  await sees(page, '现场核查的这些天不算在里面。')
  expect(await countOf(page, /^最晚/)).toBe(0)
  await close()
})

test('who can do it for others alone is told whose papers the guide counts; a closed item begins nothing', async () => {
  const son = await born('章儿子', 3, '1968-03-04')
  const { page, go, close } = await openAt(son.personId, 'features/service-item/guide?id=LX-005', {
    size: PHONE,
  })
  await sees(page, /替别人办按那个人的算。你自己的：/)
  await keepPicture(page, 'guide-for-others')
  await go('features/service-item/guide?id=LX-004')
  await sees(page, '现在不在办理时间里')
  expect(await page.getByRole('button', { name: '开始办理' }).filter({ visible: true }).count()).toBe(0)
  expect(await countOf(page, /可以什么都不交/)).toBe(0)
  await keepPicture(page, 'guide-closed')
  await close()
})
