import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import { act, asItShouldBe, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file } from './scenes'
import { choose, fieldOf, photograph, press, sees, write } from './screen'

// A site is written down on the officer's phone, signal or not; the other officer reads it and signs.
const url = await openServerOfFile()
const client = clientOf(url)
const born = bornBy(client)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const [WRITER, SECOND] = ['reviewer-forest-1', 'reviewer-forest-2']
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 720 }
const POINTS = ['要砍的树', '树种、株数', '不在禁止采伐', '采伐的范围', '补种的地方']

async function atSite(name: string) {
  const { person, idNumber } = await born(name, 3)
  const id = await file(client, { person, name, idNumber }, 'LX-026')
  await act(await client.as('window-forest'), id, 'accept')
  await act(await client.as(WRITER), id, 'pass')
  return { person, id }
}

async function openAs(person: string, path: string, size = PHONE, elder = false) {
  const opened = await openPhone(browser, { url, person, size, elder })
  await opened.go(path)
  await untilShown(opened.page)
  const sound = async (name: string) => {
    await keepPicture(opened.page, name)
    expect(await pageFaults(opened.page, { elder, desktop: size === DESK })).toEqual([])
  }
  return { ...opened, sound }
}

const answerPoint = (page: Page, point: string, answer: string) =>
  choose(page, 'radio', new RegExp(`^${point}.*，${answer}$`))
const nameOf = async (id: string, staffId: string) =>
  (await caseOf(await client.as(WRITER), id)).staff?.colleagues.find((each) => each.staffId === staffId)
    ?.name ?? ''

test('an officer writes a site down point by point; what is written without a signal is there with it', async () => {
  const { person, id } = await atSite('戚踏勘')
  const { page, faults, sound, close } = await openAs(WRITER, `staff/case/case?id=${id}`)
  await press(page, '记录现场')
  await untilShown(page)
  await sees(page, '核查清单 5 条，本县自己定的清单，照受理条件列的')
  await sound('site-visit.empty')
  await press(page, '记好了，我签名')
  await sees(page, '还差 2 人，到现场要两人以上')
  await sees(page, '还有 7 处没写')
  for (const staffId of [WRITER, SECOND]) await choose(page, 'checkbox', await nameOf(id, staffId))
  for (const point of POINTS.slice(0, 4)) await answerPoint(page, point, '符合')
  await photograph(page, page, '要砍的树在林权证的范围里，没有争议')

  await page.context().setOffline(true)
  await answerPoint(page, POINTS[4] ?? '', '不符合')
  await sees(page, '写明是什么情况，至少 2 个字')
  await write(page, /补种的地方.*什么情况/, '还没有说补种在哪里')
  await choose(page, 'radio', '看过记录，有话要记')
  await write(page, '申请人的话', '开春就补种')
  await press(page, '记好了，我签名')
  await sees(page, /你写的都还在/)
  await page.context().setOffline(false)

  await page.reload()
  await untilShown(page)
  await expect.poll(() => fieldOf(page, /补种的地方.*什么情况/).inputValue()).toBe('还没有说补种在哪里')
  await sound('site-visit.filled')
  await press(page, '记好了，我签名')
  await sees(page, /现场记好了，你签了名/)
  await untilShown(page)
  const second = await nameOf(id, SECOND)
  const again = await openAs(WRITER, `staff/case/case?id=${id}`)
  await sees(again.page, `等${second}签名，签齐才能往下办`)
  await again.sound('site-visit.awaits')
  await again.close()
  expect(faults).toEqual([])
  await close()

  const desk = await openAs(SECOND, `staff/case/case?id=${id}`, DESK)
  await sees(desk.page, '符合 4 项，不符合 1 项')
  await desk.sound('site-visit.desk')
  await press(desk.page, /^签现场记录/)
  await untilShown(desk.page)
  await sees(desk.page, '开春就补种')
  await desk.sound('site-visit.sign')
  await press(desk.page, '我看过了，签名')
  await sees(desk.page, /你签了现场记录/)
  await desk.close()
  expect((await caseOf(person, id)).documents.map(({ title }) => title)).toContain('现场核查记录')
  expect((await act(await client.as(WRITER), id, 'pass')).status).toBe(200)
})

