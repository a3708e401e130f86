import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { leave, pageOnTop, untilShown } from './browser'
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

/** Left for the case, where keys answer and nothing waits for letters. */
async function leftFor(page: Page, key: 'd' | 'r', by?: () => Promise<unknown>) {
  await leave(page, by)
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
    const id = await filed(way === 'back' ? '谢早退' : '谢早键', 'LX-018', TO_REVIEWER)
    const { page, faults, close } = await openCase(STAFF.reviewer, id)
    await lose(page, id)
    await page.keyboard.press('f')
    await page.keyboard.type(WORDS, { delay: 40 })
    await sees(page, '没有连上网')
    await sees(page, '回队列')
    // Out of the field first.
    if (way === 'Escape') await page.keyboard.press('Escape')
    await leftFor(page, 'd', way === 'Escape' ? () => page.keyboard.press('Escape') : undefined)
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
  const id = await filed('谢早再', 'LX-018', TO_REVIEWER)
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
  await leftFor(page, 'r', () => page.keyboard.press('Escape'))
  await close()
})

test('thought better of while the page is on its way: no letter of the reason is a key of it', async () => {
  const id = await filed('谢早改', 'LX-018', TO_REVIEWER)
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

const SLASH = { code: 'Slash', windowsVirtualKeyCode: 191 }
const keyOf = (letter: string) => ({
  code: `Key${letter.toUpperCase()}`,
  windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0),
})

/**
 * Letters, each so many milliseconds after the first, by the clock of the keyboard and not of a busy machine. `begun`: the
 * first of them was heard.
 */
async function strike(page: Page, letters: string, delay: number, begun = () => {}) {
  const keyboard = await page.context().newCDPSession(page)
  const from = Date.now()
  const sent: Promise<unknown>[] = []
  for (const [place, letter] of [...letters].entries()) {
    const at = from + place * delay
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())))
    const key = {
      key: letter,
      ...(letter === '/' ? SLASH : keyOf(letter)),
      timestamp: at / 1000,
    }
    const heard = keyboard.send('Input.dispatchKeyEvent', { ...key, type: 'keyDown', text: letter })
    if (place === 0) void heard.then(begun)
    // Nobody's fingers wait until a page has heard them.
    sent.push(heard, keyboard.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp' }))
  }
  await Promise.all(sent)
  await keyboard.detach()
}

test.each([0, 30, 80])(
  'a key that bounces writes no letter of its own into the reason: %i ms',
  async (ms) => {
    const id = await filed(`谢早弹${[...'零三八'][[0, 30, 80].indexOf(ms)]}`, 'LX-018', TO_REVIEWER)
    const { page, faults, close } = await openCase(STAFF.reviewer, id)
    await strike(page, 'ff', ms)
    await expect.poll(() => reasonBox(page).count()).toBe(1)
    await expect.poll(() => waits(page)).toBe(0)
    expect(await reasonBox(page).inputValue()).toBe('')
    // A reason may begin with the same letter, and have it twice, once the key has come to rest.
    await page.waitForTimeout(150)
    await page.keyboard.press('f')
    await page.keyboard.press('f')
    await expect.poll(() => reasonBox(page).inputValue()).toBe('ff')
    expect(faults).toEqual([])
    await close()
  },
)

test('a reason that begins with the letter of its key keeps it', async () => {
  const id = await filed('谢早非', 'LX-018', TO_REVIEWER)
  const { page, close } = await openCase(STAFF.reviewer, id)
  await page.keyboard.press('f')
  await page.waitForTimeout(180)
  await page.keyboard.type('feibenren', { delay: 120 })
  await expect.poll(() => reasonBox(page).inputValue()).toBe('feibenren')
  await close()
})

test('a search that is opened by its key begins without it, though the key bounces', async () => {
  const { page, close } = await openWork(STAFF.reviewer, 'staff/case/queue')
  await page.keyboard.press('/')
  const box = page.getByRole('searchbox').filter({ visible: true })
  await expect.poll(() => box.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await strike(page, '//', 60)
  await page.waitForTimeout(UNTIL_READ)
  expect(await box.inputValue()).toBe('')
  await close()
})

/** The page's own answer comes late, as by a slow network: so long after `since`. */
const late = (page: Page, id: string, ms: number, since: Promise<unknown> = Promise.resolve()) =>
  page.route(isCase(id), async (route) => {
    await since
    await new Promise((resolve) => setTimeout(resolve, ms))
    await route.continue()
  })

/** What is typed from now on has a place: the box that waits, or the field itself. */
const untilHeard = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.matches('textarea'))).toBe(true)

