import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { keepPicture } from './browser'
import { dialogOf, openDeskHands, TO_REVIEWER } from './desk-hands'
import { STAFF } from './scenes'
import { fieldOf, press, sees, UNTIL_READ } from './screen'

// A sheet that rises by a key is told to whoever cannot see it, and letters go where one writes.
const { filed, openWork } = await openDeskHands()

/** What a reader says of the place of the keyboard: a dialog's own name, or what is reached within it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return {
      role: activeElement?.getAttribute('role') ?? activeElement?.tagName.toLowerCase(),
      name: activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim(),
      inDialog: activeElement?.closest('[role=dialog]') !== null,
    }
  })

test('T has the keyboard at the name of its sheet, and Tab leads to what it asks', async () => {
  const id = await filed('章转办', 'LX-036')
  const { page, faults, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  await sees(page, '申请内容')
  await page.keyboard.press('t')
  await dialogOf(page).waitFor()
  await expect.poll(() => focused(page)).toMatchObject({ role: 'dialog', name: '转办' })
  await keepPicture(page, 'transfer-focus.desk')
  await page.keyboard.press('Tab')
  expect((await focused(page)).name).toMatch(/^转给哪里/)
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Enter')
  const wheel = page.getByRole('spinbutton').filter({ visible: true }).first()
  await wheel.waitFor()
  await expect.poll(() => wheel.evaluate((each) => each === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await sees(dialogOf(page), '转过去的单位接着办，申请人也会知道。')
  expect(faults).toEqual([])
  await close()
})

test('a wheel that is opened at once keeps the keyboard', async () => {
  const id = await filed('章转轮', 'LX-036')
  const { page, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  await sees(page, '申请内容')
  await page.keyboard.press('t')
  await press(dialogOf(page), /^转给哪里/)
  const wheel = page.getByRole('spinbutton').filter({ visible: true }).first()
  await wheel.waitFor()
  await page.waitForTimeout(UNTIL_READ)
  expect(await wheel.evaluate((each) => each === document.activeElement)).toBe(true)
  await close()
})

test('F of a case has the keyboard where its reason is written, and Enter writes no reason that nobody chose', async () => {
  const id = await filed('章理由', 'LX-036')
  const { page, faults, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  await sees(page, '申请内容')
  await page.keyboard.press('f')
  const reason = fieldOf(dialogOf(page), '理由')
  await expect.poll(() => reason.evaluate((each) => each === document.activeElement)).toBe(true)
  await page.keyboard.type('buguizhelibanli', { delay: 180 })
  await page.keyboard.press('Enter')
  expect((await reason.inputValue()).trim()).toBe('buguizhelibanli')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('r')
  await dialogOf(page).waitFor()
  await expect.poll(() => focused(page)).toMatchObject({ name: '受理', inDialog: true })
  expect(faults).toEqual([])
  await close()
})

test('an issued paper that was opened by key has the keyboard, and Escape leads back to the case', async () => {
  const id = await filed('章看文书', 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openWork(STAFF.reviewer, `staff/case/case?id=${id}`)
  await page.getByRole('button', { name: '看受理通知书' }).filter({ visible: true }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/features\/case\/document/)
  await expect.poll(() => focused(page)).toMatchObject({ role: 'group', name: '受理通知书' })
  await page.keyboard.press('Tab')
  expect((await focused(page)).name).toBe('打印')
  await page.keyboard.press('Escape')
  await page.waitForURL(/staff\/case\/case/)
  expect(faults).toEqual([])
  await close()
})
