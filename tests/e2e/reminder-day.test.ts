import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPhone } from './browser'
import { keepConsole } from './console-window'
import { axeFaults, pageFaults } from './page-checks'
import { bearResident, fileCase, WINDOW } from './people'
import { openServerOfFile } from './running-server'
import { press, sees } from './screen'

const url = await openServerOfFile()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const HOURS = 8
const AN_HOUR = 5

const deliveriesTo = async (person: string) => {
  const answer = await fetch(`${url}/sandbox/api/deliveries?person=${person}`)
  return ((await answer.json()) as { deliveries: { at: string }[] }).deliveries
}

test('forty cases come to a clerk in one day, and her phone rings six times at most', async () => {
  const { page, faults, close } = await openPhone(browser, { url, size: { width: 1440, height: 900 } })
  await page.goto(`${url}/sandbox/reminders`)
  await sees(page, '今天还没有要发的')
  for (let hour = 0; hour < HOURS; hour += 1) {
    for (let nth = 0; nth < AN_HOUR; nth += 1) {
      const name = `周${'一二三四五六七八'[hour]}${'甲乙丙丁戊'[nth]}`
      await fileCase(url, await bearResident(url, name))
    }
    await press(page, '＋1 小时')
    await page.getByRole('button', { name: '＋1 小时' }).waitFor()
  }
  const rang = await deliveriesTo(WINDOW.id)
  expect(rang.length).toBeGreaterThan(0)
  expect(rang.length).toBeLessThanOrEqual(6)

  const colleagues = await Promise.all(['qian-li', 'wang-lixin'].map(deliveriesTo))
  const all = rang.length + colleagues.flat().length
  await sees(page, new RegExp(`真打扰人的 ${all} 次`))
  const lane = page.getByRole('group', { name: new RegExp(`^${WINDOW.name}今天的提醒`) })
  await sees(lane, /^\d+$/)
  const told = await Promise.all(
    (await lane.getByRole('button').all()).map(async (mark) => (await mark.getAttribute('aria-label')) ?? ''),
  )
  const count = told.reduce((sum, words) => sum + Number(/起 (\d+) 条/.exec(words)?.[1] ?? 1), 0)
  expect(count).toBeGreaterThanOrEqual(HOURS * AN_HOUR)
  await sees(page, `${rang.length} / 6 次`)
  await lane
    .getByRole('button', { name: /并进一条/ })
    .first()
    .click()
  const why = page.getByRole('region', { name: '这一条怎么了' })
  await sees(why, '并进一条')
  await sees(why, '发出去了')
  await keepConsole(page, 'console-reminders')
  expect(await axeFaults(page)).toEqual([])
  expect(await pageFaults(page)).toEqual([])
  await why.getByRole('link', { name: `看${WINDOW.name}的手机` }).click()
  await page.locator(`iframe[title^="${WINDOW.name}的"]`).waitFor()
  expect(faults).toEqual([])
  await close()
})