test.each([
  { by: 'a link', more: '', at: 800 },
  { by: 'a link of 不予', more: '&action=refuse', at: 800 },
  { by: 'a link of 准予', more: '&action=grant', at: 800 },
  { by: 'a link, at once', more: '', at: 0 },
])('nothing typed before the page stands chooses an act: $by', async ({ more, at }) => {
  const id = await filed(`谢早链${more.length}${at}`.replace(/\d/g, ''), 'LX-018', TO_REVIEWER)
  const { page, faults, close } = await openWork(STAFF.reviewer, 'staff/case/queue')
  const address = `${page.url().split('#')[0]}#/staff/case/decision?id=${id}${more}`
  if (at > 0) await late(page, id, at)
  await page.goto('about:blank')
  const half = 'guigebufuguiding'
  await page.goto(address, { waitUntil: 'commit' })
  // By the clock of the keyboard: a page that is busy for a second makes no pause of the fingers.
  await strike(page, half, 100)
  if (more.includes('refuse')) await untilHeard(page)
  await strike(page, half, 100)
  await sees(page, '你的决定')
  expect(await dialogOf(page).count()).toBe(0)
  const chosen = page.getByRole('radio', { checked: true }).filter({ visible: true })
  const asked = more.includes('refuse') ? /^不予/ : more.includes('grant') ? /^准予/ : null
  expect(await chosen.count()).toBe(asked ? 1 : 0)
  if (asked) expect(await page.getByRole('radio', { name: asked, checked: true }).count()).toBe(1)
  // What was typed once the page was on its way is the reason, without a gap.
  if (more.includes('refuse')) {
    await expect.poll(() => reasonBox(page).inputValue()).toMatch(new RegExp(`${half}$`))
    expect(half + half).toMatch(new RegExp(`${await reasonBox(page).inputValue()}$`))
  }
  // The keys rest, and are heard again.
  await page.waitForTimeout(800)
  if (!more.includes('refuse')) {
    await page.keyboard.press('g')
    await expect.poll(() => page.getByRole('radio', { name: /^准予/, checked: true }).count()).toBe(1)
  }
  expect(faults).toEqual([])
  await close()
})

/** Letters of a word, as fast as somebody types, from before the page stands until long after. */
const WAYS = [
  { way: 'link', delay: 30, at: 0 },
  { way: 'link', delay: 60, at: 300 },
  { way: 'link', delay: 180, at: 2_500 },
  { way: 'reload', delay: 60, at: 0 },
  { way: 'reload', delay: 180, at: 300 },
  { way: 'reload', delay: 60, at: 800 },
  { way: 'reload', delay: 30, at: 2_500 },
  { way: 'app', delay: 30, at: 300 },
  { way: 'app', delay: 60, at: 800 },
  { way: 'app', delay: 180, at: 2_500 },
] as const

test.each(WAYS)(
  'a word begun while the decision is on its way chooses nothing: by $way, $delay ms a letter, $at ms late',
  async ({ way, delay, at }) => {
    const index = WAYS.findIndex((each) => each.way === way && each.delay === delay && each.at === at)
    const id = await filed(`谢早${'甲乙丙丁戊己庚辛壬癸'.charAt(index)}`, 'LX-018', TO_REVIEWER)
    // The queue has brought its first case already, and each letter is a key there.
    const from = way === 'app' ? 'tabs/account/me' : 'staff/case/queue'
    const { page, faults, close } = await openWork(STAFF.reviewer, from)
    const address = `${page.url().split('#')[0]}#/staff/case/decision?id=${id}`
    if (way === 'reload') {
      await page.goto(address)
      await sees(page, '你的决定')
    }
    let begin = () => {}
    const typing = new Promise<void>((resolve) => {
      begin = resolve
    })
    if (way !== 'app') begin()
    await late(page, id, at, typing)
    if (way === 'app') {
      const before = await pageOnTop(page)
      await page.evaluate((to) => window.location.assign(to), address)
      await expect.poll(() => pageOnTop(page)).not.toBe(before)
      await page.locator('[aria-busy=true]:visible').first().waitFor()
    } else {
      if (way === 'link') await page.goto('about:blank')
      const soon = { waitUntil: 'commit' } as const
      await (way === 'link' ? page.goto(address, soon) : page.reload(soon))
      if (at > 0) await page.locator('.taro_page').first().waitFor({ state: 'attached' })
    }
    // A busy machine sees the page coming no sooner than it begins to type.
    await strike(page, 'guige'.repeat(Math.ceil((at + 1_500) / delay / 5)), delay, begin)
    await sees(page, '你的决定')
    expect(await dialogOf(page).count()).toBe(0)
    expect(await page.getByRole('radio', { checked: true }).filter({ visible: true }).count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  },
)

test('a reason whose first letter is the key of 不予 chooses nothing on a page that is read anew', async () => {
  const id = await filed('谢早首', 'LX-018', TO_REVIEWER)
  const { page, close } = await openWork(STAFF.reviewer, `staff/case/decision?id=${id}`)
  await late(page, id, 800)
  await page.reload({ waitUntil: 'commit' })
  await page.locator('.taro_page').first().waitFor({ state: 'attached' })
  await page.keyboard.type('feibenrenfeibenren', { delay: 90 })
  await sees(page, '你的决定')
  expect(await page.getByRole('radio', { checked: true }).filter({ visible: true }).count()).toBe(0)
  expect(await waits(page)).toBe(0)
  await close()
})

test('what is typed while a case is read anew opens none of its sheets', async () => {
  const id = await filed('谢早件', 'LX-036')
  const { page, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  await late(page, id, 800)
  await page.reload({ waitUntil: 'commit' })
  await page.keyboard.type('xxxxxxxxxxxxxxxxxxxxxxxxrgfd', { delay: 80 })
  await sees(page, '申请内容')
  expect(await dialogOf(page).count()).toBe(0)
  await page.waitForTimeout(800)
  await page.keyboard.press('r')
  await dialogOf(page).waitFor()
  await close()
})
