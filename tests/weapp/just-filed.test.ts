import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { type County, caseOf, newcomer, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { ITEM, PAPERS, phoneOf, tileOf, VILLAGE } from './phones'

// What a phone notes of what it has filed: it stands in for the guide that cannot come anew, and for nothing else.
const CARD = '6299000043030583308'
const JUST = '刚交过一件'
const RUNS = '这件事你已经在办了'

let county: County
let photos: string
let born: Awaited<ReturnType<typeof newcomer>>
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  photos = mkdtempSync(join(tmpdir(), 'weapp-'))
}, 60_000)
afterAll(() => county.close())
beforeEach(async () => {
  born = await newcomer(county, { name: '沈秀英', birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  await born.person.send('POST', '/api/account', { body: { villageCode: VILLAGE } })
  phone = phoneOf(county, born.personId)
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

/** A phone that starts without a network goes by its own clock, which is not the county's. */
function byOwnClock() {
  const ahead = Date.now() - Date.parse(county.services.clock.now())
  for (const key of ['page:guide', `just-filed:${ITEM}`]) {
    const { at, ...rest } = JSON.parse(phone.storage.get(key) ?? '{}') as { readonly at?: string }
    if (at === undefined || Math.abs(Date.now() - Date.parse(at)) < 3_600_000) continue
    phone.writeStorage(key, JSON.stringify({ ...rest, at: new Date(Date.parse(at) + ahead).toISOString() }))
  }
}

async function guideWhile(online: boolean) {
  if (!online) byOwnClock()
  phone.network.online = online
  await phone.launch('features/service-item/guide', { id: ITEM })
  await phone.settled()
  const words = phone.screen.text()
  phone.network.online = true
  return words
}

/** The guide is read before it and not since. */
async function file() {
  const openForm = () => phone.launch('features/case/application/form', { id: ITEM, who: 'self' })
  // It asks who somebody is; the guide does not.
  await openForm()
  expect(await guideWhile(true)).not.toContain(RUNS)
  await openForm()
  await phone.screen.type('社保卡/银行卡号', CARD)
  await phone.screen.press('下一步')
  for (const paper of PAPERS) await photograph(paper)
  await phone.screen.press('下一步')
  await phone.screen.press(/^我保证填的都是真的/)
  await phone.screen.press('提交申请')
  const { items } = (await born.person.send<CaseList>('GET', '/api/cases')).body
  return items[0]?.id ?? ''
}

async function withdraw(id: string) {
  const { version } = await caseOf(born.person, id)
  const back = await born.person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(back.status, JSON.stringify(back.body)).toBe(200)
}

test('a guide from before it leads to what was just filed, and one from after it speaks for itself', async () => {
  const id = await file()
  const before = await guideWhile(false)
  expect(before).toContain(JUST)
  expect(phone.screen.buttons()).toContain('看办到哪')
  expect(phone.screen.buttons(), 'a second one would be refused').not.toContain('再办一件')
  expect(await guideWhile(true)).toContain(RUNS)
  const after = await guideWhile(false)
  expect(after).toContain(RUNS)
  expect(after).not.toContain(JUST)
  await withdraw(id)
  // A phone's time is told by the server, to the second and late by what the answer took.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  await guideWhile(true)
  const denied = await guideWhile(false)
  expect(denied).not.toContain(JUST)
  expect(denied).not.toContain(RUNS)
  expect(phone.screen.buttons()).toContain('开始办理')
  expect(phone.faults).toEqual([])
}, 60_000)

test('what the phone has seen withdrawn, or may not see any more, is told no longer', async () => {
  const id = await file()
  await withdraw(id)
  expect(await guideWhile(false)).toContain(JUST)
  await phone.launch('features/case/timeline', { id })
  expect(await guideWhile(false)).not.toContain(JUST)
  const gone = '01930000-0000-7000-8000-000000000001'
  const noted = { caseId: gone, isOwn: false, at: county.services.clock.now() }
  phone.writeStorage(`just-filed:${ITEM}`, JSON.stringify(noted))
  phone.writeStorage(`filed:item:${ITEM}`, JSON.stringify({ caseId: gone, draftId: 'one' }))
  await phone.launch('features/case/timeline', { id: gone })
  expect([...phone.storage.keys()].filter((key) => /^(just-)?filed:/.test(key))).toEqual([])
}, 60_000)

test('what another tab has filed under the same key makes nothing unsaved', async () => {
  const openForm = () => phone.launch('features/case/application/form', { id: ITEM, who: 'self' })
  await openForm()
  const filed = { caseId: '01930000-0000-7000-8000-000000000002', draftId: 'of another tab' }
  phone.writeStorage(`filed:item:${ITEM}`, JSON.stringify(filed))
  await phone.screen.type('社保卡/银行卡号', CARD)
  await phone.screen.press('下一步')
  await openForm()
  expect([...phone.storage.keys()]).toContain(`draft:item:${ITEM}`)
  expect(phone.storage.get(`draft:item:${ITEM}`)).toContain(CARD)
}, 60_000)
