import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openCountyOfFile } from './running-server'

/** Of whoever reads on the usual phone, and in large letters on this one. */
const sizesWith = (elder: { width: number; height: number }) => [
  { elder: false, size: { width: 390, height: 844 } },
  { elder: true, size: elder },
]

/**
 * A server and a browser for the tests of one file, which look at pages as somebody, in both letters, keep a picture of each by
 * the file's name, and find no fault of it. To be awaited at the top of the file.
 */
export async function openToLookAt(file: string, elder = { width: 390, height: 844 }) {
  const county = await openCountyOfFile()
  const { url } = county
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  const sizes = sizesWith(elder)
  return {
    sizes,
    client: county,
    openPhone: (options: Omit<Parameters<typeof openPhone>[1], 'url'>) =>
      openPhone(browser, { url, ...options }),
    async lookedAt(
      { personId }: { personId: string },
      path: string,
      name: string,
      look: (page: Page, elder: boolean) => Promise<unknown>,
    ) {
      for (const each of sizes) {
        const { page, go, faults, close } = await openPhone(browser, { url, person: personId, ...each })
        await go(path)
        await untilShown(page)
        await look(page, each.elder)
        await keepPicture(page, `${file}-${name}${each.elder ? '-elder' : ''}`)
        expect(await pageFaults(page, { elder: each.elder })).toEqual([])
        expect(faults).toEqual([])
        await close()
      }
    },
  }
}
