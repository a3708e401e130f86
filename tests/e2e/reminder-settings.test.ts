import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { keepPicture, PHONE } from './browser'
import { openDeskHands } from './desk-hands'
import { press, sees } from './screen'

// A switch whose answer was lost is told of until somebody knows how it stands, whatever else is pressed.
const { born, openWork } = await openDeskHands()

const PROGRESS = '办到新的一步'
const MONEY = '钱发了'
const UNKNOWN = `不知道“${PROGRESS}”改成没有`
const DOOR = '**/api/reminder-settings'

const switchOf = (page: Page, label: string) =>
  page.getByRole('switch', { name: label }).filter({ visible: true })
const isOn = async (page: Page, label: string) =>
  (await switchOf(page, label).getAttribute('aria-checked')) === 'true'

async function opened(name: string, options: { size?: typeof PHONE; elder?: boolean } = {}) {
  const { person, personId } = await born(name, 3)
  const phone = await openWork(personId, 'features/account/reminder-settings', { size: PHONE, ...options })
  const off = async () =>
    (await person.send<ReminderSettings>('GET', '/api/reminder-settings')).body.kinds
      .filter(({ on }) => !on)
      .map(({ kind }) => kind)
  return { ...phone, off }
}

/** The next that is pressed is lost: on its way there, or on its way back. */
const lose = (page: Page, on: 'the way' | 'the way back') =>
  page.route(
    DOOR,
    async (route) => {
      if (on === 'the way back') await route.fetch()
      // A second tap comes before anybody knows that the first was lost.
      await page.waitForTimeout(300)
      await route.abort('connectionreset')
    },
    { times: 1 },
  )

test.each(['finger', 'keyboard'] as const)(
  'what was lost is told of until the answer to another tells how it stands, by %s',
  async (by) => {
    const { page, off, faults, close } = await opened(by === 'finger' ? '邱丢一' : '邱丢二')
    const turn = async (label: string) => {
      if (by === 'finger') return switchOf(page, label).click()
      await switchOf(page, label).focus()
      await page.keyboard.press('Space')
    }
    await lose(page, 'the way back')
    await turn(PROGRESS)
    await sees(page, UNKNOWN)
    await keepPicture(page, `reminder-unknown.${by}`)
    expect(await off()).toEqual(['progress'])
    // Held: while the other is under way nobody knows more than before.
    let goOn: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route(
      DOOR,
      async (route) => {
        const response = await route.fetch()
        await held
        await route.fulfill({ response })
      },
      { times: 1 },
    )
    await turn(MONEY)
    await expect.poll(off).toEqual(['progress', 'money'])
    expect(await page.getByText(UNKNOWN).count()).toBe(1)
    goOn()
    await page.getByText(UNKNOWN).waitFor({ state: 'detached' })
    expect([await isOn(page, PROGRESS), await isOn(page, MONEY)]).toEqual([false, false])
    if (by === 'keyboard')
      expect(await switchOf(page, MONEY).evaluate((e) => e === document.activeElement)).toBe(true)
    // Each press is a wish of its own: what is switched on and off again is off.
    await turn(PROGRESS)
    await expect.poll(off).toEqual(['money'])
    await turn(PROGRESS)
    await expect.poll(off).toEqual(['progress', 'money'])
    expect(faults).toEqual([])
    await close()
  },
)

test('what never arrived is said to be as it was once that is known, and is switched by trying again', async () => {
  const { page, off, faults, close } = await opened('邱没到', {
    size: { width: 320, height: 640 },
    elder: true,
  })
  await lose(page, 'the way')
  await switchOf(page, PROGRESS).dblclick()
  await sees(page, UNKNOWN)
  await switchOf(page, MONEY).click()
  await sees(page, `“${PROGRESS}”没改成`)
  await sees(page, '还是原来那样。')
  await keepPicture(page, 'reminder-not-taken.elder')
  expect(await page.getByText(UNKNOWN).count()).toBe(0)
  expect([await isOn(page, PROGRESS), await isOn(page, MONEY)]).toEqual([true, false])
  await press(page, '再试一次')
  await expect.poll(off).toEqual(['progress', 'money'])
  await page.getByText(/没改成/).waitFor({ state: 'detached' })
  expect(await isOn(page, PROGRESS)).toBe(false)
  expect(faults).toEqual([])
  await close()
})

test('of two that were lost each is told of by its name', async () => {
  const { page, off, faults, close } = await opened('邱两样')
  await lose(page, 'the way back')
  await switchOf(page, PROGRESS).click()
  await sees(page, UNKNOWN)
  await lose(page, 'the way back')
  await switchOf(page, MONEY).click()
  await sees(page, `不知道“${MONEY}”改成没有`)
  await sees(page, UNKNOWN)
  await keepPicture(page, 'reminder-two-unknown')
  await press(page, '再试一次')
  await page
    .getByText(/改成没有/)
    .first()
    .waitFor({ state: 'detached' })
  expect([await isOn(page, PROGRESS), await isOn(page, MONEY)]).toEqual([false, false])
  expect(await off()).toEqual(['progress', 'money'])
  expect(faults).toEqual([])
  await close()
})
