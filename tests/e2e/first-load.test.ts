import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, PHONE } from './browser'
import { openServerOfFile } from './running-server'
import { sees } from './screen'

/** Over the air: what the browser has loaded of ours by the time there is something to read. */
const MOST_BYTES = 250_000

const url = await openServerOfFile()
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test.each([
  ['home', '', '全部 52 项'],
  ['a guide', '#/features/service-item/guide?id=LX-005', '正式名称：高龄津贴给付'],
])('%s is there for 250 KB of scripts and styles', async (_what, place, words) => {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  const loaded = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (!pathname.startsWith('/api/'))
      loaded.set(
        pathname,
        response.body().then((body) => gzipSync(body).byteLength),
      )
  })
  await page.goto(`${url}/${place}`)
  await sees(page, words)
  const sizes = await Promise.all(loaded.values())
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  console.log({ files: loaded.size, bytes })
  // Not only the shell of it.
  expect([...loaded.keys()].filter((path) => path.endsWith('.js')).length).toBeGreaterThan(2)
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
  await context.close()
})
