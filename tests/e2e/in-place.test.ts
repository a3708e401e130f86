import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type Client, caseOf, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file, STAFF } from './scenes'
import { answer, photograph, press, sees } from './screen'

// Staff act for who stands before them: answer a notice, add a paper, take the application back.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function enteredCase(name: string) {
  const { idNumber } = await newcomer(client, { name, birth: '1944-03-05', villageCode: DALIANG, level: 0 })
  const person = await client.as(STAFF.window)
  return { person, id: await file(client, { person, name, idNumber, channel: 'window' }, 'LX-005') }
}

test.each([
  { name: '汪桂花', size: { width: 390, height: 844 } },
  { name: '汪桂芬', size: { width: 1280, height: 800 } },
])(
  '$size.width wide: what the notice asks and what they bring is handed in at the counter',
  async ({ name, size }) => {
    const { person, id } = await enteredCase(name)
    const phone = await openPhone(browser, { url, person: STAFF.window, size })
    const { page } = phone
    const sound = async () => expect(await pageFaults(page, { desktop: size.width > 1000 })).toEqual([])
    await phone.go(`staff/case/case?id=${id}`)
    await sees(page, '本人在跟前，替办')
    await keepPicture(page, `staff-in-place-${size.width}`)
    await sound()
    await press(page, /^补交一样东西/)
    await untilShown(page)
    await photograph(page, page, '居民户口簿')
    await page.waitForTimeout(500)
    // On the way back nothing is lost.
    await page.goBack()
    await sees(page, '本人在跟前，替办')
    await press(page, /^补交一样东西/)
    await untilShown(page)
    await page
      .getByRole('button', { name: /^居民户口簿.*，已传好/ })
      .first()
      .waitFor()
    await press(page, '交上去')
    await sees(page, '又交了材料')
    expect((await caseOf(person, id)).papers.find((each) => each.name === '居民户口簿')?.files).toHaveLength(
      2,
    )

    const items = [{ kind: 'material', name: '居民身份证', reason: '看不清' }]
    await act(person, id, 'request-correction', { reason: '缺一样', items })
    await phone.go(`staff/case/case?id=${id}`)
    await page.reload()
    await press(page, /^补 1 样/)
    await untilShown(page)
    await photograph(page, page, '居民身份证')
    await press(page, '补好了，交上去')
    await sees(page, '补好了')
    expect(await caseOf(person, id)).toMatchObject({ status: 'submitted', correction: null })

    await press(page, /^撤回申请/)
    await answer(page, '不撤')
    await press(page, /^撤回申请/)
    await page.getByText('本人来说不办了', { exact: true }).click()
    await answer(page, '撤回')
    await sees(page, '撤回了')
    expect((await caseOf(person, id)).status).toBe('withdrawn')
    expect(phone.faults).toEqual([])
    await phone.close()
  },
)

test('who did not enter it acts in nobody’s place', async () => {
  const born = await newcomer(client, { name: '汪自强', birth: '1944-03-05', villageCode: DALIANG, level: 2 })
  const id = await file(client, { ...born, name: '汪自强' }, 'LX-005')
  const phone = await openPhone(browser, { url, person: STAFF.window })
  await phone.go(`staff/case/case?id=${id}`)
  await sees(phone.page, '受理')
  expect(await phone.page.getByText('本人在跟前，替办').count()).toBe(0)
  await phone.close()
})
