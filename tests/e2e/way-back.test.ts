import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type PHONE, untilShown } from './browser'
import { DESK, openDeskHands, TO_REVIEWER } from './desk-hands'
import { STAFF } from './scenes'
import { sees } from './screen'

// Whoever goes back twice in a moment, by key, by arrow or by the browser, stands before a page and never before none.
const { filed, openWork } = await openDeskHands()
const NARROW = { width: 1024, height: 768 }
const PAUSES = [20, 100, 250]
/** Longer than a page slides. Milliseconds. */
const UNTIL_SLID = 700

const rowOf = (page: Page, words: string) => page.getByText(words).filter({ visible: true }).first()

const shownIn = (page: Page) =>
  page.locator('.taro_page').filter({ visible: true }).locator('.page__body').filter({ visible: true })

async function standsBefore(page: Page, path: string) {
  await page.waitForTimeout(UNTIL_SLID)
  expect(page.url()).toContain(path)
  await expect.poll(() => shownIn(page).count(), { timeout: 5_000 }).toBe(1)
  await untilShown(page)
}

const toAddress = (page: Page, path: string) =>
  page.evaluate((hash) => {
    location.hash = hash
  }, `#/${path}`)

/** Timed in the page itself: a busy machine brings strokes from outside later than they were meant. */
const escapeTwice = (page: Page, pause: number) =>
  page.evaluate(async (milliseconds) => {
    const stroke = () => {
      for (const kind of ['keydown', 'keyup'])
        document.body.dispatchEvent(
          new KeyboardEvent(kind, { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true }),
        )
    }
    stroke()
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    stroke()
  }, pause)

async function openedDecision(page: Page, size: typeof PHONE, name: string) {
  await rowOf(page, name).click()
  if (size === NARROW) await sees(page, /^办件 /)
  await untilShown(page)
  await page.keyboard.press('f')
  await page.waitForURL(/staff\/case\/decision/)
  await sees(page, '不予的理由')
  await untilShown(page)
  // The field that was asked for is left first.
  await page.keyboard.press('Escape')
}

test.each([DESK, NARROW])('Escape, and Escape again in the same moment: $width', async (size) => {
  const name = size === DESK ? '回宽屏' : '回窄屏'
  await filed(name, 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openWork(STAFF.reviewer, 'staff/case/queue', { size })
  const hidden = `${name[0]}*${name[2]}`
  const below = size === DESK ? 'staff/case/queue' : 'staff/case/case'
  for (const pause of PAUSES) {
    await openedDecision(page, size, hidden)
    await escapeTwice(page, pause)
    await standsBefore(page, below)
    if (size === DESK) continue
    await escapeTwice(page, pause)
    await standsBefore(page, 'staff/case/queue')
  }
  await rowOf(page, hidden).waitFor()
  expect(faults).toEqual([])
  await close()
})

test.each([DESK, NARROW])('Escape, and an address right after: $width', async (size) => {
  const name = size === DESK ? '址宽屏' : '址窄屏'
  const id = await filed(name, 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openWork(STAFF.reviewer, 'staff/case/queue', { size })
  for (const pause of [0, ...PAUSES]) {
    await openedDecision(page, size, `${name[0]}*${name[2]}`)
    await page.keyboard.press('Escape')
    await page.waitForTimeout(pause)
    await toAddress(page, `staff/case/decision?id=${id}`)
    await standsBefore(page, 'staff/case/decision')
    await sees(page, '你的决定')
    await toAddress(page, 'staff/case/queue')
    await standsBefore(page, 'staff/case/queue')
  }
  expect(faults).toEqual([])
  await close()
})

test('the arrow pressed twice, and the browser asked twice', async () => {
  await filed('箭两下', 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openWork(STAFF.reviewer, 'staff/case/queue', { size: NARROW })
  const back = page.getByRole('button', { name: '返回', exact: true }).filter({ visible: true })
  for (const pause of PAUSES) {
    await rowOf(page, '箭*下').click()
    await sees(page, /^办件 /)
    await untilShown(page)
    const arrow = await back.first().boundingBox()
    if (!arrow) throw new Error('no way back')
    const [x, y] = [arrow.x + arrow.width / 2, arrow.y + arrow.height / 2]
    await page.mouse.click(x, y)
    await page.waitForTimeout(pause)
    await page.mouse.click(x, y)
    await standsBefore(page, 'staff/case/queue')
  }
  for (const pause of PAUSES) {
    await openedDecision(page, NARROW, '箭*下')
    await page.evaluate(() => history.back())
    await page.waitForTimeout(pause)
    await page.evaluate(() => history.back())
    await standsBefore(page, 'staff/case/queue')
  }
  for (const pause of PAUSES) {
    await openedDecision(page, NARROW, '箭*下')
    await page.keyboard.press('Escape')
    await page.waitForTimeout(pause)
    await page.evaluate(() => history.back())
    await standsBefore(page, 'staff/case/queue')
  }
  for (const pause of PAUSES) {
    await openedDecision(page, NARROW, '箭*下')
    await page.evaluate(() => history.back())
    await page.waitForTimeout(pause)
    await page.keyboard.press('Escape')
    await page.waitForTimeout(UNTIL_SLID)
    expect(page.url()).toMatch(/staff\/case\/(case|queue)/)
    await expect.poll(() => shownIn(page).count(), { timeout: 5_000 }).toBe(1)
    if (page.url().includes('staff/case/case')) await page.keyboard.press('Escape')
    await standsBefore(page, 'staff/case/queue')
  }
  expect(faults).toEqual([])
  await close()
})
