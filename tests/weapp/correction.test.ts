import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { act, type County, caseOf, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { caseAt, PAPERS, phoneOf, tileOf } from './phones'

// There is one notice: what it asks for is not left unanswered by a press too early.
const FIELD = '社保卡/银行卡号'
const OTHER_CARD = '6299000043030583316'
const STAYS = '这个号没错，就用它'
const SEND = '补好了，交上去'

let county: County
let phone: Phone
let id: string
let photos: string

beforeAll(async () => {
  county = await openCounty()
  photos = mkdtempSync(join(tmpdir(), 'weapp-'))
}, 60_000)
afterAll(() => county.close())
beforeEach(async () => {
  const filed = await caseAt(county, '陈桂兰', 'to-accept')
  id = filed.id
  const asked = await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '两样要补',
    items: [
      { kind: 'material', name: PAPERS[1], reason: '重拍一张' },
      { kind: 'field', name: 'bankCard', reason: '卡号和社保卡上的不一样' },
    ],
  })
  expect(asked.status).toBe(200)
  phone = phoneOf(county, filed.personId, [], 20)
  await phone.launch('features/case/correction', { id })
})
afterEach(() => phone.close())

async function photograph() {
  const path = join(photos, 'tmp.png')
  writeFileSync(path, PHOTO)
  phone.hands.photos.push(path)
  await phone.screen.press(tileOf(PAPERS[1]))
}
const statusNow = async () => (await caseOf(await county.as('zhao-min'), id)).status

test('a number that was left as it was is not sent, until it is said to be right', async () => {
  const { screen } = phone
  await photograph()
  expect(screen.text()).toContain(`还差 1 样：${FIELD}`)
  await screen.press(SEND)
  expect(screen.path).toBe('features/case/correction')
  expect(screen.text()).toContain(`还差 1 样：${FIELD}`)
  expect(await statusNow()).toBe('correcting')
  await screen.press(STAYS)
  expect(screen.text()).not.toContain('还差')
  expect(screen.text()).toContain('用原来的')
  await screen.press(SEND)
  expect(screen.path).toBe('features/case/timeline')
  expect(await statusNow()).toBe('submitted')
  expect(phone.faults).toEqual([])
})

test('a photo that was not taken cannot be said to be right, and nothing is sent without it', async () => {
  const { screen } = phone
  await screen.press(STAYS)
  expect(screen.buttons()).not.toContain(STAYS)
  await screen.press(SEND)
  expect(screen.text()).toContain(`还差 1 样：${PAPERS[1]}`)
  expect(await statusNow()).toBe('correcting')
})

test('a number that was written anew needs no word', async () => {
  const { screen } = phone
  await photograph()
  await screen.type(FIELD, OTHER_CARD)
  expect(screen.buttons()).not.toContain(STAYS)
  await screen.press(SEND)
  expect(screen.path).toBe('features/case/timeline')
  expect(await statusNow()).toBe('submitted')
})
