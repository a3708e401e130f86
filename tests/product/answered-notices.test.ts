import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DALIANG, file, STAFF } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What an answer to a notice brings about, whatever has happened while it was waited for.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 2 | 3 = 3) => ({
  name,
  ...(await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level })),
})
const ask = (staff: Person, id: string, name: string) =>
  act(staff, id, 'request-correction', {
    reason: '再对一遍',
    items: [{ kind: 'field', name, reason: '打不通' }],
  })
const supplement = async (person: Person, id: string, answers: Record<string, unknown>) =>
  person.send('POST', `/api/cases/${id}/supplement`, {
    body: { version: (await caseOf(person, id)).version, answers },
  })
const newest = (id: string) =>
  county.services.database.rows<{ recipient: string }>(sql`select r.recipient from reminders r
    join case_events e on e.id = r.event_id where r.case_id = ${id}::uuid and e.type = 'supplemented'
      and r.recipient like 'staff:%' order by 1`)

test('whoever asked after the case had been accepted hears that the answer came', async () => {
  const owner = await born('石复核')
  const id = await file(county, owner, 'LX-018')
  await act(await county.as(STAFF.village), id, 'verify')
  await act(await county.as(STAFF.window), id, 'accept')
  expect((await ask(await county.as(STAFF.reviewer), id, 'mobile')).status).toBe(200)
  expect((await supplement(owner.person, id, { mobile: '15400000002' })).status).toBe(200)
  expect(await newest(id)).toContainEqual({ recipient: `staff:${STAFF.reviewer}` })
})

test('a half day that is over by the time of the answer is nothing that the notice asked for', async () => {
  const owner = await born('石半天')
  const id = await file(county, owner, 'LX-052')
  expect((await ask(await county.as('window-tax'), id, 'mobile')).status).toBe(200)
  await county.door('POST', 'clock', { advanceWorkingDays: 9 })
  const [slot] = await county.services.database.rows<{ on: string }>(
    sql`select state->'seats'->0->>'on' as "on" from cases where id = ${id}::uuid`,
  )
  expect(slot?.on).toMatch(/^2026-/)
  expect(slot && slot.on < county.services.clock.now().slice(0, 10)).toBe(true)
  expect((await supplement(owner.person, id, { mobile: '15400000002' })).status).toBe(200)
})

test('whoever was reminded of a notice is promised no second reminder', async () => {
  const owner = await born('石提醒')
  const id = await file(county, owner, 'LX-018')
  await act(await county.as(STAFF.village), id, 'verify')
  expect((await ask(await county.as(STAFF.window), id, 'mobile')).status).toBe(200)
  const correction = async () => (await caseOf(owner.person, id)).correction
  const before = await correction()
  expect(before?.consequence).toBe(
    '到期那天会再提醒一次，再过 5 个工作日还没补，这件就先结束，随时能再申请。',
  )
  await county.door('POST', 'clock', { set: `${before?.dueOn}T09:30:00+08:00` })
  await county.app.jobs['run-deadlines']()
  const after = await correction()
  expect(after?.dueOn && before?.dueOn && after.dueOn > before.dueOn).toBe(true)
  expect(after?.consequence).toBe('已经提醒过了，这次到期还没补，这件就先结束，随时能再申请。')
})
