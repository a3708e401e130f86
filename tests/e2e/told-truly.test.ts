import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play } from './scenes'
import { answer, press, sees } from './screen'

// What a page says of a case is true for whoever reads it, also when the case has moved on or an answer was lost.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = bornBy(client)

/** A mother's case that her son filed. */
async function family(name: string, itemId = 'LX-005') {
  const mother = await born(`${name}兰`, 3)
  const son = await born(`${name}军`, 3, '1975-03-05')
  const { idNumber } = mother
  const caseId = await file(client, { person: son.person, name: mother.name, idNumber, agent: true }, itemId)
  return { mother, son, caseId }
}

async function openAs({ personId }: { personId: string }, path: string, elder = false) {
  const size = elder ? { width: 320, height: 700 } : { width: 390, height: 844 }
  const phone = await openPhone(browser, { url, person: personId, size, elder })
  await phone.go(path)
  await untilShown(phone.page)
  return phone
}

const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()
const loseAnswer = async (route: Route) => {
  await route.fetch()
  await route.abort()
}
/** Something happens between the look at the case and the press. */
const meanwhile = (page: Page, door: string, happens: () => Promise<unknown>) =>
  page.route(
    `**/${door}`,
    async (route) => {
      await happens()
      await route.fallback()
    },
    { times: 1 },
  )

const AWAITED = '批以前要核一次身份：本人在微信里核，或带身份证到窗口、村里'

test('whoever is not confirmed reads everywhere what holds the case up, and finds the way to it', async () => {
  const { person, personId, name, idNumber } = await born('沈未核', 2)
  const caseId = await file(client, { person, name, idNumber }, 'LX-005')
  for (const elder of [false, true]) {
    const { page, go, faults, close } = await openAs(
      { personId },
      `features/case/timeline?id=${caseId}`,
      elder,
    )
    await sees(page, new RegExp(AWAITED))
    expect(await count(page, /不用你做什么/)).toBe(0)
    await keepPicture(page, `identity-awaited-timeline${elder ? '-elder' : ''}`)
    expect(await pageFaults(page, { elder })).toEqual([])
    for (const path of [
      `features/case/application/submitted?id=${caseId}`,
      'tabs/case/my-cases',
      'features/service-item/home',
    ]) {
      await go(path)
      await untilShown(page)
      await sees(page, new RegExp(AWAITED))
      expect(await count(page, /接下来交给我们/)).toBe(0)
      await keepPicture(page, `identity-awaited-${path.split(/[/?]/)[2]}${elder ? '-elder' : ''}`)
      expect(await pageFaults(page, { elder })).toEqual([])
    }
    await go(`features/case/timeline?id=${caseId}`)
    await press(page, '在微信里核')
    await sees(page, '你是哪一位？')
    expect(faults).toEqual([])
    await close()
  }
})

test('the family of who died reads how it goes on, not to apply again, and is promised no result', async () => {
  const { son, caseId } = await family('丁走')
  await play(client, caseId, [['village', 'terminate', { reason: 'deceased' }]])
  const { page, go, close } = await openAs(son, `features/case/timeline?id=${caseId}`)
  await sees(page, /家里人可以带死亡证明和自己的身份证/)
  expect(await count(page, /再申请/)).toBe(0)
  expect(await count(page, '我来接着办')).toBe(0)
  await keepPicture(page, 'timeline-deceased')
  expect(await pageFaults(page)).toEqual([])
  await go(`features/case/result?id=${caseId}`)
  await untilShown(page)
  await sees(page, '这件没有结果')
  expect(await count(page, /第一时间/)).toBe(0)
  await close()
})

