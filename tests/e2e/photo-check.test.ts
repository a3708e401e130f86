import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fault, LIGHTS, photographed } from '../photos/camera'
import { drawn, SKINS, sceneSvg } from '../photos/scenes'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { bearResident, SHORT_ITEM } from './people'
import { openServerOfFile } from './running-server'
import { answer, press, sees, turnWheels, UNTIL_READ, write } from './screen'

const url = await openServerOfFile()

let browser: Browser
const photos: Record<string, Buffer> = {}
const FAULTS: Readonly<Record<string, Fault>> = {
  good: {},
  blurred: { blur: 6 },
  dark: { dark: 0.16 },
  glare: { glare: { x: 0.42, y: 0.45, radius: 0.12, power: 1 } },
}
beforeAll(async () => {
  browser = await openBrowser()
  const scene = (aside: number) =>
    sceneSvg(
      { paper: 'card', ground: 'wood', skin: SKINS[2], filled: 0.8, turned: -3, aside: { x: aside, y: 0 } },
      9_101,
    )
  const light = LIGHTS['daylight'] ?? (() => [1, 1, 1] as const)
  for (const [name, fault] of Object.entries(FAULTS))
    photos[name] = await photographed(await drawn(scene(0)), light, fault, { seed: 9_102 })
  photos['cut off'] = await photographed(await drawn(scene(0.3)), light, {}, { seed: 9_103 })
})
afterAll(() => browser.close())

const fileOf = (name: string) => ({
  name: `${name}.jpg`,
  mimeType: 'image/jpeg',
  buffer: photos[name] ?? Buffer.alloc(0),
})

type Phone = { elder?: boolean; size?: { width: number; height: number } }

async function atPapers(options: Phone = {}) {
  const person = await bearResident(url, '周小满')
  const phone = await openPhone(browser, { url, person: person.id, ...options })
  const { page } = phone
  let uploads = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/api\/uploads/.test(request.url())) uploads += 1
  })
  await phone.go(`features/case/application/form?id=${SHORT_ITEM.id}&who=self`)
  await untilShown(page)
  await turnWheels(page, page, /^失业原因/, ['企业关停'])
  await turnWheels(page, page, /^失业日期/, [])
  await write(page, '求职意向', '家门口的活')
  await press(page, '下一步')
  return { ...phone, uploads: () => uploads }
}

/** Presses, and gives the chooser a photo. */
async function give(page: Page, button: RegExp | string, ...names: readonly string[]) {
  const opened = page.waitForEvent('filechooser')
  await press(page, button)
  await (await opened).setFiles(names.map(fileOf))
}

const FRONT = /^拍正面，居民身份证/
const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true })
const arrives = (page: Page) =>
  page
    .getByRole('button', { name: /^居民身份证正面，已传好/ })
    .filter({ visible: true })
    .waitFor()

test.each([false, true])(
  'a blurred photo is told before it goes, and taken again; large letters: %s',
  async (elder) => {
    const { page, uploads, faults, close } = await atPapers({ elder })
    await give(page, FRONT, 'blurred')
    await sees(page, '糊了，字看不清')
    await page.getByRole('button', { name: '刚拍的居民身份证正面，糊了，字看不清，点一下看大的' }).waitFor()
    await keepPicture(page, `photo-check-${elder ? 'elder' : 'blurred'}`)
    expect(await pageFaults(page)).toEqual([])
    expect(uploads()).toBe(0)
    // Seen whole: nobody scrolls for the two ways on.
    for (const name of ['重拍正面', '就用这张']) {
      const box = await dialogOf(page).getByRole('button', { name }).boundingBox()
      expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThanOrEqual(844)
    }
    await page.waitForTimeout(UNTIL_READ)
    await give(page, '重拍正面', 'good')
    await arrives(page)
    expect(await dialogOf(page).count()).toBe(0)
    expect(uploads()).toBe(1)
    expect(faults).toEqual([])
    await close()
  },
)

test('by keyboard: the question has it, Escape puts it aside, its tile asks again, and 就用这张 sends it', async () => {
  const { page, uploads, faults, close } = await atPapers()
  await give(page, FRONT, 'dark')
  await sees(page, '太暗，字看不清')
  await keepPicture(page, 'photo-check-dark')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  expect(uploads()).toBe(0)
  await sees(page, '正面，太暗')
  await keepPicture(page, 'photo-check-aside')
  expect(await pageFaults(page)).toEqual([])
  await press(page, /^居民身份证正面，太暗，点一下重拍/)
  await sees(page, '太暗，字看不清')
  await page.waitForTimeout(UNTIL_READ)
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('重拍正面')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('就用这张')
  await page.keyboard.press('Enter')
  await arrives(page)
  expect(faults).toEqual([])
  await close()
})

