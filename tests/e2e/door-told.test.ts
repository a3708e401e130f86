import { expect, test } from 'vitest'
import type { SessionList } from '#shared/contract/account'
import { keepPicture, PHONE, untilShown } from './browser'
import { DOOR, digitsOn, lock, openDoorHands, PIN, seesCode, setPin, tryPin, unlocked } from './door-hands'
import { file } from './scenes'
import { press, sees, UNTIL_READ, write } from './screen'

// What the door says to whoever comes back to it, and what it does not leave behind.
const { client, born, filed, openWork, pass, openDoor, lookFrom, typeDigits, letIn } = await openDoorHands()

type Page = Awaited<ReturnType<typeof letIn>>['page']

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const UNSENT = /你刚才点的没有交上去/
const desksOf = async (person: string) => {
  const { body } = await (await client.as(person)).send<SessionList>('GET', '/api/sessions')
  return body.sessions.filter(({ kind }) => kind === 'desk')
}
const endDesks = async (person: string) => {
  const member = await client.as(person)
  for (const { id } of await desksOf(person)) await member.send('DELETE', `/api/sessions/${id}`)
}
/** What is pressed on the case that stands there: it is accepted at once. `meanwhile`: before the last stroke. */
async function accept(page: Page, meanwhile: () => Promise<void> = async () => {}) {
  await sees(page, '受理')
  await page.keyboard.press('r')
  await page.getByRole('dialog').filter({ visible: true }).waitFor()
  await page.waitForTimeout(UNTIL_READ)
  await meanwhile()
  await page.keyboard.press('Control+Enter')
}
const statusOf = async (id: string) =>
  (await (await client.as('zhao-min')).send<{ status: string }>('GET', `/api/cases/${id}`)).body.status

/** Loads the page anew; one that has found out meanwhile is on its way to the door by itself. */
const comeBack = (page: Page) => page.reload().catch(() => undefined)

/** Nothing lies over the door. */
const isBare = (page: Page) => page.evaluate(() => document.querySelector('#desk-lock') === null)

test('five wrong PINs: the door says so, that what was pressed has not gone, and in each tab; in again it says nothing', async () => {
  const id = await filed('孔五错', 'LX-036')
  const desk = await letIn('zhao-min')
  const { page } = desk
  await desk.openCase(id)
  const other = await page.context().newPage()
  await other.goto(page.url())
  await untilShown(other)
  await accept(page, () => lock(page))
  await sees(page, '锁上了')
  await sees(other, '锁上了')
  for (const left of [4, 3, 2, 1]) {
    await tryPin(other, '135791')
    await sees(other, `PIN 不对，还能试 ${left} 次`)
  }
  await tryPin(other, '135791')
  for (const each of [other, page]) {
    await seesCode(each)
    expect(await isBare(each)).toBe(true)
    await sees(each, 'PIN 错了 5 次，退出了')
  }
  await sees(page, UNSENT)
  await keepPicture(page, 'desk-login-pins')
  expect(await statusOf(id)).toBe('submitted')
  const phone = await lookFrom('zhao-min', await digitsOn(page))
  await setPin(phone.page, PIN)
  await press(phone.page, '确认登录')
  await page.waitForURL(/staff\/case\/queue/)
  await endDesks('zhao-min')
  await pass(121)
  await comeBack(page)
  await seesCode(page)
  await sees(page, '这台电脑上的登录结束了')
  expect(await page.getByText(/PIN 错了/).count()).toBe(0)
  expect(await page.getByText(UNSENT).count()).toBe(0)
  await Promise.all([desk.close(), phone.close()])
})

test('ended by the phone while one pressed: the door says that it has not gone', async () => {
  const id = await filed('孔按了', 'LX-036')
  const desk = await letIn('zhao-min')
  const { page } = desk
  await desk.openCase(id)
  await accept(page, () => endDesks('zhao-min'))
  await seesCode(page)
  await sees(page, '这台电脑上的登录结束了')
  await sees(page, UNSENT)
  expect(await statusOf(id)).toBe('submitted')
  await desk.close()
})

test('looked only, nothing is said to be unsent; what was opened again by its PIN has gone', async () => {
  const id = await filed('孔看了', 'LX-036')
  const desk = await letIn('zhao-min')
  const { page } = desk
  await desk.openCase(id)
  await accept(page, () => lock(page))
  await sees(page, '锁上了')
  await tryPin(page, PIN)
  await unlocked(page)
  await expect.poll(() => statusOf(id)).toBe('accepted')
  await endDesks('zhao-min')
  await comeBack(page)
  await seesCode(page)
  await sees(page, '这台电脑上的登录结束了')
  expect(await page.getByText(UNSENT).count()).toBe(0)
  await desk.close()
})

test('ten in the evening by its own clock: the door says that the day is over', async () => {
  const desk = await letIn('zhao-min', { isClocked: true })
  const { page } = desk
  await page.evaluate(() =>
    localStorage.setItem('yinxiang:visitor:desk-until', JSON.stringify('2020-01-01T14:00:00.000Z')),
  )
  await page.clock.fastForward(60_000)
  await sees(page, '过了晚上 22 点，自动退出了')
  await desk.close()
})

