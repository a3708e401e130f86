import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { type County, newcomer, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { ITEM, PAPERS, phoneOf, VILLAGE } from './phones'

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
  await phone.screen.press(`拍一张，${name}`)
}

const openForm = () => phone.launch('features/application/form', { id: ITEM, who: 'self' })

/** To the step where papers are photographed. */
async function toPapers() {
  const { screen } = phone
  await openForm()
  await screen.press('下一步')
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
const needed = () => PAPERS.filter((name) => phone.screen.buttons().includes(`拍一张，${name}`))

test('one upload is lost while the signal stands: the photo goes again by itself', async () => {
  await toPapers()
  const [first = ''] = needed()
  phone.network.befall('POST', /^\/api\/files/, 'no-answer')
  await photograph(first)
  expect(phone.screen.text()).toContain('有信号接着传')
  await wait(A_PAUSE)
  await phone.settled()
  expect(papers()).toEqual([`${first}，第 1 张，已传好，点一下看大图`])
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
  await phone.screen.press(`删除${first}，第 1 张`)
  for (const name of [first, ...others]) await photograph(name)
  await submit()
  expect(await casesOf()).toHaveLength(1)
}, 60_000)

test('one photo on its way redraws the page a dozen times at most', async () => {
  await toPapers()
  const page = phone.stack.at(-1)
  const before = page?.updates.count ?? 0
  const [first = ''] = needed()
  await photograph(first)
  expect((page?.updates.count ?? 0) - before).toBeLessThanOrEqual(16)
}, 60_000)

test('the last letter is kept though the app goes behind at once, and is killed there', async () => {
  const { screen } = phone
  await openForm()
  await screen.press('下一步')
  screen.strike('社保卡/银行卡号', CARD)
  phone.kill()
  await openForm()
  expect(screen.valueOf('社保卡/银行卡号')).toBe(CARD)
}, 60_000)

test('已自动保存 stands there once it is so, and never where the phone is full', async () => {
  const { screen } = phone
  await openForm()
  expect(screen.text()).not.toContain('已自动保存')
  await screen.press('下一步')
  expect(screen.text()).toContain('已自动保存')
  phone.fillStorage()
  await screen.type('社保卡/银行卡号', CARD)
  expect(screen.text()).toContain('手机满了，没存上')
  expect(screen.text()).not.toContain('已自动保存')
}, 60_000)

test('what was known and was emptied stays empty when the draft is opened', async () => {
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
