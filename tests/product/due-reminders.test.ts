import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayIn, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { createPlanDueReminders } from '../../functions/features/reminder'
import { openBody } from '../../functions/features/reminder/body'
import { playScenes } from '../e2e/scenes'
import { packItems } from '../generated-input'
import { applicationOf } from '../services/applications'
import { act, type County, caseOf, openCounty } from './county'

// Of what runs out staff are told by the line of the task; the state says the same.
let county: County
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
beforeAll(async () => {
  county = await openCounty()
  await playScenes(county.url)
  const resident = await county.as('li-jianguo')
  for (const { id } of packItems())
    await resident.send('POST', '/api/cases', { body: await applicationOf(resident, id, 7) })
  // Examinations have longer limits than what comes first.
  for (const action of ['verify', 'accept'] as const)
    for (const { id, staff } of await openWork())
      if (await mayDo(staff, id, action)) await act(await county.as(staff), id, action)
}, 300_000)
afterAll(() => county.close())

/** Each open case with somebody whose work it is. */
const openWork = () =>
  rows<{ id: string; staff: string }>(sql`select distinct on (t.case_id) t.case_id as id, r.staff_id as staff
    from case_tasks t join staff_roles r on r.role = t.role and r.unit_id = t.unit_id and not r.acting
    where t.queue = 'to-do' order by t.case_id, t.step_key, r.staff_id`)

async function mayDo(staff: string, id: string, action: 'verify' | 'accept') {
  const { staff: of } = await caseOf(await county.as(staff), id)
  return of?.allowed.some((each) => each.action === action) === true
}

interface Planned {
  readonly id: string
  readonly caseId: string
  readonly kind: string
  readonly recipient: string
  readonly bodySealed: string
}

/** What is planned from today on, day by day. */
async function plannedOver(days: number) {
  const { database, ids, cipher, clock } = county.services
  const planned: object[] = []
  const today = dayIn(clock.now())
  for (let day: PlainDate = today; day < addDays(today, days); day = addDays(day, 1)) {
    const at = { now: () => instantAt(day, 600) }
    const { tasks } = await createPlanDueReminders({
      database,
      ids,
      cipher,
      clock: { ...clock, ...at },
      reference: county.app.reference,
    })()
    const found = await rows<Planned>(sql`delete from reminders where kind like 'due-%'
      returning id, case_id as "caseId", kind, recipient, body_sealed as "bodySealed"`)
    const told = found.map(({ id, bodySealed, ...row }) =>
      JSON.stringify({ ...row, body: openBody(cipher, { id, bodySealed, caseNumber: null }) }),
    )
    planned.push({ day, tasks, told: told.sort() })
  }
  await rows(sql`update case_tasks set reminded_for = null`)
  return planned
}

test('they are told as the state would tell them, on each day until all are late', async () => {
  await rows(sql`delete from reminders where kind like 'due-%'`)
  const [lined] = await rows<{ count: number; limits: number }>(sql`select count(*)::int as count,
      count(distinct line::json->>'days')::int as limits from case_tasks where line is not null and queue = 'to-do'`)
  expect(lined?.count).toBeGreaterThan(30)
  expect(lined?.limits).toBeGreaterThan(8)
  const byState = async () => {
    await rows(sql`update cases set lined_version = null`)
    const planned = await plannedOver(60)
    await rows(sql`update cases set lined_version = version`)
    return planned
  }
  const wanted = await byState()
  expect(JSON.stringify(wanted).match(/还剩|超期|今天 17:30/g)?.length).toBeGreaterThan(100)
  await rows(sql`create table kept as select id, state from cases`)
  await rows(sql`update cases set state = state - 'steps' - 'pauses' - 'corrections'`)
  expect(await plannedOver(60)).toEqual(wanted)
  await rows(sql`update cases c set state = k.state from kept k where k.id = c.id`)
}, 120_000)
