import { beforeEach } from 'vitest'
import { PHONE, untilShown } from './browser'
import { openDeskHands } from './desk-hands'
import { press, sees, write } from './screen'

export const PIN = '270391'
export const DOOR = 'staff/account/desk-login'
const ASKING = 'staff/account/let-in'

interface Opened {
  /** The pages' clock is the test's. */
  readonly isClocked?: boolean
  readonly size?: typeof PHONE
  readonly elder?: boolean
}

/** A desk of `openDeskHands` that phones let somebody in at. To be awaited at the top of a file. */
export async function openDoorHands() {
  const hands = await openDeskHands()
  const { client, openVisitor, openWork } = hands

  const pass = async (seconds: number) => {
    const { body } = await client.door<{ now: string }>('GET', 'clock')
    await client.door('POST', 'clock', {
      set: new Date(Date.parse(body.now) + seconds * 1000).toISOString(),
    })
  }
  // What the tests before have shown waits no more: five wait on one network, and here everybody is on it.
  beforeEach(() => pass(121))

  /** A computer that shows a code, and the digits beside it. */
  async function openDoor({ isClocked, ...opened }: Opened = {}) {
    const desk = await openVisitor(DOOR, opened)
    if (isClocked) await desk.page.clock.install()
    return { ...desk, digits: await digitsOn(desk.page) }
  }

  /** On the phone of a member of staff, the digits typed and not sent yet. */
  async function typeDigits(person: string, digits: string, opened: Opened = {}) {
    const phone = await openWork(person, ASKING, { size: PHONE, ...opened })
    await sees(phone.page, '登录哪台电脑？')
    await write(phone.page, '电脑上的 8 位数', digits)
    return phone
  }

  async function lookFrom(person: string, digits: string, opened: Opened = {}) {
    const phone = await typeDigits(person, digits, opened)
    await press(phone.page, '看看是哪台')
    await sees(phone.page, '在这台电脑上登录？')
    return phone
  }

  async function letIn(person: string, opened: Opened = {}) {
    const desk = await openDoor(opened)
    const phone = await lookFrom(person, desk.digits)
    await setPin(phone.page, PIN)
    await press(phone.page, '确认登录')
    await sees(phone.page, '电脑上进去了')
    await phone.close()
    await desk.page.waitForURL(/staff\/case\/queue/)
    await untilShown(desk.page)
    /** Another page of the desk, once it stands. */
    const open = async (path: string) => {
      await desk.go(path)
      await untilShown(desk.page)
    }
    return { ...desk, open, openCase: (id: string) => open(`staff/case/case?id=${id}`) }
  }

  return { ...hands, pass, openDoor, typeDigits, lookFrom, letIn }
}

type DeskPage = Awaited<ReturnType<Awaited<ReturnType<typeof openDeskHands>>['openVisitor']>>['page']

export const seesCode = (page: DeskPage) =>
  page.getByRole('img', { name: '登录用的二维码' }).filter({ visible: true }).waitFor()

/** The eight digits beside the code. */
export async function digitsOn(page: DeskPage) {
  await seesCode(page)
  return (
    (await page
      .getByText(/^\d{4} \d{4}$/)
      .filter({ visible: true })
      .textContent()) ?? ''
  )
}

/** On the phone, where its digits are dots. */
export const setPin = (page: DeskPage, pin: string) =>
  page.getByLabel('设一个 6 位 PIN').filter({ visible: true }).fill(pin)

const pinField = (page: DeskPage) => page.getByLabel('PIN，6 位数字')

export async function tryPin(page: DeskPage, pin: string) {
  await pinField(page).fill(pin)
  await page.keyboard.press('Enter')
}

export const unlocked = (page: DeskPage) => page.getByText('锁上了').waitFor({ state: 'hidden' })

const tokenOf = (page: DeskPage) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('yinxiang:visitor:token') ?? '""') as string)

/** From somewhere else, as the server does by itself after fifteen minutes. */
export async function lock(page: DeskPage) {
  const { status } = await fetch(`${new URL(page.url()).origin}/api/desk-sessions/current/lock`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await tokenOf(page)}` },
  })
  if (status !== 204) throw new Error(`not locked: ${status}`)
}
