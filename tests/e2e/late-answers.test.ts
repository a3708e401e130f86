import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type Client, caseOf, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { holdAnswer } from './desk-hands'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file, play, STAFF } from './scenes'
import { press, sees, UNTIL_READ } from './screen'

// An answer that is late or lost is told of the case it was sent for, and of nothing more than what is so.
const DESK = { width: 1280, height: 720 }
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function filed(name: string, itemId: string, acts: Parameters<typeof play>[2] = []) {
  const born = await newcomer(client, { name, birth: '1943-05-20', villageCode: DALIANG, level: 3 })
  const id = await file(client, { ...born, name }, itemId)
  await play(client, id, acts)
  return id
}

async function openWork(person: string, path = 'staff/case/queue', size = DESK, elder = false) {
  const desk = await openPhone(browser, { url, person, size, elder })
  await desk.go(path)
  await untilShown(desk.page)
  return desk
}

const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true })
const rowOf = (page: Page, words: string) => page.locator('.qrow').filter({ hasText: words, visible: true })
const headOf = (page: Page) => page.locator('.case__head').filter({ visible: true })

test.each(['comes', 'lost'] as const)(
  'an answer that %s when the next case stands there closes and tells nothing of that one',
  async (how) => {
    const [one, two] = how === 'comes' ? ['柳一甲', '柳二乙'] : ['柳三丙', '柳四丁']
    const first = await filed(one, 'LX-017')
    await filed(two, 'LX-017')
    const desk = await openWork(STAFF.window)
    const { page } = desk
    const masked = (name: string) => `${name.charAt(0)}*${name.slice(-1)}`
    await rowOf(page, masked(one)).click()
    await untilShown(page)
    await page.keyboard.press('r')
    await dialogOf(page).waitFor()
    await page.waitForTimeout(UNTIL_READ)
    const answered = await holdAnswer(page)
    await page.keyboard.press('Enter')
    await sees(dialogOf(page), '正在交，别关')
    // Whoever does not wait goes on to the next one.
    await page.keyboard.press('Escape')
    await dialogOf(page).waitFor({ state: 'hidden' })
    await rowOf(page, masked(two)).click()
    await headOf(page).getByText(masked(two)).waitFor()
    await page.keyboard.press('f')
    await dialogOf(page).waitFor()
    const reason = page.getByRole('textbox', { name: '理由' }).filter({ visible: true })
    await reason.fill('这件不归这里办')
    await answered(how)
    await headOf(page).getByText(masked(two)).waitFor()
    expect(await dialogOf(page).count()).toBe(1)
    expect(await reason.inputValue()).toBe('这件不归这里办')
    expect(
      await dialogOf(page)
        .getByText(/不知道|没交上去/)
        .count(),
    ).toBe(0)
    expect(
      await dialogOf(page)
        .getByText(/正在交/)
        .count(),
    ).toBe(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await sees(page, '申请内容')
    expect((await caseOf(await client.as(STAFF.window), first)).status).toBe('accepted')
    expect(desk.faults).toEqual([])
    await desk.close()
  },
)

test('a decision that is answered after one has left closes no other page', async () => {
  const first = await filed('柳决一', 'LX-017', [['window', 'accept']])
  const second = await filed('柳决二', 'LX-017', [['window', 'accept']])
  const desk = await openWork(STAFF.window)
  const { page } = desk
  await rowOf(page, '柳*一').click()
  await untilShown(page)
  await page.keyboard.press('g')
  await sees(page, '文书预览')
  await untilShown(page)
  await page.keyboard.press('g')
  await dialogOf(page).waitFor()
  await page.waitForTimeout(UNTIL_READ)
  const answered = await holdAnswer(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await sees(dialogOf(page), '正在签发，别关')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('Escape')
  await rowOf(page, '柳*二').click()
  await headOf(page).getByText('柳*二').waitFor()
  await untilShown(page)
  await page.keyboard.press('g')
  await sees(page, '文书预览')
  await answered('comes')
  expect(page.url()).toContain(second)
  await sees(page, '文书预览')
  expect((await caseOf(await client.as(STAFF.window), first)).status).toBe('granted')
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('four papers go out by one signature, and each can be read; a lost answer says what is so', async () => {
  const id = await filed('柳当场', 'LX-036')
  for (const { size, elder = false, name } of [
    { size: PHONE, name: 'phone' },
    { size: PHONE, elder: true, name: 'elder' },
    { size: DESK, name: 'desk' },
  ]) {
    const desk = await openWork(STAFF.window, `staff/case/case?id=${id}`, size, elder)
    const { page } = desk
    await press(page, /^当场办结/)
    // On the phone they stand behind one line, above the signature.
    if (size === PHONE) {
      await dialogOf(page).waitFor()
      await page.waitForTimeout(UNTIL_READ)
      await press(dialogOf(page), /^会出 4 份文书，先看一眼/)
    }
    await sees(dialogOf(page), '会出 4 份')
    await sees(dialogOf(page), /予以备案/)
    await dialogOf(page).getByRole('tab', { name: '受理' }).click()
    await sees(dialogOf(page), /申请材料齐全，符合法定形式，自2026年\d+月\d+日起受理/)
    await keepPicture(page, `staff-settle-acceptance.${name}`)
    await dialogOf(page).getByRole('tab', { name: '送达' }).click()
    await sees(dialogOf(page), /^送达的文书：《.+》（.+〔2026〕＿＿号）$/)
    await sees(dialogOf(page), '送达方式：电子件到手机')
    expect(await pageFaults(page, { desktop: size === DESK, elder })).toEqual([])
    if (size === DESK) {
      // In its first moment a sheet hears no key.
      await page.waitForTimeout(UNTIL_READ)
      await page.keyboard.press('[')
      await sees(dialogOf(page), /予以备案/)
      await page.keyboard.press(']')
      await sees(dialogOf(page), '送达方式：电子件到手机')
    }
    await desk.close()
  }
  const desk = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  const { page } = desk
  await sees(page, '材料 2 份')
  for (const key of ['1', 'Enter']) {
    await page.keyboard.press(key)
    await dialogOf(page).getByText('看过了').first().waitFor()
    await page.waitForTimeout(UNTIL_READ)
  }
  await page.keyboard.press('Enter')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('g')
  // What goes out has come, so that Enter signs it.
  await sees(dialogOf(page), '会出 4 份')
  await page.waitForTimeout(UNTIL_READ)
  const answered = await holdAnswer(page)
  await page.keyboard.press('Enter')
  await sees(dialogOf(page), '正在签，别关')
  await answered('lost')
  await sees(dialogOf(page), '不知道签上没有')
  await sees(dialogOf(page), '没有连上网。再点一次就知道，不会签两次。')
  expect(
    await dialogOf(page)
      .getByText(/写的都还在/)
      .count(),
  ).toBe(0)
  await keepPicture(page, 'staff-settle-lost.desk')
  await page.keyboard.press('Enter')
  await sees(page, /：当场办结了$/)
  const seen = await caseOf(await client.as(STAFF.window), id)
  expect(seen.documents).toHaveLength(4)
  await desk.close()
})

test('the only way of handing over is chosen already', async () => {
  const id = await filed('柳送达', 'LX-002')
  const police = await client.as('window-police')
  for (const action of ['accept', 'grant', 'conclude'] as const) await act(police, id, action)
  const desk = await openWork('window-police', `staff/case/case?id=${id}`)
  const { page } = desk
  await press(page, /^送达/)
  await dialogOf(page).waitFor()
  expect(await dialogOf(page).getByRole('radio', { checked: true }).count()).toBe(1)
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Control+Enter')
  await sees(page, /：送达记下了$/)
  await desk.close()
})
