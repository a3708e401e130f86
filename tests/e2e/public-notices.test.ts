import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file } from './scenes'
import { press, sees } from './screen'

// Who passes reads what hangs in the village, without a log-in, on a phone and in large letters.
const url = await openServerOfFile()
const client = clientOf(url)
const born = bornBy(client)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test.each([
  ['phone', { width: 390, height: 844 }, false],
  ['elder', { width: 320, height: 700 }, true],
] as const)('anybody finds what is publicised and how to object: %s', async (name, size, elder) => {
  const { person, idNumber } = await born('房看墙', 3)
  const id = await file(client, { person, name: '房看墙', idNumber }, 'LX-025')
  for (const action of ['verify', 'publish-notice'] as const)
    expect((await act(await client.as('wang-lixin'), id, action)).status).toBe(200)
  const { page, go, close } = await openPhone(browser, { url, size, elder })
  await go('features/notice/notices')
  await untilShown(page)
  await sees(page, '梅渚镇 大梁村')
  await keepPicture(page, `notices.${name}`)
  expect(await pageFaults(page, { elder })).toEqual([])
  await press(page, /农村宅基地批准/)
  await sees(page, '不同意，怎么提')
  await keepPicture(page, `notice.${name}`)
  expect(await pageFaults(page, { elder })).toEqual([])
  expect(await page.getByText('房看墙').count()).toBe(0)
  await close()
})
