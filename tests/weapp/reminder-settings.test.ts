import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { type County, newcomer, openCounty } from '../product/county'
import type { Phone } from './engine'
import { phoneOf, VILLAGE } from './phones'

let county: County
let phone: Phone
beforeAll(async () => {
  county = await openCounty()
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

async function opened(name: string) {
  const born = await newcomer(county, { name, birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  phone = phoneOf(county, born.personId)
  await phone.launch('tabs/account/me')
  await phone.settled()
  await phone.screen.press(/^提醒设置/)
  const off = async () =>
    (await born.person.send<ReminderSettings>('GET', '/api/reminder-settings')).body.kinds
      .filter(({ on }) => !on)
      .map(({ kind }) => kind)
  return { screen: phone.screen, off }
}

test('from 我的 one says for what the phone rings, and what the law has told has no switch', async () => {
  const { screen, off } = await opened('沈安静')
  expect(screen.text()).toContain('误了就耽误事，都关不掉')
  expect(screen.text()).toContain('消息里照样有')
  expect(screen.isChosen(/^办到新的一步/)).toBe(true)
  await screen.press(/^办到新的一步/)
  await phone.settled()
  expect(screen.isChosen(/^办到新的一步/)).toBe(false)
  expect(screen.isChosen(/^钱发了/)).toBe(true)
  expect(await off()).toEqual(['progress'])
  await phone.launch('features/account/reminder-settings')
  await phone.settled()
  expect(screen.isChosen(/^办到新的一步/)).toBe(false)
  expect(phone.faults).toEqual([])
})

test('without a signal a switch goes back, and nobody is told that it was taken; tried again it is', async () => {
  const { screen, off } = await opened('沈没信号')
  phone.network.online = false
  await screen.press(/^钱发了/)
  await phone.settled()
  expect(screen.isChosen(/^钱发了/)).toBe(true)
  expect(screen.text()).toContain('没有连上网')
  expect(screen.text()).not.toContain('还是原来那样')
  expect(await off()).toEqual([])
  phone.network.online = true
  await screen.press('再试一次')
  await phone.settled()
  expect(screen.isChosen(/^钱发了/)).toBe(false)
  expect(await off()).toEqual(['money'])
})
