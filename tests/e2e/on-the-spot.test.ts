import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { act, caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { DESK, dialogOf, openDeskHands } from './desk-hands'
import { pageFaults } from './page-checks'
import { STAFF } from './scenes'
import { choose, press, sees, stands, UNTIL_READ, write } from './screen'

// Work that is done in one go, taken back in time, and found again.
/** 即办件 whose window accepts, decides and closes: of two photos, and of one. */
const AT_ONCE = 'LX-036'
const OF_ONE_PHOTO = 'LX-022'
const ITS_WINDOW = 'window-medins'
const { client, filed, openWork } = await openDeskHands({ birth: '1943-05-20' })
const numberOf = (page: Page) =>
  page.locator('.case__head').filter({ visible: true }).locator('.figure').first().textContent()

test('ten 即办件 at a desk, each photo looked at, in forty strokes from the first opened to the last concluded', async () => {
  const ids: string[] = []
  for (const name of [...'甲乙丙丁戊己庚辛壬癸']) ids.push(await filed(`石${name}`, OF_ONE_PHOTO))
  const window = await client.as(ITS_WINDOW)
  const desk = await openWork(ITS_WINDOW, 'staff/case/queue')
  const { page } = desk
  let strokes = 0
  const stroke = async (key: string) => {
    strokes += 1
    await page.keyboard.press(key)
  }
  await page.locator('.case__head').filter({ visible: true }).waitFor()
  await untilShown(page)
  let last = ''
  for (let at = 0; at < ids.length; at += 1) {
    // The next case comes by itself once the keys rest.
    await expect.poll(() => numberOf(page), { timeout: 10_000 }).not.toBe(last)
    await untilShown(page)
    last = (await numberOf(page)) ?? ''
    await page.waitForTimeout(UNTIL_READ)
    const papers = await page.getByText('还没看', { exact: true }).filter({ visible: true }).count()
    if (at === 0) {
      // Not before its papers were looked at.
      await page.keyboard.press('g')
      await sees(dialogOf(page), /^还没看：/)
      await keepPicture(page, 'staff-settle-unseen.desk')
      await page.keyboard.press('Escape')
      await dialogOf(page).waitFor({ state: 'hidden' })
    }
    if (papers > 0) {
      await stroke('1')
      await dialogOf(page).getByText('看过了').first().waitFor()
      await page.waitForTimeout(UNTIL_READ)
      for (let paper = 0; paper < papers; paper += 1) await stroke('Enter')
      await dialogOf(page).waitFor({ state: 'hidden' })
    }
    await stroke('g')
    await sees(dialogOf(page), '受理、准予、办结、送达，一次做完，一个签名。')
    if (at === 0) {
      await keepPicture(page, 'staff-settle.desk')
      expect(await pageFaults(page, { desktop: true })).toEqual([])
    }
    await page.waitForTimeout(UNTIL_READ)
    await stroke('Enter')
    await sees(page, /：当场办结了$/)
    await dialogOf(page).waitFor({ state: 'hidden' })
  }
  for (const id of ids) expect((await caseOf(window, id)).status).toBe('delivered')
  expect(strokes).toBeLessThanOrEqual(40)
  expect(desk.faults).toEqual([])
  await desk.close()
})

test.each([DESK, { width: 1024, height: 768 }])(
  'what is signed on the spot is read whole beside the signature: $width',
  async (size) => {
    const id = await filed(`石并排${size === DESK ? '大' : '小'}`, OF_ONE_PHOTO)
    const { page, faults, close } = await openWork(ITS_WINDOW, `staff/case/case?id=${id}`, { size })
    await press(page, /^当场办结/)
    const isSeen = async (of: Locator) => {
      const box = await of.filter({ visible: true }).first().boundingBox()
      const isOnTop = await of.first().evaluate((part) => {
        const { left, bottom } = part.getBoundingClientRect()
        return part.contains(document.elementFromPoint(left + 4, bottom - 4))
      })
      return isOnTop && box !== null && box.y >= 0 && box.y + box.height <= size.height
    }
    await page.waitForTimeout(UNTIL_READ)
    for (const part of ['.paper-doc__verdict', '.paper-doc__foot', '.button--primary'])
      expect(await isSeen(dialogOf(page).locator(part)), part).toBe(true)
    await keepPicture(page, `settle-beside-${size.width}`)
    expect(await pageFaults(page, { desktop: true })).toEqual([])
    expect(faults).toEqual([])
    await close()
  },
)

test.each([
  { size: DESK, elder: true },
  { size: { width: 320, height: 640 }, elder: true },
  { size: { width: 320, height: 640 }, elder: false },
])(
  'what is signed and the signature are seen together: $size.width, large letters $elder',
  async (options) => {
    const { size, elder } = options
    const id = await filed(`石大字${size === DESK ? '桌' : elder ? '机' : '小'}`, OF_ONE_PHOTO)
    const { page, close } = await openWork(ITS_WINDOW, `staff/case/case?id=${id}`, options)
    await press(page, /^当场办结/)
    await page.waitForTimeout(UNTIL_READ)
    const edges = async (part: string) => {
      const box = await dialogOf(page).locator(part).last().boundingBox()
      return box ? { top: box.y, bottom: box.y + box.height } : { top: -1, bottom: Number.POSITIVE_INFINITY }
    }
    await keepPicture(page, `settle-${size.width}${elder ? '.elder' : ''}`)
    expect((await edges('.button--block')).bottom).toBeLessThanOrEqual(size.height)
    // At a desk nothing of the acts lies under the rule above the signature.
    if (size === DESK)
      expect((await edges('.settle__act')).bottom).toBeLessThanOrEqual((await edges('.sheet__actions')).top)
    expect(await pageFaults(page, { desktop: size === DESK, elder })).toEqual([])
    await close()
  },
)

test('on the phone the signature stands on the first screen, and the papers behind one line', async () => {
  const id = await filed('石折起', 'LX-006')
  const { page, close } = await openWork(STAFF.village, `staff/case/case?id=${id}`, { size: PHONE })
  await press(page, '当场办结')
  await stands(page, '签名，当场办结')
  await page.waitForTimeout(UNTIL_READ)
  await dialogOf(page)
    .getByRole('button', { name: /文书，先看一眼/ })
    .click()
  await stands(page, /^会出 \d 份$/)
  await dialogOf(page).locator('.paper-doc__verdict').waitFor()
  await keepPicture(page, 'staff-settle-papers')
  expect(await pageFaults(page)).toEqual([])
  await close()
})

test('a village settles on the phone what it accepts and closes', async () => {
  const id = await filed('石优待', 'LX-006')
  const phone = await openWork(STAFF.village, `staff/case/case?id=${id}`, { size: PHONE })
  const { page } = phone
  await press(page, '当场办结')
  await sees(dialogOf(page), '受理、准予、办结、送达，一次做完，一个签名。')
  await keepPicture(page, 'staff-settle')
  expect(await pageFaults(page)).toEqual([])
  const unseen = await page.getByText(/^还没看：/).count()
  if (unseen > 0) {
    await press(dialogOf(page), '关上')
    for (const look of await page
      .getByRole('button', { name: /^看.*照片$/ })
      .filter({ visible: true })
      .all()) {
      await look.click()
      await page.waitForTimeout(UNTIL_READ)
      await page.keyboard.press('Escape')
    }
    await press(page, '当场办结')
  }
  await press(dialogOf(page), '签名，当场办结')
  await sees(page, /：当场办结了$/)
  expect((await caseOf(await client.as(STAFF.village), id)).status).toBe('delivered')
  await phone.close()
})

test('a step that was passed is taken back by U while the seconds run, and not once somebody went on', async () => {
  const id = await filed('石撤回', 'LX-007', [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const desk = await openWork(STAFF.reviewer, `staff/case/case?id=${id}`)
  const { page } = desk
  const pass = async () => {
    await press(page, '通过')
    await press(dialogOf(page), '通过')
    await sees(page, /^石\*回：通过了/)
    await dialogOf(page).waitFor({ state: 'hidden' })
  }
  await pass()
  await page.getByRole('button', { name: /^撤销/ }).filter({ visible: true }).waitFor()
  await keepPicture(page, 'staff-undo.desk')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  await page.keyboard.press('u')
  await sees(page, /，撤销了$/)
  await page.getByRole('button', { name: '通过', exact: true }).filter({ visible: true }).waitFor()
  expect((await caseOf(await client.as(STAFF.reviewer), id)).timeline[0]?.type).toBe('undone')
  await pass()
  await act(await client.as('li-kai'), id, 'publish-notice')
  await press(page, /^撤销/)
  await sees(page, '来不及了：过了 10 秒，或者有人接着办了')
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('a village says that the facts are otherwise, with a reason', async () => {
  const id = await filed('石不符', 'LX-005')
  const phone = await openWork(STAFF.village, `staff/case/case?id=${id}`, { size: PHONE })
  const { page } = phone
  const button = page.getByRole('button', { name: '情况不符', exact: true }).filter({ visible: true })
  if ((await button.count()) === 0) await press(page, '更多')
  await press(page, '情况不符')
  await sees(dialogOf(page), /批不批由作决定的单位定/)
  await press(dialogOf(page), '情况不符')
  await sees(dialogOf(page), '写明理由，至少 2 个字')
  await write(dialogOf(page), '理由', '人在外地住了三年')
  await press(dialogOf(page), '情况不符')
  await sees(page, /：情况不符，报上去了$/)
  const { timeline } = await caseOf(await client.as(STAFF.window), id)
  expect(timeline[0]).toMatchObject({
    title: '村里核实：情况不符',
    note: '人在外地住了三年',
    isNo: true,
  })
  await phone.close()
})

test.each([PHONE, DESK])('我办过的 has what one has acted on, the newest first: $width', async (size) => {
  const id = await filed('石办过', AT_ONCE)
  await act(await client.as(STAFF.window), id, 'accept')
  const desk = await openWork(STAFF.window, 'staff/case/queue', { size })
  const { page } = desk
  await choose(page, 'tab', /^我办过的/)
  await sees(page, '新办的在前')
  await untilShown(page)
  const first = page.locator(size === DESK ? '.qrow:visible' : '.queue-card:visible').first()
  await expect.poll(() => first.textContent()).toContain('石*过')
  await keepPicture(page, `staff-queue-done-${size.width}`)
  expect(await pageFaults(page, { desktop: size === DESK })).toEqual([])
  expect(desk.faults).toEqual([])
  await desk.close()
})
