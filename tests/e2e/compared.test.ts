import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file, play, STAFF } from './scenes'
import { sees, UNTIL_READ } from './screen'

// A photo is compared fact by fact; what is found wanting stands in the notice before it is opened.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function filed(name: string) {
  const born = await newcomer(client, { name, birth: '1943-05-20', villageCode: DALIANG, level: 3 })
  const id = await file(client, { ...born, name }, 'LX-005')
  await play(client, id, [['village', 'verify']])
  return id
}

async function openAt(id: string, size = { width: 1280, height: 720 }, elder = false) {
  const desk = await openPhone(browser, { url, person: STAFF.window, size, elder })
  await desk.go(`staff/case/case?id=${id}`)
  await untilShown(desk.page)
  await sees(desk.page, '材料 5 份')
  return desk
}

const viewerOf = (page: Page) => page.getByRole('dialog').filter({ visible: true })

test('一样, 不一样 and 看不清 by key and by hand lead into the notice, which asks for that paper', async () => {
  const id = await filed('吴对照')
  const desk = await openAt(id)
  const { page } = desk
  const viewer = viewerOf(page)
  await page.keyboard.press('2')
  await sees(viewer, '居民户口簿')
  await sees(viewer, '这份要证明 3 项')
  await sees(viewer, /^还有 3 项没对，也能过。/)
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('y')
  await sees(viewer, '对完 1 项')
  await page.keyboard.press('n')
  await sees(viewer, '对完 2 项')
  await sees(viewer, '补正单上有 1 样，去补正')
  await keepPicture(page, 'viewer-compared.desk')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  // By hand, and thought better of: Enter goes on all the same.
  const last = viewer.getByRole('button', { name: /不一样$/ }).last()
  await last.click()
  await viewer
    .getByRole('button', { name: /一样，选了$/ })
    .last()
    .waitFor()
  await sees(viewer, '都对过了。不一样、看不清的记进补正单。')
  await page.keyboard.press('b')
  await page.keyboard.press('Enter')
  await sees(viewer, /^第 3 份/)
  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'hidden' })
  // Beside the paper of the case it is remembered.
  const row = page.getByRole('listitem').filter({ hasText: '居民户口簿', visible: true })
  expect(await row.textContent()).toMatch(/和填的不一样/)
  await page.keyboard.press('2')
  await sees(viewer, '都对过了。不一样、看不清的记进补正单。')
  await page.waitForTimeout(UNTIL_READ)
  await viewer.getByRole('button', { name: /去补正$/ }).click()
  await sees(page, '补正只能告知一次')
  const asked = page.getByRole('textbox', { name: '居民户口簿要怎么补' }).filter({ visible: true })
  const words = await asked.inputValue()
  expect(words.split('；')).toHaveLength(3)
  expect(words).toContain('看不清，重新拍一张')
  expect(words).toMatch(/“.+”和填的不一样；“.+”和填的不一样/)
  expect(
    await page
      .getByRole('checkbox', { checked: true, name: /^居民户口簿/ })
      .filter({ visible: true })
      .count(),
  ).toBe(1)
  await keepPicture(page, 'staff-correction-compared.desk')
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('what is found the same after all is taken out of the notice', async () => {
  const id = await filed('吴改口')
  const desk = await openAt(id)
  const { page } = desk
  const viewer = viewerOf(page)
  await page.keyboard.press('2')
  await sees(viewer, '这份要证明 3 项')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('n')
  await sees(viewer, '补正单上有 1 样，去补正')
  await viewer
    .getByRole('button', { name: /[^不]一样$/ })
    .first()
    .click()
  await viewer.getByText('去补正').waitFor({ state: 'hidden' })
  await desk.close()
})

test.each([
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
])('in large letters at $width each button of the viewer says its words in one line', async (size) => {
  const id = await filed(size.width === 1280 ? '吴大字' : '吴小屏')
  const desk = await openAt(id, size, true)
  const { page } = desk
  const viewer = viewerOf(page)
  await page.keyboard.press('2')
  await sees(viewer, '居民户口簿')
  await page.locator('.viewer__picture img').waitFor()
  await keepPicture(page, `viewer-${size.width}.elder`)
  for (const name of [/^看完了/, '看不清', '关上', '整张', '转一下', /[^不]一样$/, /不一样$/]) {
    const button = viewer.getByRole('button', { name }).first()
    const [box, line] = await Promise.all([
      button.boundingBox(),
      button.evaluate((element) => {
        const range = document.createRange()
        range.selectNodeContents(element)
        return range.getBoundingClientRect().height
      }),
    ])
    expect(line, String(name)).toBeLessThan(40)
    expect(box && box.x >= 0 && box.x + box.width <= size.width, String(name)).toBe(true)
  }
  expect(await pageFaults(page, { desktop: true, elder: true })).toEqual([])
  await desk.close()
})
