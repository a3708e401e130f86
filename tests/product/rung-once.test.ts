import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, newcomer, openCounty } from './county'

// A leave that is withdrawn and entered again rings nobody for work that has stayed theirs.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const HEADS = ['approver-transport-1', 'approver-transport-2'] as const
const SUBSTITUTE = 'reviewer-transport-2'
const REVIEWER = 'reviewer-transport-1'
const leave = async (isAway: boolean) => {
  const days = isAway ? [{ from: '2026-11-01', to: '2027-06-30', substituteId: SUBSTITUTE }] : []
  await county.services.database.rows(sql`with changed as (update staff set leave = ${JSON.stringify(days)}::jsonb
      where id in (select jsonb_array_elements_text(${JSON.stringify(HEADS)}::jsonb)))
    update reference_data set revision = revision + 1, registry = registry + 1`)
  await county.app.jobs['remind-of-deadlines']()
  await county.app.jobs['run-deadlines']()
}
/** How often whoever works was rung for a case, by the kind of the message. */
const rung = async (id: string, staffId: string, kind: 'task' | 'approval') => {
  const [row] = await county.services.database.rows<{ count: number }>(
    sql`select count(*)::int as count from reminders
      where case_id = ${id}::uuid and recipient = ${`staff:${staffId}`} and kind = ${kind} and channel <> 'inbox'`,
  )
  return row?.count
}
const accepted = async (name: string) => {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  expect((await act(await county.as('window-transport'), id, 'accept')).status).toBe(200)
  return id
}

test.each([true, false])('of a decision, the heads away as it comes: %s', async (isAway) => {
  await leave(isAway)
  const id = await accepted('殷定')
  expect((await act(await county.as(REVIEWER), id, 'pass')).status).toBe(200)
  for (const next of [!isAway, isAway, !isAway, isAway]) await leave(next)
  for (const head of HEADS) expect(await rung(id, head, 'task'), head).toBe(1)
})

test.each([true, false])('of a request, the heads away as it is made: %s', async (isAway) => {
  await leave(isAway)
  const id = await accepted('殷请')
  const asked = { for: 'extend', reason: '等检测' }
  expect((await act(await county.as(REVIEWER), id, 'request-approval', asked)).status).toBe(200)
  for (const next of [!isAway, isAway, !isAway, isAway]) await leave(next)
  for (const head of HEADS) expect(await rung(id, head, 'approval'), head).toBe(1)
})
