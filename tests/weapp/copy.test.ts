import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty } from '../product/county'
import { phoneOf, VILLAGE } from './phones'

let county: County
beforeAll(async () => {
  county = await openCounty()
}, 60_000)
afterAll(() => county.close())

const COPY = /\/account\/copy$/

test('from what was agreed to, and before one leaves, a copy of one’s own is read and kept whole', async () => {
  const { personId, idNumber } = await newcomer(county, {
    name: '沈要份',
    birth: '1944-03-05',
    villageCode: VILLAGE,
    level: 3,
  })
  const phone = phoneOf(county, personId)
  const { screen } = phone
  await phone.launch('features/account/consents')
  await screen.press(/^要一份我的信息/)
  expect(screen.path).toBe('features/account/copy')
  for (const words of [
    '沈要份',
    idNumber,
    '隐私保护说明',
    '登录过的设备',
    '政府存着的证件',
    '工作身份',
    '哪天用过',
  ])
    expect(screen.text()).toContain(words)
  await screen.press('全部复制')
  expect(phone.hands.clipboard).toContain(`身份证号：${idNumber}`)
  expect(phone.hands.clipboard).toContain('【评过的】\n没有')
  await phone.launch('features/account/closing')
  await screen.press(/^先要一份我的信息/)
  expect(screen.path).toBe('features/account/copy')
  expect(phone.faults).toEqual([])
  phone.close()
})

test('without a network, and once the day’s are used up, it is said why there is none', async () => {
  const { person, personId } = await newcomer(county, {
    name: '沈没份',
    birth: '1944-03-05',
    villageCode: VILLAGE,
    level: 3,
  })
  const phone = phoneOf(county, personId)
  const { screen } = phone
  phone.network.befall('GET', COPY, 'no-request')
  await phone.launch('features/account/copy')
  expect(screen.text()).toContain('没有连上网')
  expect(screen.text()).not.toContain('全部复制')
  await screen.press('再试一次')
  expect(screen.text()).toContain('沈没份')
  while ((await person.send('GET', '/api/account/copy')).status === 200);
  await phone.launch('features/account/copy')
  expect(screen.text()).toContain('一天能要 20 份，明天再要')
  expect(screen.text()).not.toContain('沈没份')
  expect(phone.faults).toEqual([])
  phone.close()
})
