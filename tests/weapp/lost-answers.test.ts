import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { act, type County, newcomer, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { firstOf, ITEM, PAPERS, phoneOf, tileOf, VILLAGE } from './phones'

// What is known of a wish whose answer was lost: each from one fault that a weak network has found.
const NAME = '沈秀英'
const CARD = '6299000043030583308'
const OTHER_CARD = '6299000043030583316'

let county: County
let photos: string
let born: Awaited<ReturnType<typeof newcomer>>
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  photos = mkdtempSync(join(tmpdir(), 'weapp-'))
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

async function bear(level: 2 | 3) {
  born = await newcomer(county, { name: NAME, birth: '1944-03-05', villageCode: VILLAGE, level })
  await born.person.send('POST', '/api/account', { body: { villageCode: VILLAGE } })
  phone = phoneOf(county, born.personId, [], 20)
}
beforeEach(() => bear(2))

let taken = 0
async function photograph(name: string) {
  taken += 1
  const path = join(photos, `tmp_${taken}.png`)
  writeFileSync(path, PHOTO)
  phone.hands.photos.push(path)
  await phone.screen.press(tileOf(name))
}

const FORM = 'features/case/application/form'
const openForm = (query: Readonly<Record<string, string>> = {}) =>
  phone.launch(FORM, { id: ITEM, who: 'self', ...query })

/** Up to the last step, everything filled in. */
async function fillIn(query: Readonly<Record<string, string>> = {}) {
  const { screen } = phone
  await openForm(query)
  await screen.type('社保卡/银行卡号', CARD)
  await screen.press('下一步')
  for (const paper of PAPERS) await photograph(paper)
  await screen.press('下一步')
  await screen.press(/^我保证填的都是真的/)
}

/** Handed in, and the answer does not come; then the phone ends the app. */
async function loseAnswer() {
  phone.network.befall('POST', /^\/api\/cases$/, 'no-answer')
  await phone.screen.press('提交申请')
  expect(phone.screen.text()).toContain('不知道交上没有')
  phone.kill()
}

async function submit() {
  await phone.screen.press(/^我保证填的都是真的/)
  await phone.screen.press('提交申请')
}

const casesOf = async () => (await born.person.send<CaseList>('GET', '/api/cases')).body.items
const drafts = () => [...phone.storage.keys()].filter((key) => /^(draft|sent):/.test(key))
const unowned = async () => {
  const { body } = await born.person.send<{ id: string }>('GET', '/api/account')
  const [row] = await county.services.database.rows<{ count: number }>(
    sql`select count(*)::int as count from uploads where owner_id = ${body.id}::uuid and case_id is null`,
  )
  return row?.count
}
const expectNothingLeft = () => {
  expect(drafts()).toEqual([])
  expect([...phone.kept]).toEqual([])
}

test('a photo that was lost on its way goes to the place that was promised for it, also after a restart', async () => {
  const { screen } = phone
  await openForm()
  await screen.type('社保卡/银行卡号', CARD)
  await screen.press('下一步')
  phone.network.befall('POST', /^\/api\/files/, 'no-request')
  phone.network.befall('POST', /^\/api\/files/, 'no-answer')
  await photograph(PAPERS[1])
  phone.kill()
  await openForm()
  await wait(400)
  await phone.settled()
  expect(screen.buttons()).toContain(`${firstOf(PAPERS[1])}，已传好，点一下看大图`)
  expect(await unowned()).toBe(1)
  expect(phone.faults).toEqual([])
})

test('opened by another link after a lost answer it is the same wish: one case', async () => {
  await fillIn({ src: 'poster-1' })
  await loseAnswer()
  await openForm({ src: 'poster-2' })
  await submit()
  expect(phone.screen.path).toBe('features/case/application/submitted')
  expect(await casesOf()).toHaveLength(1)
  expectNothingLeft()
})

test('changed after a lost answer it is still one case, and what did not go along is said', async () => {
  const { screen } = phone
  await fillIn()
  await loseAnswer()
  await openForm()
  await screen.press('改钱打到哪张卡')
  await screen.type('社保卡/银行卡号', OTHER_CARD)
  await screen.press('下一步')
  await submit()
  expect(screen.text()).toContain('后来改的没跟上')
  await wait(600)
  await screen.press('知道了')
  expect(screen.path).toBe('features/case/application/submitted')
  expect(await casesOf()).toHaveLength(1)
  expectNothingLeft()
})

test('changed after a request that never arrived, it is filed as it is now', async () => {
  const { screen } = phone
  await fillIn()
  phone.network.befall('POST', /^\/api\/cases$/, 'no-request')
  await screen.press('提交申请')
  phone.kill()
  await openForm()
  await screen.press('改钱打到哪张卡')
  await screen.type('社保卡/银行卡号', OTHER_CARD)
  await screen.press('下一步')
  await submit()
  expect(screen.path).toBe('features/case/application/submitted')
  const [filed, ...others] = await casesOf()
  expect(others).toEqual([])
  const { body } = await born.person.send<{ answers: { key: string; text: string }[] }>(
    'GET',
    `/api/cases/${filed?.id}`,
  )
  expect(body.answers.find(({ key }) => key === 'bankCard')?.text).toMatch(/3316$/)
})

test('the case is seen before anybody asks again: its draft leaves the phone', async () => {
  await fillIn()
  await loseAnswer()
  const [filed] = await casesOf()
  await phone.launch('tabs/case/my-cases')
  expect(phone.screen.text()).toContain('点过提交，不知道交上没有')
  await phone.launch('features/case/timeline', { id: filed?.id ?? '' })
  expectNothingLeft()
})

test('an application in which nothing was typed leaves its trace as any other', async () => {
  phone.close()
  phone = phoneOf(county, 'chen-guilan', [], 20)
  const { screen } = phone
  const owner = await county.as('chen-guilan')
  const filed = async () =>
    (await owner.send<CaseList>('GET', '/api/cases')).body.items.filter(
      ({ plainName }) => plainName === '高龄津贴',
    )
  expect(await filed()).toEqual([])
  await openForm()
  await screen.press(/^我保证填的都是真的/)
  await loseAnswer()
  await phone.launch('tabs/case/my-cases')
  expect(screen.text()).toContain('点过提交，不知道交上没有')
  await openForm()
  await submit()
  expect(screen.path).toBe('features/case/application/submitted')
  expect(await filed()).toHaveLength(1)
  expectNothingLeft()
})

test('whoever may not apply twice is led back to what was sent, and to its receipt', async () => {
  await bear(3)
  const { screen } = phone
  await fillIn()
  await loseAnswer()
  await phone.launch(FORM, { id: ITEM })
  await screen.press(/^上次填的点过提交，不知道交上没有/)
  await submit()
  expect(screen.path).toBe('features/case/application/submitted')
  expect(await casesOf()).toHaveLength(1)
  expectNothingLeft()
})

test('an answered correction whose answer was lost leaves nothing on the phone', async () => {
  await bear(3)
  const { screen } = phone
  await fillIn()
  await screen.press('提交申请')
  const [filed] = await casesOf()
  const id = filed?.id ?? ''
  await act(await county.as('wang-lixin'), id, 'verify')
  await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '照片看不清',
    items: [{ kind: 'material', name: PAPERS[1], reason: '重拍一张' }],
  })
  await phone.launch('features/case/correction', { id })
  await photograph(PAPERS[1])
  phone.network.befall('POST', /\/supplement$/, 'no-answer')
  await screen.press('补好了，交上去')
  phone.kill()
  await phone.launch('features/case/correction', { id })
  expect(screen.text()).toContain('没有要补的了')
  expectNothingLeft()
})
