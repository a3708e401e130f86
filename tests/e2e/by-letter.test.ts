import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture } from './browser'
import { dialogOf, openDeskHands, TO_REVIEWER } from './desk-hands'
import { STAFF } from './scenes'
import { fieldOf, press, sees, stands, UNTIL_READ } from './screen'

// A letter that was meant for a word never acts: what one types as in pinyin stands where one writes.
const { client, filed, openWork: openAt } = await openDeskHands()
const typesAsInPinyin = (page: Page) => page.keyboard.type('guigebufu', { delay: 180 })

test.each([
  { from: 'the decision', path: 'staff/case/decision', more: '' },
  { from: 'the case', path: 'staff/case/case', more: '' },
  { from: 'a decision that was to grant', path: 'staff/case/decision', more: '&action=grant' },
])('F, then the reason as one types it, refuses and writes: from $from', async ({ path, more }) => {
  const id = await filed('章拼音', 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openAt(STAFF.reviewer, `${path}?id=${id}${more}`)
  await sees(page, '申请内容')
  await page.keyboard.press('f')
  const reason = fieldOf(page, '不予的理由')
  await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true)
  await typesAsInPinyin(page)
  await page.keyboard.press('Enter')
  expect((await reason.inputValue()).trim()).toBe('guigebufu')
  const box = await reason.boundingBox()
  const bar = await page.locator('.case__acts').filter({ visible: true }).boundingBox()
  expect(box && bar && box.y >= 0 && box.y + box.height <= bar.y).toBe(true)
  await keepPicture(page, 'reason-by-letter.desk')
  // Out of the field too: a letter of 准予 takes nothing back, and what a letter of 不予 opens is not signed by Enter.
  await page.keyboard.press('Escape')
  await typesAsInPinyin(page)
  await page.keyboard.press('Enter')
  await page.waitForTimeout(UNTIL_READ)
  expect(await page.getByRole('dialog', { name: '签发准予决定' }).count()).toBe(0)
  expect(await page.getByRole('radio', { name: /^不予/, checked: true }).count()).toBe(1)
  expect((await caseOf(await client.as(STAFF.reviewer), id)).decision).toBeNull()
  expect(faults).toEqual([])
  await close()
})

test('what signs a grant is gone to before Enter signs it', async () => {
  const id = await filed('章准予', 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openAt(STAFF.reviewer, `staff/case/decision?id=${id}&action=grant`)
  await sees(page, '申请内容')
  const seen = async () => (await caseOf(await client.as(STAFF.reviewer), id)).decision
  await page.keyboard.press('g')
  await dialogOf(page).waitFor()
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Enter')
  await page.waitForTimeout(UNTIL_READ)
  expect(await seen()).toBeNull()
  await stands(page, '签发，准予')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await dialogOf(page).waitFor({ state: 'hidden' })
  expect((await seen())?.kind).toBe('granted')
  expect(faults).toEqual([])
  await close()
})

test.each([
  { width: 1280, height: 720, elder: false },
  { width: 1280, height: 720, elder: true },
  { width: 1024, height: 768, elder: false },
  { width: 390, height: 844, elder: false },
  { width: 390, height: 844, elder: true },
  { width: 320, height: 640, elder: true },
])(
  'what is signed on the spot has its button and its warning in sight: $width, large letters $elder',
  async (at) => {
    const { elder, ...size } = at
    const id = await filed('石当场', 'LX-022')
    const { page, close } = await openAt('window-medins', `staff/case/case?id=${id}`, { size, elder })
    await press(page, /^当场办结/)
    await page.waitForTimeout(UNTIL_READ)
    for (const words of ['签名，当场办结', /四件事都算你签的/, /签了收不回来/]) {
      await stands(page, words)
      // Nothing lies over it.
      const isOnTop = await dialogOf(page)
        .getByText(words)
        .last()
        .evaluate((part) => {
          const { left, top, bottom } = part.getBoundingClientRect()
          const at = [top + 4, bottom - 4].map((y) => document.elementFromPoint(left + 4, y))
          return at.every(
            (hit) => hit !== null && (part.contains(hit) || hit.contains(part)) && !hit.matches('.sheet'),
          )
        })
      expect(isOnTop, String(words)).toBe(true)
    }
    await keepPicture(page, `settle-in-sight-${size.width}${elder ? '.elder' : ''}`)
    await close()
  },
)

test.each([0, 800, 2_500])(
  'what is typed after F waits for the box, and acts on nothing: an answer %d ms late',
  async (late) => {
    const id = await filed(
      `章早写${['零', '慢', '很慢'][[0, 800, 2_500].indexOf(late)]}`,
      'LX-018',
      TO_REVIEWER,
    )
    const { page, faults, close } = await openAt(STAFF.reviewer, `staff/case/case?id=${id}`)
    await sees(page, '申请内容')
    await page.route(`**/api/cases/${id}`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, late))
      await route.continue()
    })
    await page.keyboard.press('f')
    await page.keyboard.type('tjbudingguigebufu1', { delay: 90 })
    const reason = fieldOf(page, '不予的理由')
    // The letters take their time on a busy machine, and so does the page that comes behind them.
    await expect
      .poll(() => reason.evaluate((field) => field === document.activeElement), { timeout: 10_000 })
      .toBe(true)
    await page.keyboard.type('hao')
    expect(await reason.inputValue()).toBe('tjbudingguigebufu1hao')
    // Kept as any other word that was written there.
    await page.reload()
    expect(await reason.inputValue()).toBe('tjbudingguigebufu1hao')
    expect(await dialogOf(page).count()).toBe(0)
    expect((await caseOf(await client.as(STAFF.reviewer), id)).decision).toBeNull()
    expect(faults).toEqual([])
    await close()
  },
)

test('whoever leaves the box before it is there keeps the words and has the keys of the page', async () => {
  const id = await filed('章早退', 'LX-018', TO_REVIEWER)
  const { page, close } = await openAt(STAFF.reviewer, `staff/case/case?id=${id}`)
  await sees(page, '申请内容')
  await page.route(`**/api/cases/${id}`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await page.keyboard.press('f')
  await page.keyboard.type('guige', { delay: 60 })
  await page.keyboard.press('Escape')
  const reason = fieldOf(page, '不予的理由')
  await expect.poll(() => reason.inputValue()).toBe('guige')
  expect(await reason.evaluate((field) => field === document.activeElement)).toBe(false)
  await page.keyboard.press('Escape')
  await page.waitForURL(/staff\/case\/case/)
  await close()
})

test('on the page of the decision the first letter after F is written too', async () => {
  const id = await filed('章头字', 'LX-018', TO_REVIEWER)
  const { page, close } = await openAt(STAFF.reviewer, `staff/case/decision?id=${id}`)
  await sees(page, '申请内容')
  await page.keyboard.type('f1gtj')
  await expect.poll(() => fieldOf(page, '不予的理由').inputValue()).toBe('1gtj')
  expect(await dialogOf(page).count()).toBe(0)
  await close()
})
