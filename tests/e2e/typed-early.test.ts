import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { untilShown } from './browser'
import { dialogOf, openDeskHands, TO_REVIEWER } from './desk-hands'
import { STAFF } from './scenes'
import { sees, UNTIL_READ } from './screen'

// What is typed before the page is there that it is meant for: kept, and a key of no other page.
const { filed, openWork } = await openDeskHands()
const openCase = (person: string, id: string) => openWork(person, `staff/case/case?id=${id}`)

const WORDS = 'guigebufu'
const reasonBox = (page: Page) => page.getByRole('textbox', { name: '不予的理由' }).filter({ visible: true })
const waits = (page: Page) => page.locator('body > textarea').count()
const isCase = (id: string) => (address: URL) => address.pathname === `/api/cases/${id}`
const lose = (page: Page, id: string) => page.route(isCase(id), (route) => route.abort())

/** Back on the case, where keys answer and nothing waits for letters. */
async function untilBack(page: Page, key: 'd' | 'r') {
  await expect.poll(() => page.url()).toContain('staff/case/case?')
  await page.unrouteAll()
  await untilShown(page)
  expect(await waits(page)).toBe(0)
  await page.keyboard.press(key)
  await dialogOf(page).waitFor()
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
}

test.each(['Escape', 'back'] as const)(
  'a reason typed for a page that did not come is there when it comes, left by %s',
  async (way) => {
    const id = await filed(way === 'back' ? '谢早退' : '谢早键', 'LX-009', TO_REVIEWER)
    const { page, faults, close } = await openCase(STAFF.reviewer, id)
    await lose(page, id)
    await page.keyboard.press('f')
    await page.keyboard.type(WORDS, { delay: 40 })
    await sees(page, '没有连上网')
    await sees(page, '回队列')
    if (way === 'back') await page.goBack()
    else for (const key of ['Escape', 'Escape']) await page.keyboard.press(key)
    await untilBack(page, 'd')
    await page.keyboard.press('f')
    await expect.poll(() => reasonBox(page).inputValue()).toBe(WORDS)
    await page.keyboard.type('he', { delay: 40 })
    await expect.poll(() => reasonBox(page).inputValue()).toBe(`${WORDS}he`)
    await page.waitForTimeout(UNTIL_READ)
    await page.reload()
    await expect.poll(() => reasonBox(page).inputValue()).toBe(`${WORDS}he`)
    expect(faults).toEqual([])
    await close()
  },
)

test('what was typed stands in the page that is asked for once more', async () => {
  const id = await filed('谢早再', 'LX-009', TO_REVIEWER)
  const { page, close } = await openCase(STAFF.reviewer, id)
  await lose(page, id)
  await page.keyboard.press('f')
  await page.keyboard.type(WORDS, { delay: 40 })
  await sees(page, '没有连上网')
  await page.unrouteAll()
  await page.getByText('再试一次').filter({ visible: true }).click()
  await expect.poll(() => reasonBox(page).inputValue()).toBe(WORDS)
  await expect.poll(() => waits(page)).toBe(0)
  await close()
})

test('a notice whose page did not come is left by Escape', async () => {
  const id = await filed('谢早补', 'LX-036')
  const { page, close } = await openCase(STAFF.window, id)
  await lose(page, id)
  await page.keyboard.press('b')
  await sees(page, '没有连上网')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Escape')
  await untilBack(page, 'r')
  await close()
})

test('thought better of while the page is on its way: no letter of the reason is a key of it', async () => {
  const id = await filed('谢早改', 'LX-009', TO_REVIEWER)
  const { page, faults, close } = await openCase(STAFF.reviewer, id)
  await page.route(isCase(id), async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await route.continue()
  })
  await page.keyboard.press('g')
  await page.locator('[aria-busy=true]:visible').first().waitFor()
  await expect.poll(() => page.url()).toContain('staff/case/decision')
  await page.waitForTimeout(300)
  await page.keyboard.press('f')
  await page.keyboard.type(WORDS, { delay: 80 })
  await expect.poll(() => reasonBox(page).inputValue()).toBe(WORDS)
  expect(await dialogOf(page).count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})
