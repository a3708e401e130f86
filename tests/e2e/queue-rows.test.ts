import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { act, caseOf } from '../product/client'
import { keepPicture } from './browser'
import { DESK, OPINION, openDeskHands } from './desk-hands'
import { pageFaults } from './page-checks'
import { file, play, STAFF } from './scenes'
import { sees } from './screen'

// Somebody is found in a queue by eye.
const { client, born, filed, openWork } = await openDeskHands()

test.each([
  { size: DESK, row: '.qrow', elder: false },
  { size: DESK, row: '.qrow', elder: true },
  { size: { width: 390, height: 844 }, row: '.queue-card', elder: false },
  { size: { width: 320, height: 844 }, row: '.queue-card', elder: true },
])('two masked names alike are two rows, and the box says in full what it finds: $size.width', async (at) => {
  for (const name of ['石甲', '石乙', '石丙']) await filed(name, 'LX-036')
  const { page, faults, close } = await openWork(STAFF.window, 'staff/case/queue', at)
  const rows = page.locator(at.row).filter({ hasText: '石*', visible: true })
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(3)
  const words = await rows.allTextContents()
  expect(new Set(words).size).toBe(words.length)
  await keepPicture(page, `queue-rows-${at.size.width}${at.elder ? '.elder' : ''}`)
  const isWhole = await page
    .getByRole('searchbox')
    .filter({ visible: true })
    .evaluate((box) => {
      const field = box as HTMLInputElement
      const { font, paddingLeft, paddingRight } = getComputedStyle(field)
      const pen = document.createElement('canvas').getContext('2d')
      if (!pen) throw new Error('nothing to measure with')
      pen.font = font
      const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
      return pen.measureText(field.placeholder).width <= room
    })
  expect(isWhole).toBe(true)
  expect(await pageFaults(page, { desktop: at.size === DESK, elder: at.elder })).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('a row says day and number, and so does who comes next: numbers begin anew each day', async () => {
  const ids = [await filed('石一日', 'LX-036')]
  await client.door('POST', 'clock', { advanceWorkingDays: 1 })
  ids.push(await filed('石二日', 'LX-036'))
  const window = await client.as(STAFF.window)
  const { page, close } = await openWork(STAFF.window, 'staff/case/queue')
  for (const id of ids) {
    const { caseNumber, applicantMasked } = await caseOf(window, id)
    const [, month, day, number] = /(\d\d)(\d\d)(\d{4})$/.exec(caseNumber) ?? []
    await page
      .locator('.qrow')
      .filter({ hasText: `${Number(month)}月${Number(day)}日 ${number} 号`, visible: true })
      .filter({ hasText: applicantMasked })
      .waitFor()
  }
  await close()
})

test('in large letters on a small phone a case stands on the first screen, and its day stays with its number', async () => {
  await filed('石小屏', 'LX-036')
  const size = { width: 320, height: 640 }
  const { page, close } = await openWork(STAFF.window, 'staff/case/queue', { size, elder: true })
  const first = await page.locator('.queue-card__name').filter({ visible: true }).first().boundingBox()
  const bar = await page.locator('.tab-bar').filter({ visible: true }).boundingBox()
  await keepPicture(page, 'queue-small.elder')
  expect(first && bar && first.y + first.height <= bar.y).toBe(true)
  const who = await page.locator('.queue-card__who').filter({ visible: true }).first().textContent()
  expect(who).toMatch(/日\u00a0\d{4}\u00a0号$/)
  await close()
})

/** On how many lines the day of the first row that is found stands, as wide as the page is. */
const linesOfDay = (page: Page, row: string) =>
  page
    .locator(row)
    .filter({ visible: true })
    .first()
    .evaluate((who) => {
      const texts = document.createTreeWalker(who, NodeFilter.SHOW_TEXT)
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const day = /\d+月\d+日/.exec(text.textContent ?? '')
        if (!day) continue
        const range = document.createRange()
        range.setStart(text, day.index)
        range.setEnd(text, day.index + day[0].length)
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
      }
      return 0
    })

test.each([
  { size: { width: 320, height: 640 }, row: '.queue-card__who' },
  { size: DESK, row: '.qrow__l2' },
])(
  'a day is never parted from its unit, in large letters at any width: $size.width',
  async ({ size, row }) => {
    await filed('石日子', 'LX-036')
    const { page, close } = await openWork(STAFF.window, 'staff/case/queue', { size, elder: true })
    await page.getByRole('searchbox').filter({ visible: true }).fill('石日子')
    await sees(page, '找到的')
    for (let width = size.width; width < size.width + 100; width += 6) {
      await page.setViewportSize({ ...size, width })
      expect([width, await linesOfDay(page, row)]).toEqual([width, 1])
    }
    await keepPicture(page, `queue-day-${size.width}.elder`)
    await close()
  },
)

test('what is found says what one has to do with it', async () => {
  const found = async (person: string, id: string, words: string) => {
    const { caseNumber } = await caseOf(await client.as(person), id)
    const { page, close } = await openWork(person, 'staff/case/queue')
    await page.getByRole('searchbox').filter({ visible: true }).fill(caseNumber)
    await sees(page, '找到的')
    await sees(page.locator('.qrow'), words)
    await close()
  }
  const id = await file(client, await born('石关系', 3, '1944-03-05'), 'LX-005')
  await play(client, id, [['village', 'verify', { reason: OPINION }]])
  await found(STAFF.village, id, '你办过')
  await found(STAFF.window, id, '在你手上 · ')
  const items = [{ kind: 'material', name: '居民户口簿', reason: '看不清' }]
  await act(await client.as(STAFF.window), id, 'request-correction', { reason: '看不清', items })
  await found(STAFF.window, id, '停在你这里 · ')
  const gone = await born('石来过')
  const left = await file(client, gone, 'LX-017')
  const { person } = gone
  const { version } = await caseOf(person, left)
  expect((await person.send('POST', `/api/cases/${left}/withdrawal`, { body: { version } })).status).toBe(200)
  await found(STAFF.window, left, '到过你的岗位')
})
