import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file, play } from '../e2e/scenes'
import { type County, openCounty } from './county'

// A paper to serve whose last day lies in a year without a calendar gets it when the year is there, though its step is over.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-12-28T09:42:00+08:00' })
})
afterAll(() => county.close())

const rowOf = async (id: string) =>
  (await (await county.as('zhao-min')).send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const rows = (statement: ReturnType<typeof sql>) => county.services.database.rows(statement)

test('what was not accepted, and waits to be served, gets its day once, and keeps it', async () => {
  const name = '焦跨年'
  const { body } = await county.door<{ idNumber: string }>('POST', 'people', {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
  })
  const clerk = await county.as('zhao-min')
  const id = await file(county, { person: clerk, name, idNumber: body.idNumber, channel: 'window' }, 'LX-036')
  await play(county, id, [['window', 'decline', { reason: '摊点在县城' }]])
  expect(await rowOf(id)).toMatchObject({ firstAction: '送达不予受理决定书', dueOn: null })
  await rows(sql`insert into calendar_years (year, off_days, work_days, source)
    values (2027, '["2027-01-01"]', '[]', 'test')`)
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
  await county.app.jobs['run-deadlines']()
  await county.app.jobs['run-deadlines']()
  expect(await rowOf(id)).toMatchObject({ dueOn: '2027-01-12' })
  const dated = await rows(
    sql`select 1 from case_events where case_id = ${id}::uuid and type = 'dates-filled'`,
  )
  expect(dated).toHaveLength(1)
  // Another calendar moves it, once.
  await rows(sql`insert into former_calendars (year, off_days, work_days, revision)
    select year, off_days, work_days, (select calendar from reference_data) from calendar_years where year = 2027`)
  await rows(sql`update calendar_years set off_days = off_days || '["2027-01-04"]' where year = 2027`)
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
  await county.app.jobs['run-deadlines']()
  await county.app.jobs['run-deadlines']()
  expect(await rowOf(id)).toMatchObject({ dueOn: '2027-01-13' })
})
