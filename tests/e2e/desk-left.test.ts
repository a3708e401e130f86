import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { keepPicture, untilShown } from './browser'
import { lock, openDoorHands, PIN, seesCode, tryPin, unlocked } from './door-hands'
import { press, sees } from './screen'

// A desk that its clerk has left: what stands there is for nobody who passes.
const { filed, client, letIn } = await openDoorHands()

const NAME = '孔三标'
const id = await filed(NAME, 'LX-036')

/** The clock of the pages alone, as a desk that is left has it. */
const leave = (page: Page, minutes: number) => page.clock.fastForward(minutes * 60_000)

const openCase = async (desk: Awaited<ReturnType<typeof letIn>>) => {
  await desk.openCase(id)
  await sees(desk.page, NAME)
}

/** Neither under a cover nor at the door does anything of the case stand there. */
const seesNobody = async (page: Page) =>
  expect(
    await page.evaluate((name) => {
      const stands = (element: Element) => element.getClientRects().length > 0
      const all = [...document.querySelectorAll('body *')].filter(
        (each) => each.children.length === 0 && each.textContent?.includes(name) && stands(each),
      )
      const box = document.querySelector('#desk-lock')
      return box === null ? all.length : 0
    }, NAME),
  ).toBe(0)

test('covered with or without a network; after five wrong PINs the door, and nothing of what stood there', async () => {
  const desk = await letIn('zhao-min', { isClocked: true })
  const { page } = desk
  await openCase(desk)
  await page.context().setOffline(true)
  await leave(page, 16)
  await sees(page, '锁上了')
  await tryPin(page, PIN)
  await sees(page, '没有连上网，再试一次')
  await page.context().setOffline(false)
  for (const left of [4, 3, 2, 1]) {
    await tryPin(page, '135791')
    await sees(page, `PIN 不对，还能试 ${left} 次`)
  }
  await tryPin(page, '135791')
  await seesCode(page)
  await seesNobody(page)
  await page.goBack()
  await page.waitForTimeout(1000)
  await seesNobody(page)
  await desk.close()
})

test('after ten in the evening any six digits lead to the door', async () => {
  const desk = await letIn('zhao-min', { isClocked: true })
  const { page } = desk
  await openCase(desk)
  await leave(page, 16)
  await sees(page, '锁上了')
  await client.door('POST', 'clock', { advanceWorkingDays: 1 })
  await tryPin(page, '000000')
  await seesCode(page)
  await seesNobody(page)
  await desk.close()
})

test('open at ten and left it is closed by itself, whether or not there is a network', async () => {
  const desk = await letIn('zhao-min', { isClocked: true })
  const { page } = desk
  await openCase(desk)
  await page.context().setOffline(true)
  await page.evaluate(() =>
    localStorage.setItem('yinxiang:visitor:desk-until', JSON.stringify('2020-01-01T14:00:00.000Z')),
  )
  await leave(page, 1)
  await page.waitForFunction((name) => !document.body.textContent?.includes(name), NAME)
  await desk.close()
})

test('of two tabs the one that is worked in keeps the other open; a lock covers both, and one PIN opens both', async () => {
  const desk = await letIn('zhao-min', { isClocked: true })
  const { page } = desk
  const other = await page.context().newPage()
  await other.clock.install()
  await other.goto(page.url())
  await untilShown(other)
  // Hands in the first alone, for twenty minutes.
  for (let minutes = 0; minutes < 20; minutes += 5) {
    await Promise.all([leave(page, 5), leave(other, 5)])
    await page.mouse.move(200 + minutes, 300)
    await page.keyboard.press('Shift')
  }
  for (const each of [page, other]) expect(await each.getByText('锁上了').count()).toBe(0)
  await leave(page, 16)
  await sees(page, '锁上了')
  await sees(other, '锁上了')
  await tryPin(other, PIN)
  await unlocked(other)
  await unlocked(page)
  await desk.close()
})

test('a desk that slept is covered by the hand that wakes it', async () => {
  const desk = await letIn('zhao-min', { isClocked: true })
  const { page } = desk
  await openCase(desk)
  await page.mouse.move(200, 300)
  // No timer runs asleep.
  await page.clock.pauseAt(Date.now() + 3 * 60 * 60_000)
  await page.evaluate(() => window.dispatchEvent(new PointerEvent('pointermove')))
  await sees(page, '锁上了')
  await tryPin(page, PIN)
  await unlocked(page)
  await page.mouse.move(220, 320)
  await page.clock.runFor(60_000)
  expect(await page.getByText('锁上了').count()).toBe(0)
  await desk.close()
})

/** What was kept of a desk is opened in another window, so many minutes later, where nothing can be asked. */
async function reopened(page: Page, minutes: number) {
  await page.close()
  const other = await page.context().newPage()
  await other.clock.install({ time: Date.now() + minutes * 60_000 })
  await other.route('**/api/**', (route) => route.abort())
  await other.goto(`${page.url().split('#')[0]}#/staff/case/queue`)
  return other
}

test('a browser that was closed at work opens covered, and the next morning at the door', async () => {
  const desk = await letIn('zhao-min')
  await desk.page.getByText('孔*标').first().waitFor()
  const later = await reopened(desk.page, 60)
  await sees(later, '锁上了')
  await later.evaluate(() =>
    localStorage.setItem('yinxiang:visitor:desk-until', JSON.stringify('2020-01-01T14:00:00.000Z')),
  )
  const morning = await reopened(later, 20 * 60)
  await morning.waitForURL(/desk-login/)
  await morning.goBack()
  await morning.waitForTimeout(1000)
  expect(await morning.getByText('孔*标').filter({ visible: true }).count()).toBe(0)
  await desk.close()
})

test('whoever takes the desk for somebody else comes to the door; what was half written waits for who wrote it', async () => {
  const desk = await letIn('zhao-min')
  const { page } = desk
  await openCase(desk)
  const half = 'yinxiang:visitor:act:half-written'
  await page.evaluate((key) => localStorage.setItem(key, JSON.stringify('写了一半')), half)
  await lock(page)
  await page.reload()
  await sees(page, '锁上了')
  await press(page, '换个人，重新扫码')
  await seesCode(page)
  const kept = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => /page:|act:|token$/.test(key)))
  expect(await kept()).toEqual([half])
  await desk.close()
})

test('a wheel that was open lies under the lock, and the lock has large letters where the page has', async () => {
  for (const elder of [false, true]) {
    const desk = await letIn('zhao-min', { elder })
    const { page } = desk
    await desk.open('tabs/account/me')
    await press(page, /你住哪个村或社区/)
    await page.getByRole('spinbutton').first().waitFor()
    await lock(page)
    // Another tab is told first, and covers this one too.
    const other = await page.context().newPage()
    await other.goto(page.url())
    await sees(page, '锁上了')
    await keepPicture(page, `desk-locked-wheel${elder ? '.elder' : ''}`)
    const field = page.getByLabel('PIN，6 位数字')
    const onTop = await field.evaluate((element) => {
      const box = element.getBoundingClientRect()
      return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === element
    })
    expect(onTop).toBe(true)
    const sizes = await page.evaluate(() =>
      [...document.querySelectorAll('#desk-lock h1, #desk-lock p, #desk-lock button')].map((each) => ({
        letters: Number.parseFloat(getComputedStyle(each).fontSize),
        height: each.tagName === 'BUTTON' ? each.getBoundingClientRect().height : 60,
      })),
    )
    if (elder) for (const { letters, height } of sizes) expect(letters >= 18 && height >= 60).toBe(true)
    await desk.close()
  }
})
