import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// 行政许可法 第42条: who answers a request is the very person whom the rule names today, and nobody by their role beside them.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const [REVIEWER, OTHER_REVIEWER] = ['reviewer-transport-1', 'reviewer-transport-2']
const THIRD = 'window-transport'
const HEADS = ['approver-transport-1', 'approver-transport-2'] as const
const SUPERVISOR = 'supervisor-1'
/** Two of the same office in the town. */
const [OF_TOWN, COLLEAGUE] = ['sun-zhiyuan', 'li-kai']
const REASON = { reason: '情况属实' }

const changed = (what: ReturnType<typeof sql>) =>
  county.services.database.rows(
    sql`with changed as (${what}) update reference_data set revision = revision + 1, registry = registry + 1`,
  )
const gives = (staffId: string, role: string) =>
  changed(
    sql`insert into staff_roles (staff_id, role, unit_id, acting) values (${staffId}, ${role}, 'transport', false)`,
  )
const leave = (substituteId?: string | null) => {
  const days =
    substituteId === undefined
      ? '[]'
      : JSON.stringify([{ from: '2026-11-01', to: '2027-06-30', substituteId }])
  return changed(sql`update staff set leave = ${days}::jsonb
    where id in (select jsonb_array_elements_text(${JSON.stringify(HEADS)}::jsonb))`)
}
const job = () => county.app.jobs['run-deadlines']()
afterEach(async () => {
  await leave()
  await changed(sql`delete from staff_roles where staff_id = ${REVIEWER} and role = 'dept-approver'
    or staff_id = ${THIRD} and role = 'dept-reviewer' or staff_id = ${COLLEAGUE} and role = 'window'`)
})

async function asked(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  await act(await county.as('window-transport'), id, 'accept')
  return {
    ...born,
    id,
    ask: () => doing(REVIEWER, id, 'request-approval', { for: 'extend', reason: '等检测' }),
  }
}
async function doing(staffId: string, id: string, verb: string, what: Record<string, unknown> = REASON) {
  try {
    return (await act(await county.as(staffId), id, verb as 'extend', what)).status
  } catch (cause) {
    // The page offers it to nobody whom the door would refuse.
    return String(cause).includes('may not') ? 'not offered' : String(cause)
  }
}
const sees = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send('GET', `/api/cases/${id}`)).status
const askedOf = async (id: string) =>
  (await caseOf(await county.as(REVIEWER), id)).staff?.approvals[0]?.askedOf
