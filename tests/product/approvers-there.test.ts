import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// 请示: one rule says who is there, to ask, to read and to act, before any job has run. 行政许可法 第42条
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const REVIEWER = 'reviewer-transport-1'
const APPROVERS = ['approver-transport-1', 'approver-transport-2']
const SUPERVISOR = 'supervisor-1'
const WEEKS = '[{"from":"2026-11-01","to":"2027-06-30"}]'
const EXTEND = { for: 'extend', reason: '车辆检测结果还没回来' }

async function accepted(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  await act(await county.as('window-transport'), id, 'accept')
  return { ...born, id }
}
const ask = async (id: string, staffId = REVIEWER, what: Record<string, unknown> = EXTEND) => {
  const done = await act(await county.as(staffId), id, 'request-approval', what)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}
const changed = (what: ReturnType<typeof sql>) =>
  county.services.database.rows(
    sql`with changed as (${what}) update reference_data set revision = revision + 1, registry = registry + 1`,
  )
const leave = (days: string, ids: readonly string[] = APPROVERS) =>
  changed(sql`update staff set leave = ${days}::jsonb
    where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
const job = () => county.app.jobs['run-deadlines']()
const rowOf = async (staffId: string, id: string, tab = 'to-do') =>
  (await (await county.as(staffId)).send<Queue>('GET', `/api/work/cases?tab=${tab}`)).body.items.find(
    ({ caseId }) => caseId === id,
  )
const numberOf = async (id: string, staffId = REVIEWER) =>
  (await caseOf(await county.as(staffId), id)).caseNumber
const heard = async (staffId: string, caseNumber: string, title: RegExp) => {
  const { items } = (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body
  return items.filter((each) => title.test(each.title) && each.lines.join().includes(caseNumber))
}
const sees = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send('GET', `/api/cases/${id}`)).status
const askedNow = async (id: string, staffId = REVIEWER) =>
  (await caseOf(await county.as(staffId), id)).staff?.approvals ?? []

afterEach(async () => {
  await leave('[]')
})

test('a request is made of who is there: of nobody who is on leave', async () => {
  const { id } = await accepted('石问')
  await leave(WEEKS)
  const { staff } = await caseOf(await county.as(REVIEWER), id)
  expect(staff?.approvalChoices.map(({ askedOf }) => askedOf).join()).toContain('督查')
  await ask(id)
  expect(await askedNow(id)).toMatchObject([{ askedOf: expect.stringMatching(/^[^、]*督查$/) }])
  expect(await heard(SUPERVISOR, await numberOf(id), /请你批：延长期限/)).toHaveLength(1)
})

test('who newly comes reads and answers before any job has run', async () => {
  const { id } = await accepted('石早')
  await ask(id)
  expect(await sees(SUPERVISOR, id)).toBe(404)
  await leave(WEEKS)
  expect(await sees(SUPERVISOR, id)).toBe(200)
  const refused = await act(await county.as(SUPERVISOR), id, 'reject-approval', { reason: '来得及' })
  expect(refused.status, JSON.stringify(refused.body)).toBe(200)
})

test('who is back before the law runs out is not absent, however long they were away', async () => {
  const { id } = await accepted('石回')
  await ask(id)
  await leave('[{"from":"2026-11-20","to":"2026-12-11"}]')
  await job()
  expect(await rowOf(SUPERVISOR, id)).toBeUndefined()
  expect((await askedNow(id))[0]?.askedOf).not.toContain('督查')
})
