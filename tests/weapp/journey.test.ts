import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CaseList, CaseView } from '#shared/contract/case'
import { type County, openCounty, PHOTO } from '../product/county'
import { type Phone, readApp } from './engine'
import { arrivedOf, ITEM, PAPERS, phoneOf, tileOf, VILLAGE } from './phones'

const NAME = '沈秀英'
const CARD = '6299000043030583308'

let county: County
let photos: string
let personId: string
let idNumber: string
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  photos = mkdtempSync(join(tmpdir(), 'weapp-'))
}, 60_000)
afterAll(() => county.close())

beforeEach(async () => {
  const { body } = await county.door<{ id: string; idNumber: string }>('POST', 'people', {
    name: NAME,
    birth: '1944-03-05',
    villageCode: VILLAGE,
  })
  personId = body.id
  idNumber = body.idNumber
  phone = phoneOf(county, personId)
})
afterEach(() => phone.close())

/** Photographs the paper that is still without a photo and comes first. */
async function photograph(name: string) {
  const path = join(photos, `tmp_${name}.png`)
  writeFileSync(path, PHOTO)
  phone.hands.photos.push(path)
  await phone.screen.press(tileOf(name))
}

/** Whoever is new reads the two texts before anything is kept of them. */
async function agree(screen: typeof phone.screen) {
  await screen.press('我看过并同意《服务协议》和《隐私保护说明》')
  await screen.press('同意，接着办')
}

/** From the home page to the form, past the register page, where WeChat confirms the name unless told otherwise. */
async function openForm({ confirmed = true } = {}) {
  const { screen } = phone
  await phone.launch(undefined, { scene: 'village%2Fposter' })
  await screen.press(/^高龄津贴/)
  await screen.press('开始办理')
  await agree(screen)
  expect(screen.path).toBe('features/account/register')
  await screen.press('同意，用微信手机号登记')
  await screen.type('姓名', NAME)
  await screen.type('身份证号', idNumber)
  await screen.press(/^我同意用身份证号登记/)
  if (confirmed) await screen.press(/^我另外同意/)
  await screen.press(confirmed ? '微信核一下' : '先不核，也能申请')
  if (confirmed) await screen.press('好')
  expect(screen.path).toBe('features/case/application/form')
  await screen.press(/^给自己办/)
}

async function chooseVillage() {
  const { body } = await county.visitor.send<{ towns: { villages: { id: string }[] }[] }>('GET', '/api/about')
  const town = body.towns.findIndex(({ villages }) => villages.some(({ id }) => id === VILLAGE))
  const village = body.towns[town]?.villages.findIndex(({ id }) => id === VILLAGE) ?? -1
  await phone.screen.turn('所在的村（社区）', [town, village])
}

/** Up to the last step, everything filled in. */
async function fillIn() {
  const { screen } = phone
  await chooseVillage()
  await screen.press('下一步')
  await screen.type('社保卡/银行卡号', CARD)
  await screen.press('下一步')
  for (const paper of PAPERS) await photograph(paper)
  await screen.press('下一步')
  await screen.press(/^我保证填的都是真的/)
}

const filings = () =>
  phone.network.sent.filter(({ method, path }) => method === 'POST' && path === '/api/cases')

/** What stands in the product, asked through another session of the same person. */
async function casesOf() {
  const person = await county.logIn(personId)
  const { body } = await person.send<CaseList>('GET', '/api/cases')
  return Promise.all(
    body.items.map(async ({ id }) => (await person.send<CaseView>('GET', `/api/cases/${id}`)).body),
  )
}

/** Long numbers stand in groups. */
const withoutGroups = (text: string) => text.replace(/ /g, '')

async function expectReceipt() {
  const [filed, ...others] = await casesOf()
  expect(others).toEqual([])
  expect(phone.screen.path).toBe('features/case/application/submitted')
  expect(filed?.caseNumber).toMatch(/^341821261124\d{4,}$/)
  expect(withoutGroups(phone.screen.text())).toContain(filed?.caseNumber)
  expect(phone.faults).toEqual([])
  return filed
}

test('from the home page to the receipt: registered, filled in, photographed, filed, and the case stands', async () => {
  const { screen, hands } = phone
  await openForm()
  // With the form came all that follows: receipt and case wait for no other part of the mini program.
  for (const { root } of readApp().subPackages)
    if (!screen.path.startsWith(`${root}/`)) phone.missingPackages.add(root)
  expect(phone.missingPackages.size).toBeGreaterThan(1)
  await fillIn()
  expect(screen.text()).toContain('交 3 份')
  await screen.press('提交申请')
  const filed = await expectReceipt()
  expect(filed).toMatchObject({ status: 'submitted', serviceItemId: ITEM })
  const [row] = await county.services.database.rows<{ status: string; src: string; photos: number }>(
    sql`select c.status, c.state->>'src' as src, count(u.id)::int as photos from cases c join uploads u on u.case_id = c.id
      where c.case_number = ${filed?.caseNumber} group by c.id`,
  )
  expect(row).toEqual({ status: 'submitted', src: 'village/poster', photos: PAPERS.length })
  expect([...phone.storage.keys()].filter((key) => key.startsWith('draft'))).toEqual(['drafts'])
  expect(phone.storage.get('drafts')).toBe('[]')

  await screen.press('好，到时提醒我')
  expect(screen.text()).toContain('好，到时微信提醒你。')
  await screen.press('复制')
  expect(hands.clipboard).toBe(filed?.caseNumber)
  await screen.press('看办到哪一步')
  expect(screen.path).toBe('features/case/timeline')
  expect(withoutGroups(screen.text())).toContain(filed?.caseNumber)
  expect(phone.faults).toEqual([])
}, 60_000)

