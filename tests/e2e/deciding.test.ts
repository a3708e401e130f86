import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { DESK, dialogOf, openDeskHands, TO_REVIEWER } from './desk-hands'
import { pageFaults } from './page-checks'
import { STAFF } from './scenes'
import { choose, fieldOf, press, sees, UNTIL_READ } from './screen'

// Whoever decides has before them, on one screen, the days, the choice and its reason, beside all that will go out.
const { client, filed, openWork } = await openDeskHands()
const NARROW = { width: 1024, height: 768 }

const boxOf = async (of: Locator) => {
  const box = await of.filter({ visible: true }).first().boundingBox()
  if (!box) throw new Error(`no ${of}`)
  return box
}
const hasKeyboard = (field: Locator) => field.evaluate((each) => each === document.activeElement)

async function aboveTheBar(page: Page, part: Locator) {
  const [box, bar] = [await boxOf(part), await boxOf(page.locator('.case__acts'))]
  return box.y >= 0 && box.y + box.height <= bar.y
}

test('days, choice and reason stand on the first screen; what is handed over later can be read too', async () => {
  const id = await filed('章先看', 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openWork(STAFF.reviewer, `staff/case/decision?id=${id}`)
  await choose(page, 'radio', /^不予/)
  const reason = fieldOf(page, '不予的理由')
  await reason.waitFor()
  await keepPicture(page, 'decide-refuse.desk')
  for (const part of [page.locator('.daystrip'), page.getByRole('radio', { name: /^准予/ }), reason])
    expect(await aboveTheBar(page, part)).toBe(true)
  await choose(page, 'radio', /^准予/)
  await sees(page, /决定/)
  await page.keyboard.press(']')
  await sees(page, '送达方式：送达的时候写')
  await sees(page, /^这份现在不出/)
  await keepPicture(page, 'decide-service.desk')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  await page.keyboard.press('[')
  await page.getByText('送达方式：送达的时候写').filter({ visible: true }).waitFor({ state: 'hidden' })
  expect(faults).toEqual([])
  await close()
})

test('what was not looked at is named before a decision is signed', async () => {
  const id = await filed('章没看', 'LX-018', TO_REVIEWER)
  for (const size of [DESK, PHONE]) {
    const at = await openWork(STAFF.reviewer, `staff/case/decision?id=${id}&action=grant`, { size })
    const { page } = at
    await press(page, /^看一遍，签发准予/)
    await sees(dialogOf(page), /^还没看：.*没看也能签，签了由你负责。$/)
    await dialogOf(page).getByRole('button', { name: '签发，准予' }).waitFor()
    await keepPicture(page, `decide-unseen-${size.width}`)
    await at.close()
  }
})

test.each([DESK, NARROW])('Escape takes one layer and nothing of what was written: $width', async (size) => {
  const id = await filed(`章不丢${size.width === 1280 ? '大' : '小'}`, 'LX-018', TO_REVIEWER)
  const { page, go, faults, close } = await openWork(STAFF.reviewer, `staff/case/case?id=${id}`, { size })
  await page.keyboard.press('f')
  const reason = fieldOf(page, '不予的理由')
  await expect.poll(() => hasKeyboard(reason)).toBe(true)
  await page.keyboard.type('guigebufu', { delay: 60 })
  await page.keyboard.press('Escape')
  await expect.poll(() => hasKeyboard(reason)).toBe(false)
  expect(page.url()).toContain('staff/case/decision')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.url()).toContain('staff/case/case')
  await untilShown(page)
  await go(`staff/case/decision?id=${id}`)
  await untilShown(page)
  await page.getByRole('radio', { name: /^不予/, checked: true }).filter({ visible: true }).waitFor()
  expect(await fieldOf(page, '不予的理由').inputValue()).toBe('guigebufu')
  expect((await caseOf(await client.as(STAFF.reviewer), id)).decision).toBeNull()
  expect(faults).toEqual([])
  await close()
})

test('where there is no room for a desk the decision has its keys, and ? names those that answer', async () => {
  const id = await filed('章窄屏', 'LX-018', TO_REVIEWER)
  const path = `staff/case/decision?id=${id}`
  const { page, faults, close } = await openWork(STAFF.reviewer, path, { size: NARROW })
  await sees(page, '你的决定')
  await page.keyboard.press('?')
  await sees(dialogOf(page), '准予')
  await sees(dialogOf(page), '不予')
  expect(await dialogOf(page).getByText('看材料').count()).toBe(0)
  await keepPicture(page, 'decide-keys-1024')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('g')
  await page.getByRole('radio', { name: /^准予/, checked: true }).filter({ visible: true }).waitFor()
  await page.keyboard.press('g')
  await sees(dialogOf(page), /^还没看：/)
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('f')
  await expect.poll(() => hasKeyboard(fieldOf(page, '不予的理由'))).toBe(true)
  expect(faults).toEqual([])
  await close()
})
