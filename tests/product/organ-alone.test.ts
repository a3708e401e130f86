import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// 行政许可法 第22、24条: who stands in for a department that has nobody carries its work on, and signs nothing in its name.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const does = async (staffId: string, id: string, action: Parameters<typeof act>[2], more: object = {}) => {
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  return { status, body: body as { code?: string } }
}
const seenBy = async (staffId: string, id: string) => (await caseOf(await county.as(staffId), id)).staff

test('a department whose people have left is decided for by nobody else; whoever runs the app reads whom it needs', async () => {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  expect((await does('zhou-min', id, 'accept')).status).toBe(200)
  const active = (is: boolean) =>
    county.services.database.rows(
      sql`with changed as (update staff set active = ${is} where id in ('pan-yong', 'reviewer-water-2'))
        update reference_data set revision = revision + 1`,
    )
  await active(false)
  await county.app.jobs['remind-of-deadlines']()
  const staff = await seenBy('he-jing', id)
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('pass')
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('fail')
  expect(staff?.organsAwaited?.[0]).toMatchObject({
    title: '要县水利局自己的人来定',
    words: expect.stringContaining('有了人再决定'),
  })
  const admin = await county.as('he-jing')
  const { version } = await caseOf(admin, id)
  const body = { action: 'pass', stepKey: 'parallel', unitId: 'water', version }
  expect(await admin.send('POST', `/api/cases/${id}/actions`, { body })).toMatchObject({
    status: 403,
    body: { code: 'case.not-your-organ' },
  })
  expect((await does(LOOKERS.eco, id, 'pass')).status).toBe(200)
  await active(true)
  await county.app.jobs['remind-of-deadlines']()
  expect((await does(LOOKERS.water, id, 'pass')).status).toBe(200)
})

test('nor by a colleague of another department who stands in while its people are on leave', async () => {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  expect((await does('zhou-min', id, 'accept')).status).toBe(200)
  const leave = [{ from: '2026-11-23', to: '2027-03-31', substituteId: LOOKERS.nr }]
  const away = (value: object) =>
    county.services.database.rows(sql`with changed as (update staff set leave = ${JSON.stringify(value)}::jsonb
        where id in ('pan-yong', 'reviewer-water-2'))
      update reference_data set revision = revision + 1, registry = registry + 1`)
  await away(leave)
  await county.app.jobs['remind-of-deadlines']()
  const substitute = await county.as(LOOKERS.nr)
  const { version, staff } = await caseOf(substitute, id)
  expect(staff?.organsAwaited?.map(({ title }) => title)).toEqual(['要县水利局自己的人来定'])
  const body = { action: 'pass', stepKey: 'parallel', unitId: 'water', version }
  expect(await substitute.send('POST', `/api/cases/${id}/actions`, { body })).toMatchObject({
    status: 403,
    body: { code: 'case.not-your-organ' },
  })
  await away([])
})
