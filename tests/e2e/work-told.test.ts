import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type Client, caseOf, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file, STAFF } from './scenes'
import { choose, fieldOf, press, sees, write } from './screen'

// What staff press says what it does, and the ways in stand where they are looked for.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const SUPERVISOR = 'supervisor-1'
const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

async function filed(name: string, itemId: string, level: 2 | 3 = 3, birth = '1963-05-20') {
  const born = await newcomer(client, { name, birth, villageCode: DALIANG, level })
  return { ...born, caseId: await file(client, { name, ...born }, itemId) }
}

async function openWork(person: string, path: string, size = PHONE, elder = false) {
  const phone = await openPhone(browser, { url, person, size, elder })
  await phone.go(path)
  await untilShown(phone.page)
  const sheet = phone.page.getByRole('dialog').filter({ visible: true }).first()
  return { ...phone, sheet }
}

test.each([PHONE, DESK])(
  'ending a case for a death is under 更多, told, and must be ticked: $width',
  async (size) => {
    const { caseId } = await filed('石终止', 'LX-005', 3, '1944-03-05')
    const { page, sheet, close } = await openWork(STAFF.village, `staff/case/case?id=${caseId}`, size)
    const button = page.getByRole('button', { name: /申请人去世/ }).filter({ visible: true })
    expect(await button.count()).toBe(0)
    await press(page, '更多')
    await press(sheet, /申请人去世/)
    await sees(sheet, /停了不能再恢复/)
    await keepPicture(page, `staff-terminate-${size.width}`)
    expect(await pageFaults(page, { desktop: size === DESK })).toEqual([])
    await press(sheet, '申请人去世，终止')
    await sees(sheet, '核实过，勾上才能终止')
    await choose(sheet, 'checkbox', /看过死亡证明/)
    await press(sheet, '申请人去世，终止')
    await sees(page, /：停了$/)
    await close()
  },
)

test.each([PHONE, DESK])(
  'whoever is asked to allow it reads 同意延长 and 不同意 side by side: $width',
  async (size) => {
    const { caseId } = await filed('石请示', 'LX-038', 3, '1980-03-05')
    await act(await client.as('window-transport'), caseId, 'accept')
    await act(await client.as('reviewer-transport-1'), caseId, 'request-approval', {
      for: 'extend',
      reason: '车辆检测还没回来',
    })
    const { page, sheet, close } = await openWork(
      'approver-transport-1',
      `staff/case/case?id=${caseId}`,
      size,
    )
    await page.getByRole('button', { name: '不同意', exact: true }).filter({ visible: true }).waitFor()
    await keepPicture(page, `staff-approver-${size.width}`)
    expect(await pageFaults(page, { desktop: size === DESK })).toEqual([])
    await press(page, '同意延长')
    await press(sheet, '关上')
    await close()
  },
)

test.each([PHONE, DESK])('a supervisor comes from the number to the reason, at $width', async (size) => {
  const { person, caseId } = await filed('石督查', 'LX-009')
  const { caseNumber } = await caseOf(person, caseId)
  const { page, sheet, close } = await openWork(SUPERVISOR, 'staff/case/queue', size)
  await press(page, /^按编号看办件/)
  await keepPicture(page, `staff-case-finder-${size.width}`)
  expect(await pageFaults(page, { desktop: size === DESK })).toEqual([])
  await write(sheet, '办件编号', caseNumber.slice(0, 14))
  await press(sheet, '找这一件')
  await sees(sheet, /少 2 位/)
  await write(sheet, '办件编号', ` ${caseNumber.slice(0, 6)} ${caseNumber.slice(6)}`)
  await fieldOf(sheet, '办件编号').press('Enter')
  await sees(page, '写明理由再看')
  await close()
})

test('a role that could not be asked for is asked again, and no case is said to be none meanwhile', async () => {
  const { caseId } = await filed('石丢失', 'LX-009')
  const phone = await openPhone(browser, { url, person: SUPERVISOR })
  const { page } = phone
  await page.route('**/api/account', (route) => route.abort(), { times: 1 })
  await phone.go(`staff/case/case?id=${caseId}`)
  await sees(page, '没有连上网')
  expect(await page.getByText('没有这件办件').count()).toBe(0)
  await press(page, '再试一次')
  await sees(page, '写明理由再看')
  await phone.close()
})

test('at a desk the open case knows at once that the identity was checked by the number, spaces and all', async () => {
  const { caseId, idNumber } = await filed('石新鲜', 'LX-017', 2)
  const { page, sheet, close } = await openWork(STAFF.window, 'staff/case/queue', DESK)
  await page.getByText('石*鲜').filter({ visible: true }).first().click()
  await sees(page, '申请人的身份还没核过')
  await press(page, /^当面核身份/)
  await page.route('**/api/work/identity-checks', (route) => route.abort(), { times: 1 })
  await write(sheet, '身份证号', `${idNumber.slice(0, 6)} ${idNumber.slice(6, 14)} ${idNumber.slice(14)}`)
  await fieldOf(sheet, '身份证号').press('Enter')
  await sees(sheet, '没查成')
  await fieldOf(sheet, '身份证号').press('Enter')
  await press(sheet, /石\*/)
  await choose(sheet, 'checkbox', '本人到场，人和身份证一致')
  await press(sheet, '核过了')
  await page.getByText('申请人的身份还没核过').filter({ visible: true }).waitFor({ state: 'hidden' })
  expect((await caseOf(await client.as(STAFF.window), caseId)).identityConfirmed).toBe(true)
  await close()
})
