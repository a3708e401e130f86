import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type Client, caseOf, clientOf, type Person } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, DALIANG, file, play, STAFF } from './scenes'
import { answer, photograph, press, sees, write } from './screen'

// Whoever decides, whoever asks and whoever waits reads what holds for them, once, and finds what can be done.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const SIZES = {
  phone: { width: 390, height: 844 },
  elder: { width: 320, height: 700 },
  desk: { width: 1280, height: 800 },
} as const
type Size = keyof typeof SIZES

const born = bornBy(client)
async function openAs(person: string, path: string, size: Size = 'phone') {
  const opened = await openPhone(browser, { url, person, size: SIZES[size], elder: size === 'elder' })
  await opened.go(path)
  await untilShown(opened.page)
  const sound = async () =>
    expect(await pageFaults(opened.page, { elder: size === 'elder', desktop: size === 'desk' })).toEqual([])
  return { ...opened, sound }
}
const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()

/** Of an item whose form asks for no number. */
async function fileOwn(person: Person, itemId: string, answers: object = {}) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const { now } = (await client.door<{ now: string }>('GET', 'clock')).body
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(plainDate(now.slice(0, 10))),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input, answers: { ...input.answers, ...answers } },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body.id
}

test('where only a refusal is offered, the button and the keys say no grant; a firm shows its power', async () => {
  const owner = await born('焦请核', 3, '1980-03-05')
  const id = await file(client, owner, 'LX-038')
  await act(await client.as('window-transport'), id, 'accept')
  await act(await client.as('reviewer-transport-1'), id, 'pass')
  for (const size of ['desk', 'phone', 'elder'] as const) {
    const { page, sound, close } = await openAs('approver-transport-1', `staff/case/decision?id=${id}`, size)
    await sees(page, '还没看到这家企业的委托')
    expect(await count(page, '申请人的身份还没核过')).toBe(0)
    expect(await count(page, /签发准予/)).toBe(0)
    if (size === 'desk') await sees(page, '选不予，这里就是要发出去的文书。')
    await sees(page, /^看一遍，签发不予/)
    if (size === 'desk') {
      const keys = await page.locator('.keybar').textContent()
      expect(keys).not.toContain('准予')
      expect(keys).toContain('不予')
    }
    await keepPicture(page, `decision-firm.${size}`)
    await sound()
    await close()
  }
})

test('the paper that was brought after the case had been accepted is marked where it is decided', async () => {
  const owner = await born('焦添纸')
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const { version } = await caseOf(owner.person, id)
  const files = [await owner.person.upload()]
  const added = await owner.person.send('POST', `/api/cases/${id}/additions`, {
    body: { version, materials: [{ name: '居民户口簿', files }] },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  for (const size of ['desk', 'phone', 'elder'] as const)
    for (const path of ['decision', 'case']) {
      const { page, sound, close } = await openAs(STAFF.reviewer, `staff/case/${path}?id=${id}`, size)
      const row = page.locator('.paper', { hasText: '居民户口簿' }).filter({ visible: true }).first()
      await sees(row, /受理以后改过/)
      expect(await page.locator('.paper').filter({ hasText: '受理以后改过' }).count()).toBe(1)
      await keepPicture(page, `papers-changed-since-${path}.${size}`)
      await sound()
      await close()
    }
})

test('what is to be done for the identity is said once where the case can be taken over', async () => {
  const [mother, son] = [await born('柏亲妈'), await born('柏儿子', 3, '1975-03-05')]
  const { name, idNumber } = mother
  const id = await file(client, { person: son.person, name, idNumber, agent: true }, 'LX-005')
  const { page, close } = await openAs(mother.personId, `features/case/timeline?id=${id}`)
  await sees(page, /你的身份核过了，接过来就行/)
  expect(await count(page, /身份还没核过/)).toBe(0)
  await page.route('**/withdrawal', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      json: {
        code: 'case.action-not-allowed',
        title: '现在不能这样做',
        status: 422,
        errors: [],
        requestId: 'r',
      },
    }),
  )
  await press(page, /^撤回申请/)
  await answer(page, '撤回')
  await sees(page, '没撤回')
  await sees(page, /再点也撤不回/)
  expect(await count(page, '撤回申请')).toBe(0)
  await close()
})