test.each([
  ['a low phone, large letters', { elder: true, size: { width: 320, height: 640 } }, 160],
  ['a low phone', { size: { width: 320, height: 568 } }, 200],
  ['a phone that is turned', { size: { width: 844, height: 390 } }, 300],
  ['a turned phone, large letters', { elder: true, size: { width: 844, height: 390 } }, 300],
  ['a counter', { size: { width: 1280, height: 720 } }, 280],
])('the photo, the words and both ways on are on the first screen: %s', async (what, phone, least) => {
  const { page, close } = await atPapers(phone)
  await give(page, /^拍一张，终止/, 'blurred', 'dark')
  await sees(page, '还有 1 张也要看看。')
  // Risen.
  await page.waitForTimeout(UNTIL_READ)
  await keepPicture(page, `photo-check-${what.replaceAll(/\W+/g, '-')}`)
  const boxOf = async (part: Locator) =>
    (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: Number.POSITIVE_INFINITY }
  const dialog = dialogOf(page)
  const told = await boxOf(dialog.getByText('还有 1 张也要看看。'))
  for (const name of ['重拍', '就用这张']) {
    const button = await boxOf(dialog.getByRole('button', { name, exact: true }))
    expect(button.y + button.height).toBeLessThanOrEqual(phone.size.height)
    expect(told.y + told.height <= button.y || told.x + told.width <= button.x).toBe(true)
  }
  expect((await boxOf(page.locator('.photo-check'))).height).toBeGreaterThanOrEqual(least)
  expect((await boxOf(dialog)).width).toBeLessThanOrEqual(phone.size.width > 1000 ? 760 : phone.size.width)
  const middleOf = async (selector: string) => {
    const box = await page.locator(selector).boundingBox()
    return (box?.x ?? 0) + (box?.width ?? 0) / 2
  }
  expect(await middleOf('.photo-check__photo img')).toBeCloseTo(await middleOf('.photo-check'), 0)
  await close()
})

test('a tap shows the photo whole, over the question; a tap or Escape closes it, and the question is still asked', async () => {
  const { page, faults, close } = await atPapers({ elder: true, size: { width: 320, height: 640 } })
  await give(page, FRONT, 'blurred')
  await sees(page, '糊了，字看不清')
  await page.waitForTimeout(UNTIL_READ)
  const whole = page.getByRole('dialog', { name: '照片，点一下或按 Esc 关上' })
  const picture = whole.getByRole('img')
  for (const closes of [() => page.keyboard.press('Escape'), () => whole.click()]) {
    await press(page, /点一下看大的$/)
    await whole.waitFor()
    await expect.poll(async () => (await picture.boundingBox())?.width).toBeGreaterThanOrEqual(300)
    await page.waitForTimeout(UNTIL_READ)
    await closes()
    await whole.waitFor({ state: 'hidden' })
    await sees(page, '糊了，字看不清')
  }
  await answer(page, '就用这张')
  await arrives(page)
  expect(faults).toEqual([])
  await close()
})

/** A phone on which each photo takes so long to draw. Milliseconds. */
const slow = (page: Page, wait: number) =>
  page.evaluate((ms) => {
    const { decode } = HTMLImageElement.prototype
    HTMLImageElement.prototype.decode = async function later() {
      await new Promise((resolve) => setTimeout(resolve, ms))
      return decode.call(this)
    }
  }, wait)

test('what is chosen while others are looked at joins them: one question at a time, and none is lost', async () => {
  const { page, uploads, faults, close } = await atPapers()
  await slow(page, 900)
  await give(page, FRONT, 'blurred')
  await sees(page, '正面，正在看')
  await keepPicture(page, 'photo-check-looking')
  await give(page, /^拍一张，终止/, 'dark', 'good')
  await give(page, /^再拍一张，终止/, 'glare')
  for (const words of ['糊了，字看不清', '太暗，字看不清', '反光，字看不清']) {
    await sees(page, words)
    expect(await dialogOf(page).count()).toBe(1)
    await answer(page, '就用这张')
  }
  await expect.poll(uploads).toBe(4)
  expect(await dialogOf(page).count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test.each([
  ['glare', '反光，字看不清', '换个角度，躲开灯，再拍一张。'],
  ['cut off', '没拍全，少了一边', '往后退一点，四个角都拍进去。'],
])('%s is told with how it comes out better', async (name, wrong, how) => {
  const { page, faults, close } = await atPapers()
  await give(page, FRONT, name)
  await sees(page, wrong)
  await sees(page, how)
  await keepPicture(page, `photo-check-${name}`)
  await answer(page, '就用这张')
  await arrives(page)
  expect(faults).toEqual([])
  await close()
})

test('a good photo goes without a word, and so does any where the browser draws nothing', async () => {
  const { page, faults, close } = await atPapers()
  await give(page, FRONT, 'good')
  await arrives(page)
  expect(await dialogOf(page).count()).toBe(0)
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.getContext = () => null
  })
  await press(page, '删除居民身份证正面')
  await give(page, FRONT, 'blurred')
  await arrives(page)
  expect(faults).toEqual([])
  await close()
})
