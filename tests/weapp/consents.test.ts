import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GivenConsents } from '#shared/contract/account'
import { type County, newcomer, openCounty } from '../product/county'
import { layDown } from '../product/new-words'
import { phoneOf, VILLAGE } from './phones'

let county: County
beforeAll(async () => {
  county = await openCounty()
}, 60_000)
afterAll(() => county.close())

test('what cannot be taken back by itself goes with the account, and the page leads there', async () => {
  const born = await newcomer(county, { name: '沈一步', birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  const phone = phoneOf(county, born.personId)
  await phone.launch('features/account/consents')
  await phone.settled()
  await phone.screen.press(/^注销/)
  expect(phone.screen.text()).toContain('注销前，看清三件事')
  expect(phone.faults).toEqual([])
  phone.close()
})

test('new words are agreed to one by one: what is free stays empty, and nothing ticked is nothing sent', async () => {
  const born = await newcomer(county, { name: '沈一条', birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  await layDown(county, '2')
  await county.visitor.send('GET', '/api/agreements')
  const phone = phoneOf(county, born.personId)
  const { screen } = phone
  const agreed = async () =>
    (await born.person.send<GivenConsents>('GET', '/api/account/consents')).body.consents
      .filter(({ version }) => version === '2')
      .map(({ purpose }) => purpose)
  await phone.launch('features/account/consents')
  await phone.settled()
  expect(screen.text()).toContain('同意哪条勾哪条')
  await screen.press('同意勾上的')
  expect(await agreed()).toEqual([])
  await screen.press('我看过并同意《隐私保护说明》')
  await screen.press('同意勾上的')
  await phone.settled()
  expect(await agreed()).toEqual(['privacy'])
  // The free ones are still asked, and nobody has agreed to them.
  expect(screen.text()).toContain('我同意用手机号登记')
  expect(screen.text()).not.toContain('我看过并同意《隐私保护说明》')
  expect(phone.faults).toEqual([])
  phone.close()
})
