import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pages } from '#shared/contract/pages'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { axeFaults, pageFaults } from './page-checks'
import { addressOf, personOf, residentViews } from './resident-views'
import { openServerOfFile } from './running-server'
import { playScenes, type Scenes } from './scenes'

const NARROWER = [360, 320]

let browser: Browser
let scenes: Scenes
const url = await openServerOfFile()
beforeAll(async () => {
  ;[browser, scenes] = await Promise.all([openBrowser(), playScenes(url)])
})
afterAll(() => browser.close())

const NOBODY = {} as Scenes['cases']
const views = residentViews({ cases: NOBODY, certificate: { id: '', code: '' } } as Scenes)

test('every page of residents is looked at', () => {
  const own = pages.filter(({ package: folder }) => folder !== 'staff').map(({ path }) => path)
  expect(new Set(views.map(({ path }) => path))).toEqual(new Set(own))
})

describe.each([{ elder: false }, { elder: true }])('elder mode $elder', ({ elder }) => {
  test.each(views.map(({ name }) => name))('%s can be read and pressed by everybody', async (name) => {
    const view = residentViews(scenes).find((each) => each.name === name)
    if (!view) throw new Error(`no ${name}`)
    const phone = await openPhone(browser, { url, person: personOf(view, scenes), elder })
    const { page } = phone
    await phone.go(addressOf(view))
    await untilShown(page)
    await view.before?.(page)
    await page.getByText(view.shows).first().waitFor()
    await keepPicture(page, elder ? `${name}.elder` : name)
    expect(await axeFaults(page)).toEqual([])
    expect(await pageFaults(page, { elder })).toEqual([])
    for (const width of NARROWER) {
      await page.setViewportSize({ ...PHONE, width })
      expect(await pageFaults(page, { elder }), `${width} px`).toEqual([])
    }
    expect(phone.faults).toEqual([])
    await phone.close()
  })
})
