import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { answer, press, sees, write } from './screen'

// What somebody says or finds against a case stands where it is decided and where it is read.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = bornBy(client)
async function openAs(person: string, path: string, size = { width: 390, height: 844 }) {
  const opened = await openPhone(browser, { url, person, size })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}

test('who never applied says so on the page of the case, after a question, and sees it no more', async () => {
  const [mother, son] = [await born('戚亲娘', 3), await born('戚儿子', 3)]
  const { name, idNumber } = mother
  const id = await file(client, { person: son.person, name, idNumber, agent: true }, 'LX-005')
  const { page, close } = await openAs(mother.personId, `features/case/timeline?id=${id}`)
  await press(page, '不是我申请的')
  await sees(page, /你以后看不到它/)
  await keepPicture(page, 'disowning')
  expect(await pageFaults(page)).toEqual([])
  await answer(page, '再看看')
  expect((await caseOf(mother.person, id)).mayDisown).toBe(true)
  await press(page, '不是我申请的')
  await answer(page, '不是我申请的')
  await sees(page, '现在没有办件')
  expect((await mother.person.send('GET', `/api/cases/${id}`)).status).toBe(404)
  await close()
  const desk = await openAs(STAFF.window, `staff/case/case?id=${id}`, { width: 1280, height: 800 })
  await sees(desk.page, '本人说不是自己申请的')
  await press(desk.page, '本人不认，终止')
  const sheet = desk.page.getByRole('dialog').filter({ visible: true }).first()
  await sees(sheet, /提交申请的人会读到怎么办/)
  await keepPicture(desk.page, 'disowned-ended')
  expect(await pageFaults(desk.page, { desktop: true })).toEqual([])
  await press(sheet, '本人不认，终止')
  await sees(desk.page, /：停了$/)
  await desk.close()
})

test('a case that was decided asks the desk for no card any more', async () => {
  const { name, person, idNumber } = await born('戚未核', 2)
  const id = await file(client, { person, name, idNumber }, 'LX-005')
  const opened = async () => {
    const { page, close } = await openAs(STAFF.window, `staff/case/case?id=${id}`, {
      width: 1280,
      height: 800,
    })
    const asked = await page.getByText('申请人的身份还没核过').filter({ visible: true }).count()
    const pressed = await page.getByRole('button', { name: '当面核身份' }).filter({ visible: true }).count()
    await close()
    return [asked > 0, pressed > 0]
  }
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  expect(await opened()).toEqual([true, true])
  await play(client, id, [['reviewer', 'refuse', { reason: '不是本县户口' }]])
  expect(await opened()).toEqual([false, false])
})

test('who grants against what a step found is asked why, on the phone and at the desk', async () => {
  const { name, person, idNumber } = await born('戚砍树', 3)
  const id = await file(client, { person, name, idNumber }, 'LX-026')
  const [window, reviewer, approver] = ['window-forest', 'reviewer-forest-1', 'approver-forest-1']
  const does = async (staff = '', ...rest: [Parameters<typeof act>[2], object?]) => {
    const { status, body } = await act(
      await client.as(staff),
      id,
      ...(rest as [(typeof rest)[0], Record<string, unknown>]),
    )
    expect(status, JSON.stringify(body)).toBe(200)
  }
  await does(window, 'accept')
  await does(reviewer, 'fail', { reason: '超过采伐限额' })
  await does(reviewer, 'record-visit', { officerIds: [reviewer, 'reviewer-forest-2'], reason: '看过' })
  await does(reviewer, 'pass')
  for (const size of [
    { width: 390, height: 844 },
    { width: 1280, height: 800 },
  ]) {
    const { page, close } = await openAs(approver ?? '', `staff/case/decision?id=${id}&action=grant`, size)
    await sees(page, '准予的理由')
    await press(page, /^看一遍，签发准予/)
    await sees(page, '写明理由再签发')
    await write(page, '准予的理由', '限额已经调整')
    await keepPicture(page, `grant-against.${size.width}`)
    expect(await pageFaults(page, { desktop: size.width > 1000 })).toEqual([])
    await close()
  }
})

test('a publicity that has not begun is told by when it is to hang, and once it does not, that it is late, everywhere', async () => {
  const { name, person, personId, idNumber } = await born('戚建房', 3)
  const id = await file(client, { person, name, idNumber }, 'LX-025')
  await play(client, id, [['village', 'verify']])
  const pages = {
    case: `features/case/timeline?id=${id}`,
    home: 'tabs/service-item/home',
    list: 'tabs/case/my-cases',
    'one-page': `features/case/one-page?id=${id}`,
  }
  const readsEverywhere = async (words: RegExp, never: RegExp, when: string) => {
    for (const [place, path] of Object.entries(pages)) {
      const { page, close } = await openAs(personId, path)
      await sees(page, words)
      expect(await page.getByText(never).filter({ visible: true }).count(), place).toBe(0)
      await keepPicture(page, `notice-${when}-${place}`)
      expect(await pageFaults(page), place).toEqual([])
      await close()
    }
  }
  await readsEverywhere(
    /村级公示最晚 11月24日 周二 贴出来，贴出来起要 5 天，公示完就告诉你哪天办好/,
    /停着|超了|对不住/,
    'awaited',
  )
  await client.door('POST', 'clock', { advanceWorkingDays: 2 })
  await readsEverywhere(/村级公示该 11月24日 周二 贴出来，还没贴/, /停着|说好|没做到/, 'late')
})
