import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countedUp } from '../../functions/platform/db/parts/revision'
import { act, caseOf, clientOf } from '../product/client'
import { openCounty } from '../product/county'
import { fileProject, nothingMissing } from '../product/project'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { press, sees } from './screen'
import { sheetByKey, sheetOf } from './sheet-scenes'

// One signs for two departments: each row leads to its own share, and what is signed there is that department's.
const county = await openCounty()
const client = clientOf(county.url)
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
  const { database } = county.services
  await database.rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    values ('he-bin', 'dept-reviewer', 'eco', false) on conflict do nothing`)
  await database.rows(sql`update reference_data set ${countedUp(['registry'])}`)
})
afterAll(async () => {
  await browser.close()
  await county.close()
})

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
]

async function atParallel() {
  const { id } = await fileProject(client)
  await nothingMissing(client, id)
  const accepted = await act(await client.as('zhou-min'), id, 'accept')
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
  return id
}
const namesOf = async () => {
  const { units } = await county.app.reference.current()
  return { nr: units.get('nr')?.shortName ?? '-', eco: units.get('eco')?.shortName ?? '-' }
}
const openAt = async (path: string, size: (typeof SIZES)[number]) => {
  const phone = await openPhone(browser, { url: county.url, person: 'he-bin', size })
  await phone.go(path)
  await untilShown(phone.page)
  return phone
}
/** Which of one's departments may still pass it. */
const mayPass = async (id: string) =>
  (await caseOf(await client.as('he-bin'), id)).staff?.allowed
    .filter(({ action }) => action === 'pass')
    .map(({ unitId }) => unitId)
    .sort()

test.each(SIZES)(
  'the row of the second department leads to its share, and G signs for it: $width',
  async (size) => {
    const id = await atParallel()
    const names = await namesOf()
    expect(await mayPass(id)).toEqual(['eco', 'nr'])
    const isDesk = size.width === 1280
    const { page, faults, close } = await openAt('staff/case/queue', size)
    const row = page
      .locator(isDesk ? '.qrow' : '.queue-card')
      .filter({ hasText: names.eco, visible: true })
      .last()
    await sees(row, names.eco)
    await keepPicture(page, `several-queue-${size.width}`)
    await row.click()
    await sees(page, `你在办${names.eco}的那一份`)
    await keepPicture(page, `several-case-${size.width}`)
    expect(await pageFaults(page, { desktop: isDesk })).toEqual([])
    if (isDesk) await sheetByKey(page, 'g')
    else await press(page, '通过')
    await sees(sheetOf(page), `以${names.eco}的名义办`)
    await keepPicture(page, `several-sheet-${size.width}`)
    expect(await pageFaults(page, { desktop: isDesk })).toEqual([])
    await press(sheetOf(page), /^看一遍/)
    await sees(sheetOf(page), `以${names.eco}的名义办`)
    await press(sheetOf(page), '签发，准予')
    await expect.poll(() => mayPass(id)).toEqual(['nr'])
    expect(faults).toEqual([])
    await close()
  },
)

test('from elsewhere one chooses first, and no key signs before', async () => {
  const id = await atParallel()
  const names = await namesOf()
  const { page, faults, close } = await openAt(`staff/case/case?id=${id}`, { width: 1280, height: 800 })
  await sees(page, '这里有几个部门的份，先选一份')
  await page.keyboard.press('g')
  expect(await page.getByRole('dialog').filter({ visible: true }).count()).toBe(0)
  await keepPicture(page, 'several-choose-1280')
  await press(page, new RegExp(`办${names.eco}的那一份`))
  await sees(page, `你在办${names.eco}的那一份`)
  await page.keyboard.press('h')
  await sees(page, `你在办${names.nr}的那一份`)
  await sheetByKey(page, 'g')
  await sees(sheetOf(page), `以${names.nr}的名义办`)
  expect(faults).toEqual([])
  await close()
})
