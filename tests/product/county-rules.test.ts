import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countedUp } from '../../functions/platform/db/parts/revision'
import { ALLOWANCE, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const NOTICE = { reason: '看不清', items: [{ kind: 'material', name: '居民身份证', reason: '重拍' }] }

/** As a pack with another rule would. */
async function giveDays(limitDays: number, graceDays: number) {
  const { database } = county.services
  await database.rows(sql`update county_facts
    set value = value || ${JSON.stringify({ limitDays, graceDays })}::jsonb where key = 'correction-rule'`)
  await database.rows(sql`update reference_data set ${countedUp(['catalogue'])}`)
}

test('a notice gives the days of the county’s rule, and keeps them when the rule changes', async () => {
  const clerk = await county.as('zhao-min')
  const file = async (name: string) => {
    const { village: villageCode, born: birth } = ALLOWANCE
    const { person, idNumber } = await newcomer(county, { name, birth, villageCode, level: 3 })
    return { person, id: (await fileAllowance(person, name, idNumber)).id }
  }
  const noticed = async ({ person, id }: Awaited<ReturnType<typeof file>>) => {
    const { correction } = await caseOf(person, id)
    return { dueOn: correction?.dueOn, consequence: correction?.consequence }
  }
  const first = await file('沈冬梅')
  expect((await act(clerk, first.id, 'request-correction', NOTICE)).status).toBe(200)
  const second = await file('沈秋菊')
  await giveDays(3, 2)
  expect((await caseOf(clerk, second.id)).staff?.correctionDrafts[0]).toMatchObject({
    dueOn: '2026-11-27',
    graceDays: 2,
  })
  expect((await act(clerk, second.id, 'request-correction', NOTICE)).status).toBe(200)
  await giveDays(30, 9)
  expect(await noticed(first)).toEqual({
    dueOn: '2026-12-08',
    consequence: expect.stringContaining('再过 5 个工作日还没补'),
  })
  expect(await noticed(second)).toEqual({
    dueOn: '2026-11-27',
    consequence: expect.stringContaining('再过 2 个工作日还没补'),
  })
})
