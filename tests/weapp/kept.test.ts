import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { type County, newcomer, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { arrivedOf, firstOf, ITEM, PAPERS, phoneOf, tileOf, VILLAGE } from './phones'

const NAME = '沈秀英'
const CARD = '6299000043030583308'
/** The queue's first pause, and a little. Milliseconds. */
const A_PAUSE = 2_300

let county: County
let photos: string
let person: Awaited<ReturnType<typeof newcomer>>
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  photos = mkdtempSync(join(tmpdir(), 'weapp-'))
}, 60_000)
afterAll(() => county.close())
beforeEach(async () => {
  person = await newcomer(county, { name: NAME, birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  await person.person.send('POST', '/api/account', { body: { villageCode: VILLAGE } })
  phone = phoneOf(county, person.personId)
})
afterEach(() => phone.close())

let taken = 0
async function photograph(name: string) {
  taken += 1
  const path = join(photos, `tmp_${taken}.png`)
  writeFileSync(path, PHOTO)
  phone.hands.photos.push(path)
  await phone.screen.press(tileOf(name))
}

const openForm = () => phone.launch('features/case/application/form', { id: ITEM, who: 'self' })

/** To the step where papers are photographed. */
async function toPapers() {
  const { screen } = phone
  await openForm()
  await screen.type('社保卡/银行卡号', CARD)
  await screen.press('下一步')
  expect(screen.text()).toContain('材料')
}

async function submit() {
  const { screen } = phone
  await screen.press('下一步')
  await screen.press(/^我保证填的都是真的/)
  await screen.press('提交申请')
}

const casesOf = async () => (await person.person.send<CaseList>('GET', '/api/cases')).body.items
const uploads = () =>
  phone.network.sent.filter(({ method, path }) => method === 'POST' && path.startsWith('/api/files'))
const papers = () => phone.screen.buttons().filter((name) => name.includes('已传好'))
const needed = () => PAPERS.filter((name) => phone.screen.buttons().includes(tileOf(name)))

test('one upload is lost while the signal stands: the photo goes again by itself', async () => {
  await toPapers()
  const [first = ''] = needed()
  phone.network.befall('POST', /^\/api\/files/, 'no-answer')
  await photograph(first)
  expect(phone.screen.text()).toContain('有信号接着传')
  await wait(A_PAUSE)
  await phone.settled()
  expect(papers()).toEqual([arrivedOf(first)])
  expect(uploads().map(({ status }) => status)).toEqual([undefined, 204])
  expect(phone.faults).toEqual([])
}, 60_000)

test('closed with photos that were never sent: they go when it opens again, with their pictures', async () => {
  await toPapers()
  const all = needed()
  await phone.setOnline(false)
  for (const name of all) await photograph(name)
  phone.network.online = true
  await openForm()
  await phone.settled()
  expect(phone.screen.text()).toContain('材料')
  expect(papers()).toHaveLength(all.length)
  await phone.screen.press(papers()[0] ?? '')
  expect(phone.hands.previewed).toHaveLength(1)
  await submit()
  expect(await casesOf()).toHaveLength(1)
  expect([...phone.kept]).toEqual([])
  expect(phone.faults).toEqual([])
}, 60_000)

test('a draft of eight days has its photos still, though the server has thrown them away', async () => {
  await toPapers()
  const all = needed()
  for (const name of all) await photograph(name)
  await county.door('POST', 'clock', { advanceHours: 8 * 24 })
  await openForm()
  await phone.settled()
  await submit()
  expect(await casesOf()).toHaveLength(1)
  expect(uploads()).toHaveLength(all.length * 2)
  expect(phone.faults).toEqual([])
}, 60_000)

test('what the server refuses for good has a way out, and is told', async () => {
  await toPapers()
  const [first = '', ...others] = needed()
  phone.network.befall('POST', /^\/api\/uploads$/, {
    status: 413,
    body: { code: 'upload.too-large', title: '文件太大了' },
  })
  await photograph(first)
  expect(phone.screen.text()).toContain('文件太大了')
  expect(phone.screen.text()).toContain('1 张传不上去，删掉重拍')
  await phone.screen.press(`删除${firstOf(first)}`)
  for (const name of [first, ...others]) await photograph(name)
  await submit()
  expect(await casesOf()).toHaveLength(1)
}, 60_000)

test('one photo on its way redraws the page a dozen times at most', async () => {
  await toPapers()
  const page = phone.stack.at(-1)
  const before = page?.updates.sizes.length ?? 0
  const [first = ''] = needed()
  await photograph(first)
  expect((page?.updates.sizes.length ?? 0) - before).toBeLessThanOrEqual(16)
}, 60_000)

test('the last letter is kept though the app goes behind at once, and is killed there', async () => {
  const { screen } = phone
  await openForm()
  screen.strike('社保卡/银行卡号', CARD)
  phone.kill()
  await openForm()
  expect(screen.valueOf('社保卡/银行卡号')).toBe(CARD)
}, 60_000)

test('已自动保存 stands there once it is so, and never where the phone is full', async () => {
  const { screen } = phone
  await openForm()
  expect(screen.text()).not.toContain('已自动保存')
  await screen.type('社保卡/银行卡号', CARD.slice(0, 4))
  expect(screen.text()).toContain('已自动保存')
  phone.fillStorage()
  await screen.type('社保卡/银行卡号', CARD)
  expect(screen.text()).toContain('手机满了，没存上')
  expect(screen.text()).not.toContain('已自动保存')
}, 60_000)

test('what was known and was emptied stays empty when the draft is opened', async () => {
  // Their village is missing, so that the step with the rest of them opens.
  const { personId } = await newcomer(county, {
    name: NAME,
    birth: '1944-03-06',
    villageCode: VILLAGE,
    level: 3,
  })
  await phone.close()
  phone = phoneOf(county, personId)
  const { screen } = phone
  await openForm()
  await screen.press(/^手机号，/)
  expect(screen.inputs()).toEqual(['手机号'])
  await openForm()
  expect(screen.inputs()).toEqual(['手机号'])
  expect(screen.valueOf('手机号')).toBe('')
}, 60_000)

test('a phone that keeps no files sends them from where they are', async () => {
  phone.hands.hasRoom = false
  await toPapers()
  for (const name of needed()) await photograph(name)
  await submit()
  expect(await casesOf()).toHaveLength(1)
  expect(phone.kept.size).toBe(0)
}, 60_000)

test('the list of photos finds no room: what it had stays, and nothing is said to be kept', async () => {
  const { screen } = phone
  await toPapers()
  const [first = '', second = ''] = needed()
  await photograph(first)
  phone.fillStorage({ leaving: 150 })
  await photograph(second)
  expect(screen.text()).toContain('手机满了，没存上')
  phone.emptyStorage()
  await openForm()
  expect(papers()).toContain(arrivedOf(first))
}, 60_000)

test('a phone without room for the file says so, and tells that the photo is gone when it was closed', async () => {
  const { screen, hands } = phone
  hands.hasRoom = false
  await toPapers()
  const [first = ''] = needed()
  await phone.setOnline(false)
  await photograph(first)
  expect(screen.text()).toContain('手机满了，没存上')
  expect(screen.text()).toContain('信号不好。手机满了，照片没存下：先别关，有信号接着传。')
  phone.kill()
  phone.network.online = true
  await openForm()
  expect(screen.text()).toContain('有 1 张照片手机没留住，要重拍。')
}, 60_000)

test('a phone whose clock is wrong throws no draft away before it knows the day', async () => {
  await toPapers()
  const [first = ''] = needed()
  await photograph(first)
  const saved = JSON.parse(phone.storage.get(`draft:item:${ITEM}`) ?? '{}')
  const old = JSON.stringify({ ...saved, savedAt: '2026-09-01T00:00:00.000Z' })
  phone.writeStorage(`draft:item:${ITEM}`, old)
  phone.writeStorage('drafts', `[${JSON.stringify({ ...JSON.parse(old), answers: undefined })}]`)
  phone.network.online = false
  await phone.launch('tabs/case/my-cases')
  expect(phone.storage.get(`draft:item:${ITEM}`)).toBe(old)
  expect(phone.kept.size).toBe(1)
}, 60_000)

test('why a photo waits is told as it is, and one that the store refuses ends', async () => {
  const { screen, network } = phone
  await toPapers()
  const [first = ''] = needed()
  network.befall('POST', /^\/api\/uploads$/, {
    status: 503,
    body: { code: 'server.unavailable', title: '县里的系统没回应' },
  })
  network.befall(
    'POST',
    /^\/api\/files/,
    { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' },
    3,
  )
  await photograph(first)
  expect(screen.text()).toContain('县里的系统没回应。照片先存手机，能传了接着传。')
  expect(screen.text()).not.toContain('信号不好')
  for (const pause of [2_100, 4_100, 8_100]) {
    await wait(pause)
    await phone.settled()
  }
  expect(screen.text()).toContain('1 张传不上去，删掉重拍')
  await wait(300)
  expect(uploads()).toHaveLength(2)
}, 60_000)

test('a photo beyond a limit is not to be taken again: it goes when the wait is over', async () => {
  const { screen, network } = phone
  await toPapers()
  const [first = ''] = needed()
  network.befall('POST', /^\/api\/uploads$/, {
    status: 429,
    body: {
      code: 'request.rate-limited',
      title: '点得太快了',
      detail: '今天传的照片太多了，3 秒后再来',
      retryAfterSeconds: 3,
    },
  })
  await photograph(first)
  expect(screen.text()).toContain('今天传的照片太多了，3 秒后再来。')
  expect(screen.text()).not.toContain('删掉重拍')
  await wait(3_200)
  await phone.settled()
  expect(papers()).toEqual([arrivedOf(first)])
}, 60_000)

test('logging out leaves no file of a photo on the phone, noted or not', async () => {
  const { screen } = phone
  await toPapers()
  const [first = '', second = ''] = needed()
  await photograph(first)
  phone.fillStorage({ leaving: 150 })
  await photograph(second)
  phone.emptyStorage()
  expect(phone.kept.size).toBe(2)
  await phone.launch('tabs/account/me')
  await screen.press('退出登录')
  await wait(600)
  await screen.press('退出')
  expect(phone.kept.size).toBe(0)
}, 60_000)

const openAbove = () => phone.navigate('features/case/application/form', { id: ITEM, who: 'self' })
const typedIn = (label: string) => phone.screen.valueOf(label)

test('two pages of one draft: the lower one goes on from what the upper one has written', async () => {
  const { screen } = phone
  await openForm()
  await screen.type('社保卡/银行卡号', CARD.slice(0, 8))
  await openAbove()
  expect(typedIn('社保卡/银行卡号')).toBe(CARD.slice(0, 8))
  await screen.type('社保卡/银行卡号', CARD)
  await phone.pressBack()
  expect(phone.stack).toHaveLength(1)
  expect(typedIn('社保卡/银行卡号')).toBe(CARD)
  await phone.hide()
  await openForm()
  expect(typedIn('社保卡/银行卡号')).toBe(CARD)
  expect(phone.faults).toEqual([])
}, 60_000)

test('two pages of one draft: once the upper one has filed it, the lower one leads to the receipt', async () => {
  const { screen } = phone
  await openForm()
  await screen.type('社保卡/银行卡号', CARD.slice(0, 8))
  await openAbove()
  await screen.type('社保卡/银行卡号', CARD)
  await screen.press('下一步')
  for (const name of needed()) await photograph(name)
  await submit()
  expect(phone.stack.map(({ path }) => path)).toEqual([
    'features/case/application/form',
    'features/case/application/submitted',
  ])
  await phone.pressBack()
  expect(phone.stack.map(({ path }) => path)).toEqual(['features/case/application/submitted'])
  expect(screen.text()).toContain('收到了')
  expect([...phone.storage.keys()].filter((key) => key.includes('draft:'))).toEqual([])
  expect(await casesOf()).toHaveLength(1)
  expect(phone.faults).toEqual([])
}, 60_000)

test('the back key within the pause, and the app ended behind it, take no letter with them', async () => {
  const { screen } = phone
  await phone.launch()
  await phone.navigate('features/case/application/form', { id: ITEM, who: 'self' })
  screen.strike('社保卡/银行卡号', CARD)
  const back = phone.pressBack()
  phone.kill()
  await back
  await openForm()
  expect(screen.valueOf('社保卡/银行卡号')).toBe(CARD)
}, 60_000)

test('one photo goes after the other, and the step need not wait for them', async () => {
  const { screen, network } = phone
  await toPapers()
  const arrive = network.hold('POST', /^\/api\/uploads$/)
  for (const name of needed()) await photograph(name)
  const promised = () => network.sent.filter(({ path }) => path === '/api/uploads').length
  expect(promised()).toBe(1)
  expect(screen.text()).toContain('可以先走下一步')
  await screen.press('下一步')
  expect(screen.text()).toContain('传好再提交')
  arrive()
  await phone.settled()
  expect(promised()).toBe(3)
  expect(screen.text()).not.toContain('传好再提交')
  expect(phone.faults).toEqual([])
}, 60_000)

test('who comes back sends what waited, without a pause and without a word of the network', async () => {
  await toPapers()
  const [first = ''] = needed()
  phone.network.befall('POST', /^\/api\/uploads$/, 'no-request', 2)
  await photograph(first)
  await wait(A_PAUSE)
  await phone.settled()
  expect(papers()).toEqual([])
  await phone.hide()
  await phone.show()
  expect(papers()).toEqual([arrivedOf(first)])
}, 60_000)
