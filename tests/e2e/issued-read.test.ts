import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALLOWANCE, fileAllowance } from '../product/allowance'
import { act, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { press, sees } from './screen'

const url = await openServerOfFile()
const client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test.each([
  { name: 'desk', size: { width: 1280, height: 720 } },
  { name: 'phone', size: PHONE },
])('staff read what was issued, at the $name, and come back to the case', async ({ name, size }) => {
  const born = { name: `苏桂${size === PHONE ? '花' : '香'}`, birth: ALLOWANCE.born }
  const { person, idNumber } = await newcomer(client, { ...born, villageCode: ALLOWANCE.village, level: 3 })
  const { id } = await fileAllowance(person, born.name, idNumber)
  const window = await client.as('zhao-min')
  expect((await act(await client.as('wang-lixin'), id, 'verify')).status).toBe(200)
  expect((await act(window, id, 'accept')).status).toBe(200)
  const desk = await openPhone(browser, { url, person: 'zhao-min', size })
  await desk.go(`staff/case/case?id=${id}`)
  await untilShown(desk.page)
  await press(desk.page, '看受理通知书')
  await sees(desk.page, /你于2026年\d+月\d+日申请/)
  await untilShown(desk.page)
  await keepPicture(desk.page, `issued-read-${name}`)
  expect(await pageFaults(desk.page, { desktop: size !== PHONE })).toEqual([])
  const sheet = desk.page.waitForEvent('popup')
  await press(desk.page, '打印')
  await sheet
  await desk.page.goBack()
  await desk.page.getByRole('button', { name: '看受理通知书' }).filter({ visible: true }).waitFor()
  expect(desk.faults).toEqual([])
  await desk.close()
})
