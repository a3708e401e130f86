import { expect, test } from 'vitest'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { smsVariables } from '../../functions/sandbox/sms/account'
import { keepPicture, PHONE } from './browser'
import { openDeskHands } from './desk-hands'
import { press, sees, turnWheels } from './screen'

// A county that has a provider of short messages.
const { born, openWork } = await openDeskHands({ environment: smsVariables })

test.each([
  { name: '邱选路', elder: false },
  { name: '邱选路长', elder: true },
])(
  'by what and when a phone rings is chosen, and each page says what is so: $name',
  async ({ name, elder }) => {
    const { person, personId } = await born(name, 3)
    const { page, faults, close } = await openWork(personId, 'features/account/reminder-settings', {
      size: PHONE,
      elder,
    })
    const switchOf = (label: string) => page.getByRole('switch', { name: label }).filter({ visible: true })
    const isOn = async (label: string) => (await switchOf(label).getAttribute('aria-checked')) === 'true'
    const settings = async () => (await person.send<ReminderSettings>('GET', '/api/reminder-settings')).body
    const on = async () => (await settings()).ways.filter((each) => each.on).map(({ way }) => way)
    const suffix = elder ? '.elder' : ''
    await sees(page, '微信还能提醒几次')
    await keepPicture(page, `reminder-settings${suffix}`)
    await switchOf('短信').click()
    await sees(page, '短信关了：微信发不到的，只放在消息里。')
    await switchOf('微信').click()
    await sees(page, '都关了：手机一次也不响，要补材料、误了日子也不响。记得自己来“消息”里看。')
    await expect.poll(on).toEqual([])
    // What would not come is not asked for.
    await page.getByText('微信还能提醒几次').waitFor({ state: 'detached' })
    await press(page, /^晚上不打扰/)
    await turnWheels(page, page, /^从几点起/, ['晚上 8 点'])
    await turnWheels(page, page, /^到几点/, ['早上 9 点'])
    await sees(page, '晚上 8 点到早上 9 点')
    await sees(page, '第二天早上 9 点后再发')
    await expect.poll(async () => (await settings()).night).toEqual({ from: '20:00', until: '09:00' })
    await keepPicture(page, `reminder-settings-off${suffix}`)
    await page.reload()
    await sees(page, '晚上 8 点到早上 9 点')
    expect([await isOn('微信'), await isOn('短信')]).toEqual([false, false])
    await switchOf('微信').focus()
    await page.keyboard.press('Space')
    await sees(page, '微信还能提醒几次')
    await expect.poll(on).toEqual(['wechat'])
    expect(faults).toEqual([])
    await close()
  },
)