test('a digit that was mistyped is looked at again, and Enter in the PIN lets the computer in', async () => {
  const desk = await openDoor()
  const wrong = `${desk.digits.slice(0, -1)}${(Number(desk.digits.at(-1)) + 1) % 10}`
  const phone = await typeDigits('zhao-min', wrong, { elder: true, size: { width: 320, height: 640 } })
  await press(phone.page, '看看是哪台')
  await sees(phone.page, /看看 8 位数有没有输错/)
  expect(await phone.page.getByText(/用过或过期/).count()).toBe(0)
  await keepPicture(phone.page, 'let-in-mistyped')
  await write(phone.page, '电脑上的 8 位数', desk.digits)
  await phone.page.keyboard.press('Enter')
  await sees(phone.page, '在这台电脑上登录？')
  await setPin(phone.page, PIN)
  await phone.page.keyboard.press('Enter')
  await sees(phone.page, '电脑上进去了')
  await Promise.all([desk.close(), phone.close()])
})

test('who takes over a browser by another tab ends the former there, on the server too', async () => {
  await endDesks('zhao-min')
  await pass(121)
  const desk = await letIn('zhao-min')
  const other = await desk.page.context().newPage()
  await other.goto(`${new URL(desk.page.url()).origin}/#/${DOOR}`)
  const phone = await lookFrom('qian-li', await digitsOn(other))
  await setPin(phone.page, PIN)
  await press(phone.page, '确认登录')
  await other.waitForURL(/staff\/case\/queue/)
  await expect.poll(() => desksOf('zhao-min')).toEqual([])
  expect(await desksOf('qian-li')).toHaveLength(1)
  await Promise.all([desk.close(), phone.close()])
})

test('a computer whose clock is set back is locked all the same', async () => {
  const desk = await letIn('zhao-min', { isClocked: true })
  const { page } = desk
  await page.mouse.move(200, 300)
  await page.clock.setSystemTime(Date.now() - 2 * 60 * 60_000)
  await page.clock.runFor(60_000)
  expect(await page.getByText('锁上了').count()).toBe(0)
  await page.clock.fastForward(16 * 60_000)
  await sees(page, '锁上了')
  await desk.close()
})

test('a file in a window of its own goes with the lock', async () => {
  const applicant = await born('孔文件')
  const upload = () => applicant.person.upload(PDF, 'application/pdf', '扫描.pdf')
  const id = await file(client, { ...applicant, person: { ...applicant.person, upload } }, 'LX-036')
  const desk = await letIn('zhao-min')
  const { page } = desk
  const open = async () => {
    await desk.openCase(id)
    await sees(page, /^材料 \d 份/)
    const told = page.getByText('这份是文件，不是照片。').filter({ visible: true })
    await expect
      .poll(async () => {
        await page.keyboard.press('1')
        return told.count()
      })
      .toBe(1)
    const popup = page.waitForEvent('popup')
    await press(page, '打开文件')
    return popup
  }
  const left = await open()
  const other = await page.context().newPage()
  await other.goto(page.url())
  await untilShown(other)
  await press(other, '锁上')
  await sees(page, '锁上了')
  await expect.poll(() => left.isClosed()).toBe(true)
  await tryPin(page, PIN)
  await unlocked(page)
  await page.keyboard.press('Escape')
  const shown = await open()
  await page.reload()
  await expect.poll(() => shown.isClosed()).toBe(true)
  await desk.close()
})

test('a tab that was opened before anybody was let in is covered with the others', async () => {
  const desk = await openDoor()
  const before = await desk.page.context().newPage()
  const origin = new URL(desk.page.url()).origin
  await before.goto(`${origin}/#/features/service-item/home`)
  await untilShown(before)
  const phone = await lookFrom('zhao-min', desk.digits)
  await setPin(phone.page, PIN)
  await press(phone.page, '确认登录')
  await desk.page.waitForURL(/staff\/case\/queue/)
  await before.goto(`${origin}/#/staff/case/queue`)
  await untilShown(before)
  await sees(before, /梅渚镇/)
  await press(desk.page, '锁上')
  await sees(desk.page, '锁上了')
  await sees(before, '锁上了')
  await before.reload()
  await sees(before, '锁上了')
  await tryPin(before, PIN)
  await unlocked(desk.page)
  await Promise.all([desk.close(), phone.close()])
})

test('退出登录 names what goes from a computer, and from a phone', async () => {
  const desk = await letIn('zhao-min')
  await desk.open('tabs/account/me')
  await press(desk.page, '退出登录')
  await sees(desk.page, /写到一半的理由，会从这台电脑上删掉/)
  const dialog = desk.page.getByRole('dialog').filter({ visible: true })
  expect((await dialog.boundingBox())?.width).toBeLessThanOrEqual(760)
  await keepPicture(desk.page, 'desk-log-out')
  await desk.page.waitForTimeout(UNTIL_READ)
  await desk.page.keyboard.press('Escape')
  // The keyboard is where it was.
  await expect.poll(() => desk.page.evaluate(() => document.activeElement?.textContent)).toBe('退出登录')
  const phone = await openWork('zhao-min', 'tabs/account/me', { size: PHONE })
  await press(phone.page, '退出登录')
  await sees(phone.page, '没填完的、写到一半的，都会从这个手机上删掉。')
  await Promise.all([desk.close(), phone.close()])
})
