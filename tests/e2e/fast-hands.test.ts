import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { DESK, dialogOf, openDeskHands, TO_REVIEWER } from './desk-hands'
import { STAFF } from './scenes'
import { choose, press, sees, UNTIL_READ } from './screen'

// The desk under fast hands: keys reach what is in front, what was opened stays, the place in the list survives.
const { client, filed, openWork } = await openDeskHands()
const openQueue = (person: string, size = DESK) => openWork(person, 'staff/case/queue', { size })

const rowOf = (page: Page, words: string) => page.locator('.qrow').filter({ hasText: words, visible: true })
const titleOf = (page: Page) => page.locator('.case__head').filter({ visible: true })

test('a key acts once and on the layer in front: held down, too early, with a search typed', async () => {
  await filed('方一舟', 'LX-036')
  const two = await filed('方二舟', 'LX-036')
  const desk = await openQueue(STAFF.window)
  const { page } = desk
  const box = page.getByRole('searchbox').filter({ visible: true })
  await rowOf(page, '方*舟').first().waitFor()
  await box.fill('方二舟')
  await expect.poll(() => page.locator('.qrow:visible').count()).toBe(1)
  await rowOf(page, '方*舟').click()
  await untilShown(page)
  const number = await titleOf(page).locator('.figure').first().textContent()
  // Held down, the key that opens the sheet does not type into it, and Escape closes no second layer.
  await box.press('Escape')
  for (let times = 0; times < 4; times += 1) await page.keyboard.down('f')
  await dialogOf(page).waitFor()
  for (let times = 0; times < 4; times += 1) await page.keyboard.down('f')
  await page.keyboard.up('f')
  expect(await page.getByRole('textbox', { name: '理由' }).filter({ visible: true }).inputValue()).toBe('')
  for (let times = 0; times < 4; times += 1) await page.keyboard.down('Escape')
  await page.keyboard.up('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  expect(await box.inputValue()).toBe('方二舟')
  // The search's words are the next layer; whose case stands open does not change by it.
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.qrow:visible').count()).toBeGreaterThan(1)
  await page.waitForTimeout(1_500)
  expect(await titleOf(page).locator('.figure').first().textContent()).toBe(number)
  // Enter in the moment in which the sheet opens was meant for what lay under it.
  await page.keyboard.press('r')
  await page.waitForTimeout(120)
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1_000)
  expect(await dialogOf(page).count()).toBe(1)
  // While a sheet is in front no key of the page acts.
  for (const key of ['j', 'k', '1']) await page.keyboard.press(key)
  expect(await titleOf(page).locator('.figure').first().textContent()).toBe(number)
  await page.keyboard.press('Escape')
  expect(await caseOf(await client.as(STAFF.window), two)).toMatchObject({ status: 'submitted' })
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('what was decided stays open as it is now; the next is announced, opens on J or when the keys rest', async () => {
  const names = ['石一兰', '石二兰', '石三兰']
  for (const name of names) await filed(name, 'LX-009', TO_REVIEWER)
  const desk = await openQueue(STAFF.reviewer)
  const { page } = desk
  const next = page.getByText(/^下一件：/).filter({ visible: true })
  const sign = async () => {
    await page.keyboard.press('g')
    await sees(page, '文书预览')
    await untilShown(page)
    await page.keyboard.press('g')
    await dialogOf(page).waitFor()
    await page.waitForTimeout(UNTIL_READ)
    await page.keyboard.press('Tab')
    // Down and held: nothing may open under it.
    await page.keyboard.down('Enter')
    await sees(page, /^待我办/)
  }
  const number = () => titleOf(page).locator('.figure').first().textContent()
  await rowOf(page, '石*兰').first().click()
  await untilShown(page)
  const first = await number()
  await sign()
  await next.waitFor()
  await page.waitForTimeout(1_500)
  expect(await number()).toBe(first)
  const bar = page.locator('.case__acts').filter({ visible: true })
  expect(await bar.getByRole('button', { name: /准予|不予/ }).count()).toBe(0)
  await keepPicture(page, 'staff-next-announced.desk')
  await page.keyboard.up('Enter')
  await page.keyboard.press('j')
  await untilShown(page)
  const second = await number()
  expect(second).not.toBe(first)
  await sign()
  await page.keyboard.up('Enter')
  await next.waitFor()
  // Keys go on being pressed: nothing opens.
  for (let times = 0; times < 6; times += 1) {
    await page.keyboard.press('x')
    await page.waitForTimeout(300)
  }
  expect(await number()).toBe(second)
  await expect.poll(number, { timeout: 4_000 }).not.toBe(second)
  // It came by itself: the stroke that was on its way does nothing to it.
  await page.keyboard.press('g')
  await page.waitForTimeout(300)
  expect(page.url()).toContain('staff/case/queue')
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('the place in a list of many survives: rows, row, tab and words, at a desk and on the phone', async () => {
  for (let at = 0; at < 26; at += 1)
    await filed(`丁${'甲乙丙丁戊己庚辛壬癸子丑寅'[at % 13]}${at < 13 ? '福' : '贵'}`, 'LX-036')
  const desk = await openQueue(STAFF.window)
  const { page } = desk
  const rows = page.locator('.qrow:visible')
  await press(page, '再看 20 件')
  await expect.poll(() => rows.count()).toBeGreaterThan(24)
  const all = await rows.count()
  await rows.nth(23).click()
  await untilShown(page)
  const following = await rows.nth(24).getAttribute('id')
  await page.keyboard.press('f')
  await choose(dialogOf(page), 'checkbox', '不符合受理条件')
  await press(dialogOf(page), '看一遍不予受理决定书')
  await press(dialogOf(page), '发出，不予受理')
  // Its place is free; it stands at the end, to be served on somebody who has not agreed to be served on the phone.
  await expect.poll(() => rows.filter({ hasText: '送达不予受理决定书' }).count()).toBe(1)
  expect(await rows.count()).toBe(all)
  await page.locator('.qrow.is-open', { hasText: '送达不予受理决定书' }).waitFor()
  await page.keyboard.press('j')
  await page.locator(`.qrow.is-open[id="${following}"]`).waitFor()
  expect(await rows.nth(23).getAttribute('id')).toBe(following)
  await desk.close()

  const phone = await openQueue(STAFF.window, PHONE)
  const cards = phone.page.locator('.queue-card:visible')
  await press(phone.page, '再看 20 件')
  await expect.poll(() => cards.count()).toBeGreaterThan(24)
  const many = await cards.count()
  await cards.nth(22).getByRole('button').click()
  await sees(phone.page, /^办件 23/)
  await untilShown(phone.page)
  await phone.page.goBack()
  await untilShown(phone.page)
  await phone.page.waitForTimeout(800)
  expect(await cards.count()).toBe(many)
  await expect(cards.nth(22).isVisible()).resolves.toBe(true)
  const isInSight = () =>
    cards.nth(22).evaluate((card) => {
      const { top, bottom } = card.getBoundingClientRect()
      return top >= 0 && bottom <= window.innerHeight
    })
  expect(await isInSight()).toBe(true)
  // By another way.
  await choose(phone.page, 'tab', /^我的/)
  await sees(phone.page, '我的工作')
  await press(phone.page, /我的工作/)
  await untilShown(phone.page)
  await expect.poll(() => cards.count()).toBe(many)
  await expect.poll(isInSight).toBe(true)
  await choose(phone.page, 'tab', /^等申请人/)
  await choose(phone.page, 'tab', /^我的$/)
  await sees(phone.page, '我的工作')
  await press(phone.page, /我的工作/)
  await untilShown(phone.page)
  await expect
    .poll(() =>
      phone.page
        .getByRole('tab', { name: /^等申请人/, selected: true })
        .filter({ visible: true })
        .count(),
    )
    .toBe(1)
  expect(phone.faults).toEqual([])
  await phone.close()
})