const heard = async (staffId: string, id: string, title: RegExp) => {
  const number = (await caseOf(await county.as(REVIEWER), id)).caseNumber
  const { items } = (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body
  return items.filter((each) => title.test(each.title) && each.lines.join().includes(number ?? ''))
}
const rowOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const paperOf = async ({ person, id }: Awaited<ReturnType<typeof asked>>) => {
  const paper = (await caseOf(person, id)).documents.at(-1)
  return JSON.stringify((await person.send('GET', `/api/cases/${id}/documents/${paper?.id}`)).body)
}

test('whom the leave names of another organ answers nothing, nor does their office: 督查 is asked', async () => {
  const one = await asked('袁外')
  await one.ask()
  await leave(OF_TOWN)
  await job()
  for (const staffId of [OF_TOWN, COLLEAGUE]) {
    expect(await sees(staffId, one.id), staffId).toBe(404)
    expect(await rowOf(staffId, one.id), staffId).toBeUndefined()
  }
  expect(await askedOf(one.id)).toContain('督查')
  expect(await doing(SUPERVISOR, one.id, 'extend')).toBe(200)
  expect(await paperOf(one)).toContain('经县政府督查批准')
})

test('of the organ the very person whom the leave names answers, not who shares their role; the paper says so', async () => {
  const one = await asked('袁内')
  await one.ask()
  await gives(THIRD, 'dept-reviewer')
  await leave(OTHER_REVIEWER)
  await job()
  expect(await doing(THIRD, one.id, 'extend')).toBe('not offered')
  expect(await heard(THIRD, one.id, /请你批/)).toEqual([])
  expect(await heard(OTHER_REVIEWER, one.id, /请你批：延长期限/)).toHaveLength(1)
  expect(await doing(OTHER_REVIEWER, one.id, 'extend')).toBe(200)
  expect(await paperOf(one)).toContain('经代行本机关负责人职责的人批准')
})

test('a request stands in the queue of whoever stands in, and of none of their office', async () => {
  const one = await asked('袁列')
  await gives(COLLEAGUE, 'window')
  await leave(THIRD)
  await one.ask()
  expect((await rowOf(THIRD, one.id))?.note).toContain('请你批')
  expect(await rowOf(COLLEAGUE, one.id)).toBeUndefined()
  expect(await heard(COLLEAGUE, one.id, /请你批/)).toEqual([])
  expect(await doing(COLLEAGUE, one.id, 'extend')).toBe('not offered')
  expect(await doing(THIRD, one.id, 'extend')).toBe(200)
})

test('the head who is back has it, and 督查 who was asked meanwhile has it no more', async () => {
  const one = await asked('袁回')
  await leave(null)
  await one.ask()
  expect(await sees(HEADS[0], one.id)).toBe(404)
  await leave()
  expect(await sees(HEADS[0], one.id)).toBe(200)
  await job()
  await job()
  expect((await rowOf(HEADS[0], one.id))?.note).toContain('请你批')
  expect(await askedOf(one.id)).not.toContain('督查')
  expect(await rowOf(SUPERVISOR, one.id)).toBeUndefined()
  expect(await doing(SUPERVISOR, one.id, 'extend')).not.toBe(200)
  expect(await heard(HEADS[0], one.id, /请你批：延长期限/)).toHaveLength(1)
  expect(await heard(SUPERVISOR, one.id, /请你批：延长期限/)).toHaveLength(1)
  expect(await doing(HEADS[0], one.id, 'extend')).toBe(200)
  expect(await paperOf(one)).toContain('经本机关负责人批准')
})

test('who stood in has it no more when the leave is over', async () => {
  const one = await asked('袁满')
  await one.ask()
  await leave(OTHER_REVIEWER)
  await job()
  await leave()
  expect(await doing(OTHER_REVIEWER, one.id, 'extend')).toBe('not offered')
  await job()
  expect(await doing(OTHER_REVIEWER, one.id, 'extend')).toBe('not offered')
  expect(await heard(HEADS[0], one.id, /请你批：延长期限/)).toHaveLength(1)
  expect(await doing(HEADS[0], one.id, 'extend')).toBe(200)
  expect(await paperOf(one)).toContain('经本机关负责人批准')
})

test('the leave names nobody any more: 督查 comes, and who stood in goes', async () => {
  const one = await asked('袁换')
  await leave(OTHER_REVIEWER)
  await one.ask()
  await leave(null)
  await job()
  expect(await askedOf(one.id)).toContain('督查')
  expect(await heard(SUPERVISOR, one.id, /请你批：延长期限/)).toHaveLength(1)
  expect(await doing(OTHER_REVIEWER, one.id, 'extend')).toBe('not offered')
  expect(await doing(SUPERVISOR, one.id, 'extend')).toBe(200)
})

test('who asked and became an approver since does not answer what they asked', async () => {
  const one = await asked('袁己')
  await one.ask()
  await gives(REVIEWER, 'dept-approver')
  await job()
  expect(await doing(REVIEWER, one.id, 'extend')).toBe('not offered')
  expect(await doing(HEADS[1], one.id, 'extend')).toBe(200)
})

test('both heads away when a promise breaks: 督查 hears at once, or whom their leave names', async () => {
  // Where a clock is moved its jobs run.
  const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}T09:10:00+08:00` })
  const broken = (staffId: string, id: string) => heard(staffId, id, /没赶上说好的日子/)
  await setClock('2026-11-26')
  const one = await asked('袁迟')
  await setClock('2026-11-27')
  const other = await asked('袁晚')
  await leave(null)
  await setClock('2026-12-04')
  await job()
  expect(await broken(SUPERVISOR, one.id)).toHaveLength(1)
  expect(await broken(HEADS[0], one.id)).toEqual([])
  await leave(THIRD)
  await setClock('2026-12-07')
  await job()
  expect(await broken(THIRD, other.id)).toHaveLength(1)
  expect(await broken(SUPERVISOR, other.id)).toEqual([])
  // The head who was away when it broke is back: it is theirs, as a request is.
  await leave()
  expect(await doing(HEADS[0], other.id, 'promise-anew', { ...REASON, newDueOn: '2026-12-09' })).toBe(200)
}, 150_000)
