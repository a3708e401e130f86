import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, openCounty } from './county'

// One case that cannot be written keeps back no other, and none of the works of a job keeps back the others; the log names the case.
let county: County
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const ids: string[] = []
beforeAll(async () => {
  county = await openCounty()
  await setClock('2026-11-24T10:00')
  for (const name of ['单甲', '单乙']) {
    const id = await file(county, await bornBy(county)(name, 3), 'LX-005')
    await play(county, id, [
      ['village', 'verify'],
      ['window', 'accept'],
    ])
    ids.push(id)
  }
  await rows(sql`create function break_off() returns trigger language plpgsql as $$
    begin raise exception 'broken off'; end $$`)
})
afterAll(() => county.close())

const setClock = async (to: string) => {
  await rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.door('POST', 'clock', { set: `${to}:00+08:00` })
}
const remind = () => county.app.jobs['remind-of-deadlines']()
const brokenAt = async (table: string, when: string, work: () => Promise<void>) => {
  await rows(
    sql.raw(`create trigger break_off before ${table} for each row when (${when})
    execute function break_off()`),
  )
  await work()
  await rows(sql.raw(`drop trigger break_off on ${table.split(' ').at(-1)}`))
}
const named = (logged: { mock: { calls: unknown[][] } }) =>
  logged.mock.calls.flatMap(([event, fields]) => {
    const { caseId } = (fields ?? {}) as { caseId?: string }
    return caseId === undefined ? [] : [[event, caseId]]
  })

test('of tasks that run out the others are told', async () => {
  const [bad = '', good = ''] = ids
  await rows(sql`delete from reminders where kind like 'due-%'`)
  await rows(sql`update case_tasks set reminded_for = null`)
  const soonest = await rows<{ due: string }>(
    sql`select min(due_on)::text as due from case_tasks where case_id = ${good}::uuid`,
  )
  await county.sandbox?.clock.moveTo(`${soonest[0]?.due}T02:00:00.000Z` as never)
  const told = async (id: string) =>
    (await rows(sql`select 1 from reminders where case_id = ${id}::uuid and kind like 'due-%'`)).length
  const logged = vi.spyOn(county.services.log, 'error')
  await brokenAt('insert on reminders', `new.case_id = '${bad}' and new.kind like 'due-%'`, async () => {
    await expect(remind()).rejects.toThrow('1 cases could not be reminded of')
  })
  expect(await told(bad)).toBe(0)
  expect(await told(good)).toBeGreaterThan(0)
  expect(named(logged)).toEqual([['job.remind-of-deadlines-failed', bad]])
  logged.mockRestore()
  await remind()
  expect(await told(bad)).toBeGreaterThan(0)
})

test('of cases that nobody is there for the others are handed over, and what comes after it is done', async () => {
  const [bad = '', good = ''] = ids
  await rows(sql`update staff set leave = '[{"from":"2026-11-01","to":"2027-06-30","substituteId":null}]'::jsonb
    where id in (select staff_id from staff_roles where role = 'town-reviewer')`)
  await rows(sql`update reference_data set registry = registry + 1, revision = revision + 1`)
  await rows(sql`update case_tasks set reminded_for = null`)
  await rows(sql`delete from reminders where kind like 'due-%'`)
  const handed = async (id: string) =>
    (await rows(sql`select 1 from case_events where case_id = ${id}::uuid and type = 'handed-over'`)).length
  const logged = vi.spyOn(county.services.log, 'error')
  await brokenAt('update on cases', `old.id = '${bad}'`, async () => {
    await expect(remind()).rejects.toThrow('1 cases could not be handed over')
  })
  expect(await handed(bad)).toBe(0)
  expect(await handed(good)).toBeGreaterThan(0)
  expect(named(logged)).toContainEqual(['job.hand-over-failed', bad])
  logged.mockRestore()
  const due = await rows(sql`select 1 from reminders where case_id = ${bad}::uuid and kind like 'due-%'`)
  expect(due.length).toBeGreaterThan(0)
  await remind()
  expect(await handed(bad)).toBeGreaterThan(0)
})
