import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ALLOWANCE, allowanceOf } from '../product/allowance'
import { type County, caseOf, newcomer, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, phoneOf, VILLAGE } from './phones'

let county: County
let phone: Phone | undefined
beforeAll(async () => {
  county = await openCounty()
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone?.close())

test('the window opens its queue, binds the reminders in one tap, and accepts a case', async () => {
  const filed = await caseAt(county, '李秀珍', 'to-accept')
  phone = phoneOf(county, 'zhao-min')
  const { screen } = phone
  await phone.launch('staff/case/queue')
  await screen.press('打开')
  expect(screen.text()).not.toContain('没有打开')
  await screen.press(/^去受理/)
  expect(screen.path).toBe('staff/case/case')
  expect(screen.text()).toContain('李秀珍')
  await screen.press('受理')
  // The same word on the sheet that asks once more.
  await screen.press('受理')
  expect((await caseOf(await county.as('zhao-min'), filed.id)).status).toMatch(/^(accepted|examining)$/)
  expect(phone.faults).toEqual([])
}, 60_000)

test('the resident rates what is done, once', async () => {
  const done = await caseAt(county, '周玉梅', 'delivered')
  phone = phoneOf(county, done.personId)
  const { screen } = phone
  await phone.launch('features/rating/rate', { id: done.id })
  await screen.press('非常满意')
  await screen.press('办得快')
  await screen.press('提交评价')
  const rated = await county.logIn(done.personId)
  expect((await caseOf(rated, done.id)).mayRate).toBe(false)
  expect(phone.faults).toEqual([])
}, 60_000)

test('the paper of the decision goes into the album; who once said no is led to the settings', async () => {
  const done = await caseAt(county, '孙桂花', 'delivered')
  phone = phoneOf(county, done.personId)
  const { screen, hands } = phone
  await phone.launch('features/case/result', { id: done.id })
  hands.opensAlbum = false
  await screen.press('存到手机')
  // A question hears nothing in its first half second.
  await setTimeout(600)
  await screen.press('去设置')
  expect(hands.album).toEqual([])
  expect(hands.settingsOpened).toBe(1)
  hands.opensAlbum = true
  await screen.press('存到手机')
  expect(hands.album).toHaveLength(1)
  expect(hands.album[0]?.join('')).toContain('孙桂花')
  expect(screen.text()).toContain('存到相册了')
  expect(phone.faults).toEqual([])
}, 60_000)

test('a reason is written to the phone once it pauses, and when the app goes behind, not with each key', async () => {
  const filed = await caseAt(county, '李桂珍', 'to-decide')
  phone = phoneOf(county, 'sun-zhiyuan')
  const { screen, calls } = phone
  const open = async () => {
    await phone?.launch('staff/case/decision', { id: filed.id })
    await screen.press(/^不予/)
  }
  await open()
  const before = calls.get('setStorageSync') ?? 0
  const reason = '不符合第三条的年龄要求'
  for (let end = 1; end <= reason.length; end += 1) screen.strike('不予的理由', reason.slice(0, end))
  expect((calls.get('setStorageSync') ?? 0) - before).toBe(0)
  phone.kill()
  await open()
  expect(screen.valueOf('不予的理由')).toBe(reason)
}, 60_000)

test('what is said of a finished case is kept over a kill, and leaves the phone with the rating', async () => {
  const done = await caseAt(county, '周玉梅', 'delivered')
  phone = phoneOf(county, done.personId)
  const { screen } = phone
  await phone.launch('features/rating/rate', { id: done.id })
  await screen.press('非常满意')
  await screen.press('办得快')
  screen.strike('还想说的', '窗口的人耐心')
  phone.kill()
  await phone.launch('features/rating/rate', { id: done.id })
  expect(screen.isChosen('非常满意')).toBe(true)
  expect(screen.isChosen('办得快')).toBe(true)
  expect(screen.valueOf('还想说的')).toBe('窗口的人耐心')
  await screen.press('提交评价')
  expect(screen.text()).toContain('谢谢')
  expect([...phone.storage.values()].join()).not.toContain('窗口的人耐心')
  expect(phone.faults).toEqual([])
}, 60_000)

test('why a supervisor looks at a case is kept while they are away, and not after the look', async () => {
  const filed = await caseAt(county, '李桂英', 'to-decide')
  phone = phoneOf(county, 'supervisor-1')
  const { screen } = phone
  const open = () => phone?.launch('staff/case/case', { id: filed.id })
  await open()
  screen.strike('为什么看', '有人打电话来问')
  phone.kill()
  await open()
  expect(screen.valueOf('为什么看')).toBe('有人打电话来问')
  await screen.press('看这一件')
  expect(screen.text()).toContain('李桂英')
  expect([...phone.storage.values()].join()).not.toContain('有人打电话来问')
  expect(phone.faults).toEqual([])
}, 60_000)

test('what somebody says before staff is kept where the sheet is closed by a thumb, and leaves the phone with the case', async () => {
  const name = '汪补柜'
  const born = { name, birth: ALLOWANCE.born, villageCode: VILLAGE }
  const { idNumber } = await newcomer(county, { ...born, level: 1 })
  const window = await county.as('zhao-min')
  const body = {
    ...(await allowanceOf(window, { name, idNumber })),
    channel: 'window',
    assisted: true,
    consent: { how: 'spoken' },
  }
  const filed = await window.send<{ id: string }>('POST', '/api/cases', { body })
  expect([filed.status, filed.body]).toMatchObject([201, {}])
  const { id } = filed.body
  phone = phoneOf(county, 'zhao-min')
  const { screen } = phone
  await phone.launch('staff/case/case', { id })
  await screen.press('撤回申请')
  await screen.type('本人怎么说的', '他说先去县里问问')
  const [page] = phone.stack
  const isFixed = page?.find((node) => node.tag === 'textarea').map((node) => node.attribute('fixed'))
  expect(isFixed, 'a field on a sheet stands still').toEqual([true])
  const [scrim] = page?.find(({ classes }) => classes === 'sheet-scrim') ?? []
  expect(scrim?.element.events.get('touchmove'), 'a swipe beside the sheet moves nothing').toBe(true)
  // In its first half second what has opened is closed by nobody.
  await setTimeout(600)
  await phone.pressBack()
  expect(screen.inputs()).toEqual([])
  await screen.press('撤回申请')
  expect(screen.valueOf('本人怎么说的')).toBe('他说先去县里问问')
  await setTimeout(600)
  await screen.press('撤回')
  expect((await caseOf(window, id)).status).toBe('withdrawn')
  expect([...phone.storage.values()].join()).not.toContain('先去县里问问')
  expect(phone.faults).toEqual([])
}, 60_000)