test('who types the number of a child is led to their own, once and everywhere', async () => {
  const child = await born('柏小童', 1, '2018-06-05')
  for (const size of ['phone', 'elder'] as const) {
    const { page, sound, close } = await openAs(child.personId, 'features/account/register', size)
    await write(page, '姓名', '柏小童')
    await write(page, '身份证号', child.idNumber)
    await sees(page, '登记的是孩子的号码')
    expect(await count(page, /不满 14/)).toBe(1)
    expect(await count(page, '微信核一下')).toBe(0)
    expect(await count(page, /先不核/)).toBe(0)
    await keepPicture(page, `register-child.${size}`)
    await sound()
    expect(await count(page, '换成我自己的')).toBe(1)
    await press(page, '换成我自己的')
    await sees(page, '微信核一下')
    expect(await count(page, '登记的是孩子的号码')).toBe(0)
    await close()
  }
  const registered = await born('柏小二', 2, '2018-07-05')
  const places = ['features/service-item/guide?id=LX-017', 'features/service-item/home', 'tabs/account/me']
  for (const path of places)
    for (const size of ['phone', 'elder'] as const) {
      const { page, sound, close } = await openAs(registered.personId, path, size)
      // Opened by a link, before there is a session.
      if (path.includes('guide')) await sees(page, '要由监护人来办')
      await page.waitForTimeout(500)
      expect(await count(page, /微信核一下/), path).toBe(0)
      await keepPicture(page, `child-${path.split(/[/?]/)[2]}.${size}`)
      await sound()
      await close()
    }
})

test('a child is checked by the guardian and the booklet, in the village as at a counter', async () => {
  const child = await born('汪小娃', 0, '2018-05-05')
  const agent = await client.as(STAFF.village)
  const { name, idNumber } = child
  const id = await file(client, { person: agent, name, idNumber, channel: 'village' }, 'LX-021')
  for (const size of ['phone', 'elder', 'desk'] as const) {
    const { page, sound, close } = await openAs(STAFF.village, `staff/case/case?id=${id}`, size)
    await press(page, '当面核身份')
    await sees(page, /监护人.*户口簿/)
    const sheet = page.getByRole('dialog').filter({ visible: true }).first()
    expect(await sheet.getByText(/身份证也看到了|本人到场/).count()).toBe(0)
    await keepPicture(page, `identity-sheet-child.${size}`)
    await sound()
    await close()
  }
})

test.each(['phone', 'elder', 'desk'] as const)(
  'at the counter what is brought says for whom, and speaks to staff: %s',
  async (size) => {
    const { idNumber } = await born('汪补柜', 0)
    const person = await client.as(STAFF.window)
    const id = await file(client, { person, name: '汪补柜', idNumber, channel: 'window' }, 'LX-005')
    const items = [{ kind: 'material', name: '居民身份证', reason: '看不清' }]
    await act(person, id, 'request-correction', { reason: '缺一样', items })
    const { page, sound, close } = await openAs(STAFF.window, `staff/case/case?id=${id}`, size)
    await sees(page, '补 1 样')
    const { caseNumber } = await caseOf(person, id)
    const digits = caseNumber.slice(-4)
    for (const [cell, name] of [
      [/^补 1 样/, 'correction'],
      [/^补交一样东西/, 'addition'],
    ] as const) {
      await press(page, cell)
      await untilShown(page)
      await sees(page, new RegExp(`^替汪\\*柜.*${digits}$`))
      expect(await count(page, /打电话问/)).toBe(0)
      await keepPicture(page, `staff-${name}-for.${size}`)
      await sound()
      if (size === 'desk') await page.keyboard.press('Escape')
      else await page.goBack()
      await sees(page, '他在跟前，替他')
    }
    await close()
  },
)

