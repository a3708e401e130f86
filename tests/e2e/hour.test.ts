import { sql } from 'drizzle-orm'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, openCounty } from '../product/county'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { playHands } from './hour'
import { CLERK, COLLEAGUE, type Laid, layOut } from './hour-cases'

// A clerk's hour of keys. `npm run test:hour` plays the whole of it: sixty cases, at three desks.
const CASES = Number(process.env['HOUR_CASES'] ?? 15)
const STROKES = Number(process.env['HOUR_STROKES'] ?? 90)
const SEED = Number(process.env['HOUR_SEED'] ?? 8)
const DESKS = [
  { name: '1280', size: { width: 1280, height: 720 } },
  { name: '1440', size: { width: 1440, height: 900 } },
  { name: '1280 in large letters', size: { width: 1280, height: 720 }, elder: true },
]
const IS_WHOLE = CASES > 20

let county: County
let browser: Browser
let laid: readonly Laid[]
beforeAll(async () => {
  county = await openCounty()
  ;[browser, laid] = await Promise.all([openBrowser(), layOut(county, CASES)])
}, 600_000)
afterAll(async () => {
  await browser.close()
  await county.close()
})

/** What stands in the cases of what the clerk has done since `after`. */
async function eventsSince(after: string) {
  const rows = await county.services.database.rows<{ type: string }>(sql`select type from case_events
    where actor = ${`staff:${CLERK}`} and id > ${after}::uuid`)
  return rows.length
}
const newestEvent = async () => {
  const [row] = await county.services.database.rows<{ id: string }>(
    sql`select id from case_events order by id desc limit 1`,
  )
  return row?.id ?? ''
}

const EVENTS: Readonly<Record<string, number>> = { settle: 3 }

test.each(IS_WHOLE ? DESKS : DESKS.slice(0, 1))(
  'at $name: no key reaches another case, nothing unread is signed, and all that was done was done once',
  { timeout: IS_WHOLE ? 3_600_000 : 180_000 },
  async ({ name, size, elder = false }) => {
    const from = await newestEvent()
    const desk = await openPhone(browser, { url: county.url, person: CLERK, size, elder })
    await desk.go('staff/case/queue')
    await desk.page.locator('.case__head').filter({ visible: true }).waitFor()
    await untilShown(desk.page)
    const colleague = await county.as(COLLEAGUE)
    const strokes = STROKES
    const { wrong, done } = await playHands({ page: desk.page, laid, colleague, seed: SEED, strokes })
    await keepPicture(desk.page, `hour-${name}`)
    expect(wrong).toEqual([])
    const expected = done.map(
      ({ action, hasMethod }) => (EVENTS[action] ?? 1) + (action === 'settle' && hasMethod ? 1 : 0),
    )
    expect(await eventsSince(from)).toBe(expected.reduce((sum, each) => sum + each, 0))
    expect(done.length).toBeGreaterThan(0)
    expect(desk.faults).toEqual([])
    await desk.close()
  },
)
