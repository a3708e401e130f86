import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALLOWANCE, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

let people = 0

async function filed() {
  people += 1
  const name = `沈秀${'甲乙丙丁戊己'.charAt(people)}`
  const { village: villageCode, born: birth } = ALLOWANCE
  const { person, idNumber, personId } = await newcomer(county, { name, birth, villageCode, level: 3 })
  return { person, personId, ...(await fileAllowance(person, name, idNumber)) }
}
const advance = (workingDays: number) => county.door('POST', 'clock', { advanceWorkingDays: workingDays })
const titles = async (person: Person, id: string) =>
  (await caseOf(person, id)).timeline.map(({ title }) => title)

test('five working days without an answer are acceptance from the day of receipt', async () => {
  const { person, id } = await filed()
  await advance(5)
  expect((await caseOf(person, id)).status).toBe('submitted')
  await advance(1)
  expect((await caseOf(person, id)).status).toBe('accepted')
  expect(await titles(person, id)).toContain('到期没答复，超时默认受理')
})

test('a notice is reminded of once, and ends the case when nothing comes', async () => {
  const { person, id } = await filed()
  await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '看不清',
    items: [{ kind: 'material', name: '居民身份证', reason: '重拍' }],
  })
  expect((await caseOf(person, id)).correction?.dueOn).toBe('2026-12-16')
  await advance(9)
  expect(await titles(person, id)).not.toContain('提醒补材料')
  await advance(1)
  expect(await titles(person, id)).toContain('提醒补材料')
  const reminded = await caseOf(person, id)
  expect(reminded.correction?.dueOn).toBe('2026-12-23')
  // What was asked on that day stays as it was asked.
  expect(reminded.timeline.find(({ type }) => type === 'correction-requested')?.note).toContain(
    '12月16日 前补',
  )
  await advance(5)
  expect((await caseOf(person, id)).status).toBe('correcting')
  await advance(1)
  expect((await caseOf(person, id)).status).toBe('terminated')
})

test('staff are reminded before a step runs out, once for each light', async () => {
  const { id } = await filed()
  await advance(2)
  const { body } = await county.door<{ messages: { kind: string; caseIds: string[] }[] }>(
    'GET',
    'messages?person=zhao-min',
  )
  const due = body.messages.filter((message) => message.caseIds.includes(id) && message.kind !== 'task')
  expect(due.length).toBeGreaterThan(0)
  expect(new Set(due.map(({ kind }) => kind)).size).toBe(due.length)
})

test('the calendar of the next year fills the dates that waited for it', async () => {
  await county.door('POST', 'clock', { set: '2026-12-30T09:00:00+08:00' })
  const { person, id, dueOn, dueBecause } = await filed()
  expect({ dueOn, dueBecause }).toEqual({ dueOn: null, dueBecause: { kind: 'calendar-missing', year: 2027 } })
  await county.services.database.rows(sql`insert into calendar_years (year, off_days, work_days, source)
    values (2027, '["2027-01-01","2027-01-02","2027-01-03"]', '[]', 'test')`)
  await county.services.database.rows(sql`update reference_data set revision = revision + 1`)
  await county.door('POST', 'clock', { advanceHours: 24 })
  const view = await caseOf(person, id)
  expect(view.dueOn).toBe('2027-01-14')
  const [row] = await county.services.database.rows<{ dueOn: string }>(
    sql`select due_on::text as "dueOn" from cases where id = ${id}::uuid`,
  )
  expect(row?.dueOn).toBe('2027-01-14')
})

test('the chain of every case holds, and its row is what its events make it', async () => {
  const rows = await county.services.database.rows<{ broken: number }>(sql`with chained as (
      select hash, case_event_hash(lag(hash) over (partition by case_id order by sequence), case_id, sequence, type,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), actor, payload) as wanted from case_events)
    select count(*)::int as broken from chained where hash <> wanted`)
  expect(rows[0]?.broken).toBe(0)
})

test('a line of an older shape keeps no case from the job, which finds by its state what the line did not foretell', async () => {
  const { id } = await filed()
  const { rows } = county.services.database
  const lined = await rows(sql`update cases set turns_on = null, line = '{"shape":1,' || substr(line, 12)
    where id = ${id}::uuid and line is not null returning 1`)
  expect(lined).toHaveLength(1)
  await advance(6)
  await county.app.jobs['run-deadlines']()
  expect(await rows(sql`select status from cases where id = ${id}::uuid`)).toEqual([{ status: 'accepted' }])
})
