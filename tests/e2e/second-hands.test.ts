import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { answer, choose, fieldOf, photograph, press, sees, write } from './screen'

// What a second person does with a case: the owner, the counter with a card in hand, the supervisor.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = bornBy(client)

/** What the server finds wrong with one field. */
const refuseAddition = (page: Page) =>
  page.route('**/additions', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      json: {
        code: 'application.invalid',
        title: '有几处要改一改',
        requestId: '0',
        errors: [{ pointer: '/answers/mobile', code: 'field.wrong', message: '这个号码打不通' }],
      },
    }),
  )

test('the owner takes over what somebody filed for them, who sees it no more, and adds a paper', async () => {
  const owner = await born('丁秀英', 3)
  const filer = await born('丁小军', 3)
  const { name, idNumber } = owner
  const caseId = await file(client, { person: filer.person, name, idNumber, agent: true }, 'LX-005')
  const phone = await openPhone(browser, { url, person: owner.personId })
  const { page } = phone
  await phone.go(`features/case/timeline?id=${caseId}`)
  await untilShown(page)
  await sees(page, '有人帮你申请了')
  await keepPicture(page, 'timeline-take-over')
  expect(await pageFaults(page)).toEqual([])
  await press(page, '我来接着办')
  await page.getByText('帮你申请的人以后看不到它了').waitFor()
  await answer(page, '先不接')
  expect((await caseOf(owner.person, caseId)).mayTakeOver).toBe(true)
  await press(page, '我来接着办')
  await answer(page, '接过来')
  await sees(page, '现在归你办了')
  await page.getByText('有人帮你申请了').waitFor({ state: 'hidden' })
  expect((await filer.person.send('GET', `/api/cases/${caseId}`)).status).toBe(404)

  await press(page, /^补交一样东西/)
  await sees(page, '交过的都在，新拍的加在后面，新写的号码换掉旧的。期限不变，不用重新排队。')
  await untilShown(page)
  await press(page, '交上去')
  await sees(page, '先拍一张，或者写个新号码')
  await photograph(page, page, '居民户口簿')
  expect(await page.getByRole('textbox', { name: /姓名|身份证号/ }).count()).toBe(0)
  await write(page, '社保卡/银行卡号', '62')
  await press(page, '交上去')
  await sees(page, '少 14 位。最少 16 位，现在 2 位')
  await sees(page, '还有 1 处要改')
  await write(page, '社保卡/银行卡号', '')
  await write(page, '手机号', '15400000077')
  await keepPicture(page, 'addition')
  expect(await pageFaults(page)).toEqual([])
  await page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('15400000077'))
  await page.reload()
  await sees(page, '交过的都在，新拍的加在后面，新写的号码换掉旧的。期限不变，不用重新排队。')
  expect(await fieldOf(page, '手机号').inputValue()).toBe('15400000077')
  await refuseAddition(page)
  await press(page, '交上去')
  await sees(page, '这个号码打不通')
  expect(await fieldOf(page, '手机号').inputValue()).toBe('15400000077')
  await page.unrouteAll()
  await press(page, '交上去')
  await sees(page, '又交了材料')
  const { papers, answers } = await caseOf(owner.person, caseId)
  expect(answers.find(({ key }) => key === 'mobile')?.text).toContain('0077')
  expect(papers.find((paper) => paper.name === '居民户口簿')?.files).toHaveLength(2)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test.each([
  { place: 'on the phone', size: { width: 390, height: 844 } },
  { place: 'at a desk', size: { width: 1280, height: 800 } },
])('$place the number of the card in hand leads to the case, and stays nowhere', async ({ place, size }) => {
  const { name, person, idNumber } = await born(place === 'at a desk' ? '沈玉梅' : '沈玉兰', 2)
  const caseId = await file(client, { person, name, idNumber }, 'LX-014')
  const phone = await openPhone(browser, { url, person: STAFF.village, size })
  const { page } = phone
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await phone.go('staff/case/queue')
  await untilShown(page)
  await press(page, /^当面核身份/)
  await keepPicture(page, `staff-identity-check-${size.width}`)
  const sheet = page.getByRole('dialog').filter({ visible: true }).first()
  await write(sheet, '身份证号', idNumber.slice(0, 17))
  await press(sheet, '查要核的件')
  await sees(sheet, /^少 1 位/)
  await write(sheet, '身份证号', idNumber)
  await press(sheet, '查要核的件')
  await sees(sheet, /^沈\*/)
  await keepPicture(page, `staff-identity-check-found-${size.width}`)
  expect(await pageFaults(page, { desktop: size.width > 1000 })).toEqual([])
  await press(sheet, /沈\*/)
  await press(sheet, '核过了')
  await sees(sheet, '写明怎么核的')
  await choose(sheet, 'checkbox', '上门看过本人和身份证')
  await press(sheet, '核过了')
  await sees(page, /：身份核过了$/)
  expect(await caseOf(person, caseId)).toMatchObject({ identityConfirmed: true })

  await page.getByRole('dialog').filter({ visible: true }).waitFor({ state: 'hidden' })
  await press(page, /^当面核身份/)
  await write(sheet, '身份证号', idNumber)
  await press(sheet, '查要核的件')
  await sees(sheet, '没有要核的')
  await page.route('**/api/work/identity-checks', (route) =>
    route.fulfill({
      status: 429,
      json: { code: 'request.rate-limited', title: '点得太快了，等一等再试', retryAfterSeconds: 1500 },
    }),
  )
  await write(sheet, '身份证号', '')
  await write(sheet, '身份证号', idNumber)
  await press(sheet, '查要核的件')
  await sees(sheet, '一个人一小时最多查 60 次，25 分钟以后再查。')
  expect(addresses.filter((address) => address.includes(idNumber))).toEqual([])
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(kept).not.toContain(idNumber)
  expect(kept).not.toContain('identity-checks')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a supervisor writes why, and sees the case', async () => {
  const { name, person, idNumber } = await born('丁大年', 3)
  const caseId = await file(client, { person, name, idNumber }, 'LX-009')
  await play(client, caseId, [['village', 'verify']])
  const phone = await openPhone(browser, { url, person: 'supervisor-1' })
  const { page } = phone
  await phone.go(`staff/case/case?id=${caseId}`)
  await untilShown(page)
  await sees(page, '写明理由再看')
  await keepPicture(page, 'staff-look')
  expect(await pageFaults(page)).toEqual([])
  await press(page, '看这一件')
  await sees(page, '写明为什么看，至少 2 个字')
  await choose(page, 'checkbox', '超期督办')
  await press(page, '看这一件')
  await sees(page, '走到哪一步')
  await sees(page, '这件现在没有要你办的')
  await keepPicture(page, 'staff-looked')
  expect(phone.faults).toEqual([])
  await phone.close()

  const other = await openPhone(browser, { url, person: STAFF.specialWindow })
  await other.go(`staff/case/case?id=${caseId}`)
  await untilShown(other.page)
  await sees(other.page, '没有这件办件')
  expect(await other.page.getByText('写明理由再看').count()).toBe(0)
  await other.close()
})

test('what arrived though its answer was lost is not sent again after the page was opened anew', async () => {
  const { name, person, personId, idNumber } = await born('丁丢信', 3)
  const caseId = await file(client, { person, name, idNumber }, 'LX-005')
  const { page, go, close } = await openPhone(browser, { url, person: personId })
  await go(`features/case/addition?id=${caseId}`)
  await untilShown(page)
  await photograph(page, page, '居民户口簿')
  await write(page, '手机号', '15400000088')
  await page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('15400000088'))
  await page.route(
    '**/additions',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await press(page, '交上去')
  await sees(page, '不知道交上没有')
  await page.reload()
  await sees(page, '上次交的收到了')
  await keepPicture(page, 'addition-arrived')
  expect(await pageFaults(page)).toEqual([])
  expect(await fieldOf(page, '手机号').inputValue()).toBe('')
  await press(page, '交上去')
  await sees(page, '先拍一张，或者写个新号码')
  const { papers } = await caseOf(person, caseId)
  expect(papers.find((paper) => paper.name === '居民户口簿')?.files).toHaveLength(2)
  await close()
})

test('a notice that asks for the same thing: what was photographed goes along to its answer', async () => {
  const { name, person, personId, idNumber } = await born('丁补正', 3)
  const caseId = await file(client, { person, name, idNumber }, 'LX-005')
  const { page, go, close } = await openPhone(browser, { url, person: personId })
  await go(`features/case/addition?id=${caseId}`)
  await untilShown(page)
  await photograph(page, page, '居民户口簿')
  await page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('paper:居民户口簿'))
  await play(client, caseId, [
    ['village', 'verify'],
    [
      'window',
      'request-correction',
      { reason: '看不清', items: [{ kind: 'material', name: '居民户口簿', reason: '照片模糊，再拍一张' }] },
    ],
  ])
  await press(page, '交上去')
  await sees(page, '没交上去')
  await press(page, '看最新的')
  await sees(page, '有 1 样在“补一补”里交')
  await page.getByText('没交上去').waitFor({ state: 'hidden' })
  expect(await page.getByText('你拍的、写的都还在').count()).toBe(0)
  await keepPicture(page, 'addition-asked-too')
  expect(await pageFaults(page)).toEqual([])
  await press(page, '去补一补')
  await sees(page, '改好了')
  await press(page, '补好了，交上去')
  await expect.poll(async () => (await caseOf(person, caseId)).status).not.toBe('correcting')
  await close()
})