test('in large letters on a small phone a site is written down as well', async () => {
  const { id } = await atSite('戚大字')
  const place = `stepKey=site&unitId=${(await caseOf(await client.as(WRITER), id)).staff?.visits?.[0]?.unitId}`
  const elder = await openAs(WRITER, `staff/case/visit?id=${id}&${place}`, { width: 320, height: 700 }, true)
  await press(elder.page, '记好了，我签名')
  await sees(elder.page, '还有 7 处没写')
  await elder.sound('site-visit.elder')
  await elder.close()
})

const pathOf = async (id: string) => {
  const visit = (await caseOf(await client.as(WRITER), id)).staff?.visits?.[0]
  return `staff/case/visit?id=${id}&stepKey=site&unitId=${visit?.unitId}`
}
const isChosen = (page: Page, role: 'radio' | 'checkbox') =>
  page.getByRole(role, { checked: true }).filter({ visible: true }).count()

test('a visit after an order begins empty; what was signed of the one before stays beside it', async () => {
  const { id } = await atSite('戚复查')
  const writer = await client.as(WRITER)
  const officerIds = [WRITER, SECOND]
  await act(writer, id, 'record-visit', { officerIds, reason: '护栏没有装' })
  const { now } = (await client.door<{ now: string }>('GET', 'clock')).body
  const recheckOn = addDays(plainDate(now.slice(0, 10)), 7)
  const ordered = await act(writer, id, 'require-rectification', { reason: '装好护栏', recheckOn })
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(200)
  const { page, sound, close } = await openAs(WRITER, await pathOf(id))
  await sees(page, '这是另一次核查')
  expect([await isChosen(page, 'radio'), await isChosen(page, 'checkbox')]).toEqual([0, 0])
  await press(page, '记好了，我签名')
  await sees(page, '还差 2 人，到现场要两人以上')
  await sound('site-visit.again')
  await close()
  const again = await act(writer, id, 'record-visit', { officerIds, reason: '护栏装好了' })
  expect(again.status, JSON.stringify(again.body)).toBe(200)
  const desk = await openAs(WRITER, `staff/case/case?id=${id}`, DESK)
  await sees(desk.page, '先前的，签齐了')
  await sees(desk.page, '护栏没有装')
  await desk.sound('site-visit.two')
  await desk.close()
})

test('a draft from before a colleague wrote the site down is told as such, and is taken up or thrown away', async () => {
  const { id } = await atSite('戚旧稿')
  const { page, sound, go, close } = await openAs(WRITER, await pathOf(id))
  await answerPoint(page, POINTS[0] ?? '', '不符合')
  await write(page, /要砍的树.*什么情况/, '四至没有标')
  // What is typed is kept before the next press.
  await choose(page, 'checkbox', await nameOf(id, WRITER))
  const second = await client.as(SECOND)
  const view = await caseOf(second, id)
  const place = { stepKey: 'site', unitId: view.staff?.visits?.[0]?.unitId ?? '' }
  const written = await second.send('POST', `/api/cases/${id}/actions`, {
    body: {
      action: 'record-visit',
      ...place,
      version: view.version,
      officerIds: [WRITER, SECOND],
      ...asItShouldBe(view, place),
    },
  })
  expect(written.status, JSON.stringify(written.body)).toBe(200)
  await page.reload()
  await untilShown(page)
  await sees(page, '这台手机上有一份没交的')
  await sound('site-visit.stale')
  await press(page, '接着写我的')
  await sees(page, '这一次已经记过')
  expect(await fieldOf(page, /要砍的树.*什么情况/).inputValue()).toBe('四至没有标')
  await go(await pathOf(id))
  await untilShown(page)
  expect(await fieldOf(page, /要砍的树.*什么情况/).inputValue()).toBe('四至没有标')
  await close()
})

test('a paper of the visit is read and printed', async () => {
  const { person, id } = await atSite('戚看文书')
  const officerIds = [WRITER, SECOND]
  await act(await client.as(WRITER), id, 'record-visit', { officerIds, reason: '现场和材料一致' })
  const paper = (await caseOf(person, id)).documents.find(({ kind }) => kind === 'visit-record')
  const { page, sound, close } = await openAs(person.id, `features/case/document?case=${id}&id=${paper?.id}`)
  await sees(page, '核查人员已经各自签名')
  await sound('site-visit.paper')
  await close()
})