test('who lost a case to its owner finds nothing of it on the phone any more, and reads why', async () => {
  const { mother, son, caseId } = await family('丁接')
  const { page, go, close } = await openAs(son, `features/case/timeline?id=${caseId}`)
  await sees(page, '补交一样东西')
  await page.evaluate((id) => {
    const own = `yinxiang:${sessionStorage.getItem('yinxiang-as')}`
    const entry = { key: `case:${id}`, plainName: '高龄津贴', savedAt: new Date().toISOString(), step: 0 }
    localStorage.setItem(`${own}:draft:case:${id}`, JSON.stringify({ ...entry, answers: {}, photos: {} }))
    localStorage.setItem(`${own}:drafts`, JSON.stringify([entry]))
  }, caseId)
  const { version } = await caseOf(mother.person, caseId)
  await mother.person.send('POST', `/api/cases/${caseId}/takeover`, { body: { version } })
  await page.reload()
  await sees(page, '这件现在看不到了')
  await sees(page, /可能由本人接着办了，或者不是这个微信办的/)
  await keepPicture(page, 'case-gone')
  await go('tabs/case/my-cases')
  await untilShown(page)
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
  expect(kept).not.toContain(caseId)
  await page.route('**/api/**', (route) => route.abort())
  await go('features/service-item/home')
  await go(`features/case/timeline?id=${caseId}`)
  await sees(page, '没有连上网')
  expect(await count(page, '补交一样东西')).toBe(0)
  await close()
})

test('the mother withdraws: nobody else is told that they did', async () => {
  const { mother, son, caseId } = await family('丁撤')
  const { version } = await caseOf(mother.person, caseId)
  await mother.person.send('POST', `/api/cases/${caseId}/withdrawal`, { body: { version } })
  const { page, close } = await openAs(son, `features/case/timeline?id=${caseId}`)
  await sees(page, '撤回了')
  expect(await count(page, /你撤回了/)).toBe(0)
  await close()
  const owner = await openAs(mother, 'features/reminder/inbox')
  await sees(owner.page, /有人帮你申请了/)
  expect(await count(owner.page, /你交了申请/)).toBe(0)
  await owner.close()
})

test.each([
  { what: 'takes it over', press: '我来接着办', sure: '接过来', door: 'takeover', done: '现在归你办了' },
  { what: 'withdraws it', press: '撤回申请', sure: '撤回', door: 'withdrawal', done: '撤回了' },
])('somebody acted in between: the owner $what all the same', async ({ press: name, sure, door, done }) => {
  const { mother, caseId } = await family(door === 'takeover' ? '丁冲' : '丁突')
  const { page, close } = await openAs(mother, `features/case/timeline?id=${caseId}`)
  await meanwhile(page, door, async () => act(await client.as('wang-lixin'), caseId, 'verify'))
  await press(page, name)
  await answer(page, sure)
  await sees(page, done)
  const view = await caseOf(mother.person, caseId)
  expect(door === 'takeover' ? !view.mayTakeOver : view.status === 'withdrawn').toBe(true)
  await close()
})

test.each([
  { what: 'takeover', name: '我来接着办', sure: '接过来', done: '现在归你办了', lost: '接过来' },
  { what: 'withdrawal', name: '撤回申请', sure: '撤回', done: '撤回了', lost: '交上' },
])(
  '$what, the answer is lost: it is not told as a failure, a look tells',
  async ({ what, name, sure, done, lost }) => {
    const { mother, caseId } = await family(what === 'takeover' ? '丁丢' : '丁失')
    const { page, close } = await openAs(mother, `features/case/timeline?id=${caseId}`)
    await page.route(`**/${what}`, loseAnswer, { times: 1 })
    await press(page, name)
    await answer(page, sure)
    await sees(page, `不知道${lost}没有`)
    expect(await count(page, /没接过来|没撤回/)).toBe(0)
    await page.getByText(sure, { exact: true }).last().waitFor({ state: 'hidden' })
    await keepPicture(page, `${what}-lost`)
    expect(await pageFaults(page)).toEqual([])
    await press(page, '看一下')
    await sees(page, done)
    expect(await count(page, `不知道${lost}没有`)).toBe(0)

    const other = await family(what === 'takeover' ? '丁没' : '丁无')
    const second = await openAs(other.mother, `features/case/timeline?id=${other.caseId}`)
    await second.page.route(`**/${what}`, (route) => route.abort(), { times: 1 })
    await press(second.page, name)
    await answer(second.page, sure)
    await press(second.page, '看一下')
    await sees(second.page, `没${lost}，再点一次`)
    await press(second.page, '再试一次')
    await sees(second.page, done)
    await second.close()
    await close()
  },
)

