import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, idNumber } from '../generated-input'
import { type County, newcomer, openCounty } from '../product/county'
import type { Phone } from './engine'
import { phoneOf, VILLAGE } from './phones'

// 城乡医保参保: a family in one table.
const ITEM = 'LX-021'
const NAME = '沈秀英'

let county: County
let phone: Phone
let born: Awaited<ReturnType<typeof newcomer>>
let answers: Readonly<Record<string, unknown>>
let id: string
let staff: string

const masked = (number: string) => `${number.slice(0, 4)}**********${number.slice(-4)}`
const rows: string[] = []

beforeAll(async () => {
  county = await openCounty()
  born = await newcomer(county, { name: NAME, birth: '1980-09-01', villageCode: VILLAGE, level: 3 })
  await born.person.send('POST', '/api/account', { body: { villageCode: VILLAGE } })
  const child = idNumber(createRandom(7), plainDate('2015-05-06'))
  const who = [
    { n: NAME, i: born.idNumber, g: '普通' },
    { n: '何小满', i: child, g: '低保' },
  ]
  rows.push(...who.map(({ n, i, g }) => `${n}，${masked(i)}，${g}`))
  answers = { name: NAME, idNo: born.idNumber, mobile: '15400000001', villageCode: VILLAGE, who }
  const materials = [
    { name: '居民身份证', files: [await born.person.upload()] },
    { name: '居民户口簿', files: [await born.person.upload()] },
  ]
  const body = { serviceItemId: ITEM, answers, materials }
  const filed = await born.person.send<{ id: string }>('POST', '/api/cases', { body })
  expect([filed.status, filed.body]).toMatchObject([201, {}])
  id = filed.body.id
  for (const one of ['wang-lixin', 'zhao-min']) {
    const { status } = await (await county.as(one)).send('GET', `/api/cases/${id}`)
    if (status === 200) staff = one
  }
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

/** What stands in lines of its own. */
const lines = () =>
  (phone.stack.at(-1)?.find(({ classes }) => classes.split(' ').includes('told-row')) ?? []).map(
    ({ children }) => children.map(({ ownText }) => ownText).join(''),
  )

test('a table stands row by row among what somebody filled in', async () => {
  phone = phoneOf(county, born.personId)
  await phone.launch('features/case/documents', { id })
  expect(lines()).toEqual(expect.arrayContaining(rows))
  expect(phone.screen.text()).not.toContain('；')
  await phone.launch('features/case/timeline', { id })
  await phone.screen.press('申请内容和材料')
  expect(lines()).toEqual(expect.arrayContaining(rows))
  expect(phone.faults).toEqual([])
})

test('a table stands row by row before whoever decides', async () => {
  phone = phoneOf(county, staff)
  await phone.launch('staff/case/case', { id })
  expect(lines()).toEqual(expect.arrayContaining(rows))
  expect(phone.faults).toEqual([])
})

test('a table stands row by row before it is handed in, letter by letter where it was typed', async () => {
  phone = phoneOf(county, born.personId)
  const draft = {
    key: `item:${ITEM}`,
    plainName: '城乡医保参保',
    savedAt: '2026-11-24T01:00:00.000Z',
    step: 9,
  }
  phone.writeStorage(`draft:item:${ITEM}`, JSON.stringify({ ...draft, answers, photos: {} }))
  phone.writeStorage('drafts', JSON.stringify([draft]))
  await phone.launch('features/case/application/form', { id: ITEM, who: 'self' })
  expect(phone.screen.text()).toContain('我保证')
  expect(lines().filter((line) => line.includes('，'))).toHaveLength(2)
  expect(lines().join()).toContain('何小满')
  expect(phone.faults).toEqual([])
})
