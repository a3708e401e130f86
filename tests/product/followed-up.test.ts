import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { acted, FIRM } from './certifying'
import { type County, caseOf, openCounty } from './county'
import { applicationOf } from './filing'

// What was granted on a promise is looked at after its end: that day goes by the calendar as every other one.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const night = () => county.app.jobs['run-deadlines']()

/** 公共场所卫生许可 by promise: granted and delivered at once, the place is seen within twenty working days. */
async function granted(on: string) {
  await setClock(on)
  const owner = await county.as('li-jianguo')
  const { answers, ...input } = await applicationOf(
    county,
    owner,
    'LX-037',
    { name: '李建国', idNumber: '' },
    FIRM,
  )
  const filed = await owner.send<CaseCreated>('POST', '/api/cases', {
    body: { ...input, answers: { ...answers, commit: '是' } },
  })
  const { id } = filed.body
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  await acted(county, id, [
    ['window-health', 'accept', {}],
    ['reviewer-health-1', 'pass', {}],
    ['approver-health-1', 'grant', {}],
    ['window-health', 'conclude', {}],
    ['window-health', 'deliver', { method: 'pickup' }],
  ])
  return { id, owner }
}
const checkOf = async (id: string) =>
  rows(sql`select step_key as step, due_on as due from case_tasks where case_id = ${id}::uuid order by 1`)

test('a year that is changed moves the day of a check after the end, once, and tells the firm nothing', async () => {
  const { id, owner } = await granted('2026-11-24T09:42:00')
  expect(await checkOf(id)).toEqual([{ step: 'inspect', due: '2026-12-22' }])
  await rows(sql`update calendar_years set off_days = off_days || '["2026-12-08"]'::jsonb where year = 2026`)
  await night()
  expect(await checkOf(id)).toEqual([{ step: 'inspect', due: '2026-12-23' }])
  const { version } = await caseOf(owner, id)
  await night()
  expect((await caseOf(owner, id)).version).toBe(version)
  const told = await rows(sql`select kind from reminders where case_id = ${id}::uuid and kind ~ 'date'`)
  expect(told).toEqual([])
})

test('a check that runs into a year without calendar gets its day when the year is there', async () => {
  const { id } = await granted('2026-12-21T09:42:00')
  expect(await checkOf(id)).toEqual([{ step: 'inspect', due: null }])
  await rows(sql`insert into calendar_years (year, off_days, work_days, source)
    select 2027, '["2027-01-01"]'::jsonb, '[]'::jsonb, '办公厅通知'`)
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
  await night()
  expect(await checkOf(id)).toEqual([{ step: 'inspect', due: '2027-01-19' }])
})
