import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty } from '../product/county'
import { caseAt, phoneOf, VILLAGE } from './phones'

let county: County
beforeAll(async () => {
  county = await openCounty()
}, 60_000)
afterAll(() => county.close())

/** A question answers nobody in its first half second. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 600))

test('closed to the end: asked twice, told what went and what stays, and nothing is left on the phone', async () => {
  const born = await newcomer(county, { name: '沈注销', birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  const phone = phoneOf(county, born.personId)
  const { screen } = phone
  await phone.launch('tabs/account/me')
  await screen.press(/^注销/)
  expect(screen.text()).toContain('注销前，看清三件事')
  expect(screen.text()).toContain('没有要先办的')
  await screen.press('注销')
  await settled()
  await screen.press('不注销')
  expect((await born.person.send('GET', '/api/account')).status).toBe(200)
  await screen.press('注销')
  await settled()
  await screen.press('要注销')
  await settled()
  await screen.press('确定注销')
  expect(screen.text()).toContain('注销好了')
  expect(screen.text()).toContain('网络安全法')
  expect((await born.person.send('GET', '/api/account')).status).toBe(401)
  await screen.press('回首页')
  expect(screen.text()).not.toContain('沈注销')
  expect(phone.faults).toEqual([])
  phone.close()
})

test('closed by a try whose answer was lost, the next one says so, and nothing is left on the phone', async () => {
  const born = await newcomer(county, { name: '沈没听', birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  const phone = phoneOf(county, born.personId)
  const { screen } = phone
  await phone.launch('features/account/closing')
  const close = async () => {
    await screen.press('注销')
    await settled()
    await screen.press('要注销')
    await settled()
    await screen.press('确定注销')
  }
  phone.network.befall('POST', /\/account\/closing$/, 'no-answer')
  await close()
  expect(screen.text()).toContain('没有连上网')
  expect((await born.person.send('GET', '/api/account')).status).toBe(401)
  await close()
  expect(screen.text()).toContain('注销好了')
  await screen.press('回首页')
  expect(screen.text()).not.toContain('沈没听')
  expect(phone.faults).toEqual([])
  phone.close()
})

test('what stands in the way leads to the case, and the button says why it is closed', async () => {
  const open = await caseAt(county, '沈还有', 'to-correct')
  const phone = phoneOf(county, open.personId)
  const { screen } = phone
  await phone.launch('features/account/closing')
  expect(screen.text()).toContain('先办完 1 件')
  expect(screen.text()).toContain('还有 1 件没办完，办完或撤回就能注销')
  await screen.press('注销')
  expect(screen.text()).not.toContain('要注销吗')
  await screen.press(/^高龄津贴/)
  expect(screen.text()).toContain('办到哪了')
  expect(phone.faults).toEqual([])
  phone.close()
})
