import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { answer, press, sees } from './screen'

// Who decides reads what has changed and what was refused; who is refused reads why, and what to do instead.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const SIZES = {
  phone: { width: 390, height: 844 },
  elder: { width: 390, height: 844 },
  desk: { width: 1440, height: 900 },
} as const
type Size = keyof typeof SIZES

const born = bornBy(client)
async function openAs(person: string, path: string, size: Size = 'phone') {
  const opened = await openPhone(browser, { url, person, size: SIZES[size], elder: size === 'elder' })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}
const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()
const TRY_AGAIN = '再试一次'

test('who compares what was asked for reads what else came, and who may ask once more', async () => {
  const owner = await born('焦别的')
  const id = await file(client, owner, 'LX-005')
  const items = [{ kind: 'field', name: 'bankCard', reason: '卡号对不上' }]
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'request-correction', { reason: '卡号对不上', items }],
  ])
  const bring = async (door: 'supplement' | 'additions', brought: object) => {
    const { version } = await caseOf(owner.person, id)
    const sent = await owner.person.send('POST', `/api/cases/${id}/${door}`, {
      body: { version, ...brought },
    })
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
  }
  await bring('supplement', { answers: { bankCard: '6299000043030583308' } })
  await bring('additions', { materials: [{ name: '居民户口簿', files: [await owner.person.upload()] }] })
  const window = await openAs(STAFF.window, `staff/case/case?id=${id}`, 'desk')
  await sees(window.page, '别的也动过。交了：居民户口簿')
  expect(await count(window.page, '别的没动过')).toBe(0)
  expect(await count(window.page, /能再发一次补正/)).toBe(0)
  await window.close()
  const asks = { for: 'request-correction', reason: '这次的卡号还是对不上' }
  expect((await act(await client.as(STAFF.window), id, 'request-approval', asks)).status).toBe(200)
  const above = await openAs('wu-deming', `staff/case/case?id=${id}`, 'desk')
  await sees(above.page, '要是还不行：能再发一次补正。')
  await above.close()
})

test('a card that was changed after the case had been accepted is marked where it is decided', async () => {
  const owner = await born('焦换卡')
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const { version } = await caseOf(owner.person, id)
  const bankCard = '6299000043030583308'
  const added = await owner.person.send('POST', `/api/cases/${id}/additions`, {
    body: { version, answers: { bankCard } },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  for (const size of ['desk', 'phone', 'elder'] as const) {
    const { page, close, faults } = await openAs(STAFF.reviewer, `staff/case/decision?id=${id}`, size)
    await sees(page, '受理以后改过')
    await sees(page, /申请人：?改了：.*→ .*3308/)
    expect(await count(page, bankCard)).toBe(0)
    await keepPicture(page, `decision-changed-since.${size}`)
    expect(await pageFaults(page, { elder: size === 'elder', desktop: size === 'desk' })).toEqual([])
    expect(faults).toEqual([])
    await close()
  }
})

test('who decides next reads who did not agree, and why', async () => {
  const owner = await born('焦请示', 3, '1980-03-05')
  const id = await file(client, owner, 'LX-038')
  const [reviewer, approver] = [
    await client.as('reviewer-transport-1'),
    await client.as('approver-transport-1'),
  ]
  await act(await client.as('window-transport'), id, 'accept')
  await act(reviewer, id, 'request-approval', { for: 'extend', reason: '车辆检测结果还没回来' })
  await act(approver, id, 'reject-approval', { reason: '时间来得及，不用延长' })
  await act(reviewer, id, 'pass')
  for (const size of ['desk', 'phone'] as const) {
    const { page, close } = await openAs('approver-transport-1', `staff/case/decision?id=${id}`, size)
    await sees(page, '时间来得及，不用延长')
    expect(await count(page, /没同意/)).toBe(1)
    await sees(page, /^郎溪县交通运输局.*，11月/)
    await keepPicture(page, `decision-approval-refused.${size}`)
    expect(await pageFaults(page, { desktop: size === 'desk' })).toEqual([])
    await close()
  }
})

test.each([
  { code: 'case.action-not-allowed', title: '现在不能这样做' },
  { code: 'application.invalid', title: '有几处要改一改' },
])('a takeover that would be refused again is not offered again: $code', async ({ code, title }) => {
  const [mother, son] = [await born('焦大娘'), await born('焦大军', 3, '1975-03-05')]
  const { name, idNumber } = mother
  const id = await file(client, { person: son.person, name, idNumber, agent: true }, 'LX-005')
  const { page, close } = await openAs(mother.personId, `features/case/timeline?id=${id}`)
  await page.route('**/takeover', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: `/problems/${code}`,
        title,
        status: 422,
        code,
        errors: [],
        requestId: 'r',
      }),
    }),
  )
  await press(page, '我来接着办')
  await answer(page, '接过来')
  await sees(page, '没接过来')
  await sees(page, /再点也接不过来。带身份证到窗口/)
  expect(await count(page, TRY_AGAIN)).toBe(0)
  expect(await count(page, '我来接着办')).toBe(0)
  await keepPicture(page, `takeover-barred-${code}`)
  expect(await pageFaults(page)).toEqual([])
  await close()
})

test('cases of two applicants are told apart on the first screen and in the list', async () => {
  const son = await born('焦儿子', 3, '1975-03-05')
  for (const of of [await born('焦大娘', 2), await born('于二娘', 2)])
    await file(client, { person: son.person, name: of.name, idNumber: of.idNumber, agent: true }, 'LX-005')
  for (const size of ['phone', 'elder'] as const) {
    for (const path of ['features/service-item/home', 'tabs/case/my-cases']) {
      const { page, close } = await openAs(son.personId, path, size)
      await sees(page, /焦\*娘/)
      await sees(page, /于\*娘/)
      await keepPicture(page, `two-applicants-${path.split('/')[2]}.${size}`)
      expect(await pageFaults(page, { elder: size === 'elder' })).toEqual([])
      await close()
    }
  }
})

test('a member of staff who must leave a case to others is not told that it went elsewhere', async () => {
  const owner = await born('焦亲属')
  const id = await file(client, owner, 'LX-005')
  const { page, close } = await openAs('zhao-xiaoyan', `staff/case/case?id=${id}`)
  await sees(page, '没有这件办件')
  await sees(page, /也可能是你自己或者你亲属的事，要回避/)
  await keepPicture(page, 'staff-case-not-theirs')
  await close()
})

test('of an answer after acceptance the days are told as those that stood still, with the new last one', async () => {
  const owner = await born('焦停算')
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    [
      'reviewer',
      'request-correction',
      { reason: '卡号对不上', items: [{ kind: 'field', name: 'bankCard', reason: '卡号对不上' }] },
    ],
  ])
  await client.door('POST', 'clock', { advanceWorkingDays: 2 })
  const { version } = await caseOf(owner.person, id)
  const body = { version, answers: { bankCard: '6299000043030583308' } }
  expect((await owner.person.send('POST', `/api/cases/${id}/supplement`, { body })).status).toBe(200)
  const { page, close } = await openAs(STAFF.reviewer, `staff/case/case?id=${id}`, 'desk')
  await sees(page, /^等补的这些天不算：最晚办好 .*（原来 .*）。$/)
  expect(await count(page, /从补来那天重新算/)).toBe(0)
  await close()
})
