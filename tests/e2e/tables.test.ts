import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, idNumber } from '../generated-input'
import { type Client, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG } from './scenes'

const url = await openServerOfFile()
const client: Client = clientOf(url)
const FAMILY = ['何小满', '何立夏', '何大暑']
let browser: Browser
let id: string
let personId: string
beforeAll(async () => {
  browser = await openBrowser()
  const name = '沈秀英'
  const born = await newcomer(client, { name, birth: '1980-09-01', villageCode: DALIANG, level: 3 })
  personId = born.personId
  const random = createRandom(7)
  const who = FAMILY.map((n, at) => ({ n, i: idNumber(random, plainDate(`201${at}-05-06`)), g: '脱贫监测' }))
  const materials = [
    { name: '居民身份证', files: [await born.person.upload()] },
    { name: '居民户口簿', files: [await born.person.upload()] },
  ]
  const own = { name, idNo: born.idNumber, mobile: '15400000001', villageCode: DALIANG }
  const body = { serviceItemId: 'LX-021', answers: { ...own, who }, materials }
  const filed = await born.person.send<{ id: string }>('POST', '/api/cases', { body })
  id = filed.body.id
})
afterAll(() => browser.close())

test.each([
  ['the resident', 'features/case/documents', 320, 568, false],
  ['the resident in large letters', 'features/case/documents', 320, 568, true],
  ['the desk', 'staff/case/case', 1280, 720, false],
] as const)('a family stands row by row before %s', async (whom, path, width, height, elder) => {
  const person = whom === 'the desk' ? 'wang-lixin' : personId
  const { page, go, close } = await openPhone(browser, { url, person, size: { width, height }, elder })
  await go(`${path}?id=${id}`)
  await untilShown(page)
  const tops: number[] = []
  for (const name of FAMILY) {
    const row = page.locator('.told-row', { hasText: name })
    await row.waitFor()
    tops.push((await row.boundingBox())?.y ?? 0)
  }
  expect(tops).toEqual([...new Set(tops)].sort((left, right) => left - right))
  expect(await pageFaults(page, { elder, desktop: width >= 1000 })).toEqual([])
  await page.locator('.told-row', { hasText: FAMILY[2] ?? '' }).scrollIntoViewIfNeeded()
  await keepPicture(page, `table-${width}${elder ? '-elder' : ''}`)
  await close()
})
