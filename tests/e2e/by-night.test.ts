import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file, play } from './scenes'
import { sees } from './screen'

// ADR 0070: whoever asks is sent where somebody answers, on every page that offers a call.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const SIZES = [
  { elder: false, size: { width: 390, height: 844 } },
  { elder: true, size: { width: 390, height: 844 } },
]

test('by night every page that calls somebody says from when they are there, and calls the county’s number', async () => {
  const name = '邱夜里'
  const owner = {
    name,
    ...(await newcomer(client, { name, birth: '1944-03-05', villageCode: DALIANG, level: 3 })),
  }
  const running = await file(client, owner, 'LX-036')
  const granted = await file(client, owner, 'LX-018')
  await play(client, granted, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
  ])
  const asked = await file(client, owner, 'LX-005')
  await play(client, asked, [
    ['village', 'verify'],
    [
      'window',
      'request-correction',
      { reason: '看不清', items: [{ kind: 'material', name: '居民户口簿', reason: '模糊' }] },
    ],
  ])
  const { now } = (await client.door<{ now: string }>('GET', 'clock')).body
  await client.door('POST', 'clock', { set: `${now.slice(0, 10)}T22:00:00+08:00` })
  for (const [path, picture, calls] of [
    [`features/case/timeline?id=${running}`, 'running', '打 12345 问'],
    [`features/case/result?id=${granted}`, 'granted', '打 12345'],
    [`features/case/timeline?id=${asked}`, 'asked', '打 12345'],
    [`features/case/correction?id=${asked}`, 'correction', '看不明白？打 12345 问'],
    ['features/service-item/guide?id=LX-009', 'guide', '打 12345'],
    ['features/feedback/complain', 'complain', '打 12345'],
  ] as const)
    for (const { elder, size } of SIZES) {
      const { page, go, faults, close } = await openPhone(browser, {
        url,
        person: owner.personId,
        size,
        elder,
      })
      await go(path)
      await untilShown(page)
      await sees(page, /现在没人，.+ \d+:\d\d 起有人/)
      await sees(page, calls)
      expect(
        await page
          .getByText(/^打电话(问)?$|^打给/)
          .filter({ visible: true })
          .count(),
      ).toBe(0)
      await keepPicture(page, `night-${picture}${elder ? '-elder' : ''}`)
      expect(await pageFaults(page, { elder })).toEqual([])
      expect(faults).toEqual([])
      await close()
    }
})
