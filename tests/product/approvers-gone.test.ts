import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// 请示: who answers goes by who is there now; where nobody is, somebody is told. 行政许可法 第42条
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const REVIEWER = 'reviewer-transport-1'
const APPROVERS = ['approver-transport-1', 'approver-transport-2']
const SUPERVISOR = 'supervisor-1'
const EXTEND = { for: 'extend', reason: '车辆检测结果还没回来' }
async function asked(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  await act(await county.as('window-transport'), id, 'accept')
  const done = await act(await county.as(REVIEWER), id, 'request-approval', EXTEND)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  return id
}
const changed = (what: ReturnType<typeof sql>) =>
  county.services.database.rows(
    sql`with changed as (${what}) update reference_data set revision = revision + 1, registry = registry + 1`,
  )
const listed = sql`(select jsonb_array_elements_text(${JSON.stringify(APPROVERS)}::jsonb))`
const leave = (days: string) => changed(sql`update staff set leave = ${days}::jsonb where id in ${listed}`)
const job = () => county.app.jobs['run-deadlines']()
const rowOf = async (staffId: string, id: string, tab = 'to-do') =>
  (await (await county.as(staffId)).send<Queue>('GET', `/api/work/cases?tab=${tab}`)).body.items.find(
    ({ caseId }) => caseId === id,
  )
const heard = async (staffId: string, id: string, title: RegExp) => {
  const { caseNumber } = await caseOf(await county.as(REVIEWER), id)
  const { items } = (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body
  return items.filter((each) => title.test(each.title) && each.lines.join().includes(caseNumber))
}

test('whoever was asked is on leave for weeks: it comes to who would be asked today, who answers it', async () => {
  const id = await asked('石代')
  expect(await rowOf(SUPERVISOR, id)).toBeUndefined()
  await leave('[{"from":"2026-11-01","to":"2027-06-30"}]')
  await job()
  await job()
  expect(await rowOf(SUPERVISOR, id)).toMatchObject({ note: '请你批：延长期限' })
  expect(await heard(SUPERVISOR, id, /请你批：延长期限/)).toHaveLength(1)
  const { timeline } = await caseOf(await county.as(REVIEWER), id)
  expect(timeline.filter(({ title }) => title === '请示转给在岗的人：延长期限')).toHaveLength(1)
  const answered = await act(await county.as(SUPERVISOR), id, 'extend', { reason: '情况属实，准予延长' })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  await leave('[]')
})

test('nobody is left to answer: who finds somebody and who asked are told once, and it goes on once somebody is there', async () => {
  const id = await asked('石空')
  await changed(sql`update staff_roles set role = 'dept-window' where role = 'supervisor'
    or (role = 'dept-approver' and unit_id = 'transport')`)
  await job()
  await job()
  expect(await heard('he-jing', id, /没有人能批，要安排人/)).toHaveLength(1)
  for (const told of ['liaison-transport', REVIEWER])
    expect(await heard(told, id, /请示没有人能批/), told).toHaveLength(1)
  expect(await rowOf('he-jing', id, 'unstaffed')).toBeDefined()
  expect((await caseOf(await county.as(REVIEWER), id)).staff?.approvals).toMatchObject([
    { stateText: '没有人能批，请管理员安排了' },
  ])
  await changed(sql`update staff_roles set role = 'dept-approver' where staff_id = ${APPROVERS[0]}`)
  await job()
  expect(await rowOf('he-jing', id, 'unstaffed')).toBeUndefined()
  expect(await heard(APPROVERS[0] ?? '', id, /请你批：延长期限/)).toHaveLength(2)
  const refused = await act(await county.as(APPROVERS[0] ?? ''), id, 'reject-approval', { reason: '来得及' })
  expect(refused.status, JSON.stringify(refused.body)).toBe(200)
})
