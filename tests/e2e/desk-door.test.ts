import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { DESK, openDeskHands } from './desk-hands'
import { fieldOf, press, sees, UNTIL_READ, write } from './screen'

// A computer outside of the console: who sits there has a phone, and no password.
const { client, filed, openWork, openVisitor } = await openDeskHands()
const PIN = '270391'
const ASKING = 'staff/account/let-in'
const DOOR = 'staff/account/desk-login'

/** A computer that shows a code, and the digits beside it. */
async function openDoor(isClocked = false) {
  const desk = await openVisitor(DOOR)
  if (isClocked) await desk.page.clock.install()
  await desk.page.getByRole('img', { name: '登录用的二维码' }).waitFor()
  const digits = await desk.page.getByText(/^\d{4} \d{4}$/).textContent()
  return { ...desk, digits: digits ?? '' }
}

async function lookFrom(person: string, digits: string) {
  const phone = await openWork(person, ASKING, { size: PHONE })
  await sees(phone.page, '登录哪台电脑？')
  await write(phone.page, '电脑上的 8 位数', digits)
  await press(phone.page, '看看是哪台')
  await sees(phone.page, '在这台电脑上登录？')
  return phone
}

/** `isClocked`: the pages' clock is the test's. */
async function letIn(person: string, isClocked = false) {
  const desk = await openDoor(isClocked)
  const phone = await lookFrom(person, desk.digits)
  await write(phone.page, '设一个 6 位 PIN', PIN)
  await press(phone.page, '确认登录')
  await sees(phone.page, '电脑上进去了')
  await desk.page.waitForURL(/staff\/case\/queue/)
  await untilShown(desk.page)
  return { desk, phone }
}

test('a phone lets a computer in, whose work is then there, also after a reload', async () => {
  const desk = await openDoor()
  await keepPicture(desk.page, 'desk-login')
  const phone = await lookFrom('zhao-min', desk.digits)
  await sees(desk.page, '扫到了')
  await keepPicture(phone.page, 'desk-login-confirm')
  await press(phone.page, '确认登录')
  await sees(phone.page, '6 位数字')
  await write(phone.page, '设一个 6 位 PIN', '123456')
  await press(phone.page, '确认登录')
  await sees(phone.page, '连着的、重复的数太好猜，换一个')
  await write(phone.page, '设一个 6 位 PIN', PIN)
  await press(phone.page, '确认登录')
  await sees(phone.page, '电脑上进去了')
  await desk.page.waitForURL(/staff\/case\/queue/)
  await untilShown(desk.page)
  await sees(desk.page, /梅渚镇/)
  await desk.page.reload()
  await untilShown(desk.page)
  await sees(desk.page, /梅渚镇/)
  await press(phone.page, '好了')
  await press(phone.page, /登录过的设备/)
  await sees(phone.page, /Windows 电脑，Edge 浏览器，127\.0\.\*\.1/)
  await keepPicture(phone.page, 'desk-listed')
  expect([desk.faults, phone.faults]).toEqual([[], []])
  await Promise.all([desk.close(), phone.close()])
})

test('not me: the code is void, and a new one is a press away', async () => {
  const desk = await openDoor()
  const phone = await lookFrom('zhao-min', desk.digits)
  await press(phone.page, '不是我')
  await sees(phone.page, '码作废了')
  await sees(desk.page, '手机上点了“不是我”')
  await keepPicture(desk.page, 'desk-login-refused')
  await press(desk.page, '换一个新码')
  await desk.page.getByRole('img', { name: '登录用的二维码' }).waitFor()
  await Promise.all([desk.close(), phone.close()])
})

test('locked, what was typed stays, no key acts behind the lock, and the PIN opens it', async () => {
  const { desk, phone } = await letIn('zhao-min')
  const { page } = desk
  await page.keyboard.press('/')
  const search = fieldOf(page, /./)
  await search.fill('李秀')
  const token = await page.evaluate(() => JSON.parse(localStorage.getItem('yinxiang:visitor:token') ?? '""'))
  const locked = await fetch(`${new URL(page.url()).origin}/api/desk-sessions/current/lock`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  })
  expect(locked.status).toBe(204)
  await search.fill('李秀珍')
  await sees(page, '锁上了')
  await keepPicture(page, 'desk-locked')
  await page.keyboard.press('Escape')
  await sees(page, '锁上了')
  const pin = page.getByLabel('PIN，6 位数字')
  await pin.fill('135791')
  await page.keyboard.press('Enter')
  await sees(page, 'PIN 不对，还能试 4 次')
  await pin.fill(PIN)
  await page.keyboard.press('Enter')
  await page.getByText('锁上了').waitFor({ state: 'hidden' })
  await sees(page, '李*珍')
  expect(await search.inputValue()).toBe('李秀珍')
  expect(desk.faults).toEqual([])
  await Promise.all([desk.close(), phone.close()])
})