test('when somebody acted in between the button says what it does, and the next page guesses nothing', async () => {
  const owner = await born('叶中途')
  const id = await file(client, owner, 'LX-005')
  const window = await client.as(STAFF.window)
  await play(client, id, [['village', 'verify']])
  const items = [{ kind: 'material', name: '居民身份证', reason: '看不清' }]
  await act(window, id, 'request-correction', { reason: '缺一样', items })
  const { page, sound, close } = await openAs(owner.personId, `features/case/correction?id=${id}`)
  await photograph(page, page, '居民身份证')
  const changed = (door: string) =>
    page.route(
      `**/${door}`,
      (route) =>
        route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          json: {
            code: 'case.state-changed',
            title: '这件刚刚变了',
            status: 409,
            errors: [],
            requestId: 'r',
          },
        }),
      { times: 1 },
    )
  await changed('supplement')
  await press(page, '补好了，交上去')
  await sees(page, '没交上去')
  expect(await count(page, '再试一次')).toBe(0)
  expect(await count(page, '补好了，交上去')).toBe(0)
  await keepPicture(page, 'correction-state-changed')
  await sound()
  await press(page, '看最新的')
  await sees(page, '补好了，交上去')
  await close()

  const other = await born('叶中间')
  const second = await file(client, other, 'LX-005')
  const adding = await openAs(other.personId, `features/case/addition?id=${second}`)
  await photograph(adding.page, adding.page, '居民户口簿')
  const { version } = await caseOf(other.person, second)
  await other.person.send('POST', `/api/cases/${second}/withdrawal`, { body: { version } })
  await press(adding.page, '交上去')
  await sees(adding.page, '没交上去')
  expect(await count(adding.page, '再试一次')).toBe(0)
  await press(adding.page, '看最新的')
  await sees(adding.page, '现在不能补交')
  await sees(adding.page, '撤回了')
  expect(await count(adding.page, /可能/)).toBe(0)
  await keepPicture(adding.page, 'addition-withdrawn')
  await adding.sound()
  await adding.close()
})

test('who founds a firm reads that they are the applicant, at the beginning', async () => {
  const owner = await born('邬创业', 3, '1980-03-05')
  for (const size of ['phone', 'elder'] as const) {
    const { page, sound, close } = await openAs(
      owner.personId,
      'features/case/application/form?id=LX-032',
      size,
    )
    await sees(page, '申请人是你：邬创业')
    await keepPicture(page, `form-founder.${size}`)
    await sound()
    await close()
  }
})

test('a check that fails after the grant says on the case what is to be done elsewhere', async () => {
  const owner = await born('许开店', 3, '1985-05-21')
  const id = await fileOwn(owner.person, 'LX-037', { commit: '是' })
  const [window, reviewer, approver] = [
    await client.as('window-health'),
    await client.as('reviewer-health-1'),
    await client.as('approver-health-1'),
  ]
  await act(window, id, 'accept')
  const { version, identityConfirmed } = await caseOf(window, id)
  if (!identityConfirmed)
    await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
      body: { version, reason: '带委托书来的' },
    })
  await act(reviewer, id, 'pass')
  await act(approver, id, 'grant')
  await act(window, id, 'conclude')
  await act(window, id, 'deliver', { method: 'pickup' })
  const reason = '店里没有消毒柜'
  await act(reviewer, id, 'record-visit', {
    officerIds: ['reviewer-health-1', 'reviewer-health-2'],
    reason: '到店看了',
  })
  const failed = await act(reviewer, id, 'fail', { reason })
  expect(failed.status, JSON.stringify(failed.body)).toBe(200)
  for (const size of ['phone', 'elder', 'desk'] as const) {
    const { page, sound, close } = await openAs('approver-health-1', `staff/case/case?id=${id}`, size)
    await sees(page, '再查，情况不符')
    await sees(page, new RegExp(`理由：${reason}`))
    await sees(page, /责令改正.*撤销/)
    expect(await count(page, /不通过|：不同意/)).toBe(0)
    await keepPicture(page, `check-failed.${size}`)
    await sound()
    await close()
  }
  const { page, close } = await openAs(owner.personId, `features/case/timeline?id=${id}`)
  await sees(page, '再查，情况不符')
  await sees(page, reason)
  // The top card does not leave it at the result either.
  await sees(page, /^办好以后再查，情况不符。/)
  expect(await count(page, /^办好了，结果在这里看/)).toBe(0)
  await sees(page, /先听你说/)
  await keepPicture(page, 'check-failed-resident')
  await close()
  const read = await openAs(owner.personId, `features/case/result?id=${id}`)
  await sees(read.page, '再查，情况不符')
  await sees(read.page, new RegExp(`办好以后再查.*${reason}`))
  await sees(read.page, /要收回以前先听你说/)
  expect(await count(read.page, '办好了')).toBe(0)
  await keepPicture(read.page, 'check-failed-result')
  await read.sound()
  await read.close()
  const list = await openAs(owner.personId, 'tabs/case/my-cases')
  await sees(list.page, '再查，情况不符')
  expect(await count(list.page, '办好了')).toBe(0)
  await keepPicture(list.page, 'check-failed-list')
  await list.close()
})
