import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { DESK } from './desk-hands'
import { DOOR, digitsOn, lock, openDoorHands, PIN, seesCode, setPin, tryPin, unlocked } from './door-hands'
import { press, sees, UNTIL_READ, write } from './screen'

// A computer outside of the console: who sits there has a phone, and no password.
const { client, filed, pass, openWork, openVisitor, openDoor, lookFrom, typeDigits, letIn } =
  await openDoorHands()

test('a phone lets a computer in, whose work is then there, also after a reload', async () => {
  const desk = await openDoor()
  await keepPicture(desk.page, 'desk-login')
  const phone = await lookFrom('zhao-min', desk.digits)
  await sees(phone.page, '赵敏，镇窗口')
  await sees(desk.page, '扫到了')
  await keepPicture(desk.page, 'desk-login-scanned')
  await keepPicture(phone.page, 'desk-login-confirm')
  await press(phone.page, '确认登录')
  await sees(phone.page, '6 位数字')
  await setPin(phone.page, '123456')
  // Whoever stands beside it reads no digits, unless one looks at them oneself.
  const pin = phone.page.getByLabel('设一个 6 位 PIN').filter({ visible: true })
  const type = () => pin.getAttribute('type')
  expect(await type()).toBe('password')
  await press(phone.page, '看一眼 PIN')
  await expect.poll(type).toBe('text')
  expect(await pin.inputValue()).toBe('123456')
  await keepPicture(phone.page, 'desk-login-pin')
  await press(phone.page, '遮住 PIN')
  await expect.poll(type).toBe('password')
  await press(phone.page, '确认登录')
  await sees(phone.page, '连着的、重复的数太好猜，换一个')
  await setPin(phone.page, PIN)
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

test('a PIN that is missing is asked for where it is seen, on the smallest phone in large letters too', async () => {
  const desk = await openDoor()
  const phone = await lookFrom('zhao-min', desk.digits, { elder: true, size: { width: 320, height: 640 } })
  await press(phone.page, '确认登录')
  await sees(phone.page, '6 位数字')
  const [fault, bar] = [phone.page.getByText('6 位数字'), phone.page.locator('.action-bar')].map((part) =>
    part.filter({ visible: true }).last(),
  )
  const bottomOf = async () => {
    const box = await fault?.boundingBox()
    return box ? box.y + box.height : Number.POSITIVE_INFINITY
  }
  const top = (await bar?.boundingBox())?.y ?? 0
  await expect.poll(bottomOf).toBeLessThanOrEqual(top)
  await Promise.all([desk.close(), phone.close()])
})

test('whoever steps out locks the desk by a press or a key, in every tab, and the PIN opens it', async () => {
  const id = await filed('章小锁', 'LX-036')
  const { page, close } = await letIn('zhao-min')
  const other = await page.context().newPage()
  await other.goto(`${new URL(page.url()).origin}/#/staff/case/case?id=${id}`)
  await untilShown(other)
  await press(page, '锁上')
  await sees(page, '锁上了')
  await sees(other, '锁上了')
  await tryPin(page, PIN)
  await unlocked(page)
  await unlocked(other)
  await other.bringToFront()
  await other.keyboard.press('l')
  await sees(other, '锁上了')
  await close()
})

test('not me: the code is void, and a new one is a press away', async () => {
  const desk = await openDoor()
  const phone = await lookFrom('zhao-min', desk.digits)
  await press(phone.page, '不是我')
  await sees(phone.page, '码作废了')
  await sees(desk.page, '手机上点了“不是我”')
  await keepPicture(desk.page, 'desk-login-refused')
  await press(desk.page, '换一个新码')
  await seesCode(desk.page)
  await Promise.all([desk.close(), phone.close()])
})

test('a computer whose clerk presses for another code again and again takes one place', async () => {
  const desk = await openDoor()
  for (let pressed = 0; pressed < 7; pressed += 1) {
    const before = await digitsOn(desk.page)
    await press(desk.page, '现在就换一个')
    await expect.poll(() => digitsOn(desk.page)).not.toBe(before)
  }
  const others = await Promise.all([openDoor(), openDoor(), openDoor(), openDoor()])
  const full = await openVisitor(DOOR)
  await sees(full.page, '这个网络上等着扫的电脑太多了，等一等再换码')
  await keepPicture(full.page, 'desk-login-full')
  await Promise.all([desk, full, ...others].map(({ close }) => close()))
})

test('the next answer is lost, or the one with the token is slow: the computer is in all the same', async () => {
  for (const fault of ['lost', 'slow'] as const) {
    const desk = await openDoor()
    const { page } = desk
    if (fault === 'lost') await page.route('**/api/account', (route) => route.abort(), { times: 1 })
    else
      await page.route('**/api/desk-sessions/*', async (route) => {
        const response = await route.fetch()
        await page.waitForTimeout(3000)
        await route.fulfill({ response })
      })
    const phone = await lookFrom('zhao-min', desk.digits)
    await setPin(phone.page, PIN)
    await press(phone.page, '确认登录')
    await sees(phone.page, '电脑上进去了')
    await page.waitForURL(/staff\/case\/queue/)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await Promise.all([desk.close(), phone.close()])
  }
})

test('the answer to the yes is lost: the phone does not know it, and pressed again says what is', async () => {
  const desk = await openDoor()
  const phone = await lookFrom('zhao-min', desk.digits)
  const { page } = phone
  await setPin(page, PIN)
  await page.route(
    '**/confirmation',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await press(page, '确认登录')
  await sees(page, '不知道交上没有')
  await desk.page.waitForURL(/staff\/case\/queue/)
  await press(page, '确认登录')
  await sees(page, '电脑上进去了')
  await Promise.all([desk.close(), phone.close()])
})

test('a computer that shows another code meanwhile is not in, and the phone does not say so', async () => {
  const desk = await openDoor()
  const phone = await lookFrom('zhao-min', desk.digits)
  await desk.close()
  await setPin(phone.page, PIN)
  await press(phone.page, '确认登录')
  // Not before nothing can be fetched any more.
  await phone.page.getByText('电脑没有接上').filter({ visible: true }).waitFor({ timeout: 40_000 })
  await phone.close()
})

test('scanned and not answered in time: both sides say so, and the phone takes the next code', async () => {
  const desk = await openDoor()
  const phone = await lookFrom('zhao-min', desk.digits)
  await sees(desk.page, '扫到了')
  await pass(125)
  await sees(desk.page, '扫到了，手机上没有点确认')
  await setPin(phone.page, PIN)
  await press(phone.page, '确认登录')
  await sees(phone.page, '这个码用过或过期了，电脑上换一个新码再扫')
  await press(desk.page, '换一个新码')
  await write(phone.page, '电脑上的 8 位数', await digitsOn(desk.page))
  await press(phone.page, '看看是哪台')
  await sees(phone.page, '在这台电脑上登录？')
  await Promise.all([desk.close(), phone.close()])
})

test('what is no code is told so; who has no work here is told before anything is typed', async () => {
  const phone = await typeDigits('zhao-min', '1234')
  await press(phone.page, '看看是哪台')
  await sees(phone.page, '不是登录码。电脑上的数一共 8 位')
  await phone.close()
  const resident = await openWork('li-jianguo', 'staff/account/let-in', { size: PHONE })
  await sees(resident.page, '这个微信没有工作身份')
  await resident.close()
})

test('locked, what was typed stays, no key acts behind the lock, and the PIN opens it', async () => {
  const desk = await letIn('zhao-min')
  const { page } = desk
  const search = page.getByRole('searchbox').filter({ visible: true }).first()
  await search.fill('李秀')
  await lock(page)
  await search.fill('李秀珍')
  await sees(page, '锁上了')
  await keepPicture(page, 'desk-locked')
  await page.keyboard.press('Escape')
  await sees(page, '锁上了')
  await tryPin(page, '135791')
  await sees(page, 'PIN 不对，还能试 4 次')
  await tryPin(page, PIN)
  await unlocked(page)
  expect(await search.inputValue()).toBe('李秀珍')
  expect(desk.faults).toEqual([])
  await desk.close()
})

test('whoever logs in after somebody else finds nothing of theirs; ended by the phone it shows the code again', async () => {
  const desk = await letIn('zhao-min')
  const { page } = desk
  await page.evaluate(() => localStorage.setItem('yinxiang:visitor:reason:x', '"别人写的"'))
  const person = await client.as('zhao-min')
  const { sessions } = (
    await person.send<{ sessions: { id: string; kind: string }[] }>('GET', '/api/sessions')
  ).body
  for (const { id } of sessions.filter(({ kind }) => kind === 'desk'))
    await person.send('DELETE', `/api/sessions/${id}`)
  await page.reload()
  const other = await lookFrom('qian-li', await digitsOn(page))
  await setPin(other.page, PIN)
  await press(other.page, '确认登录')
  await page.waitForURL(/staff\/case\/queue/)
  await untilShown(page)
  expect(await page.evaluate(() => localStorage.getItem('yinxiang:visitor:reason:x'))).toBeNull()
  await Promise.all([desk.close(), other.close()])
})

test.each([PHONE, { width: 320, height: 640 }, { width: 1024, height: 768 }, DESK])(
  'the door in large letters: $width',
  async (size) => {
    const desk = await openDoor({ size, elder: true })
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await keepPicture(desk.page, `desk-login.elder.${size.width}`)
    expect(desk.faults).toEqual([])
    await desk.close()
  },
)

test('somebody else in another tab: nothing that the former pressed is done in their name', async () => {
  const id = await filed('孔二标', 'LX-036')
  const desk = await letIn('zhao-min')
  const { page } = desk
  await desk.openCase(id)
  const other = await page.context().newPage()
  await other.goto(page.url())
  await untilShown(other)
  await lock(other)
  await page.keyboard.press('r')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Control+Enter')
  await sees(page, '锁上了')
  await sees(other, '锁上了')
  await press(other, '换个人，重新扫码')
  const phone = await lookFrom('qian-li', await digitsOn(other))
  // The former's tab has gone with what it held.
  await seesCode(page)
  await setPin(phone.page, PIN)
  await press(phone.page, '确认登录')
  await other.waitForURL(/staff\/case\/queue/)
  await untilShown(other)
  expect((await caseOf(await client.as('zhao-min'), id)).status).toBe('submitted')
  await Promise.all([desk.close(), phone.close()])
})