test('whoever logs in after somebody else finds nothing of theirs; ended by the phone it shows the code again', async () => {
  const { desk, phone } = await letIn('zhao-min')
  const { page } = desk
  await page.evaluate(() => localStorage.setItem('yinxiang:visitor:reason:x', '"别人写的"'))
  const { sessions } = (
    await (
      await client.as('zhao-min')
    ).send<{ sessions: { id: string; kind: string }[] }>('GET', '/api/sessions')
  ).body
  for (const each of sessions.filter(({ kind }) => kind === 'desk'))
    await (await client.as('zhao-min')).send('DELETE', `/api/sessions/${each.id}`)
  await page.reload()
  await sees(page, '工作人员扫码登录')
  await press(page, '工作人员扫码登录')
  await page.getByRole('img', { name: '登录用的二维码' }).waitFor()
  const digits = await page.getByText(/^\d{4} \d{4}$/).textContent()
  const other = await lookFrom('qian-li', digits ?? '')
  await write(other.page, '设一个 6 位 PIN', PIN)
  await press(other.page, '确认登录')
  await page.waitForURL(/staff\/case\/queue/)
  await untilShown(page)
  expect(await page.evaluate(() => localStorage.getItem('yinxiang:visitor:reason:x'))).toBeNull()
  await Promise.all([desk.close(), phone.close(), other.close()])
})

test.each([PHONE, { width: 320, height: 640 }, { width: 1024, height: 768 }, DESK])(
  'the door in large letters: $width',
  async (size) => {
    const desk = await openVisitor(DOOR, { size, elder: true })
    await desk.page.getByRole('img', { name: '登录用的二维码' }).waitFor()
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await keepPicture(desk.page, `desk-login.elder.${size.width}`)
    expect(desk.faults).toEqual([])
    await desk.close()
  },
)

/** The clock of the pages alone, as a desk that is left has it. */
const leave = async (page: Page, minutes: number) => {
  await page.clock.fastForward(minutes * 60_000)
}

test('a desk that is left is covered, with or without a network, and any digits open nothing', async () => {
  const { desk, phone } = await letIn('zhao-min', true)
  const { page } = desk
  await page.context().setOffline(true)
  await leave(page, 16)
  await sees(page, '锁上了')
  await page.getByLabel('PIN，6 位数字').fill(PIN)
  await page.keyboard.press('Enter')
  await sees(page, '没有连上网，再试一次')
  await page.context().setOffline(false)
  for (const left of [4, 3, 2, 1]) {
    await page.getByLabel('PIN，6 位数字').fill('135791')
    await page.keyboard.press('Enter')
    await sees(page, `PIN 不对，还能试 ${left} 次`)
  }
  await page.getByLabel('PIN，6 位数字').fill('135791')
  await page.keyboard.press('Enter')
  // The door, and nothing of what stood there.
  await page.getByRole('img', { name: '登录用的二维码' }).waitFor()
  expect(await page.getByText('梅渚镇').filter({ visible: true }).count()).toBe(0)
  await Promise.all([desk.close(), phone.close()])
})

test('of two tabs the one that is worked in keeps the other open; a lock covers both, and one PIN opens both', async () => {
  const { desk, phone } = await letIn('zhao-min', true)
  const other = await desk.page.context().newPage()
  await other.goto(desk.page.url())
  await untilShown(other)
  await leave(desk.page, 16)
  await sees(desk.page, '锁上了')
  await sees(other, '锁上了')
  await other.getByLabel('PIN，6 位数字').fill(PIN)
  await other.keyboard.press('Enter')
  await other.getByText('锁上了').waitFor({ state: 'hidden' })
  await desk.page.getByText('锁上了').waitFor({ state: 'hidden' })
  await Promise.all([desk.close(), phone.close()])
})

test('somebody else in another tab: nothing that the former pressed is done in their name', async () => {
  const id = await filed('孔二标', 'LX-036')
  const { desk, phone } = await letIn('zhao-min')
  const { page } = desk
  await page.goto(`${new URL(page.url()).origin}/#/staff/case/case?id=${id}`)
  await untilShown(page)
  const other = await page.context().newPage()
  await other.goto(page.url())
  await untilShown(other)
  const token = await other.evaluate(() => JSON.parse(localStorage.getItem('yinxiang:visitor:token') ?? '""'))
  await fetch(`${new URL(page.url()).origin}/api/desk-sessions/current/lock`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  })
  await page.keyboard.press('r')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Control+Enter')
  await sees(page, '锁上了')
  await sees(other, '锁上了')
  await press(other, '换个人，重新扫码')
  await other.getByRole('img', { name: '登录用的二维码' }).waitFor()
  // The former's tab has gone with what it held.
  await page.getByRole('img', { name: '登录用的二维码' }).waitFor()
  expect((await caseOf(await client.as('zhao-min'), id)).status).toBe('submitted')
  await Promise.all([desk.close(), phone.close()])
})