test('a takeover that came too late is told, though there is nothing to take over any more', async () => {
  const { mother, caseId } = await family('丁晚', 'LX-017')
  const { page, close } = await openAs(mother, `features/case/timeline?id=${caseId}`)
  await meanwhile(page, 'takeover', async () =>
    act(await client.as('zhao-min'), caseId, 'decline', { reason: '不是本地户籍' }),
  )
  await press(page, '我来接着办')
  await answer(page, '接过来')
  await sees(page, '没接过来')
  expect(await count(page, '有人帮你申请了')).toBe(0)
  await sees(page, /这件刚刚变了，现在不能这样办了/)
  expect(await count(page, '再试一次')).toBe(0)
  await keepPicture(page, 'takeover-late')
  await close()
})

/** What a counter typed: a number, and the name that stood on the paper. */
async function typed(idNumber: string, name: string) {
  const window = await client.as('zhao-min')
  const id = await file(client, { person: window, name, idNumber, channel: 'window' }, 'LX-017')
  return { id }
}

test('a wrong name beside the right number is told to its owner, who takes it over under their own', async () => {
  const owner = await born('丁实名', 3)
  const { id } = await typed(owner.idNumber, '丁错名')
  const { page, close } = await openAs(owner, `features/case/timeline?id=${id}`, true)
  await sees(page, /名字和你核过的不一样，接过来就改成你的/)
  await sees(page, '名字和你核过的不一样。接过来，就改成你核过的名字。')
  await press(page, '我来接着办')
  await sees(page, /替你填的人要是轮到办这件，还看得到/)
  expect(await count(page, /以后看不到它了/)).toBe(0)
  await keepPicture(page, 'take-over-typed.elder')
  expect(await pageFaults(page, { elder: true })).toEqual([])
  await answer(page, '接过来')
  await sees(page, '现在归你办了')
  expect(await count(page, /要核一次身份/)).toBe(0)
  await close()
})

test('the receipt of a case that has ended promises nothing, and one word says how it ended', async () => {
  const { son, caseId } = await family('丁终')
  await play(client, caseId, [['village', 'terminate', { reason: 'deceased' }]])
  const { page, go, close } = await openAs(son, `features/case/application/submitted?id=${caseId}`)
  await sees(page, '这件停了')
  expect(await count(page, /接下来交给我们|最晚|到时提醒我|微信提醒我/)).toBe(0)
  await keepPicture(page, 'receipt-ended')
  expect(await pageFaults(page)).toEqual([])
  await go(`features/case/timeline?id=${caseId}`)
  await sees(page, '停了')
  // But for the name of its paper.
  expect(await count(page, /终止(?!办理通知书)/)).toBe(0)
  await close()
})

test('the desk reads how the other case of the same person stands', async () => {
  const { mother, son, caseId } = await family('丁双', 'LX-017')
  const { idNumber, name } = mother
  await file(client, { person: mother.person, name, idNumber }, 'LX-017')
  const { version } = await caseOf(son.person, caseId)
  await mother.person.send('POST', `/api/cases/${caseId}/withdrawal`, { body: { version } })
  const { items } = (await mother.person.send<CaseList>('GET', '/api/cases')).body
  const own = items.find(({ filedByOther }) => !filedByOther)
  const { page, close } = await openAs({ personId: 'zhao-min' }, `staff/case/case?id=${own?.id}`)
  await sees(page, /^\d{16} · 撤回了/)
  await close()
})
