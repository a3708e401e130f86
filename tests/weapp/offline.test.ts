import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type County, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, ITEM, phoneOf } from './phones'

// Killed, and opened again where there is no signal.

const EARLIER = /没有连上网。这是 \d+月\d+日 周. \d+:\d\d 看到的。再试一次/

let county: County
let filed: Awaited<ReturnType<typeof caseAt>>
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  filed = await caseAt(county, '陈桂兰', 'to-correct')
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

const shown = async (path: string, query: Readonly<Record<string, string>> = {}) => {
  await phone.launch(path, query)
  return phone.screen.text()
}
const isPart = (words: string, whole: string) => expect(whole).toContain(words)

test('each page shows what it showed last, and says of when that is', async () => {
  phone = phoneOf(county, filed.personId)
  const pages = [
    ['features/service-item/home', {}, '高龄津贴'],
    ['tabs/case/my-cases', {}, '高龄津贴'],
    ['features/reminder/inbox', {}, '高龄津贴'],
    ['features/service-item/guide', { id: ITEM }, '要交什么'],
    ['features/case/timeline', { id: filed.id }, '陈桂兰'],
    ['features/case/one-page', { id: filed.id }, '有事找谁'],
    ['features/case/documents', { id: filed.id }, '交上去的照片'],
  ] as const
  for (const [path, query, words] of pages) {
    const text = await shown(path, query)
    isPart(words, text)
    expect(text).not.toMatch(EARLIER)
  }
  phone.kill()
  phone.network.online = false
  for (const [path, query, words] of pages) {
    const text = await shown(path, query)
    expect(text, path).toMatch(EARLIER)
    isPart(words, text)
  }
  phone.network.online = true
  await phone.screen.press('再试一次')
  expect(phone.screen.text()).not.toMatch(EARLIER)
  expect(phone.faults).toEqual([])
})

test('a form, and what a notice asks for, do not open; what was written is said to be kept, and is', async () => {
  phone = phoneOf(county, filed.personId)
  const [form, notice] = ['features/case/application/form', 'features/case/correction']
  const KEPT = '写到一半的都留着，打开了接着写。'
  phone.network.online = false
  isPart('没有连上网', await shown(form, { id: 'LX-015', who: 'self' }))
  expect(phone.screen.text()).not.toContain(KEPT)
  phone.network.online = true
  await shown(form, { id: 'LX-015', who: 'self' })
  await phone.screen.press(/^手机号，.*可以改/)
  await phone.screen.type('手机号', '15400000009')
  phone.kill()
  phone.network.online = false
  isPart(KEPT, await shown(form, { id: 'LX-015', who: 'self' }))
  expect(await shown(notice, { id: filed.id })).not.toContain(KEPT)
  phone.network.online = true
  await phone.screen.press('再试一次')
  await phone.launch(form, { id: 'LX-015', who: 'self' })
  expect(phone.screen.valueOf('手机号')).toBe('15400000009')
  expect(phone.faults).toEqual([])
})