test('the answer to the filing is lost: all stays on the page, and the second try finds the same case', async () => {
  const { screen } = phone
  await openForm()
  await fillIn()
  phone.network.befall('POST', /^\/api\/cases$/, 'no-answer')
  await screen.press('提交申请')
  expect(screen.path).toBe('features/case/application/form')
  expect(screen.text()).toContain('没有连上网')
  expect(screen.text()).toContain('你填的都还在')
  expect(screen.text()).toContain('3308')
  await screen.press('再试一次')
  await expectReceipt()
  expect(filings().map(({ status }) => status)).toEqual([undefined, 201])
  expect(new Set(filings().map(({ key }) => key)).size).toBe(1)
}, 60_000)

test('the app is closed without a network: what was typed and photographed is there when it opens again', async () => {
  const { screen } = phone
  await openForm()
  await fillIn()
  await phone.setOnline(false)
  await screen.press('提交申请')
  expect(screen.text()).toContain('你填的都还在')
  await phone.setOnline(true)
  await phone.launch('features/case/application/form', { id: ITEM, who: 'self' })
  expect(screen.text()).toContain('3308')
  expect(screen.text()).toContain('交 3 份')
  await screen.press(/^我保证填的都是真的/)
  await screen.press('提交申请')
  await expectReceipt()
  expect(filings().map(({ status }) => status)).toEqual([undefined, 201])
}, 60_000)

test('a photo without a signal waits on the phone and goes by itself when it is back', async () => {
  const { screen } = phone
  await openForm()
  await chooseVillage()
  await screen.press('下一步')
  await screen.type('社保卡/银行卡号', CARD)
  await screen.press('下一步')
  await phone.setOnline(false)
  await photograph(PAPERS[0])
  expect(screen.text()).toContain('信号不好。照片先存手机，有信号接着传。')
  await phone.setOnline(true)
  expect(screen.text()).not.toContain('信号不好')
  expect(screen.buttons()).toContain(arrivedOf('居民身份证'))
  expect(phone.faults).toEqual([])
}, 60_000)

test('two taps at once file one case', async () => {
  await openForm()
  await fillIn()
  await phone.screen.pressTwice('提交申请')
  await expectReceipt()
  expect(filings()).toHaveLength(1)
}, 60_000)

test('a session that ended meanwhile is renewed behind the filing, with the same key', async () => {
  await openForm()
  await fillIn()
  const other = await county.logIn(personId)
  const { body } = await other.send<{ sessions: { id: string; current: boolean }[] }>('GET', '/api/sessions')
  for (const { id, current } of body.sessions) if (!current) await other.send('DELETE', `/api/sessions/${id}`)
  await phone.screen.press('提交申请')
  await expectReceipt()
  expect(filings().map(({ status }) => status)).toEqual([401, 201])
  expect(new Set(filings().map(({ key }) => key)).size).toBe(1)
}, 60_000)

test('what the server refuses is pointed at, and the rest stays', async () => {
  const { screen } = phone
  await openForm()
  await fillIn()
  phone.network.befall('POST', /^\/api\/cases$/, {
    status: 422,
    body: {
      code: 'application.invalid',
      title: '有几处要改',
      errors: [
        { pointer: '/answers/bankCard', code: 'card.checksum', message: '卡号不对，看看有没有写错一位' },
      ],
    },
  })
  await screen.press('提交申请')
  expect(screen.text()).toContain('卡号不对，看看有没有写错一位')
  expect(screen.valueOf('社保卡/银行卡号')).toBe(CARD)
  expect(phone.faults).toEqual([])
}, 60_000)

test('who keeps the phone number to themselves is told that it is no harm, and may go on looking', async () => {
  const { screen } = phone
  phone.hands.refusals.set('getPhoneNumber', 'user deny')
  await phone.launch('features/account/register')
  await agree(screen)
  await screen.press('同意，用微信手机号登记')
  expect(screen.text()).toContain('没有给手机号也行')
  await screen.press('先看看，不登记')
  expect(screen.path).toBe('features/service-item/home')
  expect(phone.faults).toEqual([])
}, 60_000)

test('logging out leaves nothing of the person on the phone, and the next tap does not log in behind their back', async () => {
  const { screen } = phone
  await openForm()
  await chooseVillage()
  await screen.press('下一步')
  await screen.type('社保卡/银行卡号', CARD)
  await phone.launch('tabs/account/me')
  expect([...phone.storage.values()].join()).toContain(CARD)
  await screen.press('退出登录')
  // A question answers nobody in its first half second.
  await new Promise((resolve) => setTimeout(resolve, 600))
  await screen.press('退出')
  expect(screen.text()).toContain('还没有登录')
  expect([...phone.storage.values()].join()).not.toMatch(new RegExp(`${CARD}|${NAME}|${idNumber}`))
  await phone.launch()
  const opened = phone.network.sent.filter(({ path, status }) => path === '/api/sessions' && status === 201)
  expect(opened).toHaveLength(1)
  await phone.launch('tabs/account/me')
  await screen.press('微信登录')
  expect(screen.text()).toContain(NAME)
  expect(phone.faults).toEqual([])
}, 60_000)

test('a phone that has no room left still files', async () => {
  await openForm()
  phone.fillStorage()
  await fillIn()
  await phone.screen.press('提交申请')
  await expectReceipt()
}, 60_000)
