import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { act, caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { aboveTheBar, DESK, dialogOf, openDeskHands, TO_REVIEWER } from './desk-hands'
import { pageFaults } from './page-checks'
import { STAFF } from './scenes'
import { choose, fieldOf, press, sees, UNTIL_READ } from './screen'

// Whoever decides has before them, on one screen, the days, the choice and its reason, beside all that will go out.
const { client, filed, openWork } = await openDeskHands()
const NARROW = { width: 1024, height: 768 }

const hasKeyboard = (field: Locator) => field.evaluate((each) => each === document.activeElement)

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

test('in large letters too the days, the choice and its reason stand on the first screen', async () => {
  const id = await filed('章大字', 'LX-018', TO_REVIEWER)
  const at = await openWork(STAFF.reviewer, `staff/case/decision?id=${id}`, { elder: true })
  const { page } = at
  await choose(page, 'radio', /^不予/)
  const reason = fieldOf(page, '不予的理由')
  await reason.waitFor()
  await keepPicture(page, 'decide-refuse.desk.elder')
  for (const part of [
    page.getByText(/起算，用了.*工作日/),
    page.getByRole('radio', { name: /^准予/ }),
    reason,
  ])
    expect(await aboveTheBar(page, part)).toBe(true)
  expect(await pageFaults(page, { desktop: true, elder: true })).toEqual([])
  await at.close()
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
  await page.keyboard.press(']')
  await sees(dialogOf(page), '送达方式：送达的时候写')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('f')
  await expect.poll(() => hasKeyboard(fieldOf(page, '不予的理由'))).toBe(true)
  expect(faults).toEqual([])
  await close()
})

/** A step before said no: 准予 needs a reason too. */
const AGAINST = [
  ['village', 'fail', { reason: '人不在村里住' }],
  ['window', 'accept'],
] as const satisfies Parameters<typeof filed>[2]
const [AGAIN, FOR] = ['收入超了标准', '人搬回来住了，村里再看过']

test.each([DESK, PHONE])(
  'one reason never becomes that of the other; what is sent is read: $width',
  async (size) => {
    const id = await filed(`章两由${size === DESK ? '大' : '小'}`, 'LX-018', AGAINST)
    const { page, go, faults, close } = await openWork(STAFF.reviewer, `staff/case/decision?id=${id}`, {
      size,
    })
    await choose(page, 'radio', /^不予/)
    await fieldOf(page, '不予的理由').fill(AGAIN)
    await choose(page, 'radio', /^准予/)
    expect(await fieldOf(page, '准予的理由').inputValue()).toBe('')
    await press(page, /^看一遍，签发准予/)
    await sees(page, '写明理由再签发')
    await fieldOf(page, '准予的理由').fill(FOR)
    await choose(page, 'radio', /^不予/)
    expect(await fieldOf(page, '不予的理由').inputValue()).toBe(AGAIN)
    await go(`staff/case/case?id=${id}`)
    await go(`staff/case/decision?id=${id}`)
    await untilShown(page)
    await choose(page, 'radio', /^准予/)
    expect(await fieldOf(page, '准予的理由').inputValue()).toBe(FOR)
    await press(page, /^看一遍，签发准予/)
    await sees(dialogOf(page), FOR)
    await keepPicture(page, `decide-both-${size.width}`)
    await page.waitForTimeout(UNTIL_READ)
    const sent = page.waitForRequest(/\/actions$/)
    await press(dialogOf(page), '签发，准予')
    expect((await sent).postDataJSON()).toMatchObject({ action: 'grant', reason: FOR })
    await dialogOf(page).waitFor({ state: 'hidden' })
    expect(faults).toEqual([])
    await close()
  },
)

test('准予 that needs a reason takes the keyboard to it, and no letter of it turns the choice', async () => {
  const id = await filed('章准由', 'LX-018', AGAINST)
  const { page, faults, close } = await openWork(STAFF.reviewer, `staff/case/case?id=${id}`)
  await page.keyboard.press('g')
  const reason = fieldOf(page, '准予的理由')
  await sees(page, '前面有一步不同意，要写理由')
  const no = page.getByRole('listitem').filter({ hasText: '村里核实：情况不符', visible: true })
  expect(await no.getAttribute('class')).toContain('is-no')
  await expect.poll(() => hasKeyboard(reason)).toBe(true)
  await page.keyboard.type('fuhetiaojian', { delay: 60 })
  expect(await reason.inputValue()).toBe('fuhetiaojian')
  await page.keyboard.press('Escape')
  await expect.poll(() => hasKeyboard(reason)).toBe(false)
  await page.keyboard.press('f')
  await page.getByRole('radio', { name: /^准予/, checked: true }).filter({ visible: true }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test.each([DESK, PHONE])(
  'who signs after a colleague reads it where the signature stood: $width',
  async (size) => {
    const id = await filed(`章后签${size === DESK ? '大' : '小'}`, 'LX-018', TO_REVIEWER)
    const path = `staff/case/decision?id=${id}&action=refuse`
    const { page, faults, close } = await openWork(STAFF.reviewer, path, { size })
    await fieldOf(page, '不予的理由').fill(AGAIN)
    await press(page, /^看一遍，签发不予/)
    await dialogOf(page).waitFor()
    expect((await act(await client.as(STAFF.reviewer), id, 'grant')).status).toBe(200)
    await page.waitForTimeout(UNTIL_READ)
    await press(dialogOf(page), '签发，不予')
    await sees(dialogOf(page), '这件刚刚有人办过了')
    await sees(dialogOf(page), AGAIN)
    await keepPicture(page, `decide-after-${size.width}`)
    await press(dialogOf(page), '现在不能这样签了，看最新的')
    await dialogOf(page).waitFor({ state: 'hidden' })
    expect(await page.getByText(/^先选/).filter({ visible: true }).count()).toBe(0)
    await press(page, '回去看最新的')
    await page.waitForURL(/staff\/case\/queue/)
    expect(faults).toEqual([])
    await close()
  },
)

test('the choice of a decision is one stop of Tab, and arrows move it', async () => {
  const id = await filed('章箭头', 'LX-018', TO_REVIEWER)
  const { page, close } = await openWork(STAFF.reviewer, `staff/case/decision?id=${id}`)
  const choice = (name: RegExp) => page.getByRole('radio', { name }).filter({ visible: true })
  await choice(/^准予/).waitFor()
  expect(await choice(/^不予/).getAttribute('tabindex')).toBe('-1')
  await choice(/^准予/).focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => choice(/^不予/).getAttribute('aria-checked')).toBe('true')
  expect(await choice(/^不予/).getAttribute('tabindex')).toBe('0')
  expect(await choice(/^准予/).getAttribute('tabindex')).toBe('-1')
  // A letter that follows is a key of the page, not lost on the choice.
  expect(await choice(/^不予/).evaluate((one) => one === document.activeElement)).toBe(true)
  await close()
})
